//! The keys that come from the twelve recovery words, and the mailbox in which they find everything again.
//!
//! The words are not kept on any device. A device keeps the [`RecoveryBox`]: enough to leave the present state there,
//! not enough to read it.

use core::fmt;

use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::cbor;
use crate::derive::derive_key;
use crate::device::StoredKeyError;
use crate::ids::DeviceKeyId;
use crate::kem::{KemPublic, KemSecret, OpenSealedError};
use crate::mailbox::Mailbox;
use crate::padding::{pad, unpad};
use crate::sign::{Signature, SigningKey, VerifyKey};
use crate::{RecoveryPhrase, ids::short_hash};

const INFO: &[u8] = b"amends/1 recovery note";

/// What others know of a recovery key: it stands in the device list.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RecoveryPublic {
    /// Checks what is signed with the recovery words.
    #[n(0)]
    pub sign: VerifyKey,
    /// Epoch secrets are sealed to it as to a device.
    #[n(1)]
    pub kem: KemPublic,
}

impl RecoveryPublic {
    /// The name under which grants list it.
    pub fn id(&self) -> DeviceKeyId {
        DeviceKeyId(short_hash("recovery", &[&self.sign.0]))
    }
}

/// The keys made of a recovery phrase; they exist only while somebody has typed it.
pub struct RecoveryKey {
    sign: SigningKey,
    kem: KemSecret,
    root: Zeroizing<[u8; 32]>,
}

impl RecoveryKey {
    /// Makes the keys of a phrase. 128 random bits need no slow hashing.
    pub fn derive(phrase: &RecoveryPhrase) -> Self {
        let root = phrase.derive_sync_root();
        Self {
            sign: SigningKey::from_seed(&derive_key(root.as_ref(), b"recovery sign", b"")),
            kem: KemSecret::from_seed(derive_key(root.as_ref(), b"recovery kem", b"")),
            root: derive_key(root.as_ref(), b"recovery box", b""),
        }
    }

    /// What others may know.
    pub fn public(&self) -> RecoveryPublic {
        RecoveryPublic { sign: self.sign.verify_key(), kem: self.kem.public() }
    }

    /// Where devices leave the present state for this phrase, and what they need for that.
    pub fn derive_box(&self) -> RecoveryBox {
        RecoveryBox { public: self.public(), root: self.root.clone() }
    }

    /// Opens a note that a device left: the latest one that opens counts.
    ///
    /// # Errors
    /// [`OpenSealedError`] if it was left for another phrase or by somebody without the box.
    pub fn open_note(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        let padded = self.kem.open(INFO, Some(&note_key(&self.root)), sealed)?;
        unpad(padded).ok_or(OpenSealedError)
    }

    pub(crate) fn sign(&self, purpose: &str, body: &[u8]) -> Signature {
        self.sign.sign(purpose, body)
    }

    pub(crate) fn open(&self, info: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        self.kem.open(info, None, sealed)
    }
}

/// What a device keeps of the recovery key: it can leave notes, and cannot read them.
pub struct RecoveryBox {
    public: RecoveryPublic,
    root: Zeroizing<[u8; 32]>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    public: RecoveryPublic,
    #[n(2)]
    #[cbor(with = "cbor::secret")]
    root: Zeroizing<[u8; 32]>,
}

impl RecoveryBox {
    /// The public keys of the phrase.
    pub fn public(&self) -> &RecoveryPublic {
        &self.public
    }

    /// The mailbox of the notes.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::derive(&self.root)
    }

    /// Seals the present state (device list, roots of spaces) so that only the phrase opens it.
    pub fn seal_note(&self, note: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
        self.public.kem.seal(INFO, Some(&note_key(&self.root)), &pad(note), rng)
    }

    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&Stored { version: 1, public: self.public.clone(), root: self.root.clone() })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredKeyError> {
        let Stored { public, root, .. } = cbor::decode_stored(bytes)?;
        Ok(Self { public, root })
    }
}

fn note_key(root: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    derive_key(root, b"recovery note", b"")
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(hidden)")
    }
}

impl fmt::Debug for RecoveryBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryBox(hidden)")
    }
}
