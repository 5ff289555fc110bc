//! Where the model may speak alone and where it may overrule a rule.

use amends_lint::{Kind, Pack};
use amends_model::Model;

/// Two thresholds for each check, in the order of the model's checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    pairs: Vec<(f32, f32)>,
}

/// Below this probability a rule's finding of a fault is dropped: silence is better than a false alarm
/// (docs/EVALUATION.md says how both were chosen).
const VETO_OF_FAULT: f32 = 0.3;
/// Below this probability a rule's finding of a good part is dropped.
const VETO_OF_PART: f32 = 0.05;

impl Thresholds {
    /// Thresholds of a model: alone as its file says, the veto by the kind of check.
    pub(crate) fn of(model: &Model, pack: &Pack) -> Self {
        let veto_of = |id: &str| match pack.rule(id).map(|rule| rule.kind) {
            Some(Kind::Presence) => VETO_OF_PART,
            Some(Kind::Fault) | None => VETO_OF_FAULT,
        };
        let pairs =
            model.check_ids().zip(model.thresholds()).map(|(id, alone)| (alone, veto_of(id).min(alone)));
        Self { pairs: pairs.collect() }
    }

    /// The same with one other veto for all.
    pub(crate) fn with_veto(model: &Model, veto: f32) -> Self {
        Self { pairs: model.thresholds().map(|alone| (alone, veto.min(alone))).collect() }
    }

    /// `(alone, veto)` of a check.
    pub(crate) fn of_check(&self, index: usize) -> (f32, f32) {
        self.pairs.get(index).copied().unwrap_or((f32::INFINITY, 0.0))
    }
}
