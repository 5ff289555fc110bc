//! A store that stops working at a chosen write, the way a killed process or a full disk does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::{Change, CommitError, CompactError, Position, ReadError, RecordId, Store, StoredRecord};

/// What happens at the chosen write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The program is killed before the write: nothing is written, and nothing works afterwards.
    KilledBefore,
    /// The program is killed after the write, before it hears of it; nothing works afterwards.
    KilledAfter,
    /// From here on the disk is full. Reading works.
    DiskFull,
}

/// A store that two owners hold: the vault under test and the test, which looks at what is left.
#[derive(Debug, Default)]
pub struct Shared<S>(Rc<RefCell<S>>);

impl<S> Shared<S> {
    /// Shares `store`.
    pub fn new(store: S) -> Self {
        Self(Rc::new(RefCell::new(store)))
    }
}

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// Passes everything on to `inner` until the chosen write.
#[derive(Debug)]
pub struct FaultStore<S> {
    inner: S,
    fault: Fault,
    writes_left: Cell<usize>,
    dead: Cell<bool>,
}

impl<S: Store> FaultStore<S> {
    /// Lets `n_writes` writes (commits and compactions) through; the one after them meets `fault`.
    pub fn new(inner: S, fault: Fault, n_writes: usize) -> Self {
        Self { inner, fault, writes_left: Cell::new(n_writes), dead: Cell::new(false) }
    }

    /// Whether the chosen write has come.
    pub fn has_struck(&self) -> bool {
        self.writes_left.get() == 0 && (self.dead.get() || self.fault == Fault::DiskFull)
    }

    /// Whether this write is the chosen one, or comes after it.
    fn strikes(&self) -> bool {
        match self.writes_left.get() {
            0 => true,
            n => {
                self.writes_left.set(n - 1);
                false
            }
        }
    }

    fn alive(&self) -> Result<(), ReadError> {
        if self.dead.get() { Err(ReadError::Failed("killed".into())) } else { Ok(()) }
    }
}

impl<S: Store> Store for FaultStore<S> {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        let killed = || Err(CommitError::Failed("killed".into()));
        if self.dead.get() {
            return killed();
        }
        if !self.strikes() {
            return self.inner.commit(changes);
        }
        match self.fault {
            Fault::DiskFull => return Err(CommitError::Full),
            Fault::KilledBefore => {}
            Fault::KilledAfter => self.inner.commit(changes)?,
        }
        self.dead.set(true);
        killed()
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        let killed = || Err(CompactError::Failed("killed".into()));
        if self.dead.get() {
            return killed();
        }
        if !self.strikes() {
            return self.inner.compact();
        }
        match self.fault {
            Fault::DiskFull => return Err(CompactError::Full),
            Fault::KilledBefore => {}
            Fault::KilledAfter => self.inner.compact()?,
        }
        self.dead.set(true);
        killed()
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        self.alive()?;
        self.inner.read_after(after, limit)
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        self.alive()?;
        self.inner.record(id)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.alive()?;
        self.inner.value(name)
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        self.alive()?;
        self.inner.names(prefix)
    }

    fn check(&self) -> Result<(), ReadError> {
        self.alive()?;
        self.inner.check()
    }
}

impl<S: Store> Store for Shared<S> {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        self.0.borrow_mut().commit(changes)
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        self.0.borrow_mut().compact()
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        self.0.borrow().read_after(after, limit)
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        self.0.borrow().record(id)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.0.borrow().value(name)
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        self.0.borrow().names(prefix)
    }

    fn check(&self) -> Result<(), ReadError> {
        self.0.borrow().check()
    }
}
