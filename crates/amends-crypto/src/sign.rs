//! Signatures (Ed25519, RFC 8032). Only device lists and grants are signed; what people write never is.

use core::fmt;

use ed25519_dalek::Signer;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::ids::public_bytes;

public_bytes! {
    /// The public half of a signing key.
    VerifyKey, 32
}
public_bytes! {
    /// A signature.
    Signature, 64
}

/// The secret half of a signing key.
pub(crate) struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    pub(crate) fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self::from_seed(&seed)
    }

    pub(crate) fn from_seed(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    pub(crate) fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    pub(crate) fn verify_key(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `body` for one purpose; a signature for another purpose does not fit.
    pub(crate) fn sign(&self, purpose: &str, body: &[u8]) -> Signature {
        Signature(self.0.sign(&message(purpose, body)).to_bytes())
    }
}

impl VerifyKey {
    /// Whether the holder of this key signed `body` for this purpose. Strict: weak keys and second forms are refused.
    pub(crate) fn verify(&self, purpose: &str, body: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        ed25519_dalek::VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(&message(purpose, body), &signature).is_ok())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(hidden)")
    }
}

fn message(purpose: &str, body: &[u8]) -> Vec<u8> {
    [b"amends/1 sign ", purpose.as_bytes(), b"\0", body].concat()
}
