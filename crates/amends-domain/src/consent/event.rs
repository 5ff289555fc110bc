//! The receiver's channel: whether it is open, how often, when, which kinds, which topics.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::clock::ClockChange;
use crate::id::{DeviceId, Millis};
use crate::prove::contact::ContactKind;

/// Events about the channel. None of them carries text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// "You can reach me": holds for four weeks.
    #[n(0)]
    OptIn,
    /// "You cannot reach me now." A pause, a second thought and a closed gate look the same.
    #[n(1)]
    Close,
    /// Number a day, hours and kinds, set by the one who receives.
    #[n(2)]
    Pace(#[n(0)] Pace),
    /// Topics that are closed until a time.
    #[n(3)]
    CloseTopics {
        #[n(0)]
        topics: Vec<Topic>,
        #[n(1)]
        until: Millis,
    },
    /// Leaving, said openly. The other side sees "not connected".
    #[n(4)]
    Leave,
    /// Own devices only: stop showing these kinds until a time; the sender is told nothing.
    #[n(5)]
    Mute {
        #[n(0)]
        kinds: Vec<ContactKind>,
        #[n(1)]
        until: Millis,
    },
    /// Own devices only: leave without a word. Nothing is fetched or sent any more.
    #[n(6)]
    LeaveQuietly,
    /// Own devices only: both left, or one did, and now both wish to reach each other again. What was said before stays as it
    /// is; doors, pace and leaving of that time do not count any more.
    #[n(7)]
    BeginAgain {
        #[n(0)]
        former: Vec<Former>,
    },
}

/// The part of a chain that belongs to a former time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Former {
    /// The chain.
    #[n(0)]
    pub device: DeviceId,
    /// The first number that is of the new time.
    #[n(1)]
    pub until: u64,
}

/// How much, when and what a person wants to receive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Pace {
    /// Messages a day, 0 to 3.
    #[n(0)]
    pub per_day: u8,
    /// First minute of the day, local, 0 to 1439.
    #[n(1)]
    pub from_minute: u16,
    /// Minute of the day after the last one, local, 1 to 1440.
    #[n(2)]
    pub to_minute: u16,
    /// Offset from UTC in minutes that day and hours are counted in, until the first change of the clock.
    #[n(3)]
    pub utc_offset: i16,
    /// Kinds that are welcome.
    #[n(4)]
    pub kinds: Vec<ContactKind>,
    /// The coming changes of the clock that day and hours are counted in; none was known before they were written down.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ClockChange>>,
}

/// A subject that somebody can close for a while.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What happened.
    #[n(0)]
    Incident,
    /// Why it happened.
    #[n(1)]
    Causes,
    /// What may come later.
    #[n(2)]
    Future,
    /// Money.
    #[n(3)]
    Money,
    /// Touch and sex.
    #[n(4)]
    Intimacy,
    /// Relatives and friends.
    #[n(5)]
    Family,
    /// Needs and requests.
    #[n(6)]
    Needs,
    /// Promises.
    #[n(7)]
    Promises,
    /// Plans for things to do together.
    #[n(8)]
    Plans,
}
