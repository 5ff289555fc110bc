//! Where the relay is, as this device knows it, and what it asks of newcomers. Sealed: an address tells strangers whom to ask.

use amends_store::{ReadError, Store};

use crate::layout::{RELAY, RELAY_INVITE, RELAY_INVITE_NAME, RELAY_NAME};
use crate::vault::{Vault, WriteError, put};

impl<S: Store> Vault<S> {
    /// Address of the relay; none if none was chosen, or what is kept cannot be read.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read.
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

    /// What the relay asks of those who make a mailbox, if it is not open to all.
    ///
    /// # Errors
    /// [`ReadError`]
    pub(super) fn relay_invite(&self) -> Result<Option<[u8; 32]>, ReadError> {
        let sealed = self.store.value(RELAY_INVITE_NAME)?;
        let bytes = sealed.and_then(|sealed| self.keys.open_own(RELAY_INVITE, &sealed).ok());
        Ok(bytes.and_then(|bytes| bytes.as_slice().try_into().ok()))
    }

    /// Remembers the invite that the owner of the relay handed out, as its 64 hexadecimal digits. Says whether it is one; a text that is
    /// none changes nothing.
    ///
    /// # Errors
    /// [`WriteError`]; the old invite stays.
    pub fn set_relay_invite(&mut self, typed: &str) -> Result<bool, WriteError> {
        let Some(bytes) = from_hex(typed.trim()) else { return Ok(false) };
        let sealed = self.keys.seal_own(RELAY_INVITE, &bytes, &mut *self.rng)?;
        self.commit(&[put(RELAY_INVITE_NAME, sealed)])?;
        Ok(true)
    }
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}
