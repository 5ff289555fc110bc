//! Where the model may speak alone and where it may overrule a rule.

use amends_model::Model;

/// Two thresholds for each check, in the order of the model's checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    pairs: Vec<(f32, f32)>,
}

/// Below this probability a rule's finding of a fault is dropped (docs/EVALUATION.md says how it was chosen).
const VETO: f32 = 0.05;

impl Thresholds {
    /// Thresholds of a model: alone as its file says, the veto the same for all checks.
    pub(crate) fn of(model: &Model) -> Self {
        Self::with_veto(model, VETO)
    }

    /// The same with another veto.
    pub(crate) fn with_veto(model: &Model, veto: f32) -> Self {
        Self { pairs: model.thresholds().map(|alone| (alone, veto.min(alone))).collect() }
    }

    /// `(alone, veto)` of a check.
    pub(crate) fn of_check(&self, index: usize) -> (f32, f32) {
        self.pairs.get(index).copied().unwrap_or((f32::INFINITY, 0.0))
    }
}
