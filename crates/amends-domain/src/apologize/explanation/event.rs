//! Step 2.1 as events: five prompts, and a choice beside each reason.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of the page.
    #[n(0)]
    Save(#[n(0)] Save<Explanation>),
    /// The page is given to the partner.
    #[n(1)]
    Share {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Explanation,
    },
}

/// Why, with "I".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Explanation {
    /// What I wanted.
    #[n(0)]
    pub wanted: String,
    /// What I feared.
    #[n(1)]
    pub feared: String,
    /// What I told myself.
    #[n(2)]
    pub told_myself: String,
    /// Where I could have turned back.
    #[n(3)]
    pub turning_point: String,
    /// What I chose.
    #[n(4)]
    pub chose: String,
    /// Reasons, each with a choice.
    #[n(5)]
    pub rows: Vec<Row>,
}

/// One reason and the choice that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Row {
    /// The reason.
    #[n(0)]
    pub reason: String,
    /// My choice.
    #[n(1)]
    pub choice: String,
}
