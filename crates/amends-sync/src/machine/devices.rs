//! Own devices: one more, one less, keys renewed.

use amends_crypto::{
    Acceptance, Change, CryptoRng, DeviceKeyId, DeviceKeys, DevicePublic, ListError, ListRecord, RotationDue,
    Signer,
};
use amends_wire::Rid;

use super::newcomers::Newcomer;
use super::{Machine, chains};
use crate::item::{Item, Which};
use crate::log::Log;
use crate::notice::{Notice, Outbox};
use crate::space::{ControlRecord, People, Space};

pub(crate) const DAY: u64 = 24 * 60 * 60 * 1000;

impl Machine {
    /// All own devices that count.
    pub fn devices(&self) -> Vec<DeviceKeyId> {
        self.own.active().map(|device| device.id).collect()
    }

    /// When an own device was added, in milliseconds since 1970 by the clock of the device that let it in.
    pub fn added_at(&self, device: DeviceKeyId) -> Option<u64> {
        self.own.records().into_iter().find(|record| brings(record, device).is_some()).map(ListRecord::at)
    }

    /// Takes a device away from the own devices, for good. From here on it is told nothing, and nothing that it says later
    /// counts.
    ///
    /// # Errors
    /// [`ListError`] if there is no such device, or it is the last one.
    pub fn revoke<L: Log>(
        &mut self,
        device: DeviceKeyId,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), ListError> {
        let record = self.own.revoke(device, Signer::Device(&self.device), now)?;
        self.tell_list(&record, now);
        self.rotate_now(now, log, rng);
        Ok(())
    }

    /// Somebody may have copied what is on this device. It becomes a new device with new keys and new chains, and the one
    /// it was is taken away: what was copied opens nothing new, and nothing that is said with it counts.
    ///
    /// # Errors
    /// [`ListError`] if this device does not count any more.
    pub fn replace_keys<L: Log>(
        &mut self,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), ListError> {
        let old = self.device.id();
        self.move_to_new_chains(now, log, rng)?;
        self.revoke(old, now, log, rng)
    }

    /// A new key for epoch secrets: a copy of the device that only listens opens nothing new.
    ///
    /// # Errors
    /// [`ListError`] if this device does not count any more.
    fn renew_key<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) -> Result<(), ListError> {
        self.device.rekey(rng);
        let record = self.own.rekey(&self.device, now)?;
        self.tell_list(&record, now);
        self.rotate_now(now, log, rng);
        Ok(())
    }

    /// Adds a device that agreed to it. It gets new keys and nothing that was before.
    pub(super) fn add<L: Log>(
        &mut self,
        acceptance: Acceptance,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), ListError> {
        let device = acceptance.device.id();
        let record = self.own.add(acceptance, Signer::Device(&self.device), now)?;
        self.tell_list(&record, now);
        self.rotate_now(now, log, rng);
        self.note(&Item::Newcomer { device, by: self.device.id(), at: now }, rng);
        Ok(())
    }

    /// This device writes new chains: its vault was restored from a backup, or its file was put back to an earlier state.
    /// It becomes one more device, let in by its old keys, which it forgets; it has its history already.
    pub(crate) fn move_to_new_chains<L: Log>(
        &mut self,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), ListError> {
        let new = DeviceKeys::make(chains(log), rng);
        let record = self.own.add(new.accept([0; 16]), Signer::Device(&self.device), now)?;
        self.device = new;
        let id = self.device.id();
        let newcomer =
            Newcomer { since: now, by: record.signer(), is_own: true, approved: true, begun: true };
        self.newcomers.insert(id, newcomer);
        self.tell_list(&record, now);
        self.rotate_now(now, log, rng);
        self.note(&Item::Approve { device: id }, rng);
        Ok(())
    }

    /// The recovery words have added this device; it reads everything, like all that they open.
    pub(super) fn add_itself(&mut self, record: &ListRecord, now: u64) {
        let newcomer = Newcomer { since: now, by: None, is_own: true, approved: true, begun: true };
        self.newcomers.insert(self.device.id(), newcomer);
        self.tell_list(record, now);
    }

    /// Whether this device writes other chains than its keys say.
    pub(crate) fn has_new_chains<L: Log>(&self, log: &L) -> bool {
        self.device.public().chains != chains(log)
    }

    /// Sends a change of the own list to everybody it concerns.
    pub(super) fn tell_list(&mut self, record: &ListRecord, now: u64) {
        let bytes = record.as_bytes().to_vec();
        for space in self.spaces_mut() {
            space.tell(ControlRecord::List(bytes.clone()));
        }
        self.list_changed(now, record, &mut Outbox::default());
    }

    /// Hands out new keys in all spaces.
    pub(super) fn rotate_now<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) {
        let (people, home, pair) = self.split(now);
        home.rotate(&people, now, log, rng);
        if let Some(pair) = pair {
            pair.rotate(&people, now, log, rng);
        }
    }

    pub(super) fn note(&mut self, item: &Item, rng: &mut dyn CryptoRng) {
        let mut rid = Rid([0; 16]);
        rng.fill_bytes(&mut rid.0);
        self.home.notes.push((rid, item.encode()));
        self.home.changed = true;
    }

    pub(super) fn people(&self, now: u64) -> People<'_> {
        let withhold = self.withholds(now);
        People {
            me: self.me,
            device: &self.device,
            own: &self.own,
            other: self.other.as_ref(),
            withhold,
            spread: self.spread,
        }
    }

    /// The lists and names, and beside them both spaces to work on.
    pub(super) fn split(&mut self, now: u64) -> (People<'_>, &mut Space, Option<&mut Space>) {
        let withhold = self.withholds(now);
        let Self { me, device, own, other, home, pair, spread, .. } = self;
        let other = other.as_ref();
        (People { me: *me, device, own, other, withhold, spread: *spread }, home, pair.as_mut())
    }

    /// A record of a device list was taken in.
    pub(super) fn list_changed(&mut self, now: u64, record: &ListRecord, out: &mut Outbox) {
        let is_own = record.person() == self.me;
        match record.change() {
            Change::Add { acceptance } => {
                let (by, device) = (record.signer(), acceptance.device.id());
                let newcomer = Newcomer { since: now, by, is_own, approved: false, begun: false };
                self.newcomers.entry(device).or_insert(newcomer);
                if is_own {
                    out.notices.push(Notice::DeviceAdded(device));
                }
            }
            Change::Revoke { device } => self.removed(*device, is_own, out),
            Change::Begin { .. } | Change::Recovery { .. } | Change::Rekey { .. } => {}
        }
        let (people, home, pair) = self.split(now);
        for space in std::iter::once(home).chain(pair) {
            if let Some(members) = people.members(space.which) {
                space.keys_changed(&members);
            }
        }
        self.changed = true;
    }

    /// Every thirty days this device gets new keys, so that a copy of it from before opens nothing new.
    pub(super) fn renew_keys_if_old<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) {
        let due = {
            let people = self.people(now);
            let members = people.members(Which::Own);
            members.and_then(|members| self.home.book.rotation_due(&members, now, 0))
        };
        if due == Some(RotationDue::Age) && self.own.is_active(self.device.id()) {
            let _ = self.renew_key(now, log, rng);
        }
    }
}

/// The device, if this record brought it.
pub(super) fn brings(record: &ListRecord, device: DeviceKeyId) -> Option<&DevicePublic> {
    let brought = match record.change() {
        Change::Begin { device, .. } => device,
        Change::Add { acceptance } => &acceptance.device,
        _ => return None,
    };
    (brought.id() == device).then_some(brought)
}
