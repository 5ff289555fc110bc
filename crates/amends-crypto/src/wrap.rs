//! The vault key, wrapped by a passphrase, by a recovery phrase, or by a secret that a device guards.
//!
//! ```text
//! wrapped  = header | record
//! header   = version 1 | kind 1 | salt 16                                   recovery phrase (kind 2)
//!                                                                           device secret (kind 3)
//!          | version 1 | kind 1 | salt 16 | memory KiB 4 | passes 4 | lanes 4   passphrase (kind 1)
//! record   = the vault key, sealed as in `record`, under keys derived from the phrase and from the whole header
//! ```
//! The header is part of the key derivation: a file whose cost was lowered does not open, and below the floor it is
//! not even tried.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::derive::derive_key;
use crate::record::{Place, RecordKey, RecordKind};
use crate::{KdfCost, Passphrase, RecoveryPhrase, VaultKey};

const VERSION: u8 = 1;
const KIND: RecordKind = RecordKind(0);
const SALT_AT: usize = 2;
const COST_AT: usize = SALT_AT + 16;

/// What a wrapped key opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WrapKind {
    /// The passphrase.
    Passphrase,
    /// The recovery phrase.
    RecoveryPhrase,
    /// A secret that a device gives out only to its owner.
    DeviceSecret,
}

/// A wrapped vault key, ready to be stored. It is not secret; how well it protects depends on the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey(Vec<u8>);

/// A wrapped key cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnwrapError {
    /// The passphrase or recovery phrase is not the right one, or the bytes were changed; that cannot be told apart.
    #[error("this does not open the vault")]
    Wrong,
    /// The stored cost is below the floor or above the ceiling: the file was tampered with.
    #[error("the key file asks for an unsafe passphrase cost")]
    UnsafeCost,
    /// Too short, or not a wrapped key of the expected kind.
    #[error("the key file is damaged")]
    Damaged,
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
}

impl WrappedKey {
    /// Wraps `key` of the vault `vault_id` with a passphrase.
    pub fn with_passphrase(
        key: &VaultKey,
        vault_id: [u8; 16],
        passphrase: &Passphrase,
        cost: KdfCost,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Self {
        let salt = make_salt(rng);
        let mut header = vec![VERSION, 1];
        header.extend_from_slice(&salt);
        header.extend_from_slice(&cost.to_bytes());
        Self::seal(header, &passphrase.derive_key(&salt, cost), key, vault_id, rng)
    }

    /// Wraps `key` of the vault `vault_id` with a recovery phrase.
    pub fn with_recovery_phrase(
        key: &VaultKey,
        vault_id: [u8; 16],
        phrase: &RecoveryPhrase,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Self {
        let salt = make_salt(rng);
        let mut header = vec![VERSION, 2];
        header.extend_from_slice(&salt);
        Self::seal(header, &phrase.derive_key(&salt), key, vault_id, rng)
    }

    /// Wraps `key` of the vault `vault_id` with 32 random bytes that a device gives out only to its owner: what the
    /// PRF extension of a passkey gives (WebAuthn level 3, section 10.1.4).
    pub fn with_device_secret(
        key: &VaultKey,
        vault_id: [u8; 16],
        secret: &[u8; 32],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Self {
        let salt = make_salt(rng);
        let mut header = vec![VERSION, 3];
        header.extend_from_slice(&salt);
        Self::seal(header, &derive_key(secret, b"device secret", &salt), key, vault_id, rng)
    }

    /// Opens with the secret of a device.
    ///
    /// # Errors
    /// [`UnwrapError`].
    pub fn open_with_device_secret(
        &self,
        vault_id: [u8; 16],
        secret: &[u8; 32],
    ) -> Result<VaultKey, UnwrapError> {
        let header = self.header(WrapKind::DeviceSecret)?;
        self.open(header, &derive_key(secret, b"device secret", &salt_of(header)?), vault_id)
    }

    /// Opens with a passphrase; this is the slow step.
    ///
    /// # Errors
    /// [`UnwrapError`].
    pub fn open_with_passphrase(
        &self,
        vault_id: [u8; 16],
        passphrase: &Passphrase,
    ) -> Result<VaultKey, UnwrapError> {
        let header = self.header(WrapKind::Passphrase)?;
        let cost = header[COST_AT..].try_into().map_err(|_| UnwrapError::Damaged)?;
        let cost = KdfCost::from_bytes(cost).map_err(|_| UnwrapError::UnsafeCost)?;
        self.open(header, &passphrase.derive_key(&salt_of(header)?, cost), vault_id)
    }

    /// Opens with a recovery phrase.
    ///
    /// # Errors
    /// [`UnwrapError`].
    pub fn open_with_recovery_phrase(
        &self,
        vault_id: [u8; 16],
        phrase: &RecoveryPhrase,
    ) -> Result<VaultKey, UnwrapError> {
        let header = self.header(WrapKind::RecoveryPhrase)?;
        self.open(header, &phrase.derive_key(&salt_of(header)?), vault_id)
    }

    /// The cost a passphrase guess has.
    ///
    /// # Errors
    /// [`UnwrapError`] if this is not a key wrapped by a passphrase, or its cost is out of range.
    pub fn cost(&self) -> Result<KdfCost, UnwrapError> {
        let header = self.header(WrapKind::Passphrase)?;
        let cost = header[COST_AT..].try_into().map_err(|_| UnwrapError::Damaged)?;
        KdfCost::from_bytes(cost).map_err(|_| UnwrapError::UnsafeCost)
    }

    /// Bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes stored bytes; they are checked when opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    fn seal(
        header: Vec<u8>,
        wrapping: &Zeroizing<[u8; 32]>,
        key: &VaultKey,
        vault_id: [u8; 16],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Self {
        let place = Place { kind: KIND, id: vault_id };
        let record = RecordKey::from_root(wrapping, &header)
            .seal(place, key.bytes(), rng)
            .expect("32 bytes are below the limit");
        Self([header, record].concat())
    }

    fn open(
        &self,
        header: &[u8],
        wrapping: &Zeroizing<[u8; 32]>,
        vault_id: [u8; 16],
    ) -> Result<VaultKey, UnwrapError> {
        let place = Place { kind: KIND, id: vault_id };
        let body = RecordKey::from_root(wrapping, header)
            .open(place, &self.0[header.len()..])
            .map_err(|_| UnwrapError::Wrong)?;
        let bytes: &[u8; 32] = body.as_slice().try_into().map_err(|_| UnwrapError::Damaged)?;
        Ok(VaultKey::from_bytes(Zeroizing::new(*bytes)))
    }

    fn header(&self, kind: WrapKind) -> Result<&[u8], UnwrapError> {
        let (number, len) = match kind {
            WrapKind::Passphrase => (1, COST_AT + 12),
            WrapKind::RecoveryPhrase => (2, COST_AT),
            WrapKind::DeviceSecret => (3, COST_AT),
        };
        match *self.0 {
            [version, ..] if version > VERSION => Err(UnwrapError::NewerVersion),
            [VERSION, found, ..] if found == number => self.0.get(..len).ok_or(UnwrapError::Damaged),
            _ => Err(UnwrapError::Damaged),
        }
    }
}

fn make_salt(rng: &mut (impl CryptoRng + ?Sized)) -> [u8; 16] {
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    salt
}

fn salt_of(header: &[u8]) -> Result<[u8; 16], UnwrapError> {
    header[SALT_AT..COST_AT].try_into().map_err(|_| UnwrapError::Damaged)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    use super::*;

    #[test]
    fn a_device_secret_opens_only_what_it_wrapped() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let key = VaultKey::make(&mut rng);
        let wrapped = WrappedKey::with_device_secret(&key, [7; 16], &[3; 32], &mut rng);
        assert_eq!(wrapped.open_with_device_secret([7; 16], &[3; 32]).unwrap().bytes(), key.bytes());
        for (vault_id, secret) in [([7; 16], [4; 32]), ([8; 16], [3; 32])] {
            assert_eq!(wrapped.open_with_device_secret(vault_id, &secret).err(), Some(UnwrapError::Wrong));
        }
        let phrase = RecoveryPhrase::make(&mut rng);
        let by_phrase = WrappedKey::with_recovery_phrase(&key, [7; 16], &phrase, &mut rng);
        assert_eq!(by_phrase.open_with_device_secret([7; 16], &[3; 32]).err(), Some(UnwrapError::Damaged));
        assert_eq!(wrapped.open_with_recovery_phrase([7; 16], &phrase).err(), Some(UnwrapError::Damaged));
    }
}
