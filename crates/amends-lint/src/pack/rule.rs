//! A check, as people read it: its texts, its weight, its examples.

use serde::{Deserialize, Serialize};

use crate::genre::GenreSet;

/// Index of a check in [`Pack::rules`](super::Pack::rules).
pub type CheckId = u8;

/// What kind of check a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A wording that hurts more.
    Fault,
    /// A good part: reported as present or missing.
    Presence,
}

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A good part, no fault.
    Presence,
    /// A wording that hurts.
    Normal,
    /// A wording that hurts much or presses.
    Strong,
    /// Danger: help is shown instead of style.
    Interrupt,
}

impl Severity {
    /// Name used in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Normal => "normal",
            Self::Strong => "strong",
            Self::Interrupt => "interrupt",
        }
    }
}

/// Slug of the step a check belongs to, or `safety`.
pub type Step = String;

/// One check with the texts shown for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Id of CHECKS, for example `blame-shift`.
    pub id: String,
    /// Slugs of its steps; the first is the folder it lives in.
    pub steps: Vec<Step>,
    /// Fault or good part.
    pub kind: Kind,
    /// Weight.
    pub severity: Severity,
    /// Genres in which it applies.
    pub genres: GenreSet,
    /// Evidence ids.
    pub sources: Vec<String>,
    /// Short name for people.
    pub title: String,
    /// One line: what this wording does to the reader.
    pub why: String,
    /// A question to ask oneself.
    pub question: String,
    /// Pattern with blanks; empty where none is offered (danger).
    pub pattern: String,
    /// Sentences that must be found, with the marked part.
    pub bad: Vec<RuleExample>,
    /// Sentences that must stay clean.
    pub good: Vec<RuleExample>,
}

/// A sentence that documents and tests a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleExample {
    /// The sentence.
    pub text: String,
    /// What the partner had said, or empty.
    pub partner: String,
    /// Byte range that the finding must touch, if marked.
    pub mark: Option<(u32, u32)>,
}
