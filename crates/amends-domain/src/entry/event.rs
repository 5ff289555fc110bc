//! What can happen to any entry: its writer deletes it, brings it back, or lets it be copied.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, EventId};

/// Events about entries as such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The writer deletes an own entry, with everything that hangs on it.
    #[n(0)]
    Delete {
        #[n(0)]
        target: EventId,
    },
    /// Undo of a deletion, while the words are still there.
    #[n(1)]
    Restore {
        #[n(0)]
        target: EventId,
    },
    /// "Please remove what I sent": a request that the other app shows and can honor, never an order.
    #[n(2)]
    AskRemoval {
        #[n(0)]
        targets: Vec<EntryId>,
    },
    /// The writer lets the other keep this entry in exports and counselor packets.
    #[n(3)]
    AllowCopy {
        #[n(0)]
        target: EntryId,
        #[n(1)]
        allowed: bool,
    },
}
