//! Records, ids, positions, and the changes a store can make.

use core::fmt;

/// Id of a record, unique within a store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Place of a record in the order of appending. Positions grow and are never used twice, not even after a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position(pub u64);

impl Position {
    /// Before the first record.
    pub const START: Self = Self(0);
}

/// A record as it lies in the store.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Its place in the order.
    pub position: Position,
    /// Its id.
    pub id: RecordId,
    /// Its sealed bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for StoredRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredRecord({} {:?}, {} bytes)", self.position.0, self.id, self.bytes.len())
    }
}

/// One change; a commit is a list of them.
#[derive(Clone, PartialEq, Eq)]
pub enum Change {
    /// Adds a record at the end.
    Append {
        /// Its id, not yet in use.
        id: RecordId,
        /// Its sealed bytes.
        bytes: Vec<u8>,
    },
    /// Puts other bytes in the place of a record. The old bytes are overwritten.
    Replace {
        /// Id of a record that exists.
        id: RecordId,
        /// The new sealed bytes.
        bytes: Vec<u8>,
    },
    /// Takes a record out. Its bytes are overwritten.
    Remove {
        /// Id of a record that exists.
        id: RecordId,
    },
    /// Sets a named value.
    Put {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Takes a named value away; nothing happens if there is none.
    Delete {
        /// Its name.
        name: String,
    },
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Append { id, bytes } => write!(f, "Append({id:?}, {} bytes)", bytes.len()),
            Self::Replace { id, bytes } => write!(f, "Replace({id:?}, {} bytes)", bytes.len()),
            Self::Remove { id } => write!(f, "Remove({id:?})"),
            Self::Put { name, bytes } => write!(f, "Put({name}, {} bytes)", bytes.len()),
            Self::Delete { name } => write!(f, "Delete({name})"),
        }
    }
}
