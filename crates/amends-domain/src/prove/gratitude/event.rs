//! Step 3.5 as events: notes, gifts without strings, chores.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, EntryId};
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of a note.
    #[n(0)]
    SaveNote(#[n(0)] Save<Note>),
    /// A note that appears at a place of the app or on a day.
    #[n(1)]
    SendNote(#[n(0)] Note),
    /// Own devices only: a gift, with what its giver hopes for.
    #[n(2)]
    SaveGift(#[n(0)] Save<Gift>),
    /// The card that goes with a gift. What was hoped for stays private.
    #[n(3)]
    SendGift {
        #[n(0)]
        text: String,
    },
    /// A chore on the list; private in solo mode, shared in couple mode.
    #[n(4)]
    AddChore {
        #[n(0)]
        text: String,
        #[n(1)]
        whose: Whose,
    },
    /// Done on a day by the author.
    #[n(5)]
    DoneChore {
        #[n(0)]
        chore: EntryId,
        #[n(1)]
        day: Day,
    },
    /// Off the list.
    #[n(6)]
    DropChore {
        #[n(0)]
        chore: EntryId,
    },
}

/// A thank-you note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Note {
    /// The text.
    #[n(0)]
    pub text: String,
    /// Where it appears.
    #[n(1)]
    pub spot: Spot,
    /// On or after which day it appears.
    #[n(2)]
    pub on: Option<Day>,
}

/// Places in the partner's app.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// On "today".
    #[n(0)]
    Today,
    /// Beside the path.
    #[n(1)]
    Path,
    /// Beside the weekly talk.
    #[n(2)]
    Talk,
    /// Printed for the kitchen table: it does not cross.
    #[n(3)]
    Print,
}

/// A gift as its giver plans it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Gift {
    /// What it is.
    #[n(0)]
    pub what: String,
    /// What do you hope happens when they get it?
    #[n(1)]
    pub hope: String,
    /// The card.
    #[n(2)]
    pub card: String,
}

/// Whose chore it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Mine: comes first.
    #[n(0)]
    Mine,
    /// Ours.
    #[n(1)]
    Ours,
}
