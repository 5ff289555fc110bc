//! A passkey beside the passphrase: the device keeps a secret, gives it out after a fingerprint or a code, and that
//! secret opens the vault. The passphrase and the recovery phrase go on to open it too.

use amends_crypto::{CryptoRng, WrappedKey};
use amends_store::{Change, Store};
use minicbor::{Decode, Encode};

use super::create::put;
use super::unlock::{unwrap_error, wrapped};
use super::{LockedVault, UnlockFailed, Vault, WriteError};
use crate::layout::{KEY_BY_PASSKEY, PASSKEY_NAME, UNTIDY};

/// How to ask a device for the secret of a passkey. It lies in the vault unsealed, because it is needed before.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Passkey {
    /// Id of the credential, as the browser gave it.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub id: Vec<u8>,
    /// What the secret is made from; another one gives another secret.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub salt: Vec<u8>,
}

impl<S: Store> LockedVault<S> {
    /// The passkey that opens this vault, if there is one.
    pub fn passkey(&self) -> Option<Passkey> {
        read(&self.store)
    }

    /// Opens with the secret of the passkey.
    ///
    /// # Errors
    /// [`UnlockFailed`] gives the locked vault back.
    pub fn unlock_with_passkey(
        self,
        secret: &[u8; 32],
        rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Vault<S>, UnlockFailed<S>> {
        let key = wrapped(&self.store, KEY_BY_PASSKEY).and_then(|wrapped| {
            wrapped.open_with_device_secret(self.header.vault_id, secret).map_err(unwrap_error)
        });
        self.unlock_with(key, rng)
    }
}

impl<S: Store> Vault<S> {
    /// The passkey that opens this vault, if there is one.
    pub fn passkey(&self) -> Option<Passkey> {
        read(&self.store)
    }

    /// Lets a passkey open this vault; one that could before cannot any more.
    ///
    /// # Errors
    /// [`WriteError`]; nothing has changed.
    pub fn add_passkey(&mut self, passkey: &Passkey, secret: &[u8; 32]) -> Result<(), WriteError> {
        let wrapped =
            WrappedKey::with_device_secret(&self.keys.vault_key, self.keys.vault_id, secret, &mut *self.rng);
        let how = minicbor::to_vec(passkey).expect("writing to memory cannot fail");
        self.commit(&[
            put(KEY_BY_PASSKEY, wrapped.as_bytes().to_vec()),
            put(PASSKEY_NAME, how),
            put(UNTIDY, vec![]),
        ])?;
        self.untidy = true;
        Ok(())
    }

    /// No passkey opens this vault any more.
    ///
    /// # Errors
    /// [`WriteError`]; nothing has changed.
    pub fn remove_passkey(&mut self) -> Result<(), WriteError> {
        let gone = |name: &str| Change::Delete { name: name.to_owned() };
        self.commit(&[gone(KEY_BY_PASSKEY), gone(PASSKEY_NAME), put(UNTIDY, vec![])])?;
        self.untidy = true;
        // The change holds already; a file that cannot be tidied up now is tidied up at the next opening.
        let _ = self.compact();
        Ok(())
    }
}

/// Unreadable counts as none: the passphrase opens the vault in any case.
fn read(store: &impl Store) -> Option<Passkey> {
    minicbor::decode(&store.value(PASSKEY_NAME).ok()??).ok()
}
