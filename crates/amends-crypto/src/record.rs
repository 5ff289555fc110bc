//! The sealed record: one envelope for everything that is stored.
//!
//! ```text
//! record    = version 1 | kind 1 | nonce 24 | XChaCha20-Poly1305( plain )        AAD = "amends/1 record" version kind id
//! plain     = MAC 32 | body length 4 (big-endian) | body | zeros up to the Padmé length
//! MAC       = BLAKE3 keyed, over AAD, body length and body
//! ```
//! The id of the record is not inside: it is bound as associated data, so a record moved to another place, kind or
//! version does not open. Poly1305 alone does not commit to a key; the inner MAC does, so no record can be made that
//! opens under two keys.

use core::fmt;

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::derive::derive_key;
use crate::{VaultKey, padded_len};

/// The version every record begins with.
pub const RECORD_VERSION: u8 = 1;

/// The largest body that can be sealed, in bytes (64 MiB).
pub const MAX_BODY: usize = 64 << 20;

const LABEL: &[u8; 15] = b"amends/1 record";
const NONCE_AT: usize = 2;
const CIPHERTEXT_AT: usize = NONCE_AT + 24;
const TAG_LEN: usize = 16;
const BODY_AT: usize = 32 + 4;

/// What sort of thing a record holds. A record opens only as the kind it was sealed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKind(pub u8);

/// Where a record belongs: its kind and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Sort of record.
    pub kind: RecordKind,
    /// Id that is unique within the vault.
    pub id: [u8; 16],
}

/// A body cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The body is longer than [`MAX_BODY`].
    #[error("this is too large to be kept")]
    TooLarge,
}

/// A record cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenRecordError {
    /// The record was written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// It is damaged, it was changed, it belongs elsewhere, or the key is another one. Which of these is not told.
    #[error("this record cannot be read")]
    Unreadable,
}

/// The two keys that seal records: one for encryption, one for the inner MAC.
pub struct RecordKey {
    cipher: Zeroizing<[u8; 32]>,
    mac: Zeroizing<[u8; 32]>,
}

impl RecordKey {
    /// The key of all records of a vault.
    pub fn derive(vault_key: &VaultKey) -> Self {
        Self::from_root(vault_key.bytes(), b"")
    }

    /// Keys from any 32-byte root; `context` binds them to public bytes.
    pub(crate) fn from_root(root: &[u8; 32], context: &[u8]) -> Self {
        Self {
            cipher: derive_key(root, b"record cipher", context),
            mac: derive_key(root, b"record mac", context),
        }
    }

    /// Seals `body` for `place` with a fresh random nonce.
    ///
    /// # Errors
    /// [`SealError::TooLarge`] above [`MAX_BODY`] bytes.
    pub fn seal(
        &self,
        place: Place,
        body: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, SealError> {
        if body.len() > MAX_BODY {
            return Err(SealError::TooLarge);
        }
        let aad = associated_data(place);
        let plain_len = padded_len(BODY_AT + body.len());
        let mut record = Vec::with_capacity(CIPHERTEXT_AT + plain_len + TAG_LEN);
        record.extend_from_slice(&[RECORD_VERSION, place.kind.0]);
        record.resize(CIPHERTEXT_AT, 0);
        rng.fill_bytes(&mut record[NONCE_AT..]);
        record.extend_from_slice(self.commit(&aad, body).as_bytes());
        record.extend_from_slice(&body_len(body));
        record.extend_from_slice(body);
        record.resize(CIPHERTEXT_AT + plain_len, 0);

        let (head, plain) = record.split_at_mut(CIPHERTEXT_AT);
        let nonce = XNonce::try_from(&head[NONCE_AT..]).expect("24 bytes were reserved for it");
        let tag = self
            .cipher()
            .encrypt_inout_detached(&nonce, &aad, plain.into())
            .expect("64 MiB are below the limit of the cipher");
        record.extend_from_slice(&tag);
        Ok(record)
    }

    /// Opens a record that belongs to `place`.
    ///
    /// # Errors
    /// [`OpenRecordError`]; the reason is not told apart beyond what the reader can act on.
    pub fn open(&self, place: Place, record: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenRecordError> {
        use OpenRecordError::Unreadable;

        let [version, kind, ..] = *record else { return Err(Unreadable) };
        if version > RECORD_VERSION {
            return Err(OpenRecordError::NewerVersion);
        }
        let known = version == RECORD_VERSION && kind == place.kind.0;
        if !known || record.len() < CIPHERTEXT_AT + crate::PADDING_FLOOR + TAG_LEN {
            return Err(Unreadable);
        }
        let aad = associated_data(place);
        let nonce = XNonce::try_from(&record[NONCE_AT..CIPHERTEXT_AT]).map_err(|_| Unreadable)?;
        let (sealed, tag) = record[CIPHERTEXT_AT..].split_at(record.len() - CIPHERTEXT_AT - TAG_LEN);
        let tag = Tag::try_from(tag).map_err(|_| Unreadable)?;
        let mut plain = Zeroizing::new(sealed.to_vec());
        self.cipher()
            .decrypt_inout_detached(&nonce, &aad, plain.as_mut_slice().into(), &tag)
            .map_err(|_| Unreadable)?;
        let body_len = self.check_plain(&aad, &plain)?;
        plain.truncate(BODY_AT + body_len);
        plain.drain(..BODY_AT);
        Ok(plain)
    }

    /// Checks MAC, length and padding; gives the length of the body.
    fn check_plain(&self, aad: &[u8], plain: &[u8]) -> Result<usize, OpenRecordError> {
        let unreadable = OpenRecordError::Unreadable;
        let mac: [u8; 32] = plain[..32].try_into().map_err(|_| unreadable)?;
        let len: [u8; 4] = plain[32..BODY_AT].try_into().map_err(|_| unreadable)?;
        let len = usize::try_from(u32::from_be_bytes(len)).map_err(|_| unreadable)?;
        let end = BODY_AT.checked_add(len).filter(|end| *end <= plain.len()).ok_or(unreadable)?;
        let padded_right = padded_len(end) == plain.len() && plain[end..].iter().all(|byte| *byte == 0);
        // `blake3::Hash` compares in constant time.
        let genuine = self.commit(aad, &plain[BODY_AT..end]) == blake3::Hash::from_bytes(mac);
        if genuine && padded_right { Ok(len) } else { Err(unreadable) }
    }

    fn commit(&self, aad: &[u8], body: &[u8]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.mac);
        hasher.update(aad).update(&body_len(body)).update(body);
        let hash = hasher.finalize();
        zeroize::Zeroize::zeroize(&mut hasher);
        hash
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.cipher).into())
    }
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordKey(hidden)")
    }
}

fn associated_data(place: Place) -> [u8; 33] {
    let mut aad = [0; 33];
    aad[..15].copy_from_slice(LABEL);
    aad[15] = RECORD_VERSION;
    aad[16] = place.kind.0;
    aad[17..].copy_from_slice(&place.id);
    aad
}

fn body_len(body: &[u8]) -> [u8; 4] {
    u32::try_from(body.len()).expect("bodies are at most 64 MiB").to_be_bytes()
}
