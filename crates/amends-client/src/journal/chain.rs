//! Where the chains end, and what is wrong with them.

use std::collections::BTreeMap;

use amends_crypto::ChainHash;
use amends_domain::id::{DeviceId, EventId};
use minicbor::{Decode, Encode};

/// The end of one chain: the number of the next entry, and the hash it will point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ChainEnd {
    #[n(0)]
    pub(crate) next: u64,
    #[cbor(n(1), with = "minicbor::bytes")]
    hash: [u8; 32],
}

impl ChainEnd {
    const START: Self = Self { next: 0, hash: [0; 32] };

    pub(crate) fn hash(self) -> ChainHash {
        ChainHash::from_bytes(self.hash)
    }
}

/// The ends of all chains of a vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct Ends(#[n(0)] BTreeMap<DeviceId, ChainEnd>);

/// How an entry fits to the end of its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It points to the last one. Numbers may be left out: the writer did that, and the hash proves it.
    Next,
    /// So many entries before it are not there.
    After(u64),
    /// It points to something else than the entry before it, or stands in the wrong order.
    Broken,
}

impl Ends {
    pub(crate) fn of(&self, device: DeviceId) -> ChainEnd {
        self.0.get(&device).copied().unwrap_or(ChainEnd::START)
    }

    /// Adds an entry that was read, and says how it fits.
    pub(crate) fn follow(&mut self, id: EventId, prev: ChainHash, hash: ChainHash) -> Fit {
        let end = self.of(id.device);
        let fit = match id.seq.checked_sub(end.next) {
            Some(_) if prev == end.hash() => Fit::Next,
            Some(0) | None => Fit::Broken,
            Some(n_missing) => Fit::After(n_missing),
        };
        if id.seq >= end.next {
            self.set(id, hash);
        }
        fit
    }

    /// Makes `hash`, the hash of the entry `id`, the end of its chain.
    pub(crate) fn set(&mut self, id: EventId, hash: ChainHash) {
        self.0.insert(id.device, ChainEnd { next: id.seq + 1, hash: *hash.as_bytes() });
    }

    /// Compares with the ends that were noted at the last write. Gives the number of entries missing at the ends and
    /// of ends that differ, and takes over what was noted further on, so that no number is used twice.
    pub(crate) fn reconcile(&mut self, noted: &Ends) -> (u64, u64) {
        let (mut n_missing, mut n_broken) = (0, 0);
        for (device, noted) in &noted.0 {
            let found = self.of(*device);
            if noted.next > found.next {
                n_missing += noted.next - found.next;
                self.0.insert(*device, *noted);
            } else if *noted != found {
                n_broken += 1;
            }
        }
        (n_missing, n_broken)
    }

    /// Leaves out the next number of a chain, because it is taken by a record that cannot be read.
    pub(crate) fn skip(&mut self, device: DeviceId) {
        let end = self.of(device);
        self.0.insert(device, ChainEnd { next: end.next + 1, ..end });
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(seq: u64) -> EventId {
        EventId { device: DeviceId([1; 16]), seq }
    }

    fn hash(number: u8) -> ChainHash {
        ChainHash::of(&[number])
    }

    #[test]
    fn a_whole_chain_fits() {
        let mut ends = Ends::default();
        assert_eq!(ends.follow(id(0), ChainHash::START, hash(0)), Fit::Next);
        assert_eq!(ends.follow(id(1), hash(0), hash(1)), Fit::Next);
        assert_eq!(ends.of(id(0).device).next, 2);
        assert_eq!(ends.follow(id(7), hash(1), hash(7)), Fit::Next);
        assert_eq!(Ends::decode(&ends.encode()), Some(ends));
    }

    #[test]
    fn gaps_wrong_ties_and_repetitions_are_told_apart() {
        let mut ends = Ends::default();
        assert_eq!(ends.follow(id(0), hash(9), hash(0)), Fit::Broken);
        assert_eq!(ends.follow(id(3), hash(2), hash(3)), Fit::After(2));
        assert_eq!(ends.follow(id(1), hash(0), hash(1)), Fit::Broken);
        assert_eq!(ends.follow(id(4), hash(3), hash(4)), Fit::Next);
    }

    #[test]
    fn entries_cut_off_at_the_end_are_counted_and_their_numbers_not_reused() {
        let mut noted = Ends::default();
        noted.set(id(5), hash(5));
        let mut found = Ends::default();
        found.set(id(2), hash(2));
        assert_eq!(found.reconcile(&noted), (3, 0));
        assert_eq!(found.of(id(0).device).next, 6);
        found.set(id(5), hash(50));
        assert_eq!(found.reconcile(&noted), (0, 1));
    }
}
