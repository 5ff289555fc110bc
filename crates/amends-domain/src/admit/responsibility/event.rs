//! Step 1.1 as events: the disclosure, its depth, its opening.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, EntryId};
use crate::versions::Save;

/// Events of the disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of the draft.
    #[n(0)]
    Save(#[n(0)] Save<Disclosure>),
    /// Own devices only: what the writer guesses the other wants to know, before they are asked.
    #[n(1)]
    Guess {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        choices: Vec<DepthChoice>,
    },
    /// The hurt partner says what they want to know.
    #[n(2)]
    Depth {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        choices: Vec<DepthChoice>,
    },
    /// The writer delivers a sealed version: it cannot be changed, only added to.
    #[n(3)]
    Seal {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Disclosure,
    },
    /// A dated addition to a sealed disclosure, shown as such.
    #[n(4)]
    Add {
        #[n(0)]
        disclosure: EntryId,
        #[n(1)]
        section: Section,
        #[n(2)]
        text: String,
    },
    /// The reader asks about one section.
    #[n(5)]
    Ask {
        #[n(0)]
        disclosure: EntryId,
        #[n(1)]
        section: Section,
        #[n(2)]
        text: String,
    },
    /// The writer answers a question.
    #[n(6)]
    Answer {
        #[n(0)]
        question: EntryId,
        #[n(1)]
        text: String,
    },
    /// The reader's own devices only: a section was opened. The writer is never told.
    #[n(7)]
    OpenSection {
        #[n(0)]
        disclosure: EntryId,
        #[n(1)]
        section: Section,
    },
}

/// The structured document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Disclosure {
    /// The fixed fields.
    #[n(0)]
    pub fields: Vec<Field>,
    /// One page in own words.
    #[n(1)]
    pub own_words: String,
}

/// One section of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Field {
    /// Which section.
    #[n(0)]
    pub section: Section,
    /// One line.
    #[n(1)]
    pub headline: String,
    /// The facts, without scenes.
    #[n(2)]
    pub facts: String,
    /// First day, where an earlier version of the form asked for one.
    #[n(3)]
    pub from: Option<Day>,
    /// Last day, where an earlier version of the form asked for one.
    #[n(4)]
    pub to: Option<Day>,
    /// "I do not remember, and I will know by this day."
    #[n(5)]
    pub known_by: Option<Day>,
    /// There is nothing to tell here.
    #[n(6)]
    pub nothing: bool,
    /// When it was, as people say it: "in spring 2023".
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// The sections, in the order in which they are told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What I did.
    #[n(0)]
    What,
    /// From when to when.
    #[n(1)]
    Period,
    /// How often.
    #[n(2)]
    HowOften,
    /// With whom: the role, no portrait.
    #[n(3)]
    WithWhom,
    /// Money: sums, debts, guarantees.
    #[n(4)]
    Money,
    /// Health risks.
    #[n(5)]
    HealthRisk,
    /// Who else knows, and may tell it differently.
    #[n(6)]
    WhoKnows,
    /// Lies told about it.
    #[n(7)]
    Lies,
    /// Is it over?
    #[n(8)]
    IsItOver,
    /// What I do not remember, and by when I will know.
    #[n(9)]
    NotRemembered,
    /// The page in own words.
    #[n(10)]
    OwnWords,
}

/// How much of one section the reader wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct DepthChoice {
    /// Which section.
    #[n(0)]
    pub section: Section,
    /// How much.
    #[n(1)]
    pub depth: Depth,
}

/// The reader's choice of depth.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// One line.
    #[n(0)]
    Headline,
    /// The facts.
    #[n(1)]
    Facts,
    /// Only if I ask.
    #[n(2)]
    AskMe,
    /// Not that.
    #[n(3)]
    NotThat,
}
