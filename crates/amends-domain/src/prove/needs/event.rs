//! Step 3.2 as events: needs, one request each, and careful asking.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::bank::NeedId;
use crate::id::EntryId;

/// Events of the step. The list belongs to the one who needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a mark on the list.
    #[n(0)]
    Mark {
        #[n(0)]
        need: Need,
        #[n(1)]
        mark: Mark,
    },
    /// A need is shown to the partner with its mark.
    #[n(1)]
    Share {
        #[n(0)]
        need: Need,
        #[n(1)]
        mark: Mark,
    },
    /// The owner changes the mark of a shared need.
    #[n(2)]
    Remark {
        #[n(0)]
        shared: EntryId,
        #[n(1)]
        mark: Mark,
    },
    /// "What do you need?" with fixed words, at most once a week.
    #[n(3)]
    Ask,
    /// "I don't know": two weeks without asking.
    #[n(4)]
    DontKnow,
    /// One request for one shared need.
    #[n(5)]
    Request {
        #[n(0)]
        shared: EntryId,
        #[n(1)]
        text: String,
    },
    /// The other answers the request.
    #[n(6)]
    Answer {
        #[n(0)]
        request: EntryId,
        #[n(1)]
        answer: Answer,
    },
}

/// A word of the list or own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// From the list.
    #[n(0)]
    Word(#[n(0)] NeedId),
    /// Own.
    #[n(1)]
    Own(#[n(0)] String),
}

/// When, or from whom.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Now.
    #[n(0)]
    Now,
    /// Later.
    #[n(1)]
    Later,
    /// Not from you: final until its owner changes it.
    #[n(2)]
    NotFromYou,
    /// I don't know.
    #[n(3)]
    DontKnow,
}

/// Answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    #[n(0)]
    Yes,
    /// No.
    #[n(1)]
    No,
    /// Another offer.
    #[n(2)]
    OtherOffer {
        #[n(0)]
        text: String,
    },
}
