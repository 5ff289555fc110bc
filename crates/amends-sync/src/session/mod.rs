//! One device and its connection: the machine that keeps its spaces, and a pairing or a recovery while there is one.
//!
//! Everything goes through [`Session::input`]. How a pairing, a recovery, a connection and a wish to be woken go is in a file
//! of its own each.

mod connection;
mod devices;
mod pairing;
mod recovery;
mod stored;
mod waking;

use amends_crypto::CryptoRng;
use amends_wire::{About, ClientFrame, Code, PushKey, ServerFrame, Token};

use connection::{Connection, ConnectionState};
pub use pairing::MeetError;
use recovery::Recovery;

use crate::item::Which;
use crate::log::Log;
use crate::machine::Machine;
use crate::meeting::Meeting;
use crate::notice::{Aside, Input, Notice, Outbox, Output, RelayRefusal};
use crate::wake::Wakes;

/// One device's part in keeping all devices at the same state.
#[derive(Default)]
pub struct Session {
    machine: Option<Machine>,
    meeting: Option<Meeting>,
    connection: Connection,
    meeting_changed: bool,
    recovery: Option<Recovery>,
    relay_invite: Option<Token>,
    /// What the relay said no to last, until something has gone through again.
    refused: Option<RelayRefusal>,
    spread: bool,
    /// Its mailbox has not been asked for on the present connection.
    meeting_is_new: bool,
    wakes: Wakes,
    wakes_changed: bool,
    /// Which version is spoken on the present connection, once the relay has said so.
    version: Option<u32>,
    /// By which key the relay is known to push services, as it said last.
    push_key: Option<Option<PushKey>>,
    /// How many versions before the newest one the relay speaks, as far as is known.
    n_versions_back: u32,
}

impl Session {
    /// What a relay asks of those who make a mailbox, if it is not open to all: the 32 bytes of an invite.
    pub fn set_relay_invite(&mut self, invite: Option<[u8; 32]>) {
        self.relay_invite = invite.map(Token);
    }

    /// Why the relay does not take or give something, if that is so now.
    pub fn relay_refuses(&self) -> Option<RelayRefusal> {
        self.refused
    }

    /// From here on, what is written while there is a connection waits two to five seconds before it goes, so that who watches
    /// the network sees less of when something was written. For those who stay connected and keep to [`Self::wake_at`]. Once
    /// it is switched off, what waits goes with the next [`Input::Tick`].
    pub fn spread_sending(&mut self, is_on: bool) {
        self.spread = is_on;
    }

    /// The device's part in its spaces, once it has begun.
    pub fn machine(&self) -> Option<&Machine> {
        self.machine.as_ref()
    }

    /// Whether there is anything for which a connection is needed.
    pub fn is_needed(&self) -> bool {
        self.machine.is_some() || self.meeting.is_some() || self.recovery.is_some()
    }

    /// One step, at `now` in milliseconds since 1970. What came in is on the disk when it returns; store the keys, if they
    /// changed ([`Self::keys_changed`]), before carrying out the outputs, in their order.
    ///
    /// # Errors
    /// If the journal could not be read or written. Say [`Input::Disconnected`] and begin anew.
    pub fn input<L: Log>(
        &mut self,
        now: u64,
        input: Input,
        log: &mut L,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Output>, L::Error> {
        let mut out = Outbox::default();
        if let Some(machine) = &mut self.machine {
            machine.is_pair_fresh = false;
        }
        if let Some(machine) = self.machine.as_mut().filter(|machine| machine.has_new_chains(log)) {
            // Where the old keys do not count any more, the list will say so when it is read.
            let _ = machine.move_to_new_chains(now, log, rng);
            // It may be in another browser now than the one that asked.
            if self.wakes.waking().is_some() {
                self.set_waking(None);
            }
        }
        match input {
            Input::Connected => self.connected(&mut out),
            Input::Disconnected => self.disconnected(now, rng),
            Input::Frames(frames) => {
                for bytes in frames {
                    self.frame(now, &bytes, log, rng, &mut out)?;
                }
            }
            Input::Tick => {}
        }
        self.tick(now, log, rng, &mut out)?;
        for notice in &out.notices {
            match notice {
                Notice::RelayRefuses(code) => self.refused = Some(RelayRefusal::of(*code)),
                Notice::UpToDate(_) => self.refused = None,
                _ => {}
            }
        }
        for frame in &mut out.frames {
            if let ClientFrame::Create { invite, .. } = frame {
                *invite = self.relay_invite;
            }
        }
        Ok(out.done())
    }

    fn frame<L: Log>(
        &mut self,
        now: u64,
        bytes: &[u8],
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        let frame = match ServerFrame::from_bytes(bytes) {
            Ok(ServerFrame::Refused { about: About::Frame, code: Code::NewerVersion, .. }) => {
                self.go_a_version_back(out);
                return Ok(());
            }
            Ok(frame) => frame,
            Err(_) => {
                if let Some(machine) = &mut self.machine {
                    machine.set_one_aside(Aside::Unreadable, out);
                }
                return Ok(());
            }
        };
        if matches!(frame, ServerFrame::Ack { .. }) {
            self.refused = None;
        }
        if let ServerFrame::Welcome { version, push_key, .. } = frame {
            self.version = Some(version);
            self.heard_push_key(push_key, out);
            return Ok(());
        }
        if self.wake_frame(&frame, out) {
            return Ok(());
        }
        if let Some(meeting) = self.meeting.as_mut().filter(|meeting| meeting.is_for(&frame)) {
            let met = meeting.frame(now, frame, rng, &mut out.frames);
            self.meeting_changed = true;
            met.into_iter().for_each(|met| self.met(now, met, log, rng, out));
            return Ok(());
        }
        if self.recovery.as_ref().is_some_and(|recovery| recovery.link.is_for(&frame)) {
            self.recovery_frame(now, frame, log, rng, out);
            return Ok(());
        }
        match &mut self.machine {
            Some(machine) => machine.frame(now, frame, log, rng, out).map(|_| ()),
            None => Ok(()),
        }
    }

    fn tick<L: Log>(
        &mut self,
        now: u64,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        if let (true, ConnectionState::Open, Some(meeting)) =
            (self.meeting_is_new, self.connection.state, &mut self.meeting)
        {
            self.meeting_is_new = false;
            meeting.connected(&mut out.frames);
        }
        self.tend_recovery(now, out);
        if let (ConnectionState::Open, Some(meeting)) = (self.connection.state, &mut self.meeting) {
            meeting.ask_if_due(now, &mut out.frames);
        }
        if let Some(met) = self.meeting.as_mut().and_then(|meeting| meeting.tick(now, &mut out.frames)) {
            self.met(now, met, log, rng, out);
        }
        if let Some(machine) = &mut self.machine {
            machine.spread = self.spread;
            machine.tick(now, log, rng, out)?;
        }
        self.tend_wakes(now, out);
        let idle = self.connection.state == ConnectionState::None;
        if idle && self.is_needed() && now >= self.connection.retry_at {
            self.connection.state = ConnectionState::Asked;
            out.connect = true;
        }
        Ok(())
    }

    /// When to give the next [`Input::Tick`], in milliseconds since 1970, if nothing else happens before.
    pub fn wake_at(&self, now: u64) -> u64 {
        let waits = self.machine.iter().flat_map(Machine::not_before).filter(|at| *at > now);
        let idle = self.connection.state == ConnectionState::None;
        let retry = idle.then_some(self.connection.retry_at.max(now + 1));
        let meeting = self.meeting.as_ref().map(Meeting::not_before).filter(|at| *at > now);
        waits.chain(meeting).chain(retry).fold(now + 60_000, u64::min)
    }

    /// Whether a space was read to its end and everything written here is at the relay.
    pub fn is_up_to_date(&self, which: Which) -> bool {
        self.machine.as_ref().is_some_and(|machine| machine.is_up_to_date(which))
    }
}

impl core::fmt::Debug for Session {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Session(content hidden)")
    }
}
