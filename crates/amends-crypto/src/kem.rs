//! Sealing to a public key: HPKE (RFC 9180) with X-Wing, HKDF-SHA-256 and ChaCha20-Poly1305, in two modes.
//!
//! Base mode says nothing about who sealed; whoever needs that signs around it (grants) or shares a secret with the
//! sender (the mode with a pre-shared key). X-Wing joins X25519 and ML-KEM-768 so that both must fall.

use core::fmt;
use std::sync::Arc;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, XWing};
use hpke::{Deserializable, OpModeR, OpModeS, PskBundle, Serializable};
use minicbor::{Decode, Decoder, Encode, Encoder};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Length of an X-Wing public key in bytes.
pub const KEM_PUBLIC_LEN: usize = 1216;
/// What sealing adds: the encapsulation and the tag, in bytes.
pub const KEM_OVERHEAD: usize = 1120 + 16;

const ENCAPSULATION_LEN: usize = 1120;

/// A public key, to which anybody can seal. Only bytes that are one get in.
#[derive(Clone, PartialEq, Eq)]
pub struct KemPublic(Arc<[u8]>);

/// The secret half; 32 bytes from which both keys of X-Wing are made.
pub(crate) struct KemSecret(Zeroizing<[u8; 32]>);

/// Something sealed to a public key does not open: another key, another purpose, or changed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this was sealed for somebody else, or it was changed")]
pub struct OpenSealedError;

/// A secret both sides know already (32 bytes or more).
pub(crate) type Psk<'a> = Option<&'a [u8; 32]>;

impl KemSecret {
    /// Makes a new random key.
    pub(crate) fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self(seed)
    }

    pub(crate) fn from_seed(seed: Zeroizing<[u8; 32]>) -> Self {
        Self(seed)
    }

    pub(crate) fn seed(&self) -> &Zeroizing<[u8; 32]> {
        &self.0
    }

    /// The public half.
    pub(crate) fn public(&self) -> KemPublic {
        KemPublic(XWing::sk_to_pk(&self.key()).to_bytes().as_slice().into())
    }

    /// Opens what was sealed to this key for the purpose `info` and with the same pre-shared key.
    pub(crate) fn open(
        &self,
        info: &[u8],
        psk: Psk<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        if sealed.len() < KEM_OVERHEAD {
            return Err(OpenSealedError);
        }
        let (encapsulation, ciphertext) = sealed.split_at(ENCAPSULATION_LEN);
        let encapsulation =
            <XWing as Kem>::EncappedKey::from_bytes(encapsulation).map_err(|_| OpenSealedError)?;
        let mode = match psk {
            None => OpModeR::<XWing>::Base,
            Some(psk) => OpModeR::Psk(bundle(psk)),
        };
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &mode,
            &self.key(),
            &encapsulation,
            info,
            ciphertext,
            b"",
        )
        .map(Zeroizing::new)
        .map_err(|_| OpenSealedError)
    }

    fn key(&self) -> <XWing as Kem>::PrivateKey {
        <XWing as Kem>::PrivateKey::from_bytes(self.0.as_ref()).expect("a secret key is 32 bytes")
    }
}

impl KemPublic {
    /// Takes bytes of [`KEM_PUBLIC_LEN`]; `None` when they are no public key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).ok().map(|_| Self(bytes.into()))
    }

    /// The [`KEM_PUBLIC_LEN`] bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seals `plain` for the purpose `info`: encapsulation, then ciphertext with tag.
    pub(crate) fn seal(
        &self,
        info: &[u8],
        psk: Psk<'_>,
        plain: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Vec<u8> {
        let mode = match psk {
            None => OpModeS::<XWing>::Base,
            Some(psk) => OpModeS::Psk(bundle(psk)),
        };
        let key = <XWing as Kem>::PublicKey::from_bytes(&self.0).expect("it was checked on its way in");
        let mut rng = rng;
        let (encapsulation, ciphertext) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
                &mode, &key, info, plain, b"", &mut rng,
            )
            .expect("sealing one message to a valid key cannot fail");
        [encapsulation.to_bytes().as_slice(), &ciphertext].concat()
    }
}

fn bundle(psk: &[u8; 32]) -> PskBundle<'_> {
    PskBundle::new(psk, b"amends/1").expect("key and name are both there")
}

impl fmt::Debug for KemPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KemPublic({:02x}{:02x}{:02x}{:02x}..)", self.0[0], self.0[1], self.0[2], self.0[3])
    }
}

impl fmt::Debug for KemSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KemSecret(hidden)")
    }
}

impl<C> Encode<C> for KemPublic {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for KemPublic {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::from_bytes(d.bytes()?).ok_or_else(|| minicbor::decode::Error::message("no public key"))
    }
}
