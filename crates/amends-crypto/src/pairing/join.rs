//! The side that opens the link.

use core::fmt;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use super::link::{Offer, PairingLink, PairingPurpose, offer_hash, share_commitment};
use super::paired::{Paired, Transcript};
use super::{MAX_PAIRING_PAYLOAD, PairingError};
use crate::ids::hash_parts;
use crate::kem::{KemPublic, KemSecret};
use crate::padding::{pad, unpad};
use crate::{aead, cbor};

/// What the joiner sends.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct JoinMessage {
    #[n(0)]
    #[cbor(with = "cbor::secret")]
    pub(super) share: Zeroizing<[u8; 32]>,
    #[n(1)]
    pub(super) kem: KemPublic,
    #[n(2)]
    pub(super) payload: ByteVec,
}

/// A pairing that waits for the inviter's answer.
pub struct Joining {
    psk: Zeroizing<[u8; 32]>,
    kem: KemSecret,
    share: Zeroizing<[u8; 32]>,
    commitment: [u8; 32],
    transcript: Transcript,
    purpose: PairingPurpose,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "cbor::secret")]
    psk: Zeroizing<[u8; 32]>,
    #[n(2)]
    #[cbor(with = "cbor::secret")]
    kem: Zeroizing<[u8; 32]>,
    #[n(3)]
    #[cbor(with = "cbor::secret")]
    share: Zeroizing<[u8; 32]>,
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    commitment: [u8; 32],
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    transcript: [u8; 32],
    #[n(6)]
    purpose: PairingPurpose,
}

impl Joining {
    /// Reads the offer from the mailbox of the link and joins: the message for the inviter. `payload` is opened by
    /// whoever made the offer: person, device list, for an own device its agreement. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// [`PairingError`].
    pub fn begin(
        link: &PairingLink,
        sealed_offer: &[u8],
        payload: &[u8],
        now: u64,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(Self, Vec<u8>), PairingError> {
        if payload.len() > MAX_PAIRING_PAYLOAD {
            return Err(PairingError::TooLarge);
        }
        let (offer_bytes, offer) = open_offer(link, sealed_offer)?;
        if now > offer.until {
            return Err(PairingError::Expired);
        }
        let psk = link.psk();
        let kem = KemSecret::make(rng);
        let mut share = Zeroizing::new([0; 32]);
        rng.fill_bytes(share.as_mut());
        let mut message =
            JoinMessage { share: share.clone(), kem: kem.public(), payload: payload.to_vec().into() };
        let plain = cbor::encode_secret(&message);
        message.payload.zeroize();
        let join = offer.kem.seal(&join_info(&offer_bytes), Some(&psk), &pad(&plain), rng);
        let transcript = Transcript::of(&offer_bytes, &join);
        let joining =
            Self { psk, kem, share, commitment: offer.commitment, transcript, purpose: offer.purpose };
        Ok((joining, join))
    }

    /// Looks at an offer without joining: what it is for.
    ///
    /// # Errors
    /// [`PairingError`].
    pub fn purpose_of(link: &PairingLink, sealed_offer: &[u8]) -> Result<PairingPurpose, PairingError> {
        open_offer(link, sealed_offer).map(|(_, offer)| offer.purpose)
    }

    /// What this pairing is for.
    pub fn purpose(&self) -> PairingPurpose {
        self.purpose
    }

    /// Takes the inviter's answer: what both now share.
    ///
    /// # Errors
    /// [`PairingError::Unreadable`] if it does not come from whoever made the offer.
    pub fn finish(&self, reveal: &[u8]) -> Result<Paired, PairingError> {
        let opened = self.kem.open(&self.transcript.reveal_info(), Some(&self.psk), reveal);
        let opened = opened.map_err(|_| PairingError::Unreadable)?;
        let mut theirs = Zeroizing::new([0; 32]);
        if opened.len() != theirs.len() {
            return Err(PairingError::Unreadable);
        }
        theirs.copy_from_slice(&opened);
        if share_commitment(&theirs) != self.commitment {
            return Err(PairingError::Unreadable);
        }
        Ok(Paired::derive(&theirs, &self.share, self.transcript, None))
    }

    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&Stored {
            version: 1,
            psk: self.psk.clone(),
            kem: self.kem.seed().clone(),
            share: self.share.clone(),
            commitment: self.commitment,
            transcript: self.transcript.0,
            purpose: self.purpose,
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`PairingError::Stored`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PairingError> {
        let Stored { psk, kem, share, commitment, transcript, purpose, .. } = cbor::decode_stored(bytes)?;
        let (kem, transcript) = (KemSecret::from_seed(kem), Transcript(transcript));
        Ok(Self { psk, kem, share, commitment, transcript, purpose })
    }
}

impl fmt::Debug for Joining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Joining(hidden)")
    }
}

/// What a join message is sealed for: this offer.
pub(super) fn join_info(offer: &[u8]) -> Vec<u8> {
    [b"amends/1 join".as_slice(), &hash_parts("pairing offer", &[offer])].concat()
}

fn open_offer(link: &PairingLink, sealed: &[u8]) -> Result<(Vec<u8>, Offer), PairingError> {
    #[derive(Decode)]
    #[cbor(map)]
    struct Version(#[n(0)] u64);

    let plain = aead::open(&link.offer_key(), b"amends/1 offer", sealed).and_then(unpad);
    let bytes = plain.ok_or(PairingError::Unreadable)?.to_vec();
    if offer_hash(&bytes) != link.offer {
        return Err(PairingError::OtherOffer);
    }
    match cbor::decode::<Version>(&bytes) {
        Some(Version(version)) if version > 1 => Err(PairingError::NewerVersion),
        _ => {
            let offer: Offer = cbor::decode(&bytes).ok_or(PairingError::Unreadable)?;
            if offer.version == 1 { Ok((bytes, offer)) } else { Err(PairingError::Unreadable) }
        }
    }
}
