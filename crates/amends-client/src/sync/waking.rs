//! Being woken by the relay when something waits: off until the person asks for it on this device.

use amends_store::Store;
use amends_sync::{Session, WakeStanding, Waking};

use super::SyncError;
use crate::vault::Vault;

impl<S: Store> Vault<S> {
    /// Where and when this device wants to be woken, and what the relay says to it.
    pub fn waking(&self) -> Option<(&Waking, WakeStanding)> {
        self.sync.as_ref().and_then(Session::waking)
    }

    /// Wakes this device when something waits, or not any more. Give [`Input::Tick`](amends_sync::Input::Tick) after it; what
    /// cannot be said to the relay now is said with the next connection.
    ///
    /// # Errors
    /// [`SyncError::Write`]; nothing has changed.
    pub fn set_waking(&mut self, waking: Option<Waking>) -> Result<(), SyncError> {
        self.with_session(|session, _, _| {
            session.set_waking(waking);
            Ok(())
        })
    }

    /// The hours of waking stay the same on the wall where the person is, so many minutes to the east of UTC.
    ///
    /// # Errors
    /// [`SyncError::Write`]; nothing has changed.
    pub fn move_waking(&mut self, offset: i16) -> Result<(), SyncError> {
        match self.waking() {
            Some((waking, _)) if waking.offset != offset => {
                let moved = Waking { offset, ..waking.clone() };
                self.set_waking(Some(moved))
            }
            _ => Ok(()),
        }
    }

    /// By which key the relay is known to push services; none within if it wakes nobody, and none at all before the first
    /// connection since the vault was opened.
    pub fn push_key(&self) -> Option<Option<[u8; 65]>> {
        self.sync.as_ref().and_then(Session::push_key)
    }
}
