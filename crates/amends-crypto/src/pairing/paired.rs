//! What both sides share after a pairing.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{MAX_PAIRING_PAYLOAD, PairingError};
use crate::derive::derive_key;
use crate::ids::hash_parts;
use crate::padding::{pad, unpad};
use crate::space::SpaceRoot;
use crate::{aead, recovery};

/// Hash of the offer and the join message.
#[derive(Clone, Copy)]
pub(super) struct Transcript(pub(super) [u8; 32]);

impl Transcript {
    pub(super) fn of(offer: &[u8], join: &[u8]) -> Self {
        Self(hash_parts("pairing transcript", &[offer, join]))
    }

    /// What the answer is sealed for: this offer and this join message.
    pub(super) fn reveal_info(self) -> Vec<u8> {
        [b"amends/1 reveal".as_slice(), &self.0].concat()
    }
}

/// A pairing that both sides have finished.
pub struct Paired {
    key: Zeroizing<[u8; 32]>,
    joiner_payload: Option<Zeroizing<Vec<u8>>>,
}

impl Paired {
    pub(super) fn derive(
        inviter: &[u8; 32],
        joiner: &[u8; 32],
        transcript: Transcript,
        joiner_payload: Option<Zeroizing<Vec<u8>>>,
    ) -> Self {
        let mut shares = Zeroizing::new([0; 64]);
        shares[..32].copy_from_slice(inviter);
        shares[32..].copy_from_slice(joiner);
        Self { key: derive_key(shares.as_ref(), b"pairing", &transcript.0), joiner_payload }
    }

    /// Takes over what [`Self::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self { key: Zeroizing::new(*bytes), joiner_payload: None }
    }

    /// The shared secret, for the vault, until the pairing is done. The joiner's payload is not in it.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.key.clone()
    }

    /// The four words that both screens show. They are the same on both if nobody stands between (44 bits).
    pub fn safety_words(&self) -> [&'static str; 4] {
        let bits = derive_key(self.key.as_ref(), b"pairing words", b"");
        let number = u64::from_be_bytes(bits[..8].try_into().expect("8 of 32 bytes"));
        [53, 42, 31, 20].map(|shift| recovery::word((number >> shift & 0x7ff) as usize))
    }

    /// The root of the space that two persons begin.
    pub fn space_root(&self) -> SpaceRoot {
        SpaceRoot::from_bytes(&derive_key(self.key.as_ref(), b"pairing space", b""))
    }

    /// What the joiner sent; only the inviter has it here.
    pub fn joiner_payload(&self) -> Option<&[u8]> {
        self.joiner_payload.as_ref().map(|payload| payload.as_slice())
    }

    /// The inviter's last message: person and device list; for an own device also the roots of its spaces, and only after
    /// the words were compared.
    ///
    /// # Errors
    /// [`PairingError::TooLarge`].
    pub fn seal_payload(
        &self,
        payload: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, PairingError> {
        if payload.len() > MAX_PAIRING_PAYLOAD {
            return Err(PairingError::TooLarge);
        }
        Ok(aead::seal(&self.payload_key(), b"amends/1 payload", &pad(payload), rng))
    }

    /// Opens the inviter's last message.
    ///
    /// # Errors
    /// [`PairingError::Unreadable`].
    pub fn open_payload(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, PairingError> {
        let plain = aead::open(&self.payload_key(), b"amends/1 payload", sealed).and_then(unpad);
        plain.ok_or(PairingError::Unreadable)
    }

    fn payload_key(&self) -> Zeroizing<[u8; 32]> {
        derive_key(self.key.as_ref(), b"pairing payload", b"")
    }
}

impl fmt::Debug for Paired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paired(hidden)")
    }
}
