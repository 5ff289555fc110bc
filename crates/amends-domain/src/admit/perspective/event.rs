//! Step 1.2 as events: values warm-up, perspective page, hard words, pause.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::bank::StatementId;
use crate::id::{EntryId, Millis};
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: one value and three lines about it.
    #[n(0)]
    WarmUp {
        #[n(0)]
        value: Value,
        #[n(1)]
        lines: Vec<String>,
    },
    /// Own devices only: a version of the perspective page.
    #[n(1)]
    Save(#[n(0)] Save<Perspective>),
    /// The page is shown to the partner.
    #[n(2)]
    Share {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Perspective,
    },
    /// Own devices only: a hard statement was answered, and these checks were noticed.
    #[n(3)]
    Rehearse {
        #[n(0)]
        statement: StatementId,
        #[n(1)]
        reply: String,
        #[n(2)]
        noticed: Vec<String>,
    },
    /// A pause with an agreed time to come back.
    #[n(4)]
    Pause {
        #[n(0)]
        back_at: Millis,
    },
    /// Back from the pause.
    #[n(5)]
    Back {
        #[n(0)]
        pause: EntryId,
    },
}

/// The day they found out, as they saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Perspective {
    /// Where they were, what they were doing.
    #[n(0)]
    pub before: String,
    /// What they saw or heard first.
    #[n(1)]
    pub found: String,
    /// What may have gone through their mind.
    #[n(2)]
    pub thought: String,
    /// What it may have been like for them.
    #[n(3)]
    pub felt: String,
    /// What their next days may have been like.
    #[n(4)]
    pub after: String,
}

/// Values to choose from in the warm-up (E2).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Being honest.
    #[n(0)]
    Honesty,
    /// Being kind.
    #[n(1)]
    Kindness,
    /// Family.
    #[n(2)]
    Family,
    /// Friends.
    #[n(3)]
    Friendship,
    /// Learning.
    #[n(4)]
    Learning,
    /// Faith.
    #[n(5)]
    Faith,
    /// Courage.
    #[n(6)]
    Courage,
    /// Fairness.
    #[n(7)]
    Fairness,
    /// Making things.
    #[n(8)]
    Creativity,
    /// Nature.
    #[n(9)]
    Nature,
    /// Humor.
    #[n(10)]
    Humor,
    /// Work done well.
    #[n(11)]
    Craft,
}
