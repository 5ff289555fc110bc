//! What goes into a session, what comes out of it, and what there is to tell.

use amends_crypto::{DeviceKeyId, PersonId};
use amends_wire::{ClientFrame, Code};
use minicbor::{Decode, Encode};

use crate::item::Which;
use crate::log::Refusal;
use crate::machine::ShareTrouble;
use crate::meeting::MeetingFailure;

/// What happens to a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// There is a connection to the relay.
    Connected,
    /// Frames from the relay, in order.
    Frames(Vec<Vec<u8>>),
    /// The connection is gone, or could not be made.
    Disconnected,
    /// Time has passed, or something was written.
    Tick,
}

/// What a session asks its surroundings to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Connect to the relay; say [`Input::Connected`] or [`Input::Disconnected`].
    Connect,
    /// Close the connection.
    Disconnect,
    /// Send a frame.
    Send(Vec<u8>),
    /// Something to tell the person, or to look at.
    Notice(Notice),
}

/// Something to tell, or to look at. None of it says when the other person was there or what they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Entries came in.
    Received,
    /// A mailbox has been read to its end, and everything written here is there.
    UpToDate(Which),
    /// The relay had lost a mailbox, or went back to an earlier state. Everything is sent again.
    RelayForgot(Which),
    /// The relay gave out places and does not show what lies there.
    RelayHoldsBack {
        /// In which space.
        space: Which,
        /// How many.
        n_records: u64,
    },
    /// The relay does not let this device in or has no room.
    RelayRefuses(Code),
    /// The relay speaks a newer version.
    UpdateNeeded,
    /// Own devices: one more, to be shown for seven days.
    DeviceAdded(DeviceKeyId),
    /// Own devices: one less.
    DeviceRemoved(DeviceKeyId),
    /// This device was taken out of the list; nothing is sent or fetched any more.
    ThisDeviceRemoved,
    /// There is a pair with this person now.
    Paired(PersonId),
    /// This device is now one of the devices of this person, and has to hold their things only.
    Joined(PersonId),
    /// Both sides of a pairing can compare the four words now.
    WordsToCompare,
    /// A pairing has failed, or its day is over.
    PairingFailed(MeetingFailure),
    /// Something was set aside.
    SetAside(Aside),
    /// A wish to be woken, or whether the relay wakes devices, stands otherwise than before.
    Waking,
    /// The relay does not do what it should with half of the key of a letter that opens on a day.
    HalfTrouble(ShareTrouble),
}

/// Why the relay does not take or give something. What was written is safe on the device in each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayRefusal {
    /// It has no room, or its disk does not work now. It is tried again by itself.
    NoRoom,
    /// It asks for an invite.
    Invite,
    /// It does not let this device in.
    NotLetIn,
}

impl RelayRefusal {
    pub(crate) fn of(code: Code) -> Self {
        match code {
            Code::Full | Code::Unavailable | Code::TooMany => Self::NoRoom,
            Code::InviteNeeded => Self::Invite,
            _ => Self::NotLetIn,
        }
    }
}

/// Why a record or an entry was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[non_exhaustive]
pub enum Aside {
    /// Changed, cut, moved to another mailbox, or sealed with another key.
    #[n(0)]
    Unreadable,
    /// From somebody who is no member, or who forged a member.
    #[n(1)]
    Forged,
    /// It names this person as author, and none of the own devices wrote it.
    #[n(2)]
    ForgedAsMine,
    /// A change of keys or devices that nobody was allowed to make.
    #[n(3)]
    KeysRefused,
    /// The journal did not take an entry.
    #[n(4)]
    Entry(#[n(0)] Refusal),
    /// Its key did not come within thirty days.
    #[n(5)]
    KeyNeverCame,
}

/// What a step gives.
#[derive(Default)]
pub(crate) struct Outbox {
    pub(crate) connect: bool,
    pub(crate) disconnect: bool,
    pub(crate) frames: Vec<ClientFrame>,
    pub(crate) notices: Vec<Notice>,
}

impl Outbox {
    pub(crate) fn done(self) -> Vec<Output> {
        let connect = self.connect.then_some(Output::Connect);
        let disconnect = self.disconnect.then_some(Output::Disconnect);
        let frames = self.frames.iter().map(|frame| Output::Send(frame.to_bytes()));
        let mut notices = self.notices;
        notices.dedup();
        connect
            .into_iter()
            .chain(frames)
            .chain(disconnect)
            .chain(notices.into_iter().map(Output::Notice))
            .collect()
    }
}
