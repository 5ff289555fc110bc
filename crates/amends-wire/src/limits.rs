//! How much at once.

use minicbor::{Decode, Encode};

/// Largest record in bytes.
pub const MAX_RECORD: usize = 64 * 1024;

/// Largest part of a blob in bytes: 64 KiB and room for a nonce and a tag.
pub const MAX_BLOB_PART: usize = 64 * 1024 + 128;

/// Largest relay's half of a key in bytes.
pub const MAX_SHARE: usize = 1024;

/// Longest address of a push service in bytes.
pub const MAX_ENDPOINT: usize = 1024;

/// What this relay allows, told in the first answer. Sizes are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Limits {
    /// Largest record.
    #[n(0)]
    pub record: u32,
    /// How many records may be sent to a mailbox at once after a quiet time.
    #[n(1)]
    pub burst: u32,
    /// How many more each minute.
    #[n(2)]
    pub per_minute: u32,
    /// All blobs of a mailbox together.
    #[n(3)]
    pub blobs: u64,
    /// All records of a mailbox together.
    #[n(4)]
    pub records: u64,
    /// How many days a record is kept that not every device has stored.
    #[n(5)]
    pub keep_days: u32,
    /// How many days a record is kept after every device has stored it.
    #[n(6)]
    pub keep_done_days: u32,
    /// How many mailboxes one connection may listen to.
    #[n(7)]
    pub subscriptions: u32,
    /// May anybody make a mailbox, or does it take an invite?
    #[n(8)]
    pub open: bool,
}
