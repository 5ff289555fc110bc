//! Findings, and which of them are shown.

use amends_text::Span;
use serde::{Deserialize, Serialize};

use crate::not_here::Fingerprint;
use crate::pack::{CheckId, Pack, Severity};

/// Most hints shown at a time (rule 2 of the product: precision before recall, at most three).
pub(crate) const MAX_HINTS: usize = 3;

/// What found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A rule of the pack.
    Rule,
    /// The learned model.
    Model,
}

impl Origin {
    /// Name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Model => "model",
        }
    }
}

/// A wording that one check finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// Index of the check in the pack.
    pub check: CheckId,
    /// Weight.
    pub severity: Severity,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Rule or model.
    pub origin: Origin,
    /// Where.
    pub span: Span,
    /// Index of the sentence.
    pub sentence: u32,
    /// Mark for "not here".
    pub fingerprint: Fingerprint,
}

/// A finding that is shown, by its index in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Index into the report's findings.
    pub finding: usize,
}

/// Chooses at most [`MAX_HINTS`] findings to show: safety first, then responsibility (blame, agentless, vague
/// and the like stand in the step of that name), then by weight and confidence; one per sentence and check
/// while others wait. Findings marked "not here" are left out.
pub fn choose_hints(pack: &Pack, findings: &[Finding], not_here: &[Fingerprint]) -> Vec<Hint> {
    let mut order: Vec<usize> =
        (0..findings.len()).filter(|&index| !not_here.contains(&findings[index].fingerprint)).collect();
    let owns = |finding: &Finding| {
        pack.rules[finding.check as usize].steps.iter().any(|step| step == "responsibility")
    };
    order.sort_by(|&one, &other| {
        let (one, other) = (&findings[one], &findings[other]);
        let urgent = |finding: &Finding| finding.severity == Severity::Interrupt;
        urgent(other)
            .cmp(&urgent(one))
            .then(other.severity.cmp(&one.severity))
            .then(owns(other).cmp(&owns(one)))
            .then(other.confidence.total_cmp(&one.confidence))
            .then(one.span.cmp(&other.span))
    });
    let mut chosen: Vec<usize> = Vec::with_capacity(MAX_HINTS);
    for pass_over_repeats in [true, false] {
        for &index in &order {
            if chosen.len() == MAX_HINTS || chosen.contains(&index) {
                continue;
            }
            let repeats = chosen.iter().any(|&earlier| {
                findings[earlier].check == findings[index].check
                    || findings[earlier].sentence == findings[index].sentence
            });
            if !(pass_over_repeats && repeats) {
                chosen.push(index);
            }
        }
    }
    chosen.into_iter().map(|finding| Hint { finding }).collect()
}
