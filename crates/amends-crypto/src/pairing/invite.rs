//! The side that made the link.

use core::fmt;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::PairingError;
use super::join::{JoinMessage, join_info};
use super::link::{OFFER_LASTS, Offer, PairingLink, PairingPurpose, offer_hash, share_commitment};
use super::paired::{Paired, Transcript};
use crate::kem::KemSecret;
use crate::padding::{pad, unpad};
use crate::{aead, cbor};

/// An open invitation. It is answered once and stands for a day.
pub struct Invite {
    link: PairingLink,
    kem: KemSecret,
    share: Zeroizing<[u8; 32]>,
    offer: Vec<u8>,
    until: u64,
    used: bool,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "cbor::secret")]
    secret: Zeroizing<[u8; 32]>,
    #[n(2)]
    #[cbor(with = "cbor::secret")]
    kem: Zeroizing<[u8; 32]>,
    #[n(3)]
    #[cbor(with = "cbor::secret")]
    share: Zeroizing<[u8; 32]>,
    #[n(4)]
    offer: ByteVec,
    #[n(5)]
    until: u64,
    #[n(6)]
    used: bool,
}

impl Invite {
    /// Makes a link; `now` in milliseconds since 1970-01-01T00:00:00Z.
    pub fn make(purpose: PairingPurpose, now: u64, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        let mut share = Zeroizing::new([0; 32]);
        rng.fill_bytes(secret.as_mut());
        rng.fill_bytes(share.as_mut());
        let kem = KemSecret::make(rng);
        let until = now.saturating_add(OFFER_LASTS);
        let offer = cbor::encode(&Offer {
            version: 1,
            kem: kem.public(),
            commitment: share_commitment(&share),
            purpose,
            until,
        });
        let link = PairingLink { secret, offer: offer_hash(&offer) };
        Self { link, kem, share, offer, until, used: false }
    }

    /// The link to show.
    pub fn link(&self) -> &PairingLink {
        &self.link
    }

    /// The first message, for the mailbox of the link.
    pub fn seal_offer(&self, rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
        aead::seal(&self.link.offer_key(), b"amends/1 offer", &pad(&self.offer), rng)
    }

    /// Answers whoever joins, the first time: the message for them, and what both now share. A message that does not
    /// open leaves the invitation as it was.
    ///
    /// Store [`Self::to_bytes`] before the answer is sent, so that a restart cannot answer a second time.
    ///
    /// # Errors
    /// [`PairingError`].
    pub fn answer(
        &mut self,
        join: &[u8],
        now: u64,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(Paired, Vec<u8>), PairingError> {
        if self.used {
            return Err(PairingError::Used);
        }
        if now > self.until {
            return Err(PairingError::Expired);
        }
        let psk = self.link.psk();
        let plain = self.kem.open(&join_info(&self.offer), Some(&psk), join);
        let plain = unpad(plain.map_err(|_| PairingError::Unreadable)?).ok_or(PairingError::Unreadable)?;
        let message: JoinMessage = cbor::decode(&plain).ok_or(PairingError::Unreadable)?;
        self.used = true;
        let transcript = Transcript::of(&self.offer, join);
        let reveal = message.kem.seal(&transcript.reveal_info(), Some(&psk), self.share.as_ref(), rng);
        let payload = Zeroizing::new(message.payload.into());
        Ok((Paired::derive(&self.share, &message.share, transcript, Some(payload)), reveal))
    }

    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&Stored {
            version: 1,
            secret: self.link.secret.clone(),
            kem: self.kem.seed().clone(),
            share: self.share.clone(),
            offer: self.offer.clone().into(),
            until: self.until,
            used: self.used,
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`PairingError::Stored`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PairingError> {
        let Stored { secret, kem, share, offer, until, used, .. } = cbor::decode_stored(bytes)?;
        let link = PairingLink { secret, offer: offer_hash(&offer) };
        Ok(Self { link, kem: KemSecret::from_seed(kem), share, offer: offer.into(), until, used })
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invite(hidden)")
    }
}
