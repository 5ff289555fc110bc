//! What a client says.

use minicbor::{Decode, Encode};

use crate::{
    About, BlobId, DeviceToken, Endpoint, MailboxId, Rid, Sealed, Seq, ShareId, Token, TokenHash,
    UnixSeconds, WakeId,
};

/// One frame from a client. Each is answered by exactly one frame that is about it, but for [`ClientFrame::Unsub`], which is
/// not answered, and [`ClientFrame::Sub`], which is answered by records and then `UpToDate`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub enum ClientFrame {
    /// The first frame of a connection or of a body. Answer: `Welcome`.
    #[n(0)]
    Hello {
        /// Version of these frames that the client speaks.
        #[n(0)]
        version: u32,
    },
    /// Makes a mailbox; nothing changes where it is there already with the same tokens. Answer: `Done`.
    #[n(1)]
    Create {
        /// Its name.
        #[n(0)]
        mailbox: MailboxId,
        /// Hash of the token to read.
        #[n(1)]
        read_hash: TokenHash,
        /// Hash of the token to append.
        #[n(2)]
        append_hash: TokenHash,
        /// Where the relay asks for one.
        #[n(3)]
        invite: Option<Token>,
    },
    /// Sends all records after a place, then `UpToDate`, then each new one as it comes. A second time on one connection it
    /// starts again from the new place. A connection does not hear its own new records.
    #[n(2)]
    Sub {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to read.
        #[n(1)]
        read: Token,
        /// The last place that the client has.
        #[n(2)]
        after: Seq,
    },
    /// Hears no more of this mailbox.
    #[n(3)]
    Unsub {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
    },
    /// Appends a record. Answer: `Ack`, once it is safe on the disk.
    #[n(4)]
    Pub {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to append.
        #[n(1)]
        append: Token,
        /// Its name; a second try gets the same `Ack`.
        #[n(2)]
        rid: Rid,
        /// The record.
        #[n(3)]
        bytes: Sealed,
    },
    /// This device has stored everything up to a place. What every device of a mailbox has stored goes some weeks later; a
    /// mailbox in which no device ever says so keeps its records for the relay's full time. Answer: `Done`.
    #[n(5)]
    Done {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to read.
        #[n(1)]
        read: Token,
        /// Which device.
        #[n(2)]
        device: DeviceToken,
        /// The last place that it has stored.
        #[n(3)]
        up_to: Seq,
    },
    /// Erases all records up to a place, because a later record holds everything that was in them. Answer: `Done`.
    #[n(6)]
    Drop {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to append.
        #[n(1)]
        append: Token,
        /// The last place that goes.
        #[n(2)]
        up_to: Seq,
    },
    /// Leaves the relay's half of a key, to be given out from a date on. The mailbox only bears the limits; the relay
    /// does not remember which it was. Answer: `Done`.
    #[n(7)]
    SharePut {
        /// A mailbox to which the client may append.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to append.
        #[n(1)]
        append: Token,
        /// Name of the share.
        #[n(2)]
        share: ShareId,
        /// Hash of the token by which it can be withdrawn.
        #[n(3)]
        withdraw_hash: TokenHash,
        /// Not before.
        #[n(4)]
        release_at: UnixSeconds,
        /// The half.
        #[n(5)]
        bytes: Sealed,
    },
    /// Asks for a share. Answer: `Share`, or refused with `NotYet`.
    #[n(8)]
    ShareGet {
        /// Name of the share.
        #[n(0)]
        share: ShareId,
    },
    /// Erases a share. Answer: `Done`, also where there is none.
    #[n(9)]
    ShareWithdraw {
        /// Name of the share.
        #[n(0)]
        share: ShareId,
        /// Token to withdraw.
        #[n(1)]
        token: Token,
    },
    /// Stores one part of a blob; a second time it replaces the part. Answer: `Done`, once it is safe on the disk.
    #[n(10)]
    BlobPut {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to append.
        #[n(1)]
        append: Token,
        /// Name of the blob.
        #[n(2)]
        blob: BlobId,
        /// Which part, from 0.
        #[n(3)]
        part: u32,
        /// The part.
        #[n(4)]
        bytes: Sealed,
    },
    /// Asks for one part of a blob. Answer: `Blob`.
    #[n(11)]
    BlobGet {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to read.
        #[n(1)]
        read: Token,
        /// Name of the blob.
        #[n(2)]
        blob: BlobId,
        /// Which part, from 0.
        #[n(3)]
        part: u32,
    },
    /// Erases all parts of a blob. Answer: `Done`, about part 0, also where there is none.
    #[n(12)]
    BlobDelete {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to append.
        #[n(1)]
        append: Token,
        /// Name of the blob.
        #[n(2)]
        blob: BlobId,
    },
    /// Are you there? Answer: `Pong`.
    #[n(13)]
    Ping,
    /// Version 2. This device is here, and wants to be woken when it is gone and a record arrives: with no word, at most once
    /// until it is here again, within some hours of the day. A second time it changes what was asked. Answer: `Done`.
    #[n(14)]
    WakeSet {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to read.
        #[n(1)]
        read: Token,
        /// Name of this wish in this mailbox.
        #[n(2)]
        wake: WakeId,
        /// Where to knock: an address at the push service of a browser, of at most [`crate::MAX_ENDPOINT`] bytes.
        #[n(3)]
        endpoint: Endpoint,
        /// Not before this minute of the day (UTC).
        #[n(4)]
        from: u16,
        /// Nor from this minute on; before `from`, it is one of the next day. An hour later at least.
        #[n(5)]
        until: u16,
        /// From this moment on the wish is forgotten.
        #[n(6)]
        expires: UnixSeconds,
    },
    /// Version 2. Never wakes for this again, and forgets the address. Answer: `Done`, also where there is none.
    #[n(15)]
    WakeClear {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// Token to read.
        #[n(1)]
        read: Token,
        /// Name of the wish.
        #[n(2)]
        wake: WakeId,
    },
}

impl ClientFrame {
    /// What the answer to this frame will be about.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Hello { .. } | Self::Ping => About::Frame,
            Self::Create { mailbox, .. }
            | Self::Sub { mailbox, .. }
            | Self::Unsub { mailbox }
            | Self::Done { mailbox, .. }
            | Self::Drop { mailbox, .. } => About::Mailbox(*mailbox),
            Self::Pub { rid, .. } => About::Record(*rid),
            Self::SharePut { share, .. } | Self::ShareGet { share } | Self::ShareWithdraw { share, .. } => {
                About::Share(*share)
            }
            Self::BlobPut { blob, part, .. } | Self::BlobGet { blob, part, .. } => About::Blob(*blob, *part),
            Self::BlobDelete { blob, .. } => About::Blob(*blob, 0),
            Self::WakeSet { wake, .. } | Self::WakeClear { wake, .. } => About::Wake(*wake),
        }
    }

    /// The version of these frames in which this one came.
    #[must_use]
    pub fn since(&self) -> u32 {
        if matches!(self, Self::WakeSet { .. } | Self::WakeClear { .. }) { 2 } else { 1 }
    }
}
