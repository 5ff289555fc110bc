//! What a vault is stored in.
//!
//! A [`Store`] keeps sealed records in the order in which they were appended, and small named values beside them. It
//! sees bytes only: no keys, no text. Every change goes through [`Store::commit`], which does all or nothing and
//! returns only when the change would survive a power cut.
//!
//! With the feature `testing` the crate also holds the contract suite for implementations and a store that fails on
//! purpose.

mod change;
mod error;
mod memory;
#[cfg(feature = "testing")]
pub mod testing;

pub use change::{Change, Position, RecordId, StoredRecord};
pub use error::{CommitError, CompactError, ReadError};
pub use memory::MemoryStore;

/// Keeps records and named values. One program at a time owns it.
pub trait Store {
    /// Applies all changes, in order, or none of them. When it returns `Ok`, they are on the disk.
    ///
    /// # Errors
    /// [`CommitError`]; the store is as it was before, except after [`CommitError::Failed`], where the change may
    /// have been made all the same and the store must be opened again to find out.
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError>;

    /// At most `limit` records after `after`, in the order in which they were appended.
    ///
    /// # Errors
    /// [`ReadError`].
    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError>;

    /// The record with this id.
    ///
    /// # Errors
    /// [`ReadError`].
    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError>;

    /// The value with this name.
    ///
    /// # Errors
    /// [`ReadError`].
    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError>;

    /// All names that begin with `prefix`, sorted.
    ///
    /// # Errors
    /// [`ReadError`].
    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError>;

    /// Gives up the space of what was removed, so that its bytes are no longer in the files of the store.
    ///
    /// # Errors
    /// [`CompactError`]; nothing is lost, and it can be tried again.
    fn compact(&mut self) -> Result<(), CompactError>;

    /// Reads everything once and checks the structure of the store (not the seals of the records).
    ///
    /// # Errors
    /// [`ReadError`].
    fn check(&self) -> Result<(), ReadError>;
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        (**self).commit(changes)
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        (**self).read_after(after, limit)
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        (**self).record(id)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        (**self).value(name)
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        (**self).names(prefix)
    }

    fn compact(&mut self) -> Result<(), CompactError> {
        (**self).compact()
    }

    fn check(&self) -> Result<(), ReadError> {
        (**self).check()
    }
}
