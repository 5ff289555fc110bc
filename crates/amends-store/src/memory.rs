//! A store that lives in memory: for tests, for the demo, and for a first draft before there is a vault.

use std::collections::{BTreeMap, HashMap};

use crate::{Change, CommitError, CompactError, Position, ReadError, RecordId, Store, StoredRecord};

/// Records and values in memory. Gone when dropped.
#[derive(Debug, Default, Clone)]
pub struct MemoryStore {
    records: BTreeMap<Position, (RecordId, Vec<u8>)>,
    positions: HashMap<RecordId, Position>,
    values: BTreeMap<String, Vec<u8>>,
    last: Position,
}

/// What undoes a change, for commits that fail half-way.
enum Undo {
    Unappend(RecordId),
    Rerecord(Position, RecordId, Vec<u8>),
    Revalue(String, Option<Vec<u8>>),
}

impl MemoryStore {
    /// Takes in a record at the place that it has in another store, of which this one is a mirror.
    pub fn take_in(&mut self, record: StoredRecord) {
        self.reserve_up_to(record.position);
        self.positions.insert(record.id, record.position);
        self.records.insert(record.position, (record.id, record.bytes));
    }

    /// Never gives a position up to this one again, although no record may stand there any more.
    pub fn reserve_up_to(&mut self, position: Position) {
        self.last = self.last.max(position);
    }

    fn apply(&mut self, change: &Change) -> Result<Undo, CommitError> {
        match change {
            Change::Append { id, bytes } => self.append(*id, bytes),
            Change::Replace { id, bytes } => {
                let position = self.position(*id)?;
                let old = self.records.insert(position, (*id, bytes.clone()));
                let (_, old) = old.expect("every known position has a record");
                Ok(Undo::Rerecord(position, *id, old))
            }
            Change::Remove { id } => {
                let position = self.position(*id)?;
                self.positions.remove(id);
                let (_, old) = self.records.remove(&position).expect("every known position has a record");
                Ok(Undo::Rerecord(position, *id, old))
            }
            Change::Put { name, bytes } => {
                Ok(Undo::Revalue(name.clone(), self.values.insert(name.clone(), bytes.clone())))
            }
            Change::Delete { name } => Ok(Undo::Revalue(name.clone(), self.values.remove(name))),
        }
    }

    fn append(&mut self, id: RecordId, bytes: &[u8]) -> Result<Undo, CommitError> {
        if self.positions.contains_key(&id) {
            return Err(CommitError::DuplicateRecord(id));
        }
        self.last.0 += 1;
        self.positions.insert(id, self.last);
        self.records.insert(self.last, (id, bytes.to_vec()));
        Ok(Undo::Unappend(id))
    }

    fn undo(&mut self, undo: Undo) {
        match undo {
            Undo::Unappend(id) => {
                let position = self.positions.remove(&id).expect("it was just appended");
                self.records.remove(&position);
            }
            Undo::Rerecord(position, id, bytes) => {
                self.positions.insert(id, position);
                self.records.insert(position, (id, bytes));
            }
            Undo::Revalue(name, Some(bytes)) => {
                self.values.insert(name, bytes);
            }
            Undo::Revalue(name, None) => {
                self.values.remove(&name);
            }
        }
    }

    fn position(&self, id: RecordId) -> Result<Position, CommitError> {
        self.positions.get(&id).copied().ok_or(CommitError::NoSuchRecord(id))
    }
}

impl Store for MemoryStore {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        let mut done = Vec::with_capacity(changes.len());
        for change in changes {
            match self.apply(change) {
                Ok(undo) => done.push(undo),
                Err(error) => {
                    done.into_iter().rev().for_each(|undo| self.undo(undo));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        let stored = |(position, (id, bytes)): (&Position, &(RecordId, Vec<u8>))| StoredRecord {
            position: *position,
            id: *id,
            bytes: bytes.clone(),
        };
        Ok(self.records.range(Position(after.0 + 1)..).take(limit).map(stored).collect())
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        Ok(self.positions.get(&id).map(|position| StoredRecord {
            position: *position,
            id,
            bytes: self.records[position].1.clone(),
        }))
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.values.get(name).cloned())
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        Ok(self.values.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        Ok(())
    }

    fn check(&self) -> Result<(), ReadError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_goes_on_behind_everything_that_was_ever_there() {
        let mut store = MemoryStore::default();
        let record = |position, id: u8| StoredRecord {
            position: Position(position),
            id: RecordId([id; 16]),
            bytes: vec![id],
        };
        store.take_in(record(3, 1));
        store.reserve_up_to(Position(7));
        store.take_in(record(2, 2));
        store.commit(&[Change::Append { id: RecordId([3; 16]), bytes: vec![3] }]).unwrap();
        let all = store.read_after(Position::START, 10).unwrap();
        assert_eq!(all, [record(2, 2), record(3, 1), record(8, 3)]);
    }
}
