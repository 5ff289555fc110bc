//! Recovery: a person who has lost all devices finds everything again with the recovery words.

use amends_crypto::{CryptoRng, PersonId, RecoveryKey};
use amends_wire::ServerFrame;

use super::{ConnectionState, MeetError, Session};
use crate::link::{Happened, Link, Place};
use crate::log::Log;
use crate::machine::{Machine, Note};
use crate::meeting::MeetingFailure;
use crate::notice::{Notice, Outbox};
use crate::space::access_of;

/// The recovery words were typed: their mailbox is read. In memory only.
pub(super) struct Recovery {
    key: RecoveryKey,
    pub(super) link: Link,
    latest: Option<Note>,
    /// There are things of this person here already: nobody else's may come.
    only: Option<PersonId>,
}

impl Session {
    /// Finds everything again with the recovery words, for a person who has lost all devices; `only` is the person whose
    /// things are here already, from a try that was cut off. Until this device has added itself nothing of it is kept.
    ///
    /// # Errors
    /// [`MeetError::Busy`] if this device has begun already.
    pub fn recover(&mut self, key: RecoveryKey, only: Option<PersonId>) -> Result<(), MeetError> {
        if self.is_needed() {
            return Err(MeetError::Busy);
        }
        let link = Link::new(access_of(&key.derive_box().mailbox()), Place::new(None));
        self.recovery = Some(Recovery { key, link, latest: None, only });
        Ok(())
    }

    /// Asks for the mailbox of the recovery words, where that is still to be done.
    pub(super) fn tend_recovery(&mut self, now: u64, out: &mut Outbox) {
        if let (ConnectionState::Open, Some(recovery)) = (self.connection.state, &mut self.recovery)
            && recovery.link.is_to_ask(now)
        {
            recovery.link.ask(&mut out.frames);
        }
    }

    /// Takes a frame about that mailbox. Once it is read to its end, this device is one of the person's, or nothing was there.
    pub(super) fn recovery_frame<L: Log>(
        &mut self,
        now: u64,
        frame: ServerFrame,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) {
        let Some(recovery) = &mut self.recovery else { return };
        let mut is_read = false;
        for happened in recovery.link.frame(now, frame, &mut out.frames) {
            match happened {
                Happened::Record { seq, bytes, .. } => {
                    let note = recovery.key.open_note(&bytes).ok().and_then(|bytes| Note::decode(&bytes));
                    recovery.latest = note.or(recovery.latest.take());
                    recovery.link.stored(seq);
                }
                Happened::UpToDate => is_read = true,
                _ => {}
            }
        }
        let Some(Recovery { key, latest, only, .. }) = self.recovery.take_if(|_| is_read) else { return };
        let latest = latest.filter(|note| only.is_none_or(|only| only == note.person()));
        let person = latest.as_ref().map(Note::person);
        self.machine = latest.and_then(|note| Machine::recover(&note, key, log, rng));
        match (&mut self.machine, person) {
            (Some(machine), Some(person)) => {
                machine.connected(out);
                out.notices.push(Notice::Joined(person));
            }
            _ => out.notices.push(Notice::PairingFailed(MeetingFailure::NothingToRecover)),
        }
    }
}
