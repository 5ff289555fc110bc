//! Backup: the whole vault as one file, sealed as it is, with a seal over the whole.
//!
//! ```text
//! backup = "amends-backup" 13 | version 1 | head | value* | record* | end | BLAKE3 of all before 32
//! ```
//! The last 32 bytes show without any key whether the file is whole; `end` is sealed with the key of the vault and
//! shows that nobody made it up. Format: `docs/formats/backup.md`.

mod read;
mod restore;
mod write;

pub use read::{Backup, BackupError};
pub use restore::{RestoreError, Verified, VerifyError};

pub(crate) const MAGIC: &[u8; 13] = b"amends-backup";
pub(crate) const VERSION: u8 = 1;

/// Counts at the beginning of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub(crate) struct Head {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[n(0)]
    pub(crate) made_at: u64,
    #[n(1)]
    pub(crate) n_values: u32,
    #[n(2)]
    pub(crate) n_records: u32,
}
