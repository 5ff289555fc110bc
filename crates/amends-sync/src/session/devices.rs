//! Own devices, as a shell asks about them: the first one, one less, one that may be copied, one that is new.

use amends_crypto::{CryptoRng, DeviceKeyId, PersonId, RecoveryBox};

use super::{MeetError, Session};
use crate::log::Log;
use crate::machine::{Machine, NewDevice};

impl Session {
    /// Makes this device the first one of its person, if it is none yet; recovery words count among the devices from here on.
    pub fn begin<L: Log>(
        &mut self,
        me: PersonId,
        recovery: Option<RecoveryBox>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) {
        match (&mut self.machine, recovery) {
            (None, recovery) => self.machine = Some(Machine::begin(me, recovery, now, log, rng)),
            // A device that does not count any more finds out by itself.
            (Some(machine), Some(kept)) => drop(machine.set_recovery(kept, now, log, rng)),
            (Some(_), None) => {}
        }
    }

    /// Takes an own device away for good; `now` in milliseconds since 1970 is the date of it in the device list.
    ///
    /// # Errors
    /// [`MeetError::List`] if there is no such device; [`MeetError::NotBegun`].
    pub fn revoke<L: Log>(
        &mut self,
        device: DeviceKeyId,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        Ok(self.machine.as_mut().ok_or(MeetError::NotBegun)?.revoke(device, now, log, rng)?)
    }

    /// Somebody may have copied what is on this device: it becomes a new device, and the one it was is taken away.
    /// Begin new chains in the journal before.
    ///
    /// # Errors
    /// [`MeetError::List`] if this device does not count any more; [`MeetError::NotBegun`].
    pub fn replace_keys<L: Log>(
        &mut self,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        Ok(self.machine.as_mut().ok_or(MeetError::NotBegun)?.replace_keys(now, log, rng)?)
    }

    /// Lets a new own device have the history at once; gives whether this device can say so: not the one that let it in.
    pub fn approve(&mut self, device: DeviceKeyId, now: u64, rng: &mut dyn CryptoRng) -> bool {
        self.machine.as_mut().is_some_and(|machine| machine.approve(device, now, rng))
    }

    /// New own devices of the last seven days before `now`, in milliseconds since 1970.
    pub fn new_devices(&self, now: u64) -> Vec<NewDevice> {
        self.machine.as_ref().map(|machine| machine.new_devices(now)).unwrap_or_default()
    }
}
