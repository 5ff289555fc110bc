//! Being woken when something waits: what a shell asks for, and how it stands.

use super::Session;
use crate::wake::{WakeStanding, Waking};

impl Session {
    /// Wakes this device when something waits, or not any more. Give an [`Input::Tick`](crate::Input::Tick) after it.
    pub fn set_waking(&mut self, waking: Option<Waking>) {
        self.wakes.set(waking);
        self.wakes_changed = true;
    }

    /// Where and when this device wants to be woken, and what the relay says to it.
    pub fn waking(&self) -> Option<(&Waking, WakeStanding)> {
        self.wakes.waking()
    }

    /// By which key the relay is known to push services; none within if it wakes nobody, and none at all before the first
    /// connection.
    pub fn push_key(&self) -> Option<Option<[u8; 65]>> {
        self.push_key.map(|key| key.map(|key| key.0))
    }
}
