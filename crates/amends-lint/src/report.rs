//! What the engine says about a draft.

use amends_text::Span;

use crate::commitment::Commitment;
use crate::finding::Finding;
use crate::genre::Genre;
use crate::pack::{CheckId, SafetyKind};

/// Whether the draft could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// Read.
    #[default]
    Read,
    /// No words in it.
    Empty,
    /// Not in the language of the pack: nothing is said about it.
    OtherLanguage,
}

/// A good part that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElementFound {
    /// Index of the presence check in the pack.
    pub check: CheckId,
    /// Where it was found.
    pub span: Span,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Index of the sentence.
    pub sentence: u32,
}

/// A good part that the genre asks for and that was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementMissing {
    /// Index of the presence check in the pack.
    pub check: CheckId,
}

/// Everything the engine says about one draft.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Whether it could be read; if not, everything else is empty.
    pub reading: Reading,
    /// The genre it was judged as.
    pub genre: Option<Genre>,
    /// Faults, in order of place.
    pub findings: Vec<Finding>,
    /// Good parts, in order of place.
    pub present: Vec<ElementFound>,
    /// What the genre asks for and is not there, most important first.
    pub missing: Vec<ElementMissing>,
    /// Promises in the text.
    pub commitments: Vec<Commitment>,
    /// Kinds of danger the text speaks of, each once.
    pub safety: Vec<SafetyKind>,
    /// The explanation stands before any responsibility (order of E1).
    pub explains_before_owning: bool,
}
