//! One model, ready to be asked.

use std::borrow::Cow;

use crate::cache::{Cache, Key};
use crate::file::{self, LoadError};
use crate::linear::{Linear, LinearBuffers};
use crate::transformer::{LayerBuffers, Transformer};
use crate::wordpiece::{PieceBuffers, WordPiece};

/// A check the model knows, how its two halves mix, and from where on it may speak.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) id: Box<str>,
    pub(crate) of_transformer: f32,
    pub(crate) of_linear: f32,
    pub(crate) shift: f32,
    pub(crate) threshold: f32,
}

/// A loaded weights file. Cheap to share, needs a [`Scratch`] per thread.
#[derive(Debug)]
pub struct Model {
    pub(crate) name: String,
    pub(crate) hash: [u8; 32],
    pub(crate) checks: Vec<Check>,
    pub(crate) linear: Linear,
    pub(crate) transformer: Option<(WordPiece, Transformer)>,
}

/// One sentence and what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelInput<'a> {
    /// The sentence to judge.
    pub sentence: &'a str,
    /// The sentence before it in the same text.
    pub previous: Option<&'a str>,
    /// What the partner said, when the text is a reply.
    pub partner_said: Option<&'a str>,
}

impl<'a> ModelInput<'a> {
    /// A sentence that stands alone.
    pub fn sentence(sentence: &'a str) -> Self {
        Self { sentence, previous: None, partner_said: None }
    }
}

/// What the model says about one check of one sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction<'m> {
    /// Id of the check.
    pub check_id: &'m str,
    /// Calibrated: of a hundred sentences with 0.9, about ninety hold the check.
    pub probability: f32,
    /// From here on the check may be shown on the model's word alone.
    pub threshold: f32,
}

/// Buffers and the cache of one user of a [`Model`]. Start with `Scratch::default()`; use it with one model only.
#[derive(Debug, Default)]
pub struct Scratch {
    cache: Cache,
    pieces: PieceBuffers,
    ids: Vec<u32>,
    layers: LayerBuffers,
    linear: LinearBuffers,
    deep: Vec<f32>,
    flat: Vec<f32>,
    probabilities: Vec<f32>,
}

impl Scratch {
    /// Whether what a model says about this input is remembered.
    pub fn knows(&mut self, input: &ModelInput<'_>) -> bool {
        self.cache.get(&key_of(input)).is_some()
    }

    /// Remembers what the same model said about this input with another scratch.
    pub fn remember(&mut self, input: &ModelInput<'_>, probabilities: &[f32]) {
        self.cache.insert(key_of(input), probabilities.into());
    }
}

impl Model {
    /// Reads a weights file (`docs/formats/model.md`), of which it keeps a copy.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are no weights file, of another version, damaged or contradictory.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        file::read(Cow::Owned(bytes.to_vec()))
    }

    /// The same without a copy: from bytes that are part of the program, or that are given away.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_file(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, LoadError> {
        file::read(file.into())
    }

    /// Name and version of the weights, as their maker wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// BLAKE3 hash of the weights: two models with the same hash say the same.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// Ids of the checks, in the order of [`Model::predict`].
    pub fn check_ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.checks.iter().map(|check| &*check.id)
    }

    /// Thresholds of the checks, in the order of [`Model::predict`].
    pub fn thresholds(&self) -> impl ExactSizeIterator<Item = f32> {
        self.checks.iter().map(|check| check.threshold)
    }

    /// Calibrated probability of each check, in the order of [`Model::check_ids`]. An unchanged sentence with the same
    /// context is not run again.
    pub fn predict<'s>(&self, scratch: &'s mut Scratch, input: &ModelInput<'_>) -> &'s [f32] {
        let key = key_of(input);
        let found = scratch.cache.get(&key).map(|known| {
            scratch.probabilities.clear();
            scratch.probabilities.extend_from_slice(known);
        });
        if found.is_none() {
            self.run(scratch, input);
            scratch.cache.insert(key, scratch.probabilities.as_slice().into());
        }
        &scratch.probabilities
    }

    /// The checks that reach their threshold, in the order of the file.
    pub fn findings<'m>(&'m self, scratch: &mut Scratch, input: &ModelInput<'_>) -> Vec<Prediction<'m>> {
        self.predictions(scratch, input).filter(|p| p.probability >= p.threshold).collect()
    }

    /// What the model says about every check.
    pub fn predictions<'m, 's>(
        &'m self,
        scratch: &'s mut Scratch,
        input: &ModelInput<'_>,
    ) -> impl Iterator<Item = Prediction<'m>> + use<'m, 's> {
        let probabilities = self.predict(scratch, input);
        self.checks.iter().zip(probabilities).map(|(check, &probability)| Prediction {
            check_id: &check.id,
            probability,
            threshold: check.threshold,
        })
    }

    /// What the transformer carries of a text before the checks are asked: mean and maximum of its tokens, then the
    /// probability of each check. For measuring on labels of others; never cached. Only the probabilities where there is
    /// no transformer.
    pub fn carried(&self, scratch: &mut Scratch, input: &ModelInput<'_>) -> Vec<f32> {
        self.run(scratch, input);
        let pooled = if self.transformer.is_some() { scratch.layers.pooled() } else { &[] };
        [pooled, &scratch.probabilities].concat()
    }

    fn run(&self, scratch: &mut Scratch, input: &ModelInput<'_>) {
        let Scratch { pieces, ids, layers, linear, deep, flat, probabilities, .. } = scratch;
        let partner_said = input.partner_said.filter(|said| !said.is_empty());
        self.linear.logits(input.sentence, partner_said.is_some(), linear, flat);
        deep.clear();
        deep.resize(self.checks.len(), 0.0);
        if let Some((wordpiece, transformer)) = &self.transformer {
            let n_sentence =
                wordpiece.encode_input(input.sentence, input.previous, partner_said, pieces, ids);
            transformer.logits(ids, n_sentence, layers, deep);
        }
        probabilities.clear();
        probabilities.extend(self.checks.iter().zip(deep).zip(flat).map(|((check, deep), flat)| {
            let logit = check.of_transformer * *deep + check.of_linear * *flat + check.shift;
            1.0 / (1.0 + (-logit).exp())
        }));
    }
}

/// Hash of sentence and context, lengths included, so that no two inputs share one.
fn key_of(input: &ModelInput<'_>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in [Some(input.sentence), input.previous, input.partner_said] {
        let length = part.map_or(u64::MAX, |p| p.len() as u64);
        hasher.update(&length.to_le_bytes());
        hasher.update(part.unwrap_or_default().as_bytes());
    }
    *hasher.finalize().as_bytes()
}
