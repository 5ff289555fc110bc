//! From a locked vault to an unlocked one and back.

use core::fmt;

use amends_crypto::{CryptoRng, KdfCost, Passphrase, RecoveryPhrase, UnwrapError, VaultKey, WrappedKey};
use amends_domain::id::Millis;
use amends_store::{ReadError, Store};

use super::header::HeaderError;
use super::load::Loaded;
use super::{Header, LockError, UnlockError, Vault};
use crate::keys::Keys;
use crate::layout::{HEADER, KEY_BY_PASSPHRASE, KEY_BY_PHRASE};

/// A store with a vault in it. Only what needs no key is known.
pub struct LockedVault<S> {
    pub(crate) store: S,
    pub(crate) header: Header,
}

/// Unlocking did not work; the vault is still there, to try again.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct UnlockFailed<S> {
    /// The vault, unchanged.
    pub vault: LockedVault<S>,
    /// Why.
    pub reason: UnlockError,
}

impl<S: Store> LockedVault<S> {
    /// Looks for a vault in a store.
    ///
    /// # Errors
    /// [`UnlockError::NoVault`], [`UnlockError::Damaged`], [`UnlockError::NewerVersion`], [`UnlockError::Read`].
    pub fn find(store: S) -> Result<Self, UnlockError> {
        let bytes = store.value(HEADER)?.ok_or(UnlockError::NoVault)?;
        let header = Header::decode(&bytes)?;
        Ok(Self { store, header })
    }

    /// Whether this is a demonstration with invented people.
    pub fn is_demo(&self) -> bool {
        self.header.is_demo
    }

    /// Opens with the passphrase; takes as long as one guess costs.
    ///
    /// # Errors
    /// [`UnlockFailed`] gives the locked vault back.
    pub fn unlock(
        self,
        passphrase: &str,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, UnlockFailed<S>> {
        let key = self.key_by_passphrase(passphrase);
        self.unlock_with(key, rng)
    }

    /// Opens with the recovery phrase, for somebody who forgot the passphrase. Offer a new passphrase afterwards.
    ///
    /// # Errors
    /// [`UnlockFailed`] gives the locked vault back.
    pub fn unlock_with_phrase(
        self,
        phrase: &RecoveryPhrase,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, UnlockFailed<S>> {
        let key = self.key_by_phrase(phrase);
        self.unlock_with(key, rng)
    }

    /// What a guess of the passphrase costs here.
    ///
    /// # Errors
    /// [`UnlockError`] if the wrapped key cannot be read.
    pub fn cost(&self) -> Result<KdfCost, UnlockError> {
        wrapped(&self.store, KEY_BY_PASSPHRASE)?.cost().map_err(unwrap_error)
    }

    fn key_by_passphrase(&self, passphrase: &str) -> Result<VaultKey, UnlockError> {
        wrapped(&self.store, KEY_BY_PASSPHRASE)?
            .open_with_passphrase(self.header.vault_id, &Passphrase::typed(passphrase))
            .map_err(unwrap_error)
    }

    fn key_by_phrase(&self, phrase: &RecoveryPhrase) -> Result<VaultKey, UnlockError> {
        wrapped(&self.store, KEY_BY_PHRASE)?.open_with_recovery_phrase(self.header.vault_id, phrase).map_err(
            |error| match unwrap_error(error) {
                UnlockError::WrongPassphrase => UnlockError::WrongPhrase,
                other => other,
            },
        )
    }

    pub(crate) fn unlock_with(
        self,
        key: Result<VaultKey, UnlockError>,
        mut rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, UnlockFailed<S>> {
        let loaded = key.and_then(|key| {
            let keys = Keys::new(self.header.vault_id, key);
            Ok((Loaded::read(&self.store, &keys, &mut *rng)?, keys))
        });
        match loaded {
            Ok((loaded, keys)) => Ok(loaded.into_vault(self, keys, rng)),
            Err(reason) => Err(UnlockFailed { vault: self, reason }),
        }
    }
}

impl<S: Store> Vault<S> {
    /// Locks the vault: takes deleted words off the disk, refreshes the snapshot, overwrites the keys in memory.
    /// The locked vault comes back in any case.
    ///
    /// # Errors
    /// [`LockError`], beside the locked vault, says what could not be tidied up; nothing is lost, and the next opening tries again.
    pub fn lock(mut self, now: Millis) -> (LockedVault<S>, Result<(), LockError>) {
        let tidied = self.tidy(now);
        (LockedVault { store: self.store, header: self.header }, tidied)
    }

    /// Reads everything anew from the store, with the key at hand: after a write of which it is not known whether it
    /// was made ([`WriteError::MustReopen`](super::WriteError::MustReopen)).
    ///
    /// # Errors
    /// [`UnlockFailed`] gives the vault back, locked.
    pub fn reopen(self) -> Result<Self, UnlockFailed<S>> {
        let locked = LockedVault { store: self.store, header: self.header };
        locked.unlock_with(Ok(self.keys.vault_key), self.rng)
    }

    fn tidy(&mut self, now: Millis) -> Result<(), LockError> {
        self.erase(now)?;
        self.refresh_snapshot()?;
        Ok(())
    }
}

impl<S> fmt::Debug for LockedVault<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LockedVault")
    }
}

impl From<HeaderError> for UnlockError {
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Damaged => Self::Damaged,
            HeaderError::NewerVersion => Self::NewerVersion,
        }
    }
}

pub(crate) fn wrapped(store: &impl Store, name: &str) -> Result<WrappedKey, UnlockError> {
    let bytes: Result<Option<Vec<u8>>, ReadError> = store.value(name);
    Ok(WrappedKey::from_bytes(bytes?.ok_or(UnlockError::Damaged)?))
}

pub(crate) fn unwrap_error(error: UnwrapError) -> UnlockError {
    match error {
        UnwrapError::Wrong => UnlockError::WrongPassphrase,
        UnwrapError::UnsafeCost => UnlockError::UnsafeCost,
        UnwrapError::NewerVersion => UnlockError::NewerVersion,
        _ => UnlockError::Damaged,
    }
}
