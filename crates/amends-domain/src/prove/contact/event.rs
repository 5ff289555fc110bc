//! Step 3.3 as events: one line, one thank you, one question, one picture.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::BlobId;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// One message at the pace its receiver set.
    #[n(0)]
    Send {
        #[n(0)]
        kind: ContactKind,
        #[n(1)]
        text: String,
        #[n(2)]
        photo: Option<Photo>,
    },
}

/// Kinds of contact a receiver can welcome one by one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// One line today.
    #[n(0)]
    Line,
    /// One thank you.
    #[n(1)]
    Thanks,
    /// One question.
    #[n(2)]
    Question,
    /// One picture.
    #[n(3)]
    Photo,
    /// A gratitude note.
    #[n(4)]
    Note,
    /// A note that goes with a gift.
    #[n(5)]
    Gift,
    /// A letter.
    #[n(6)]
    Letter,
    /// A proposal to do something together.
    #[n(7)]
    Proposal,
}

/// A picture that was re-encoded: no place, no time, no camera in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Photo {
    /// Where the bytes are.
    #[n(0)]
    pub blob: BlobId,
    /// Size in bytes.
    #[n(1)]
    pub bytes: u32,
    /// Width in pixels.
    #[n(2)]
    pub width: u16,
    /// Height in pixels.
    #[n(3)]
    pub height: u16,
    /// Words for those who do not see it.
    #[n(4)]
    pub alt: String,
}
