//! Step 2.3 as events: the apology, the promise ledger, transparency offers.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, EntryId};
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of the apology.
    #[n(0)]
    Save(#[n(0)] Save<Apology>),
    /// The apology is given.
    #[n(1)]
    Give {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Apology,
    },
    /// A promise enters the ledger: private in solo mode, shared in couple mode.
    #[n(2)]
    Promise {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Promise,
    },
    /// The one who promised reports first.
    #[n(3)]
    Report {
        #[n(0)]
        promise: EntryId,
        #[n(1)]
        outcome: Outcome,
    },
    /// The partner confirms or disputes, once; saying nothing has no effect.
    #[n(4)]
    Respond {
        #[n(0)]
        promise: EntryId,
        #[n(1)]
        response: Response,
    },
    /// The doer offers a fact to see, for a limited time.
    #[n(5)]
    Offer {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        what: String,
        #[n(2)]
        until: Day,
    },
    /// The offer ends early.
    #[n(6)]
    EndOffer {
        #[n(0)]
        offer: EntryId,
    },
}

/// An apology in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Apology {
    /// The parts that are written.
    #[n(0)]
    pub parts: Vec<ApologyPart>,
}

/// One part with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ApologyPart {
    /// Which part.
    #[n(0)]
    pub part: Part,
    /// The writer's words.
    #[n(1)]
    pub text: String,
}

/// Parts in the order of their weight (E1). Asking to be forgiven is left out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What I did, and that it was my doing.
    #[n(0)]
    Responsibility,
    /// What I do to make good.
    #[n(1)]
    Repair,
    /// That I am sorry.
    #[n(2)]
    Regret,
    /// Why, without excuse.
    #[n(3)]
    Explanation,
    /// What will be different.
    #[n(4)]
    Repentance,
}

/// A promise that can be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Promise {
    /// The writer's words.
    #[n(0)]
    pub text: String,
    /// Day on which it is looked at.
    #[n(1)]
    pub review_on: Day,
}

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Kept.
    #[n(0)]
    Kept,
    /// Changed before it was due.
    #[n(1)]
    Renegotiated {
        #[n(0)]
        text: String,
        #[n(1)]
        review_on: Day,
    },
    /// Missed.
    #[n(2)]
    Missed,
    /// Taken back.
    #[n(3)]
    Withdrawn,
}

/// The partner's answer to a report.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// I saw it too.
    #[n(0)]
    Confirm,
    /// I saw it differently.
    #[n(1)]
    Dispute,
}
