//! The link that one person shows or sends to the other: `#1.<secret>.<hash of the offer>`.
//!
//! It stands after the `#` of an address, which browsers never send. Whoever sees the link within its day can take the
//! place of the person it was for; the four safety words show it.

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::PairingError;
use crate::derive::derive_key;
use crate::ids::{hash_parts, short_hash};
use crate::kem::KemPublic;
use crate::mailbox::Mailbox;

/// How long an offer stands, in milliseconds: one day.
pub const OFFER_LASTS: u64 = 24 * 60 * 60 * 1000;

/// Who is being paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum PairingPurpose {
    /// Two persons begin a space together.
    #[n(0)]
    Partner,
    /// One person links one more device.
    #[n(1)]
    OwnDevice,
}

/// What the link stands for; lies sealed in the mailbox of the pairing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Offer {
    #[n(0)]
    pub(super) version: u64,
    #[n(1)]
    pub(super) kem: KemPublic,
    /// Of the inviter's share, so that nobody looks for a share that gives the same four words.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub(super) commitment: [u8; 32],
    #[n(3)]
    pub(super) purpose: PairingPurpose,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[n(4)]
    pub(super) until: u64,
}

/// The secret of a pairing and the offer it belongs to.
pub struct PairingLink {
    pub(super) secret: Zeroizing<[u8; 32]>,
    pub(super) offer: [u8; 16],
}

impl PairingLink {
    /// Text for the address after its path: 68 characters.
    pub fn to_fragment(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(Base64UrlUnpadded::encode_string(self.secret.as_ref()));
        let offer = Base64UrlUnpadded::encode_string(&self.offer);
        Zeroizing::new(["#1.", &secret, ".", &offer].concat())
    }

    /// Reads a link, or only the part from its `#` on.
    ///
    /// # Errors
    /// [`PairingError::BadLink`] or [`PairingError::NewerVersion`].
    pub fn parse(text: &str) -> Result<Self, PairingError> {
        let fragment = text.trim().rsplit('#').next().unwrap_or_default();
        let mut parts = fragment.split('.');
        let version =
            parts.next().and_then(|version| version.parse::<u64>().ok()).ok_or(PairingError::BadLink)?;
        if version > 1 {
            return Err(PairingError::NewerVersion);
        }
        let (Some(secret), Some(offer), None, 1) = (parts.next(), parts.next(), parts.next(), version) else {
            return Err(PairingError::BadLink);
        };
        let mut link = Self { secret: Zeroizing::new([0; 32]), offer: [0; 16] };
        decode(secret, link.secret.as_mut())?;
        decode(offer, &mut link.offer)?;
        Ok(link)
    }

    /// Where both sides leave their messages.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::derive(&derive_key(self.secret.as_ref(), b"pairing mailbox", b""))
    }

    /// Names the pairing in the agreement of a new device ([`crate::DeviceKeys::accept`]).
    pub fn pairing(&self) -> [u8; 16] {
        derive_key(self.secret.as_ref(), b"pairing id", b"")[..16].try_into().expect("16 of 32 bytes")
    }

    pub(super) fn offer_key(&self) -> Zeroizing<[u8; 32]> {
        derive_key(self.secret.as_ref(), b"pairing offer", b"")
    }

    pub(super) fn psk(&self) -> Zeroizing<[u8; 32]> {
        derive_key(self.secret.as_ref(), b"pairing psk", b"")
    }
}

impl fmt::Debug for PairingLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingLink(hidden)")
    }
}

pub(super) fn offer_hash(offer: &[u8]) -> [u8; 16] {
    short_hash("pairing offer", &[offer])
}

pub(super) fn share_commitment(share: &[u8; 32]) -> [u8; 32] {
    hash_parts("pairing share", &[share])
}

fn decode(text: &str, to: &mut [u8]) -> Result<(), PairingError> {
    let len = to.len();
    match Base64UrlUnpadded::decode(text, to) {
        Ok(bytes) if bytes.len() == len => Ok(()),
        _ => Err(PairingError::BadLink),
    }
}
