//! What was asked for and cannot be had, and why.

use minicbor::{Decode, Encode};

use crate::{BlobId, MailboxId, Rid, ShareId, WakeId};

/// Which question an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(flat)]
pub enum About {
    /// The frame itself, which could not be read, or the connection.
    #[n(0)]
    Frame,
    /// Making, hearing, clearing a mailbox.
    #[n(1)]
    Mailbox(#[n(0)] MailboxId),
    /// One record.
    #[n(2)]
    Record(#[n(0)] Rid),
    /// One share.
    #[n(3)]
    Share(#[n(0)] ShareId),
    /// One part of a blob.
    #[n(4)]
    Blob(#[n(0)] BlobId, #[n(1)] u32),
    /// Version 2. One wish to be woken.
    #[n(5)]
    Wake(#[n(0)] WakeId),
}

/// Why something is refused. The numbers never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
pub enum Code {
    /// The relay has no such mailbox (any more). Make it again and send what you have.
    #[n(1)]
    UnknownMailbox,
    /// The token is not the one of this mailbox, or the name is taken with other tokens.
    #[n(2)]
    WrongToken,
    /// More bytes than allowed.
    #[n(3)]
    TooLarge,
    /// Too much in a short time. Try again after the wait.
    #[n(4)]
    TooMany,
    /// No room is left in the mailbox or on the relay's disk.
    #[n(5)]
    Full,
    /// Sealed to a date that has not come. The wait says how long, at most.
    #[n(6)]
    NotYet,
    /// The relay does not speak this version.
    #[n(7)]
    NewerVersion,
    /// Not a frame, not in its one allowed form, or not in its place.
    #[n(8)]
    BadFrame,
    /// This relay makes mailboxes only for those with an invite, and this one is missing, used up or unknown.
    #[n(9)]
    InviteNeeded,
    /// There is no such share or part of a blob; or this relay wakes nobody, or not through that push service.
    #[n(10)]
    UnknownItem,
    /// The relay cannot do it now. Try again after the wait.
    #[n(11)]
    Unavailable,
}

impl Code {
    /// All reasons, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::UnknownMailbox,
        Self::WrongToken,
        Self::TooLarge,
        Self::TooMany,
        Self::Full,
        Self::NotYet,
        Self::NewerVersion,
        Self::BadFrame,
        Self::InviteNeeded,
        Self::UnknownItem,
        Self::Unavailable,
    ];

    /// May the same frame succeed later without anything else being done?
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::TooMany | Self::NotYet | Self::Unavailable)
    }
}
