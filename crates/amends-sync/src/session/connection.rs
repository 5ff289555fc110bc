//! The connection to the relay: when it is asked for, what is said first, and how long to wait after it failed.

use amends_crypto::CryptoRng;
use amends_wire::{ClientFrame, VERSION};

use super::Session;
use crate::notice::{Notice, Outbox};

/// The longest wait between two tries to connect, in milliseconds.
const LONGEST_WAIT: u64 = 5 * 60 * 1000;

#[derive(Debug, Default)]
pub(super) struct Connection {
    pub(super) state: ConnectionState,
    n_failures: u32,
    pub(super) retry_at: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectionState {
    #[default]
    None,
    Asked,
    Open,
}

impl Session {
    pub(super) fn connected(&mut self, out: &mut Outbox) {
        self.connection = Connection { state: ConnectionState::Open, ..Connection::default() };
        let version = VERSION.saturating_sub(self.n_versions_back).max(1);
        out.frames.push(ClientFrame::Hello { version });
        self.meeting_is_new = false;
        if let Some(meeting) = &mut self.meeting {
            meeting.connected(&mut out.frames);
        }
        if let Some(machine) = &mut self.machine {
            machine.connected(out);
        }
    }

    /// An older relay: the same once more, in its version. Where it ends the connection, on the next one.
    pub(super) fn go_a_version_back(&mut self, out: &mut Outbox) {
        if self.n_versions_back + 1 < VERSION {
            self.n_versions_back += 1;
            self.connected(out);
            return;
        }
        out.notices.push(Notice::UpdateNeeded);
    }

    pub(super) fn disconnected(&mut self, now: u64, rng: &mut dyn CryptoRng) {
        let n_failures = self.connection.n_failures.saturating_add(1);
        let wait = (1000_u64 << n_failures.min(9)).min(LONGEST_WAIT);
        let mut dice = [0; 2];
        rng.fill_bytes(&mut dice);
        let jitter = u64::from(u16::from_be_bytes(dice)) * (wait / 2) / 65_536;
        let retry_at = now.saturating_add(wait / 2 + jitter);
        self.connection = Connection { state: ConnectionState::None, n_failures, retry_at };
        self.version = None;
        self.wakes.disconnected();
        if let Some(recovery) = &mut self.recovery {
            recovery.link.disconnected();
        }
        if let Some(meeting) = &mut self.meeting {
            meeting.disconnected();
        }
        if let Some(machine) = &mut self.machine {
            machine.disconnected();
        }
    }
}
