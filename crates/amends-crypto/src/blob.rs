//! Pictures and other large values: sealed in parts of one size, each at its place, under a key of their own.
//!
//! `part i = XChaCha20-Poly1305(key, nonce = 15 zeros | i as 8 bytes | 1 if last else 0)`: the STREAM construction
//! (Hoang, Reyhanitabar, Rogaway, Vizár 2015). A key seals one value, so counted nonces never repeat.

use core::fmt;

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::cbor;
use crate::derive::derive_key;
use crate::device::StoredKeyError;
use crate::ids::hash_parts;
use crate::padded_len;

/// Length of the text in each part, in bytes (64 KiB); sealed it is 16 longer.
pub const BLOB_PART: usize = 64 * 1024;
/// The largest value, in bytes (64 MiB).
pub const MAX_BLOB: usize = 64 << 20;

const LEN: usize = 8;
const TAG: usize = 16;

/// A sealed value: what stands in the entry, and the parts for the relay.
#[derive(Debug)]
pub struct SealedBlob {
    /// Stands in the entry.
    pub reference: BlobRef,
    /// Go to the relay in this order.
    pub parts: Vec<Vec<u8>>,
}

/// Finds and opens a value. Whoever holds it can read the value.
pub struct BlobRef {
    key: Zeroizing<[u8; 32]>,
    n_parts: u32,
    commitment: [u8; 32],
}

/// A value cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// Longer than [`MAX_BLOB`].
    #[error("this is too large to be sent")]
    TooLarge,
    /// Parts are missing.
    #[error("parts of this are missing")]
    Missing,
    /// A part was changed, moved, or belongs to something else.
    #[error("this cannot be read")]
    Unreadable,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "cbor::secret")]
    key: Zeroizing<[u8; 32]>,
    #[n(2)]
    n_parts: u32,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    commitment: [u8; 32],
}

impl SealedBlob {
    /// Seals a value under a new key.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`].
    pub fn seal(value: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Result<Self, BlobError> {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut());
        let parts = seal_parts(&key, value)?;
        let n_parts = u32::try_from(parts.len()).map_err(|_| BlobError::TooLarge)?;
        let commitment = commit(&key, value);
        Ok(Self { reference: BlobRef { key, n_parts, commitment }, parts })
    }
}

impl BlobRef {
    /// The name of the value at the relay.
    pub fn id(&self) -> [u8; 16] {
        derive_key(self.key.as_ref(), b"blob id", b"")[..16].try_into().expect("16 of 32 bytes")
    }

    /// How many parts there are.
    pub fn n_parts(&self) -> u32 {
        self.n_parts
    }

    /// Opens all parts.
    ///
    /// # Errors
    /// [`BlobError`].
    pub fn open<P: AsRef<[u8]>>(&self, parts: &[P]) -> Result<Zeroizing<Vec<u8>>, BlobError> {
        if parts.len() != self.n_parts as usize {
            return Err(BlobError::Missing);
        }
        let value = open_parts(&self.key, parts)?;
        if commit(&self.key, &value) == self.commitment { Ok(value) } else { Err(BlobError::Unreadable) }
    }

    /// Bytes for the entry.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&Stored {
            version: 1,
            key: self.key.clone(),
            n_parts: self.n_parts,
            commitment: self.commitment,
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredKeyError> {
        let Stored { key, n_parts, commitment, .. } = cbor::decode_stored(bytes)?;
        Ok(Self { key, n_parts, commitment })
    }
}

impl fmt::Debug for BlobRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobRef(hidden)")
    }
}

/// Length (8 bytes, big-endian), value, zeros up to full parts; sealed one by one. The key must seal nothing else.
pub(crate) fn seal_parts(key: &[u8; 32], value: &[u8]) -> Result<Vec<Vec<u8>>, BlobError> {
    if value.len() > MAX_BLOB {
        return Err(BlobError::TooLarge);
    }
    let padded = padded_parts(value.len()) * BLOB_PART;
    let mut plain = Zeroizing::new(Vec::with_capacity(padded));
    plain.extend_from_slice(&(value.len() as u64).to_be_bytes());
    plain.extend_from_slice(value);
    plain.resize(padded, 0);
    let cipher = part_cipher(key);
    let last = padded / BLOB_PART - 1;
    let seal = |(at, part): (usize, &[u8])| {
        let mut sealed = part.to_vec();
        let tag = cipher
            .encrypt_inout_detached(
                &part_nonce(at, at == last),
                b"amends/1 blob",
                sealed.as_mut_slice().into(),
            )
            .expect("64 KiB are below the limit of the cipher");
        sealed.extend_from_slice(&tag);
        sealed
    };
    Ok(plain.chunks(BLOB_PART).enumerate().map(seal).collect())
}

pub(crate) fn open_parts<P: AsRef<[u8]>>(
    key: &[u8; 32],
    parts: &[P],
) -> Result<Zeroizing<Vec<u8>>, BlobError> {
    if parts.is_empty() {
        return Err(BlobError::Missing);
    }
    let unreadable = BlobError::Unreadable;
    let cipher = part_cipher(key);
    let mut plain = Zeroizing::new(Vec::with_capacity(parts.len() * BLOB_PART));
    for (at, part) in parts.iter().enumerate() {
        let (text, tag) = part.as_ref().split_at_checked(BLOB_PART).ok_or(unreadable)?;
        let tag = Tag::try_from(tag).map_err(|_| unreadable)?;
        let from = plain.len();
        plain.extend_from_slice(text);
        let nonce = part_nonce(at, at + 1 == parts.len());
        cipher
            .decrypt_inout_detached(&nonce, b"amends/1 blob", (&mut plain[from..]).into(), &tag)
            .map_err(|_| unreadable)?;
    }
    let len = u64::from_be_bytes(plain[..LEN].try_into().expect("a part is longer"));
    let len = usize::try_from(len).map_err(|_| unreadable)?;
    let end = LEN.checked_add(len).filter(|end| *end <= plain.len()).ok_or(unreadable)?;
    if padded_parts(len) != parts.len() || plain[end..].iter().any(|byte| *byte != 0) {
        return Err(unreadable);
    }
    plain.truncate(end);
    plain.drain(..LEN);
    Ok(plain)
}

fn padded_parts(len: usize) -> usize {
    padded_len(LEN + len).div_ceil(BLOB_PART)
}

fn part_cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*derive_key(key, b"blob part", b"")).into())
}

fn part_nonce(at: usize, is_last: bool) -> XNonce {
    let mut nonce = [0; 24];
    nonce[15..23].copy_from_slice(&(at as u64).to_be_bytes());
    nonce[23] = u8::from(is_last);
    XNonce::from(nonce)
}

fn commit(key: &[u8; 32], value: &[u8]) -> [u8; 32] {
    hash_parts("blob", &[key, value])
}

const _: () = assert!(BLOB_PART + TAG <= 64 * 1024 + 128, "a part fits into one message to the relay");
