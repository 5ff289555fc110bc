//! English drafts, read by rules and model together: the one entrance for command line, app and browser.
//!
//! The model is never required. A [`Reader`] without one reads by rules alone; with one, each check has the
//! two thresholds that [`Thresholds`] describes.

mod ahead;
mod alike;
mod carried;
mod thresholds;

use std::borrow::Cow;

use amends_lint::{Belief, Draft, Engine, Learned, Pack, Report, Scratch, SentenceInput};
use amends_model::Model;

use ahead::{Texts, input_of, read_ahead};
use alike::write_alike;

pub use amends_model::LoadError;
pub use carried::Carried;
pub use thresholds::Thresholds;

/// Reads drafts, with everything it needs to do so again and again.
#[derive(Debug)]
pub struct Reader {
    engine: Engine,
    scratch: Scratch,
    learned: Option<LearnedModel>,
    waiting: Option<Waiting>,
}

/// Weights that are opened with the first draft.
#[derive(Debug)]
struct Waiting {
    weights: Cow<'static, [u8]>,
    refused: fn(&LoadError),
}

#[derive(Debug)]
struct LearnedModel {
    model: Model,
    scratch: amends_model::Scratch,
    thresholds: Thresholds,
    /// One for each thread that works ahead.
    helpers: Vec<amends_model::Scratch>,
}

impl Reader {
    /// A reader of the English pack, by rules alone.
    pub fn by_rules() -> Self {
        Self::with_engine(amends_pack_en::engine())
    }

    /// A reader of any pack, by rules alone.
    pub fn with_engine(engine: Engine) -> Self {
        Self { engine, scratch: Scratch::default(), learned: None, waiting: None }
    }

    /// Puts a model beside the rules.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are no weights file; the reader goes on by rules alone.
    pub fn add_model(&mut self, weights: &[u8]) -> Result<(), LoadError> {
        self.put_beside(Model::from_bytes(weights)?);
        Ok(())
    }

    /// The same, later and without a copy: the weights are opened when the first draft is read, so that nobody
    /// waits for them who reads none. If they cannot be used, `refused` hears why, once, and the rules go on alone.
    #[must_use]
    pub fn with_weights(mut self, weights: impl Into<Cow<'static, [u8]>>, refused: fn(&LoadError)) -> Self {
        self.waiting = Some(Waiting { weights: weights.into(), refused });
        self
    }

    fn put_beside(&mut self, model: Model) {
        let thresholds = Thresholds::of(&model, self.engine.pack());
        let scratch = amends_model::Scratch::default();
        self.learned = Some(LearnedModel { model, scratch, thresholds, helpers: Vec::new() });
    }

    fn open_waiting(&mut self) {
        let Some(Waiting { weights, refused }) = self.waiting.take() else { return };
        match Model::from_file(weights) {
            Ok(model) => self.put_beside(model),
            Err(error) => refused(&error),
        }
    }

    /// Sets the probability below which the model drops a rule's finding, for measuring other choices.
    pub fn set_veto(&mut self, veto: f32) {
        if let Some(learned) = &mut self.learned {
            learned.thresholds = Thresholds::with_veto(&learned.model, veto);
        }
    }

    /// Whether a model stands beside the rules; weights that wait for the first draft do not yet.
    pub fn has_model(&self) -> bool {
        self.learned.is_some()
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The pack the engine runs.
    pub fn pack(&self) -> &Pack {
        self.engine.pack()
    }

    /// Reads a draft. Never fails; a sentence that did not change since the last call is not run through the
    /// model again.
    pub fn read(&mut self, draft: &Draft<'_>) -> Report {
        self.open_waiting();
        let learned = self.learned.as_mut().map(|learned| learned as &mut dyn Learned);
        self.engine.check_with(draft, &mut self.scratch, learned)
    }

    /// Reads a draft by the rules alone, also where a model is there: the quick first answer.
    pub fn read_by_rules(&mut self, draft: &Draft<'_>) -> Report {
        self.engine.check(draft, &mut self.scratch)
    }
}

/// What the model gets to read: whoever is meant, in one form.
fn texts_of(input: &SentenceInput<'_>) -> Texts {
    let alike = |text: &str| {
        let mut out = String::new();
        write_alike(text, &mut out);
        out
    };
    (alike(input.sentence), input.previous.map(alike), input.partner_said.map(alike))
}

impl Learned for LearnedModel {
    fn prepare(&mut self, inputs: &[SentenceInput<'_>]) {
        let texts: Vec<Texts> = inputs.iter().map(texts_of).collect();
        read_ahead(&self.model, &mut self.scratch, &mut self.helpers, &texts);
    }

    fn read(&mut self, input: &SentenceInput<'_>, say: &mut dyn FnMut(Belief<'_>)) {
        let texts = texts_of(input);
        let input = input_of(&texts);
        let predictions = self.model.predictions(&mut self.scratch, &input);
        for (index, prediction) in predictions.enumerate() {
            let (alone, veto) = self.thresholds.of_check(index);
            say(Belief { check_id: prediction.check_id, probability: prediction.probability, alone, veto });
        }
    }
}
