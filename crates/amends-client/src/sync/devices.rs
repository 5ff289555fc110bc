//! Own devices: which there are, taking one away, new keys after somebody had one in hand.

use amends_crypto::DeviceKeyId;
use amends_domain::id::Millis;
use amends_store::Store;
use amends_sync::{Log, Machine, MeetError, Session};

use super::SyncError;
use crate::vault::Vault;

/// One of the own devices. The other person's devices are shown nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnDevice {
    /// Its name in calls.
    pub id: DeviceKeyId,
    /// It is this one.
    pub is_this: bool,
    /// When it was added, by the clock of the device that let it in.
    pub added: Option<Millis>,
    /// When it was added, if that is less than seven days ago: to be shown with every opening.
    pub new_since: Option<Millis>,
    /// Whether it can read what was before it came.
    pub has_history: bool,
    /// Whether this device can let it read that at once.
    pub can_approve: bool,
}

impl<S: Store> Vault<S> {
    /// Whether another own device has taken this one away: it keeps what it has, sends nothing and gets nothing.
    pub fn is_taken_away(&self) -> bool {
        self.sync.as_ref().and_then(Session::machine).is_some_and(Machine::is_removed)
    }

    /// The own devices that count now; none where this one does not count any more.
    pub fn own_devices(&self, now: Millis) -> Vec<OwnDevice> {
        let Some(session) = &self.sync else { return Vec::new() };
        let Some(machine) = session.machine().filter(|machine| !machine.is_removed()) else {
            return Vec::new();
        };
        let new = session.new_devices(now.0);
        let devices = machine.devices().into_iter().map(|id| {
            let found = new.iter().find(|new| new.device == id);
            OwnDevice {
                id,
                is_this: id == machine.this_device(),
                added: machine.added_at(id).map(Millis),
                new_since: found.map(|new| Millis(new.since)),
                has_history: found.is_none_or(|new| new.has_history),
                can_approve: found.is_some_and(|new| new.can_approve && !new.has_history),
            }
        });
        devices.collect()
    }

    /// Takes an own device away: lost, sold, or never wanted. What it says later does not count, and it is told nothing.
    ///
    /// # Errors
    /// [`SyncError`]; nothing has changed.
    pub fn revoke_device(
        &mut self,
        passphrase: &str,
        device: DeviceKeyId,
        now: Millis,
    ) -> Result<(), SyncError> {
        self.check_passphrase(passphrase)?;
        self.with_session(|session, log, rng| Ok(session.revoke(device, now.0, log, rng)?))
    }

    /// "Somebody had my phone": this device gets new keys and the old ones are taken away, so that what was copied from it
    /// opens nothing new and nothing that is said with it counts.
    ///
    /// # Errors
    /// [`SyncError`]; nothing has changed, but for the names of this device's chains.
    pub fn replace_keys(&mut self, passphrase: &str, now: Millis) -> Result<(), SyncError> {
        self.check_passphrase(passphrase)?;
        if self.sync.as_ref().is_none_or(|session| session.machine().is_none()) {
            return Err(MeetError::NotBegun.into());
        }
        self.with_session(|session, log, rng| {
            log.begin_new_chains()?;
            Ok(session.replace_keys(now.0, log, rng)?)
        })
    }

    /// Lets a new own device read at once what was before it came. Only another device than the one that let it in can.
    ///
    /// # Errors
    /// [`SyncError`]; [`MeetError::NotYet`] where this device cannot say so.
    pub fn approve_device(
        &mut self,
        passphrase: &str,
        device: DeviceKeyId,
        now: Millis,
    ) -> Result<(), SyncError> {
        self.check_passphrase(passphrase)?;
        self.with_session(|session, _, rng| match session.approve(device, now.0, rng) {
            true => Ok(()),
            false => Err(MeetError::NotYet.into()),
        })
    }
}
