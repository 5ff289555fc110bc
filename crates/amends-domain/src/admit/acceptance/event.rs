//! Step 1.4 as events: impact builder, impact letter, feelings.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::bank::FeelingId;
use crate::id::EntryId;
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of "Because I ..., you now ...".
    #[n(0)]
    SaveImpact(#[n(0)] Save<Impact>),
    /// The impact page is shown to the partner.
    #[n(1)]
    ShareImpact {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Impact,
    },
    /// Own devices only: a version of the hurt partner's impact letter.
    #[n(2)]
    SaveLetter(#[n(0)] Save<ImpactLetter>),
    /// The impact letter is shared.
    #[n(3)]
    ShareLetter {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: ImpactLetter,
    },
    /// Own devices only: words picked from the feelings list.
    #[n(4)]
    Feelings {
        #[n(0)]
        words: Vec<FeelingId>,
        #[n(1)]
        note: String,
    },
}

/// What the doer understands of the effects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Impact {
    /// One line for each effect.
    #[n(0)]
    pub lines: Vec<ImpactLine>,
}

/// "Because I ..., you now ..."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ImpactLine {
    /// Because I ...
    #[n(0)]
    pub because_i: String,
    /// ... you now ...
    #[n(1)]
    pub you_now: String,
    /// Feelings that may go with it, as a guess.
    #[n(2)]
    pub feelings: Vec<FeelingId>,
}

/// What it did, told by the one who was hurt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ImpactLetter {
    /// The letter.
    #[n(0)]
    pub text: String,
    /// Feelings picked for it.
    #[n(1)]
    pub feelings: Vec<FeelingId>,
}
