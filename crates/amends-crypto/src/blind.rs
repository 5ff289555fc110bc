//! Matching without telling: points of ristretto255 (RFC 9496), blinded by each side with its own secret.
//!
//! Blinding with two secrets gives the same point in either order, so equal results show equal labels, and
//! nobody can go back without the secret. This protects against a partner who follows the rules and looks closely
//! (semi-honest). A partner who changes their app can offer every label and so learn what the other wishes.

use core::fmt;

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

/// The secret of one round of matching.
pub struct BlindingSecret(Scalar);

impl BlindingSecret {
    /// Makes a new random secret.
    pub fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        loop {
            let mut wide = Zeroizing::new([0; 64]);
            rng.fill_bytes(wide.as_mut());
            let scalar = Scalar::from_bytes_mod_order_wide(&wide);
            if scalar != Scalar::ZERO {
                return Self(scalar);
            }
        }
    }

    /// Takes bytes that [`Self::to_bytes`] gave; `None` when they are no secret.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes = Zeroizing::new(<[u8; 32]>::try_from(bytes).ok()?);
        let scalar: Option<Scalar> = Scalar::from_canonical_bytes(*bytes).into();
        scalar.filter(|scalar| *scalar != Scalar::ZERO).map(Self)
    }

    /// The 32 bytes, to finish the round after a restart. They belong into the vault.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The point of a label under this secret. The same label and secret give the same point.
    pub fn blind(&self, label: &[u8]) -> [u8; 32] {
        (hash_to_group(label) * self.0).compress().to_bytes()
    }

    /// A foreign point blinded once more; `None` when it is no point, or the one point that hides nothing.
    pub fn blind_again(&self, point: &[u8; 32]) -> Option<[u8; 32]> {
        let point = CompressedRistretto(*point).decompress().filter(|point| !point.is_identity())?;
        Some((point * self.0).compress().to_bytes())
    }

    /// A random point for filling up. Nobody knows a label or a secret for it.
    pub fn filler(rng: &mut (impl CryptoRng + ?Sized)) -> [u8; 32] {
        let mut wide = Zeroizing::new([0; 64]);
        rng.fill_bytes(wide.as_mut());
        RistrettoPoint::from_uniform_bytes(&wide).compress().to_bytes()
    }
}

/// 64 bytes of BLAKE3 under a name of their own, mapped to the group (RFC 9496, section 4.3.4).
fn hash_to_group(label: &[u8]) -> RistrettoPoint {
    let mut wide = [0; 64];
    blake3::Hasher::new_derive_key("amends/1 blind activity").update(label).finalize_xof().fill(&mut wide);
    RistrettoPoint::from_uniform_bytes(&wide)
}

impl Drop for BlindingSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for BlindingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlindingSecret(hidden)")
    }
}
