//! What a reader carries about a text, for measuring it on sets whose labels are not our checks.

use amends_lint::Draft;
use amends_model::{ModelInput, ngrams};

use crate::Reader;

/// Everything a linear probe may look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Carried {
    /// Buckets of the text's n-grams out of `2^NGRAM_BITS`.
    pub ngrams: Vec<u32>,
    /// Facts that the rules found, by their number in the pack, each once.
    pub facts: Vec<u16>,
    /// What the model carries; empty without one.
    pub learned: Vec<f32>,
}

impl Carried {
    /// Buckets of n-grams: `2^18`.
    pub const NGRAM_BITS: u32 = 18;
}

impl Reader {
    /// What is carried about a text, read as one sentence; `partner_said` is what it answers.
    pub fn carried(&mut self, text: &str, partner_said: Option<&str>) -> Carried {
        self.open_waiting();
        self.engine.check(&Draft { partner_said, ..Draft::new(text) }, &mut self.scratch);
        let mut facts: Vec<u16> = self.scratch.table.facts.iter().map(|fact| fact.fact).collect();
        facts.sort_unstable();
        facts.dedup();
        let input = ModelInput { sentence: text, previous: None, partner_said };
        let learned = self
            .learned
            .as_mut()
            .map(|learned| learned.model.carried(&mut learned.scratch, &input))
            .unwrap_or_default();
        Carried { ngrams: ngrams(text, partner_said.is_some(), Carried::NGRAM_BITS), facts, learned }
    }
}
