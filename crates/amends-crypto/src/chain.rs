//! The hash that ties an entry to the one before it.

use core::fmt;

/// BLAKE3 of the bytes of an entry. The first entry of a device points to [`ChainHash::START`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainHash([u8; 32]);

impl ChainHash {
    /// What the first entry of a chain points to.
    pub const START: Self = Self([0; 32]);

    /// Hash of the bytes of an entry, exactly as they were received or written.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).into())
    }

    /// A hash that was read from an entry.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainHash({:02x}{:02x}..)", self.0[0], self.0[1])
    }
}
