//! Step 3.6 as events: private check-ins, own consistency, review, ending well.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, EntryId};
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: answers to the weekly items; skipping is an answer.
    #[n(0)]
    CheckIn {
        #[n(0)]
        day: Day,
        #[n(1)]
        answers: Vec<ItemAnswer>,
        #[n(2)]
        note: String,
    },
    /// One chart for one period, shared by the one who answered.
    #[n(1)]
    ShareChart {
        #[n(0)]
        item: Item,
        #[n(1)]
        from: Day,
        #[n(2)]
        to: Day,
        #[n(3)]
        points: Vec<Point>,
    },
    /// The sharing ends.
    #[n(2)]
    StopChart {
        #[n(0)]
        chart: EntryId,
    },
    /// Own devices only: what I controlled this week.
    #[n(3)]
    Controlled {
        #[n(0)]
        week: Day,
        #[n(1)]
        wrote: Degree,
        #[n(2)]
        told: Degree,
        #[n(3)]
        listened: Degree,
        #[n(4)]
        note: String,
    },
    /// Own devices only: the review every three months, kept for oneself.
    #[n(4)]
    Review {
        #[n(0)]
        incident: Option<EntryId>,
        #[n(1)]
        decision: Decision,
        #[n(2)]
        text: String,
    },
    /// The decision is told.
    #[n(5)]
    TellDecision {
        #[n(0)]
        incident: Option<EntryId>,
        #[n(1)]
        decision: Decision,
        #[n(2)]
        text: String,
    },
    /// Own devices only: a version of the closing letter.
    #[n(6)]
    SaveClosing(#[n(0)] Save<Closing>),
    /// The closing letter is given.
    #[n(7)]
    SendClosing {
        #[n(0)]
        content: Closing,
    },
}

/// Own items, not a validated scale.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// What they said matched what they did.
    #[n(0)]
    WordsMatched,
    /// I could tell what to expect.
    #[n(1)]
    Predictable,
    /// When I was hurt or afraid, they turned towards me.
    #[n(2)]
    TurnedTowards,
    /// I felt safe with them.
    #[n(3)]
    FeltSafe,
    /// I believe they would tell me.
    #[n(4)]
    WouldTell,
    /// I want to go on trying, for now.
    #[n(5)]
    GoOnTrying,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ItemAnswer {
    /// Which item.
    #[n(0)]
    pub item: Item,
    /// 0 to 10, or skipped.
    #[n(1)]
    pub value: Option<u8>,
}

/// One point of a shared chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Point {
    /// Day of the answer.
    #[n(0)]
    pub day: Day,
    /// 0 to 10.
    #[n(1)]
    pub value: u8,
}

/// Answer of the doer's weekly look.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Degree {
    /// Yes.
    #[n(0)]
    Yes,
    /// Partly.
    #[n(1)]
    Partly,
    /// No.
    #[n(2)]
    No,
    /// Left out.
    #[n(3)]
    Skipped,
}

/// The three answers of the review.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Together.
    #[n(0)]
    Together,
    /// Apart.
    #[n(1)]
    Apart,
    /// Not yet.
    #[n(2)]
    NotYet,
}

/// A letter that closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Closing {
    /// The letter.
    #[n(0)]
    pub text: String,
    /// What each keeps: things, letters, pictures.
    #[n(1)]
    pub keeps: Vec<String>,
}
