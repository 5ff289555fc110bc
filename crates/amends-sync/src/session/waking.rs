//! Being woken when something waits: what a shell asks for, and how it stands.

use amends_wire::{PushKey, ServerFrame};

use super::{ConnectionState, Session};
use crate::machine::Machine;
use crate::notice::{Notice, Outbox};
use crate::wake::{WakeStanding, Waking, Where};

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

    /// The relay has said by which key push services know it.
    pub(super) fn heard_push_key(&mut self, push_key: Option<PushKey>, out: &mut Outbox) {
        let known = self.push_key.replace(push_key);
        if push_key.is_some() && known != Some(push_key) {
            out.notices.push(Notice::Waking);
        }
    }

    /// Takes an answer about a wish; gives whether it was one.
    pub(super) fn wake_frame(&mut self, frame: &ServerFrame, out: &mut Outbox) -> bool {
        let Some(has_changed) = self.wakes.frame(frame) else { return false };
        if has_changed {
            self.wakes_changed = true;
            out.notices.push(Notice::Waking);
        }
        true
    }

    /// Says what is still to be said about wishes, to a relay that knows of them.
    pub(super) fn tend_wakes(&mut self, now: u64, out: &mut Outbox) {
        if self.connection.state == ConnectionState::Open && self.version.is_some_and(|version| version >= 2)
        {
            let (place, of_others) =
                self.machine.as_ref().map_or((Where::Nowhere, Vec::new()), Machine::wakes);
            self.wakes_changed |= self.wakes.tend(place, &of_others, now, &mut out.frames);
        }
    }
}
