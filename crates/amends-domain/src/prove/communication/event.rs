//! Step 3.1 as events: obstacles, letters, weekly talk, counselor.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::dated::{Half, SealedLetter};
use super::guest::GuestOffer;
use crate::clock::ClockChange;
use crate::id::{Day, EntryId, EventId, Millis, ShareId};
use crate::versions::Save;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of the obstacles worksheet.
    #[n(0)]
    SaveObstacles(#[n(0)] Save<Obstacles>),
    /// Own devices only: a version of a letter.
    #[n(1)]
    SaveLetter(#[n(0)] Save<Letter>),
    /// Own devices only: the writer went through the letter as its reader.
    #[n(2)]
    ReadAsReader {
        #[n(0)]
        letter: EntryId,
        #[n(1)]
        version: EventId,
    },
    /// The letter is sent, or laid out to read together.
    #[n(3)]
    Send {
        #[n(0)]
        incident: Option<EntryId>,
        #[n(1)]
        purpose: Purpose,
        #[n(2)]
        text: String,
    },
    /// The writer takes the letter back.
    #[n(4)]
    Recall {
        #[n(0)]
        letter: EntryId,
    },
    /// The reader's own devices only: the letter was opened. The writer is never told.
    #[n(5)]
    OpenLetter {
        #[n(0)]
        letter: EntryId,
    },
    /// The reader's own devices only: not now.
    #[n(6)]
    Hold {
        #[n(0)]
        letter: EntryId,
        #[n(1)]
        until: Option<Millis>,
    },
    /// The reader gives the letter back.
    #[n(7)]
    Return {
        #[n(0)]
        letter: EntryId,
    },
    /// A weekly talk is proposed.
    #[n(8)]
    ProposeTalk(#[n(0)] Talk),
    /// The other agrees to the weekly talk.
    #[n(9)]
    AgreeTalk {
        #[n(0)]
        talk: EntryId,
    },
    /// Either ends the weekly talk, or leaves out one day.
    #[n(10)]
    CancelTalk {
        #[n(0)]
        talk: EntryId,
        #[n(1)]
        day: Option<Day>,
    },
    /// Own devices only: a point for the agenda, kept for oneself.
    #[n(11)]
    NoteForTalk {
        #[n(0)]
        talk: EntryId,
        #[n(1)]
        point: AgendaPoint,
    },
    /// A point for the agenda, seen by both.
    #[n(12)]
    AddPoint {
        #[n(0)]
        talk: EntryId,
        #[n(1)]
        day: Day,
        #[n(2)]
        point: AgendaPoint,
    },
    /// Own devices only: what goes to the counselor, until when.
    #[n(13)]
    Packet {
        #[n(0)]
        items: Vec<EntryId>,
        #[n(1)]
        questions: Vec<String>,
        #[n(2)]
        summary: String,
        #[n(3)]
        until: Millis,
    },
    /// Own devices only: the packet closes early.
    #[n(14)]
    ClosePacket {
        #[n(0)]
        packet: EntryId,
    },
    /// The letter is sent, and opens on a day. Nobody but its writer can read it before.
    #[n(15)]
    SendSealed {
        #[n(0)]
        incident: Option<EntryId>,
        #[n(1)]
        purpose: Purpose,
        #[n(2)]
        opens_at: Millis,
        /// Empty until it is written.
        #[n(3)]
        #[serde(default)]
        letter: SealedLetter,
        /// The words, where they are known; they are not stored with it.
        #[cbor(skip)]
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// Half of the key of a letter with a day. Among own devices: as it was made, or as it came. Between the two: given by
    /// the writer once more, after the day.
    #[n(16)]
    Half {
        #[n(0)]
        letter: EntryId,
        /// Without share and half, the ones that this device keeps are given.
        #[n(1)]
        #[serde(default = "Half::no_share")]
        share: ShareId,
        #[n(2)]
        #[serde(default = "Half::none")]
        half: Half,
        /// Own devices only: takes it back from the relay.
        #[n(3)]
        withdraw: Option<Half>,
    },
    /// The day has come, and the half of the key has not: the reader asks for it.
    #[n(17)]
    AskHalf {
        #[n(0)]
        letter: EntryId,
    },
    /// A sheet for a guest of both is proposed. Nobody can read it yet but the two.
    #[n(18)]
    OfferGuest(#[n(0)] GuestOffer),
    /// The other agrees to exactly this sheet; from here on there is a link.
    #[n(19)]
    AgreeGuest {
        #[n(0)]
        offer: EntryId,
        /// Without keys and an end, new ones are made when it is written.
        #[n(1)]
        #[serde(default = "Half::none")]
        key: Half,
        #[n(2)]
        #[serde(default = "Half::none")]
        append: Half,
        #[n(3)]
        #[serde(default)]
        until: Millis,
    },
    /// Either ends it, or says no.
    #[n(20)]
    EndGuest {
        #[n(0)]
        offer: EntryId,
    },
}

/// What keeps me from talking well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Obstacles {
    /// Picked from the list.
    #[n(0)]
    pub picked: Vec<Obstacle>,
    /// What I do when it happens.
    #[n(1)]
    pub what_i_do: String,
    /// What I will try instead.
    #[n(2)]
    pub instead: String,
}

/// Usual obstacles.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// No quiet time.
    #[n(0)]
    NoTime,
    /// Phones and screens.
    #[n(1)]
    Screens,
    /// I shut down.
    #[n(2)]
    ShutDown,
    /// I get loud.
    #[n(3)]
    GetLoud,
    /// I defend myself.
    #[n(4)]
    Defend,
    /// I say yes to end it.
    #[n(5)]
    SayYes,
    /// Shame.
    #[n(6)]
    Shame,
    /// Drink or drugs.
    #[n(7)]
    Drink,
    /// Children or others in the room.
    #[n(8)]
    OthersThere,
    /// We talk late at night.
    #[n(9)]
    TooLate,
    /// Different languages or ways of talking.
    #[n(10)]
    DifferentWays,
    /// Fear of what comes next.
    #[n(11)]
    FearOfNext,
}

/// A letter as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Letter {
    /// What it is for.
    #[n(0)]
    pub purpose: Purpose,
    /// The text.
    #[n(1)]
    pub text: String,
}

/// The three states of a letter.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// For me only: it never leaves.
    #[n(0)]
    ForMe,
    /// To read together.
    #[n(1)]
    ReadTogether,
    /// To send.
    #[n(2)]
    ToSend,
}

/// A weekly date to talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Talk {
    /// First day; the weekday repeats.
    #[n(0)]
    pub first: Day,
    /// Minute of the day it begins, by the proposer's clock, 0 to 1439.
    #[n(1)]
    pub minute: u16,
    /// Offset from UTC in minutes, until the first change of the clock.
    #[n(2)]
    pub utc_offset: i16,
    /// Length in minutes, 15 to 90; 30 to 45 is usual.
    #[n(3)]
    pub length: u16,
    /// Minutes one person has the floor, 1 to 15.
    #[n(4)]
    pub floor: u16,
    /// The word that ends it for today.
    #[n(5)]
    pub stop_word: String,
    /// The coming changes of the proposer's clock; none was known before they were written down.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ClockChange>>,
}

/// One point of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct AgendaPoint {
    /// Under which heading.
    #[n(0)]
    pub heading: AgendaHeading,
    /// In own words.
    #[n(1)]
    pub text: String,
}

/// Headings in their order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum AgendaHeading {
    /// Something I valued.
    #[n(0)]
    Appreciation,
    /// What went well.
    #[n(1)]
    WentWell,
    /// One issue.
    #[n(2)]
    OneIssue,
    /// One thing for next week.
    #[n(3)]
    NextWeek,
}
