//! Numbers that must not be mixed up.

use minicbor::{Decode, Encode};

/// Place of a record in its mailbox, given by the relay: 1, 2, 3. It says in which order records arrived there and nothing
/// about when they were written. 0 is before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Seq(#[n(0)] pub u64);

impl Seq {
    /// Before the first record.
    pub const START: Self = Self(0);

    /// The place after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// One life of a mailbox at a relay. Where it differs from the one a client remembers, the relay has lost or restored data:
/// places are counted anew, and the client reads from [`Seq::START`] and sends again what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Era(#[n(0)] pub u64);

/// A moment, in seconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct UnixSeconds(#[n(0)] pub u64);
