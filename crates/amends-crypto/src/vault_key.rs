//! The random key of one vault on one device.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// 32 random bytes from which the keys of all records of a vault come. It never leaves the device unwrapped.
pub struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    /// Makes a new random key.
    pub fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// Takes over bytes that were unwrapped.
    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(hidden)")
    }
}
