//! A letter that opens on a day: its key is split in two. One half goes with the letter, the other waits at the relay.
//!
//! The relay cannot read (it has no letter), the recipient cannot read early (no second half). Together they can: the date is
//! a courtesy between people, not a lock against the two of them. The letter binds its text from the start.

use core::fmt;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::device::StoredKeyError;
use crate::ids::hash_parts;
use crate::padding::{pad, unpad};
use crate::{aead, cbor};

/// A letter as the sender makes it.
#[derive(Debug)]
pub struct SealedLetter {
    /// Goes into the entry.
    pub letter: Vec<u8>,
    /// Goes to the relay, and into the sender's vault, to be sent again or withdrawn.
    pub share: LetterShare,
}

/// The half of the key that waits at the relay.
pub struct LetterShare {
    id: [u8; 16],
    half: Zeroizing<[u8; 32]>,
    withdraw: Zeroizing<[u8; 32]>,
    opens_at: u64,
}

/// A letter does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenLetterError {
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// Another half, or changed bytes.
    #[error("this letter cannot be opened with what the server gave")]
    Unreadable,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Letter {
    #[n(0)]
    version: u64,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    share_id: [u8; 16],
    #[n(2)]
    opens_at: u64,
    #[n(3)]
    #[cbor(with = "cbor::secret")]
    half: Zeroizing<[u8; 32]>,
    /// Of key and text: nobody can open it to another text later.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    commitment: [u8; 32],
    #[n(5)]
    sealed: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct StoredShare {
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(2)]
    #[cbor(with = "cbor::secret")]
    half: Zeroizing<[u8; 32]>,
    #[n(3)]
    #[cbor(with = "cbor::secret")]
    withdraw: Zeroizing<[u8; 32]>,
    #[n(4)]
    opens_at: u64,
}

impl SealedLetter {
    /// Seals `text` until `opens_at`, in seconds since 1970-01-01T00:00:00Z.
    pub fn seal(text: &[u8], opens_at: u64, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        let mut half = Zeroizing::new([0; 32]);
        let mut share = LetterShare {
            id: [0; 16],
            half: Zeroizing::new([0; 32]),
            withdraw: Zeroizing::new([0; 32]),
            opens_at,
        };
        rng.fill_bytes(key.as_mut());
        rng.fill_bytes(half.as_mut());
        rng.fill_bytes(&mut share.id);
        rng.fill_bytes(share.withdraw.as_mut());
        share.half = xor(&key, &half);
        let sealed = aead::seal(&key, &associated_data(share.id, opens_at), &pad(text), rng);
        let commitment = commit(&key, text);
        let letter =
            Letter { version: 1, share_id: share.id, opens_at, half, commitment, sealed: sealed.into() };
        Self { letter: cbor::encode(&letter), share }
    }
}

/// What a letter says before it is opened: the name of the other half at the relay, and when it is given out, in
/// seconds since 1970-01-01T00:00:00Z.
///
/// # Errors
/// [`OpenLetterError`].
pub fn letter_opens_at(letter: &[u8]) -> Result<([u8; 16], u64), OpenLetterError> {
    parse(letter).map(|letter| (letter.share_id, letter.opens_at))
}

/// Opens a letter with the half that the relay gave.
///
/// # Errors
/// [`OpenLetterError`].
pub fn open_letter(letter: &[u8], half: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, OpenLetterError> {
    let letter = parse(letter)?;
    let key = xor(&letter.half, half);
    let aad = associated_data(letter.share_id, letter.opens_at);
    let text = aead::open(&key, &aad, &letter.sealed).and_then(unpad).ok_or(OpenLetterError::Unreadable)?;
    if commit(&key, &text) == letter.commitment { Ok(text) } else { Err(OpenLetterError::Unreadable) }
}

impl LetterShare {
    /// Its name at the relay.
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// What the relay keeps until the day.
    pub fn half(&self) -> &[u8; 32] {
        &self.half
    }

    /// Shown to the relay to take the letter back before the day; the relay stores its BLAKE3 only.
    pub fn withdraw_token(&self) -> &[u8; 32] {
        &self.withdraw
    }

    /// When the relay gives it out, in seconds since 1970-01-01T00:00:00Z.
    pub fn opens_at(&self) -> u64 {
        self.opens_at
    }

    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&StoredShare {
            version: 1,
            id: self.id,
            half: self.half.clone(),
            withdraw: self.withdraw.clone(),
            opens_at: self.opens_at,
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredKeyError> {
        let StoredShare { id, half, withdraw, opens_at, .. } = cbor::decode_stored(bytes)?;
        Ok(Self { id, half, withdraw, opens_at })
    }
}

impl fmt::Debug for LetterShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterShare(hidden)")
    }
}

fn parse(bytes: &[u8]) -> Result<Letter, OpenLetterError> {
    #[derive(Decode)]
    #[cbor(map)]
    struct Version(#[n(0)] u64);

    match cbor::decode(bytes) {
        Some(Version(1)) => cbor::decode(bytes).ok_or(OpenLetterError::Unreadable),
        Some(Version(version)) if version > 1 => Err(OpenLetterError::NewerVersion),
        _ => Err(OpenLetterError::Unreadable),
    }
}

fn xor(one: &[u8; 32], other: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let mut both = Zeroizing::new(*one);
    both.iter_mut().zip(other).for_each(|(byte, other)| *byte ^= other);
    both
}

fn commit(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    hash_parts("sealed letter", &[key, text])
}

fn associated_data(share_id: [u8; 16], opens_at: u64) -> Vec<u8> {
    [b"amends/1 letter".as_slice(), &share_id, &opens_at.to_be_bytes()].concat()
}
