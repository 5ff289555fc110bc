//! Step 1.3 as events: practice, and live rounds of say, repeat, confirm.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::bank::StatementId;
use crate::id::EntryId;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a reply to a statement of the bank or an allowed one, with what was in it.
    #[n(0)]
    Practice {
        #[n(0)]
        prompt: Prompt,
        #[n(1)]
        reply: String,
        #[n(2)]
        tally: Tally,
    },
    /// The partner lets one own sentence be practiced on.
    #[n(1)]
    AllowStatement {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        text: String,
    },
    /// The speaker begins a round.
    #[n(2)]
    OpenRound {
        #[n(0)]
        incident: EntryId,
    },
    /// The speaker says one thing.
    #[n(3)]
    Say {
        #[n(0)]
        round: EntryId,
        #[n(1)]
        text: String,
    },
    /// The listener gives it back.
    #[n(4)]
    Reflect {
        #[n(0)]
        said: EntryId,
        #[n(1)]
        text: String,
    },
    /// The speaker answers with one tap.
    #[n(5)]
    Tap {
        #[n(0)]
        reflection: EntryId,
        #[n(1)]
        tap: Tap,
    },
    /// Own devices only: a round on one device handed over.
    #[n(6)]
    HandedOver {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        tap: Tap,
        #[n(2)]
        tally: Tally,
    },
}

/// What was practiced on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// A statement of the bank.
    #[n(0)]
    Bank(#[n(0)] StatementId),
    /// The partner's own sentence, where they allowed it.
    #[n(1)]
    Allowed(#[n(0)] EntryId),
}

/// Plain counts of one reply, made by the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Tally {
    /// Times content was given back.
    #[n(0)]
    pub content: u8,
    /// Times feeling was given back.
    #[n(1)]
    pub feeling: u8,
    /// Questions.
    #[n(2)]
    pub questions: u8,
    /// Advice.
    #[n(3)]
    pub advice: u8,
    /// Reasons and "but".
    #[n(4)]
    pub reasons: u8,
    /// Word-for-word repetition.
    #[n(5)]
    pub parroting: u8,
}

/// The speaker's one tap.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Tap {
    /// Yes, that's it.
    #[n(0)]
    Yes,
    /// Not quite.
    #[n(1)]
    NotQuite,
    /// Stop.
    #[n(2)]
    Stop,
}
