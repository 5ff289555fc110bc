//! The learned reader that may stand beside the rules, and how the two are joined.
//!
//! The engine works without one. Where one is given, each check has two thresholds, fitted on writers that the
//! learned part never saw: a probability that is enough alone, and a lower one below which even a rule's
//! finding is dropped. `danger` is decided by explicit-wording rules only; nothing predicts it.

use amends_text::Span;

use crate::pack::{CheckId, Kind, Pack, Severity};

/// One sentence with what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentenceInput<'t> {
    /// The sentence.
    pub sentence: &'t str,
    /// The sentence before it in the same paragraph.
    pub previous: Option<&'t str>,
    /// What the partner had said, for a reply.
    pub partner_said: Option<&'t str>,
}

/// What a learned reader says about one check in one sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief<'m> {
    /// Id of the check.
    pub check_id: &'m str,
    /// Calibrated probability that a careful reader would mark the check.
    pub probability: f32,
    /// From here on the model marks it alone.
    pub alone: f32,
    /// Below this a rule's finding is dropped.
    pub veto: f32,
}

/// Something that has learned to read single sentences.
pub trait Learned {
    /// Hears all sentences of a draft before it is asked about the first one, so that it can work on several at once.
    /// What it says must not depend on it.
    fn prepare(&mut self, _inputs: &[SentenceInput<'_>]) {}

    /// Calls `say` for each check it knows.
    fn read(&mut self, input: &SentenceInput<'_>, say: &mut dyn FnMut(Belief<'_>));
}

/// A verdict of the joined readers about one check in one sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Joined {
    pub(crate) check: CheckId,
    pub(crate) probability: f32,
    pub(crate) verdict: Verdict,
}

/// What becomes of a check in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Marked, whether or not a rule found it.
    Mark,
    /// Left to the rule: kept if it found something.
    LeaveToRule,
    /// A rule's finding is dropped.
    Drop,
}

/// Asks the learned reader about one sentence.
pub(crate) fn ask(
    learned: &mut dyn Learned,
    pack: &Pack,
    input: &SentenceInput<'_>,
    joined: &mut Vec<Joined>,
) {
    joined.clear();
    learned.read(input, &mut |belief| {
        let Some(check) = pack.rules.iter().position(|rule| rule.id == belief.check_id) else { return };
        if pack.rules[check].severity == Severity::Interrupt {
            return;
        }
        let verdict = if belief.probability >= belief.alone {
            Verdict::Mark
        } else if belief.probability < belief.veto {
            Verdict::Drop
        } else {
            Verdict::LeaveToRule
        };
        joined.push(Joined { check: check as CheckId, probability: belief.probability, verdict });
    });
}

/// Whether a check marks a fault.
pub(crate) fn is_fault(pack: &Pack, check: CheckId) -> bool {
    pack.rules[check as usize].kind == Kind::Fault
}

/// The text of `span` with the white space around it taken off.
pub(crate) fn sentence_text(text: &str, span: Span) -> &str {
    span.of(text).trim()
}
