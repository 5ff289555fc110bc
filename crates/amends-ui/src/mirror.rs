//! A keeper whose stores live in memory, with a list of what was written since somebody asked: for a shell that can
//! only write later and elsewhere, as the worker of the browser can, and for tests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use amends_client::{CryptoRng, KdfCost, Trouble};
use amends_store::{
    Change, CommitError, CompactError, MemoryStore, Position, ReadError, RecordId, Store, StoredRecord,
};

use crate::keeper::{AnyStore, Keeper, Obstacle, Place};

/// Something to be written where things are really kept. Later ones take the place of earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A record at a position.
    Record(Place, StoredRecord),
    /// A record is gone.
    NoRecord(Place, Position),
    /// A named value.
    Value(Place, String, Vec<u8>),
    /// A named value is gone.
    NoValue(Place, String),
    /// Everything at a place is gone.
    Nothing(Place),
}

#[derive(Default)]
struct Kept {
    stores: BTreeMap<Place, MemoryStore>,
    writes: Vec<Write>,
    /// Somebody else has what is really kept.
    is_busy: bool,
}

/// The mirror of what is kept. Clones are the same mirror.
#[derive(Clone, Default)]
pub struct Mirror(Arc<Mutex<Kept>>);

impl Mirror {
    /// Takes in a record that is kept.
    pub fn load_record(&self, place: Place, record: StoredRecord) {
        self.lock().stores.entry(place).or_default().take_in(record);
    }

    /// Takes in a value that is kept.
    pub fn load_value(&self, place: Place, name: String, bytes: Vec<u8>) {
        let put = [Change::Put { name, bytes }];
        // A named value always fits into memory.
        let _ = self.lock().stores.entry(place).or_default().commit(&put);
    }

    /// Takes in the last position that was ever given to a record.
    pub fn load_end(&self, place: Place, end: Position) {
        self.lock().stores.entry(place).or_default().reserve_up_to(end);
    }

    /// Forgets everything, to be loaded anew: what was not written down is lost.
    pub fn clear(&self) {
        let mut kept = self.lock();
        kept.stores.clear();
        kept.writes.clear();
    }

    /// What was written since the last call, in order.
    pub fn drain(&self) -> Vec<Write> {
        std::mem::take(&mut self.lock().writes)
    }

    /// Says whether somebody else has what is kept: then it can be neither opened nor made here.
    pub fn set_busy(&self, is_busy: bool) {
        self.lock().is_busy = is_busy;
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while the lock is held; if it did, what is in memory would still be whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Mirror {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mirror")
    }
}

/// One place of a mirror.
struct Part {
    mirror: Mirror,
    place: Place,
}

impl Part {
    fn read<T>(&self, read: impl FnOnce(&MemoryStore) -> Result<T, ReadError>) -> Result<T, ReadError> {
        read(self.mirror.lock().stores.entry(self.place).or_default())
    }
}

impl Store for Part {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        let place = self.place;
        let mut kept = self.mirror.lock();
        let Kept { stores, writes, .. } = &mut *kept;
        let store = stores.entry(place).or_default();
        let gone: Vec<Option<Position>> = changes.iter().map(|change| removed(store, change)).collect();
        store.commit(changes)?;
        for (change, gone) in changes.iter().zip(gone) {
            writes.extend(match change {
                Change::Append { id, .. } | Change::Replace { id, .. } => {
                    stored(store, *id).map(|record| Write::Record(place, record))
                }
                Change::Remove { .. } => gone.map(|position| Write::NoRecord(place, position)),
                Change::Put { name, bytes } => Some(Write::Value(place, name.clone(), bytes.clone())),
                Change::Delete { name } => Some(Write::NoValue(place, name.clone())),
            });
        }
        Ok(())
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        self.read(|store| store.read_after(after, limit))
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        self.read(|store| store.record(id))
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.read(|store| store.value(name))
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        self.read(|store| store.names(prefix))
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        Ok(())
    }

    fn check(&self) -> Result<(), ReadError> {
        Ok(())
    }
}

fn stored(store: &MemoryStore, id: RecordId) -> Option<StoredRecord> {
    store.record(id).ok().flatten()
}

/// Where the record stands that a change takes out.
fn removed(store: &MemoryStore, change: &Change) -> Option<Position> {
    match change {
        Change::Remove { id } => stored(store, *id).map(|record| record.position),
        _ => None,
    }
}

/// Makes generators of random numbers.
pub type MakeRng = Box<dyn FnMut() -> Box<dyn CryptoRng + Send> + Send>;

/// A keeper of a [`Mirror`].
pub struct MirrorKeeper {
    mirror: Mirror,
    make_rng: MakeRng,
    cost: KdfCost,
}

impl MirrorKeeper {
    /// A keeper; `cost` is what a guess of a new passphrase costs: [`KdfCost::RECOMMENDED`] outside tests.
    pub fn new(mirror: Mirror, cost: KdfCost, make_rng: MakeRng) -> Self {
        Self { mirror, make_rng, cost }
    }

    fn part(&self, place: Place) -> AnyStore {
        Box::new(Part { mirror: self.mirror.clone(), place })
    }
}

impl Keeper for MirrorKeeper {
    fn has(&self, place: Place) -> bool {
        let kept = self.mirror.lock();
        let names = |store: &MemoryStore| store.names("").is_ok_and(|names| !names.is_empty());
        kept.stores.get(&place).is_some_and(names)
    }

    fn look(&mut self, place: Place) -> Result<Option<AnyStore>, Obstacle> {
        if self.mirror.lock().is_busy {
            return Err(Obstacle::InUse);
        }
        Ok(self.has(place).then(|| self.part(place)))
    }

    fn make(&mut self, place: Place) -> Result<AnyStore, Obstacle> {
        if self.mirror.lock().is_busy {
            return Err(Obstacle::InUse);
        }
        match self.has(place) {
            true => Err(Obstacle::of(Trouble::NotEmpty)),
            false => Ok(self.part(place)),
        }
    }

    fn erase(&mut self, place: Place) -> Result<(), Obstacle> {
        let mut kept = self.mirror.lock();
        if kept.is_busy {
            return Err(Obstacle::InUse);
        }
        kept.stores.remove(&place);
        kept.writes.push(Write::Nothing(place));
        Ok(())
    }

    fn rng(&mut self) -> Box<dyn CryptoRng + Send> {
        (self.make_rng)()
    }

    fn cost(&self) -> KdfCost {
        self.cost
    }
}

impl std::fmt::Debug for MirrorKeeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MirrorKeeper")
    }
}
