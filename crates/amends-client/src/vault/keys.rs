//! Changing the passphrase and the recovery phrase.

use amends_crypto::{KdfCost, Passphrase, RecoveryPhrase, WrappedKey};
use amends_store::Store;

use super::create::put;
use super::unlock::{unwrap_error, wrapped};
use super::{KeyChangeError, UnlockError, Vault};
use crate::layout::{KEY_BY_PASSPHRASE, KEY_BY_PHRASE, UNTIDY};

impl<S: Store> Vault<S> {
    /// Asks for the passphrase again, before something that a person with the device in hand must not do.
    ///
    /// # Errors
    /// [`UnlockError::WrongPassphrase`] and the others of [`UnlockError`].
    pub fn check_passphrase(&self, passphrase: &str) -> Result<(), UnlockError> {
        wrapped(&self.store, KEY_BY_PASSPHRASE)?
            .open_with_passphrase(self.keys.vault_id, &Passphrase::typed(passphrase))
            .map(drop)
            .map_err(unwrap_error)
    }

    /// Whether the words somebody wrote down still open this vault.
    ///
    /// # Errors
    /// [`UnlockError`], but not for words of another vault: that is `Ok(false)`.
    pub fn check_recovery_phrase(&self, phrase: &RecoveryPhrase) -> Result<bool, UnlockError> {
        let opened =
            wrapped(&self.store, KEY_BY_PHRASE)?.open_with_recovery_phrase(self.keys.vault_id, phrase);
        match opened.map_err(unwrap_error) {
            Ok(_) => Ok(true),
            Err(UnlockError::WrongPassphrase) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Gives the vault a new passphrase. The old one does not open it any more, and its wrapped key leaves the file.
    ///
    /// # Errors
    /// [`KeyChangeError`]; the old passphrase holds.
    pub fn change_passphrase(
        &mut self,
        present: &str,
        new: &str,
        cost: KdfCost,
    ) -> Result<(), KeyChangeError> {
        self.confirm(present)?;
        self.set_passphrase(new, cost)
    }

    /// Gives the vault a new passphrase after it was opened with the recovery phrase.
    ///
    /// # Errors
    /// [`KeyChangeError::WrongPassphrase`] if the phrase is not that of this vault, and the others.
    pub fn reset_passphrase(
        &mut self,
        phrase: &RecoveryPhrase,
        new: &str,
        cost: KdfCost,
    ) -> Result<(), KeyChangeError> {
        if !self.check_recovery_phrase(phrase)? {
            return Err(KeyChangeError::WrongPassphrase);
        }
        self.set_passphrase(new, cost)
    }

    /// Makes a new recovery phrase; the old words do not open the vault any more.
    ///
    /// # Errors
    /// [`KeyChangeError`]; the old words hold.
    pub fn change_recovery_phrase(&mut self, passphrase: &str) -> Result<RecoveryPhrase, KeyChangeError> {
        self.confirm(passphrase)?;
        let phrase = RecoveryPhrase::make(&mut *self.rng);
        let wrapped = WrappedKey::with_recovery_phrase(
            &self.keys.vault_key,
            self.keys.vault_id,
            &phrase,
            &mut *self.rng,
        );
        self.replace_wrapped(KEY_BY_PHRASE, &wrapped)?;
        Ok(phrase)
    }

    fn confirm(&self, passphrase: &str) -> Result<(), KeyChangeError> {
        self.check_passphrase(passphrase).map_err(|error| match error {
            UnlockError::WrongPassphrase => KeyChangeError::WrongPassphrase,
            other => KeyChangeError::Unlock(other),
        })
    }

    fn set_passphrase(&mut self, new: &str, cost: KdfCost) -> Result<(), KeyChangeError> {
        let new = Passphrase::chosen(new)?;
        let wrapped =
            WrappedKey::with_passphrase(&self.keys.vault_key, self.keys.vault_id, &new, cost, &mut *self.rng);
        self.replace_wrapped(KEY_BY_PASSPHRASE, &wrapped)
    }

    fn replace_wrapped(&mut self, name: &str, wrapped: &WrappedKey) -> Result<(), KeyChangeError> {
        self.commit(&[put(name, wrapped.as_bytes().to_vec()), put(UNTIDY, vec![])])?;
        self.untidy = true;
        // The change holds already; a file that cannot be tidied up now is tidied up at the next opening.
        let _ = self.compact();
        Ok(())
    }
}
