//! Opening a backup: to see whether it is good, or to make a vault of it.

use amends_crypto::{CryptoRng, Passphrase, RecoveryPhrase, VaultKey, WrappedKey};
use amends_domain::id::Millis;
use amends_store::{Change, CommitError, MemoryStore, Position, ReadError, Store};

use super::Backup;
use crate::doctor::Report;
use crate::keys::Keys;
use crate::layout::{BACKUP_END, HEADER, KEY_BY_PASSPHRASE, KEY_BY_PHRASE, PROFILE, PROFILE_NAME};
use crate::vault::{Header, LockedVault, Profile, UnlockError, Vault, put, unwrap_error};

/// A backup that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// When it was made.
    pub made_at: Millis,
    /// What is in it, in numbers.
    pub report: Report,
}

/// A backup does not open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The passphrase (or phrase) is not the one the vault had when the backup was made, or the keys are damaged.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The file is whole, but it was not made by the owner of this vault.
    #[error("the backup was changed")]
    Forged,
}

/// A backup was not restored; nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// There is already something in the store.
    #[error("the store is not empty")]
    NotEmpty,
    /// The backup does not open.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The store could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store could not be written.
    #[error(transparent)]
    Write(#[from] CommitError),
}

impl Backup {
    /// Opens everything in memory and says what is in it.
    ///
    /// # Errors
    /// [`VerifyError`]: the passphrase does not open it, or what is in it does not fit together.
    pub fn verify(&self, passphrase: &str, rng: Box<dyn CryptoRng + Send>) -> Result<Verified, VerifyError> {
        let keys = self.keys_by_passphrase(passphrase)?;
        let mut store = MemoryStore::default();
        store.commit(&self.changes()).map_err(|_| VerifyError::Forged)?;
        let vault = self.open(store, keys, rng)?;
        let report = vault.doctor().map_err(UnlockError::Read)?;
        Ok(Verified { made_at: self.made_at(), report })
    }

    /// Makes a vault of the backup in an empty store: all of it in one commit. The device gets new ids, so the vault
    /// the backup was made of may live on beside it.
    ///
    /// # Errors
    /// [`RestoreError`]; the store is unchanged.
    pub fn restore<S: Store>(
        &self,
        store: S,
        passphrase: &str,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, RestoreError> {
        self.restore_with(store, self.keys_by_passphrase(passphrase)?, rng)
    }

    /// The same with the recovery phrase.
    ///
    /// # Errors
    /// [`RestoreError`]; the store is unchanged.
    pub fn restore_with_phrase<S: Store>(
        &self,
        store: S,
        phrase: &RecoveryPhrase,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, RestoreError> {
        self.restore_with(store, self.keys_by_phrase(phrase)?, rng)
    }

    fn restore_with<S: Store>(
        &self,
        mut store: S,
        keys: Keys,
        mut rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, RestoreError> {
        if !store.names("")?.is_empty() || !store.read_after(Position::START, 1)?.is_empty() {
            return Err(RestoreError::NotEmpty);
        }
        let mut changes = self.changes();
        changes.extend(self.new_device_ids(&keys, &mut *rng));
        store.commit(&changes)?;
        Ok(self.open(store, keys, rng)?)
    }

    /// The profile with new device ids. Without a readable profile the vault guesses one when it is opened.
    fn new_device_ids(&self, keys: &Keys, rng: &mut dyn CryptoRng) -> Option<Change> {
        let bytes = keys.open_own(PROFILE, self.value(PROFILE_NAME)?).ok()?;
        let old = Profile::decode(&bytes)?;
        let new = Profile::make(old.person, old.partner, rng);
        let sealed = keys.seal_own(PROFILE, &new.encode(), rng).expect("a profile is far below the limit");
        Some(put(PROFILE_NAME, sealed))
    }

    fn open<S: Store>(
        &self,
        store: S,
        keys: Keys,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, VerifyError> {
        let locked = LockedVault::find(store)?;
        locked.unlock_with(Ok(keys.vault_key), rng).map_err(|failed| VerifyError::Unlock(failed.reason))
    }

    fn keys_by_passphrase(&self, passphrase: &str) -> Result<Keys, VerifyError> {
        let passphrase = Passphrase::typed(passphrase);
        self.keys(KEY_BY_PASSPHRASE, |wrapped, id| {
            wrapped.open_with_passphrase(id, &passphrase).map_err(unwrap_error)
        })
    }

    fn keys_by_phrase(&self, phrase: &RecoveryPhrase) -> Result<Keys, VerifyError> {
        self.keys(KEY_BY_PHRASE, |wrapped, id| {
            wrapped.open_with_recovery_phrase(id, phrase).map_err(|error| match unwrap_error(error) {
                UnlockError::WrongPassphrase => UnlockError::WrongPhrase,
                other => other,
            })
        })
    }

    /// Unwraps the key and checks the seal over the whole.
    fn keys(
        &self,
        name: &str,
        open: impl FnOnce(WrappedKey, [u8; 16]) -> Result<VaultKey, UnlockError>,
    ) -> Result<Keys, VerifyError> {
        let header = self.value(HEADER).ok_or(UnlockError::NoVault)?;
        let header = Header::decode(header).map_err(UnlockError::from)?;
        let wrapped = WrappedKey::from_bytes(self.value(name).ok_or(UnlockError::Damaged)?.to_vec());
        let keys = Keys::new(header.vault_id, open(wrapped, header.vault_id)?);
        let sealed = keys.open_own(BACKUP_END, &self.end).map_err(|_| VerifyError::Forged)?;
        if sealed.as_slice() == self.hash.as_bytes() { Ok(keys) } else { Err(VerifyError::Forged) }
    }
}
