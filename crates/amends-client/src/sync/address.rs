//! Where the relay is, as this device knows it. Sealed: an address tells strangers whom to ask.

use amends_store::{ReadError, Store};

use crate::layout::{RELAY, RELAY_NAME};
use crate::vault::{Vault, WriteError, put};

impl<S: Store> Vault<S> {
    /// Address of the relay; none if none was chosen, or what is kept cannot be read.
    ///
    /// # Errors
    /// [`ReadError`]
    pub fn relay_address(&self) -> Result<Option<String>, ReadError> {
        let sealed = self.store.value(RELAY_NAME)?;
        let bytes = sealed.and_then(|sealed| self.keys.open_own(RELAY, &sealed).ok());
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()))
    }

    /// Remembers the address of the relay. Mailboxes that the new one does not have are made there, and everything is sent to it.
    ///
    /// # Errors
    /// [`WriteError`]; the old address stays.
    pub fn set_relay_address(&mut self, address: &str) -> Result<(), WriteError> {
        let sealed = self.keys.seal_own(RELAY, address.as_bytes(), &mut *self.rng)?;
        self.commit(&[put(RELAY_NAME, sealed)])
    }
}
