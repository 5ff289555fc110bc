//! Own devices: one more, one less, keys renewed, and the history that a new device gets late.

use std::collections::BTreeMap;

use amends_crypto::{
    Acceptance, ChainId, Chains, Change, CryptoRng, DeviceKeyId, DeviceKeys, DevicePublic, EpochId,
    ListError, ListRecord, RotationDue, Signer,
};
use amends_wire::Rid;
use minicbor::{Decode, Encode};

use super::{Machine, chains};
use crate::coverage::first_not;
use crate::item::{Item, Which};
use crate::log::Log;
use crate::notice::{Notice, Outbox};
use crate::space::{Chapter, ControlRecord, People, Space};

pub(crate) const DAY: u64 = 24 * 60 * 60 * 1000;

/// A new device gets what was before after so long, or when a second own device lets it, in milliseconds.
const HISTORY_AFTER: u64 = DAY;
/// So long all own devices show that there is a new one, in milliseconds.
const SHOWN_FOR: u64 = 7 * DAY;
/// When the device that let it in does not come back, another own device hands the history over, in milliseconds.
const OTHERS_AFTER: u64 = 2 * DAY;

/// A device that was added a short time ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Newcomer {
    /// When this device heard of it, by its own clock.
    #[n(0)]
    since: u64,
    /// Which device let it in.
    #[n(1)]
    by: Option<DeviceKeyId>,
    /// One of the own devices.
    #[n(2)]
    is_own: bool,
    /// A second own device let it have the history at once.
    #[n(3)]
    approved: bool,
    /// This device has begun to hand the history over.
    #[n(4)]
    begun: bool,
}

/// A device that was taken away, and the epochs that it may still know.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Revoked {
    #[n(0)]
    chains: Chains,
    #[n(1)]
    own_epochs: Vec<EpochId>,
    #[n(2)]
    pair_epochs: Vec<EpochId>,
}

/// A new own device, as all own devices show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDevice {
    /// Its name.
    pub device: DeviceKeyId,
    /// When this device heard of it, in milliseconds since 1970.
    pub since: u64,
    /// Whether it may read what was before it came.
    pub has_history: bool,
    /// Whether this device can let it have the history at once: it is another one than the one that let it in.
    pub can_approve: bool,
}

impl Machine {
    /// All own devices that count.
    pub fn devices(&self) -> Vec<DeviceKeyId> {
        self.own.active().map(|device| device.id).collect()
    }

    /// When an own device was added, in milliseconds since 1970 by the clock of the device that let it in.
    pub fn added_at(&self, device: DeviceKeyId) -> Option<u64> {
        self.own.records().into_iter().find(|record| brings(record, device).is_some()).map(ListRecord::at)
    }

    /// Whether another own device has taken this one away.
    pub fn is_removed(&self) -> bool {
        self.removed
    }

    /// Own devices of the last seven days, to be shown on all own devices.
    pub fn new_devices(&self, now: u64) -> Vec<NewDevice> {
        let fresh = self.newcomers.iter().filter(|(device, newcomer)| {
            newcomer.is_own && self.own.is_active(**device) && now.saturating_sub(newcomer.since) < SHOWN_FOR
        });
        fresh
            .map(|(device, newcomer)| NewDevice {
                device: *device,
                since: newcomer.since,
                has_history: newcomer.approved || now.saturating_sub(newcomer.since) >= HISTORY_AFTER,
                can_approve: newcomer.by != Some(self.device.id()) && *device != self.device.id(),
            })
            .collect()
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

    /// Lets a new own device have the history at once. Only another device than the one that let it in can do that; gives
    /// whether it can.
    pub fn approve(&mut self, device: DeviceKeyId, now: u64, rng: &mut dyn CryptoRng) -> bool {
        let may = self.new_devices(now).iter().any(|new| new.device == device && new.can_approve);
        if may {
            self.approved(device);
            self.note(&Item::Approve { device }, rng);
        }
        may
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

    /// Whether a device is so new that it must not get what was before.
    pub(super) fn withholds(&self, now: u64) -> bool {
        let young =
            |newcomer: &Newcomer| now.saturating_sub(newcomer.since) < HISTORY_AFTER && !newcomer.approved;
        self.newcomers.values().any(young)
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

    fn removed(&mut self, device: DeviceKeyId, is_own: bool, out: &mut Outbox) {
        self.newcomers.remove(&device);
        let list = if is_own { Some(&self.own) } else { self.other.as_ref() };
        let chains = list.and_then(|list| chains_of(list.records(), device));
        if let Some(chains) = chains {
            let own_epochs = self.home.book.epochs().collect();
            let pair_epochs = self.pair.iter().flat_map(|pair| pair.book.epochs()).collect();
            self.revoked.entry(device).or_insert(Revoked { chains, own_epochs, pair_epochs });
        }
        if device == self.device.id() {
            self.removed = true;
            out.notices.push(Notice::ThisDeviceRemoved);
        } else if is_own {
            out.notices.push(Notice::DeviceRemoved(device));
        }
    }

    pub(super) fn is_of_revoked(&self, chain: ChainId) -> bool {
        self.revoked.values().any(|revoked| revoked.chains.private == chain || revoked.chains.shared == chain)
    }

    /// Where the chains of removed devices end: what lies after that counts under none of the epochs they knew.
    pub(super) fn cut_revoked<L: Log>(&mut self, log: &mut L) -> Result<(), L::Error> {
        if self.revoked.is_empty() {
            return Ok(());
        }
        let people = People {
            me: self.me,
            device: &self.device,
            own: &self.own,
            other: self.other.as_ref(),
            withhold: false,
            spread: false,
        };
        let mut cuts = Vec::new();
        for space in std::iter::once(&mut self.home).chain(&mut self.pair) {
            let Some(members) = people.members(space.which) else { continue };
            let which = space.which;
            let ends: BTreeMap<ChainId, u64> =
                log.chains(which).iter().map(|chain| (chain.chain, chain.next)).collect();
            let admission = space.admission(&members);
            for revoked in self.revoked.values() {
                let (chain, epochs) = match which {
                    Which::Own => (revoked.chains.private, &revoked.own_epochs),
                    Which::Pair => (revoked.chains.shared, &revoked.pair_epochs),
                };
                // One more than what is here, to see whether something could still come.
                let end = ends.get(&chain).copied().unwrap_or_default() + 1;
                let until =
                    |epoch: &EpochId| first_not(0, end, |position| admission.admits(*epoch, chain, position));
                if let Some(cut) = epochs.iter().map(until).max().filter(|cut| *cut < end) {
                    cuts.push((chain, cut));
                }
            }
        }
        if cuts.is_empty() { Ok(()) } else { log.cut(&cuts) }
    }

    pub(super) fn approved(&mut self, device: DeviceKeyId) {
        if let Some(newcomer) = self.newcomers.get_mut(&device) {
            newcomer.approved = true;
            self.changed = true;
        }
    }

    pub(super) fn newcomer_told(&mut self, now: u64, device: DeviceKeyId, by: DeviceKeyId) {
        let newcomer = Newcomer { since: now, by: Some(by), is_own: true, approved: false, begun: false };
        self.newcomers.entry(device).or_insert(newcomer);
        self.changed = true;
    }

    /// Hands everything that was before to a new device, once it may have it.
    pub(super) fn open_history_if_due<L: Log>(&mut self, now: u64, log: &L) {
        let this = self.device.id();
        let mut begun = false;
        for (device, newcomer) in &mut self.newcomers {
            let age = now.saturating_sub(newcomer.since);
            let due = newcomer.is_own && !newcomer.begun && (newcomer.approved || age >= HISTORY_AFTER);
            let mine = newcomer.by == Some(this) || age >= OTHERS_AFTER;
            if due && mine && *device != this && self.own.is_active(*device) {
                newcomer.begun = true;
                begun = true;
            }
        }
        if begun {
            for space in [Which::Own, Which::Pair] {
                let chains = log.chains(space).into_iter().filter(|chain| chain.next > 0);
                self.home.history.extend(chains.map(|chain| Chapter {
                    space,
                    author: chain.author,
                    chain: chain.chain,
                    from: 0,
                    to: chain.next,
                    picture: None,
                    round: now,
                }));
            }
            self.home.history.extend(log.pictures().into_iter().map(|named| Chapter {
                space: Which::Pair,
                author: named.author,
                chain: named.chain,
                from: 0,
                to: u64::MAX,
                picture: Some(named.position),
                round: now,
            }));
            self.changed = true;
        }
        let n_before = self.newcomers.len();
        self.newcomers.retain(|_, newcomer| now.saturating_sub(newcomer.since) < SHOWN_FOR);
        self.changed |= self.newcomers.len() != n_before;
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

/// The chains of a device, from the record that brought it.
fn chains_of(records: Vec<&ListRecord>, device: DeviceKeyId) -> Option<Chains> {
    records.into_iter().find_map(|record| brings(record, device)).map(|device| device.chains)
}

/// The device, if this record brought it.
fn brings(record: &ListRecord, device: DeviceKeyId) -> Option<&DevicePublic> {
    let brought = match record.change() {
        Change::Begin { device, .. } => device,
        Change::Add { acceptance } => &acceptance.device,
        _ => return None,
    };
    (brought.id() == device).then_some(brought)
}
