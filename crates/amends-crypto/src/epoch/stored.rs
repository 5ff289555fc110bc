//! The epochs of a space as bytes for the vault.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::book::{Epoch, EpochBook, OpenedEpoch};
use super::grant::{Cut, Head, Link};
use super::secret::EpochSecret;
use crate::cbor;
use crate::device::StoredKeyError;
use crate::ids::{DeviceKeyId, EpochId, SpaceId};

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    space: SpaceId,
    #[n(2)]
    epochs: Vec<StoredEpoch>,
    #[n(3)]
    waiting: Vec<Link>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct StoredEpoch {
    #[n(0)]
    id: EpochId,
    #[n(1)]
    head: Head,
    #[n(2)]
    recipients: Vec<(DeviceKeyId, u64)>,
    #[n(3)]
    inside: Option<ByteVec>,
    #[n(4)]
    secret: Option<cbor::Secret>,
    #[n(5)]
    cuts: Vec<Cut>,
    #[n(6)]
    has_links: bool,
}

impl EpochBook {
    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let waiting = self.waiting.iter().map(|(id, secret)| Link { epoch: *id, secret: copy(secret) });
        cbor::encode_secret(&Stored {
            version: 1,
            space: self.space,
            epochs: self.epochs.iter().map(|(id, epoch)| store(*id, epoch)).collect(),
            waiting: waiting.collect(),
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredKeyError> {
        let stored: Stored = cbor::decode_stored(bytes)?;
        let mut book = Self::new(stored.space);
        for StoredEpoch { id, head, recipients, inside, secret, cuts, has_links } in stored.epochs {
            let opened =
                secret.map(|secret| OpenedEpoch { secret: EpochSecret::new(secret.0), cuts, has_links });
            if opened.is_some() {
                book.by_key.insert(head.key_id, id);
            }
            let inside = inside.map(Vec::from).unwrap_or_default();
            book.epochs.insert(id, Epoch { head, recipients, inside, opened });
        }
        book.waiting =
            stored.waiting.into_iter().map(|link| (link.epoch, EpochSecret::new(link.secret.0))).collect();
        Ok(book)
    }
}

fn store(id: EpochId, epoch: &Epoch) -> StoredEpoch {
    let opened = epoch.opened.as_ref();
    StoredEpoch {
        id,
        head: epoch.head.clone(),
        recipients: epoch.recipients.clone(),
        // Needed only as long as the secret is missing.
        inside: opened.is_none().then(|| epoch.inside.clone().into()),
        secret: opened.map(|opened| copy(&opened.secret)),
        cuts: opened.map(|opened| opened.cuts.clone()).unwrap_or_default(),
        has_links: opened.is_some_and(|opened| opened.has_links),
    }
}

fn copy(secret: &EpochSecret) -> cbor::Secret {
    cbor::Secret(secret.bytes().clone())
}
