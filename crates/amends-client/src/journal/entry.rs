//! Bytes of an entry and of what is left when its words are erased (CBOR, `docs/formats/vault.md`).

use amends_crypto::{ChainHash, CryptoRng};
use amends_domain::id::EventId;
use minicbor::{Decode, Encode};

/// An event and its tie to the entry before it.
#[derive(Debug, Encode, Decode)]
pub(crate) struct Entry {
    /// Random bytes, so that the hash that outlives an erased entry cannot be used to guess its words.
    #[cbor(n(0), with = "minicbor::bytes")]
    blind: [u8; 16],
    #[cbor(n(1), with = "minicbor::bytes")]
    prev: [u8; 32],
    /// The event, byte for byte as its author's device wrote it.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) event: Vec<u8>,
}

impl Entry {
    pub(crate) fn new(prev: ChainHash, event: Vec<u8>, rng: &mut dyn CryptoRng) -> Self {
        let mut blind = [0; 16];
        rng.fill_bytes(&mut blind);
        Self { blind, prev: *prev.as_bytes(), event }
    }

    pub(crate) fn prev(&self) -> ChainHash {
        ChainHash::from_bytes(self.prev)
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

/// What is left of an erased entry: its name and its place in the chain.
#[derive(Debug, Encode, Decode)]
pub(crate) struct Tombstone {
    #[n(0)]
    pub(crate) id: EventId,
    #[cbor(n(1), with = "minicbor::bytes")]
    prev: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    hash: [u8; 32],
}

impl Tombstone {
    /// The tombstone of the entry `id` whose bytes are `entry`.
    pub(crate) fn of(id: EventId, prev: ChainHash, entry: &[u8]) -> Self {
        Self { id, prev: *prev.as_bytes(), hash: *ChainHash::of(entry).as_bytes() }
    }

    pub(crate) fn prev(&self) -> ChainHash {
        ChainHash::from_bytes(self.prev)
    }

    pub(crate) fn hash(&self) -> ChainHash {
        ChainHash::from_bytes(self.hash)
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
