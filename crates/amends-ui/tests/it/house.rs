//! People at their doors: a vault with one person, and the invented couple with two. Time stands still unless a
//! test moves it.

#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};

use amends_client::{
    CryptoRng, DEMO_PASSPHRASE, KdfCost, NewEvent, NewVault, Piece, RecoveryPhrase, Vault, demo_couple,
};
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{EventId, Millis};
use amends_domain::view::Moment;
use amends_store::{
    Change, CommitError, CompactError, MemoryStore, Position, ReadError, RecordId, Store, StoredRecord,
};
use amends_ui::{
    Answer, AnyStore, Core, Door, Keeper, Obstacle, Place, Request, Session, State, Visit, Zone,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{begun, core};

/// Passphrase of [`House::solo`].
pub(crate) const PASSPHRASE: &str = "three green chairs";
/// A Sunday in November 2026, eight in the evening UTC.
pub(crate) const NOW: Millis = Millis(1_795_377_600_000);

/// One person with a device.
pub(crate) struct House {
    pub(crate) core: Core,
    pub(crate) state: State,
    pub(crate) session: Session,
    pub(crate) disk: Disk,
    pub(crate) now: Millis,
    /// Time zone of the device, if it tells.
    pub(crate) zone: Option<Zone>,
}

impl House {
    /// A device on which nothing was made yet.
    pub(crate) fn empty() -> Self {
        Self::on(Disk::default())
    }

    /// An open vault with nothing in it.
    pub(crate) fn solo() -> Self {
        static MADE: LazyLock<(Disk, RecoveryPhrase)> = LazyLock::new(|| {
            let disk = Disk::default();
            let new = NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase(PASSPHRASE) };
            let (_, phrase) = Vault::create(disk.clone(), new, rng(1)).unwrap();
            (disk, phrase)
        });
        let mut house = Self::on(MADE.0.copy());
        house.session.unlock_with_phrase(&MADE.1).unwrap();
        house
    }

    /// The invented couple at the end of six weeks: who did the harm, and who was hurt. Both vaults are open.
    pub(crate) fn couple() -> (Self, Self) {
        static MADE: LazyLock<[Disk; 2]> = LazyLock::new(|| {
            let disks = [Disk::default(), Disk::default()];
            let mut seed = 20;
            let next = || {
                seed += 1;
                rng(seed)
            };
            demo_couple(disks.clone(), Moment { now: NOW, utc_offset: 0 }, next).unwrap();
            disks
        });
        let open = |disk: &Disk| {
            let mut house = Self::on(disk.copy());
            house.session.unlock(DEMO_PASSPHRASE).unwrap();
            house
        };
        (open(&MADE[0]), open(&MADE[1]))
    }

    /// The invented couple on one device: who did the harm is in, the other one has the second place.
    pub(crate) fn shared_device() -> Self {
        let (robin, kim) = Self::couple();
        let mut house = Self::with([(Place::First, robin.disk.copy()), (Place::Second, kim.disk.copy())]);
        house.session.unlock(DEMO_PASSPHRASE).unwrap();
        house
    }

    fn on(disk: Disk) -> Self {
        Self::with([(Place::First, disk)])
    }

    fn with(disks: impl IntoIterator<Item = (Place, Disk)>) -> Self {
        let shelf = Shelf(disks.into_iter().collect());
        let disk = shelf.disk(Place::First);
        Self {
            core: core(),
            state: begun(),
            session: Session::new(Box::new(shelf)),
            disk,
            now: NOW,
            zone: None,
        }
    }

    /// Asks, and performs the effects, as a shell does.
    pub(crate) fn ask(&mut self, request: &Request) -> Answer {
        let utc_offset = self.zone.map_or(0, |zone| zone.offset_minutes(self.now.0));
        let visit =
            Visit { zone: self.zone, ..Visit::new(&self.state).at(Moment { now: self.now, utc_offset }) };
        let answer = self.core.handle(request, &visit, &mut self.session);
        crate::screens::listed(request, &answer);
        for effect in &answer.effects {
            self.state.apply(effect);
        }
        answer
    }

    /// Opens a page.
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let request = pairs.fold(Request::get(path), |request, (name, value)| request.with(name, value));
        self.ask(&request)
    }

    /// Sends a form.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(&Request::post(path, fields))
    }

    /// Words of a page.
    pub(crate) fn read(&mut self, path: &str) -> String {
        crate::words(&self.get(path).html)
    }

    /// The open vault.
    pub(crate) fn vault(&self) -> &Vault<AnyStore> {
        self.session.vault().unwrap()
    }

    /// Writes for own devices.
    pub(crate) fn write(&mut self, body: impl Into<Body>) -> EventId {
        self.append(NewEvent::private(body))
    }

    /// Writes for both.
    pub(crate) fn share(&mut self, body: impl Into<Body>) -> EventId {
        self.append(NewEvent::shared(body))
    }

    fn append(&mut self, new: NewEvent) -> EventId {
        self.session.vault_mut().unwrap().append(self.now, new).unwrap()
    }

    /// All events, oldest first.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.vault().state().events().cloned().collect()
    }

    /// Brings what one wrote for both to the other, as the network will.
    pub(crate) fn hand_to(&self, other: &mut Self) {
        let from = self.vault();
        let own = |event: &&Event| event.space == Space::Shared && event.author == from.me();
        let ids: Vec<EventId> = from.state().events().filter(own).map(|event| event.id).collect();
        let pieces: Vec<Piece> = ids.into_iter().filter_map(|id| from.piece(id).unwrap()).collect();
        let to = other.session.vault_mut().unwrap();
        let taken = to.take(from.me(), Space::Shared, &pieces, Vec::new()).unwrap();
        assert_eq!(taken.refused, []);
    }

    /// Lets time pass (milliseconds).
    pub(crate) fn wait(&mut self, span: u64) {
        self.now = self.now.plus(span);
    }

    /// At which door the device stands.
    pub(crate) fn door(&self) -> Door {
        self.session.door()
    }
}

/// A keeper with a disk for each place.
#[derive(Clone, Default)]
struct Shelf(BTreeMap<Place, Disk>);

impl Shelf {
    fn disk(&self, place: Place) -> Disk {
        self.0.get(&place).cloned().unwrap_or_default()
    }
}

impl Keeper for Shelf {
    fn has(&self, place: Place) -> bool {
        self.disk(place).names("").is_ok_and(|names| !names.is_empty())
    }

    fn look(&mut self, place: Place) -> Result<Option<AnyStore>, Obstacle> {
        Ok(self.has(place).then(|| Box::new(self.disk(place)) as AnyStore))
    }

    fn make(&mut self, place: Place) -> Result<AnyStore, Obstacle> {
        Ok(Box::new(self.0.entry(place).or_default().clone()))
    }

    fn erase(&mut self, place: Place) -> Result<(), Obstacle> {
        *self.disk(place).inner() = MemoryStore::default();
        Ok(())
    }

    fn rng(&mut self) -> Box<dyn CryptoRng + Send> {
        // Never the same twice: two vaults with the same numbers would take each other's keys.
        static N_MADE: AtomicU64 = AtomicU64::new(0);
        let mut seed = [9; 32];
        seed[..8].copy_from_slice(&N_MADE.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        Box::new(ChaCha20Rng::from_seed(seed))
    }

    fn cost(&self) -> KdfCost {
        KdfCost::FLOOR
    }
}

/// Randomness that is the same in every run, but differs with `seed`.
pub(crate) fn rng(seed: u8) -> Box<dyn CryptoRng + Send> {
    Box::new(ChaCha20Rng::from_seed([seed; 32]))
}

/// A disk in memory that a test can look at while a vault is on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk(Arc<Mutex<MemoryStore>>);

impl Disk {
    fn inner(&self) -> MutexGuard<'_, MemoryStore> {
        self.0.lock().unwrap()
    }

    /// Another disk with the same on it.
    pub(crate) fn copy(&self) -> Self {
        Self(Arc::new(Mutex::new(self.inner().clone())))
    }

    /// Everything that is on it, one after the other.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let inner = self.inner();
        let records = inner.read_after(Position::START, usize::MAX).unwrap();
        let mut all: Vec<u8> = records.into_iter().flat_map(|record| record.bytes).collect();
        for name in inner.names("").unwrap() {
            all.extend(name.as_bytes());
            all.extend(inner.value(&name).unwrap().unwrap_or_default());
        }
        all
    }

    /// Sizes of all records, in order.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let records = self.inner().read_after(Position::START, usize::MAX).unwrap();
        records.into_iter().map(|record| record.bytes.len()).collect()
    }
}

impl Store for Disk {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        self.inner().commit(changes)
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        self.inner().read_after(after, limit)
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        self.inner().record(id)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.inner().value(name)
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        self.inner().names(prefix)
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        self.inner().compact()
    }

    fn check(&self) -> Result<(), ReadError> {
        self.inner().check()
    }
}

#[test]
fn a_house_stands() {
    assert_eq!(House::empty().door(), Door::Empty);
    assert_eq!(House::solo().door(), Door::Open);
    let (robin, kim) = House::couple();
    assert_eq!(robin.vault().state().world().partner, Some(kim.vault().me()));
    let mut house = House::solo();
    house.session.lock(NOW);
    assert_eq!(house.door(), Door::Locked);
    house.session.unlock(PASSPHRASE).unwrap();
    assert_eq!(house.door(), Door::Open);
}
