//! Stored keys of a newer version, or damaged, say so.

use amends_crypto::StoredKeyError::{self, Damaged, NewerVersion};
use amends_crypto::{BlobRef, DeviceKeys, EpochBook, LetterShare, RecoveryBox};

use super::golden;
use crate::checks::{Checks, holds, same};

type Read = fn(&[u8]) -> Option<StoredKeyError>;

pub(crate) fn newer_and_damaged(checks: &mut Checks) {
    let kinds: [(&str, Read); 5] = [
        ("device-keys", |bytes| DeviceKeys::from_bytes(bytes).err()),
        ("book", |bytes| EpochBook::from_bytes(bytes).err()),
        ("recovery-box", |bytes| RecoveryBox::from_bytes(bytes).err()),
        ("letter-share", |bytes| LetterShare::from_bytes(bytes).err()),
        ("blob-reference", |bytes| BlobRef::from_bytes(bytes).err()),
    ];
    for (name, read) in kinds {
        checks.vector(format!("{name} newer or damaged"), || {
            let mut bytes = golden(name)?;
            same("key 0, the version", bytes.get(1..3).unwrap_or_default(), [0, 1])?;
            holds("cut is damaged", read(&bytes[..bytes.len() - 1]) == Some(Damaged))?;
            bytes[2] = 2;
            holds("version 2 is newer", read(&bytes) == Some(NewerVersion))?;
            bytes[2] = 0;
            holds("version 0 is damaged", read(&bytes) == Some(Damaged))
        });
    }
}
