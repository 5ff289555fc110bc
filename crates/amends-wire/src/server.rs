//! What the relay says.

use minicbor::{Decode, Encode};

use crate::{About, BlobId, Code, Era, Limits, MailboxId, PushKey, Rid, Sealed, Seq, ShareId};

/// One frame from the relay.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub enum ServerFrame {
    /// Answer to `Hello`.
    #[n(0)]
    Welcome {
        /// Version of these frames that both speak from now on.
        #[n(0)]
        version: u32,
        /// What is allowed here.
        #[n(1)]
        limits: Limits,
        /// Version 2. Where this relay wakes devices: what a browser asks for before it lets it.
        #[n(2)]
        push_key: Option<PushKey>,
    },
    /// The record is safe on the disk, at this place.
    #[n(1)]
    Ack {
        /// Name of the record.
        #[n(0)]
        rid: Rid,
        /// Its place.
        #[n(1)]
        seq: Seq,
    },
    /// A record.
    #[n(2)]
    Rec {
        /// Where it lies.
        #[n(0)]
        mailbox: MailboxId,
        /// Its place. Places may be missing: what was dropped is gone.
        #[n(1)]
        seq: Seq,
        /// Its name.
        #[n(2)]
        rid: Rid,
        /// The record.
        #[n(3)]
        bytes: Sealed,
    },
    /// Everything that there was has been sent; what follows is new.
    #[n(3)]
    UpToDate {
        /// Which mailbox.
        #[n(0)]
        mailbox: MailboxId,
        /// The last place given so far. Lower than what the client has means another [`Era`].
        #[n(1)]
        seq: Seq,
        /// Which life of the mailbox this is.
        #[n(2)]
        era: Era,
    },
    /// Not so.
    #[n(4)]
    Refused {
        /// What was asked.
        #[n(0)]
        about: About,
        /// Why not.
        #[n(1)]
        code: Code,
        /// Seconds after which it may be different, where the relay knows.
        #[n(2)]
        wait: Option<u32>,
    },
    /// Answer to `Ping`.
    #[n(5)]
    Pong,
    /// It is so, and safe on the disk.
    #[n(6)]
    Done {
        /// What was asked.
        #[n(0)]
        about: About,
    },
    /// A share whose date has come.
    #[n(7)]
    Share {
        /// Its name.
        #[n(0)]
        share: ShareId,
        /// The half of the key.
        #[n(1)]
        bytes: Sealed,
    },
    /// One part of a blob.
    #[n(8)]
    Blob {
        /// Name of the blob.
        #[n(0)]
        blob: BlobId,
        /// Which part.
        #[n(1)]
        part: u32,
        /// The part.
        #[n(2)]
        bytes: Sealed,
    },
}
