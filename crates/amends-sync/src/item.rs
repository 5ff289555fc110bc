//! What a record of a space holds, once it is opened.

use amends_crypto::{ChainId, DeviceKeyId, PersonId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// One link of a chain, byte for byte as its author's device wrote it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Piece {
    /// Its number in the chain.
    #[n(0)]
    pub position: u64,
    /// Whether its words were erased, and only their place in the chain is left.
    #[n(1)]
    pub erased: bool,
    /// The bytes.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

impl core::fmt::Debug for Piece {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Piece({}, {} bytes)", self.position, self.bytes.len())
    }
}

/// Which space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Which {
    /// That of one person's own devices.
    #[n(0)]
    Own,
    /// That of both persons.
    #[n(1)]
    Pair,
}

/// What a record holds. Numbers that a later version adds are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Item {
    /// Entries of the author's own chains in this space.
    #[n(0)]
    Entries {
        #[n(0)]
        chain: ChainId,
        #[n(1)]
        pieces: Vec<Piece>,
    },
    /// Own devices only: entries of any chain of any space, for a device that has no history yet.
    #[n(1)]
    History {
        #[n(0)]
        space: Which,
        #[n(1)]
        author: PersonId,
        #[n(2)]
        chain: ChainId,
        #[n(3)]
        pieces: Vec<Piece>,
    },
    /// Own devices only: a second device lets a new one have the history at once.
    #[n(2)]
    Approve {
        #[n(0)]
        device: DeviceKeyId,
    },
    /// Own devices only: this device is there, and is to have the history.
    #[n(3)]
    Newcomer {
        #[n(0)]
        device: DeviceKeyId,
        /// Who let it in.
        #[n(1)]
        by: DeviceKeyId,
        /// When, in milliseconds since 1970-01-01T00:00:00Z.
        #[n(2)]
        at: u64,
    },
    /// Own devices only: a pair began; all they need of it.
    #[n(4)]
    Pair(#[n(0)] ByteVec),
}

impl Item {
    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
