//! Where the chains end, what is missing in them, and what is wrong with them.

use std::collections::BTreeMap;

use amends_crypto::ChainHash;
use amends_domain::id::{DeviceId, EventId};
use minicbor::{Decode, Decoder, Encode, Encoder};

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

/// Entries of a chain that are not here, between two that are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    device: DeviceId,
    /// Number of the first missing one, and the hash it points to.
    from: u64,
    after: ChainHash,
    /// Number of the next entry that is here, and the hash it points to.
    to: u64,
    before: ChainHash,
}

/// The ends of all chains of a vault. Gaps are not stored: every reading finds them again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    ends: BTreeMap<DeviceId, ChainEnd>,
    gaps: Vec<Gap>,
}

/// How an entry fits to its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It points to the last one. Numbers may be left out: the writer did that, and the hash proves it.
    Next,
    /// So many entries before it are not there.
    After(u64),
    /// It was missing until now.
    Late,
    /// It points to something else than the entry before it, or it has a number that is taken.
    Broken,
}

impl Ends {
    pub(crate) fn of(&self, device: DeviceId) -> ChainEnd {
        self.ends.get(&device).copied().unwrap_or(ChainEnd::START)
    }

    /// How an entry would fit.
    pub(crate) fn fit(&self, id: EventId, prev: ChainHash, hash: ChainHash) -> Fit {
        let end = self.of(id.device);
        match id.seq.checked_sub(end.next) {
            Some(_) if prev == end.hash() => Fit::Next,
            Some(0) => Fit::Broken,
            Some(n_missing) => Fit::After(n_missing),
            None => match self.gaps.iter().find(|gap| gap.holds(id)) {
                Some(gap) if gap.admits(id, prev, hash) => Fit::Late,
                _ => Fit::Broken,
            },
        }
    }

    /// Adds an entry that was read, and says how it fits.
    pub(crate) fn follow(&mut self, id: EventId, prev: ChainHash, hash: ChainHash) -> Fit {
        let end = self.of(id.device);
        let fit = self.fit(id, prev, hash);
        match fit {
            Fit::After(_) => self.gaps.push(Gap {
                device: id.device,
                from: end.next,
                after: end.hash(),
                to: id.seq,
                before: prev,
            }),
            Fit::Late => self.fill(id, prev, hash),
            Fit::Next | Fit::Broken => {}
        }
        if id.seq >= end.next {
            self.set(id, hash);
        }
        fit
    }

    fn fill(&mut self, id: EventId, prev: ChainHash, hash: ChainHash) {
        let Some(index) = self.gaps.iter().position(|gap| gap.holds(id)) else { return };
        let gap = self.gaps.remove(index);
        let before = Gap { to: id.seq, before: prev, ..gap };
        let after = Gap { from: id.seq + 1, after: hash, ..gap };
        self.gaps.extend([before, after].into_iter().filter(|gap| !gap.is_closed()));
    }

    /// Makes `hash`, the hash of the entry `id`, the end of its chain.
    pub(crate) fn set(&mut self, id: EventId, hash: ChainHash) {
        self.ends.insert(id.device, ChainEnd { next: id.seq + 1, hash: *hash.as_bytes() });
    }

    /// Number of entries that are missing between others.
    pub(crate) fn n_missing(&self) -> u64 {
        self.gaps.iter().map(|gap| gap.to - gap.from).sum()
    }

    /// Number of entries that are missing in one chain.
    pub(crate) fn n_missing_of(&self, device: DeviceId) -> u64 {
        self.gaps.iter().filter(|gap| gap.device == device).map(|gap| gap.to - gap.from).sum()
    }

    /// Compares with the ends that were noted at the last write, and gives the number of ends that differ. What is
    /// missing at an end becomes a gap, and the noted end is taken over, so that no number is used twice.
    pub(crate) fn reconcile(&mut self, noted: &Ends) -> u64 {
        let mut n_broken = 0;
        for (device, noted) in &noted.ends {
            let found = self.of(*device);
            if noted.next > found.next {
                self.gaps.push(Gap {
                    device: *device,
                    from: found.next,
                    after: found.hash(),
                    to: noted.next,
                    before: noted.hash(),
                });
                self.ends.insert(*device, *noted);
            } else if *noted != found {
                n_broken += 1;
            }
        }
        n_broken
    }

    /// Leaves out the next number of a chain, because it is taken by a record that cannot be read.
    pub(crate) fn skip(&mut self, device: DeviceId) {
        let end = self.of(device);
        self.ends.insert(device, ChainEnd { next: end.next + 1, ..end });
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

impl Gap {
    fn holds(&self, id: EventId) -> bool {
        self.device == id.device && (self.from..self.to).contains(&id.seq)
    }

    /// Whether an entry can be one of the missing: where it touches the border, it has to fit there. One in the
    /// middle is checked when its neighbors come.
    fn admits(&self, id: EventId, prev: ChainHash, hash: ChainHash) -> bool {
        let first = id.seq == self.from;
        let last = id.seq + 1 == self.to;
        (!first || self.after == prev) && (!last || self.before == hash)
    }

    /// Nothing is missing any more: all numbers are there, or the writer left out the rest.
    fn is_closed(&self) -> bool {
        self.from >= self.to || self.after == self.before
    }
}

impl<C> Encode<C> for Ends {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        self.ends.encode(e, ctx)
    }
}

impl<'b, C> Decode<'b, C> for Ends {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(Self { ends: BTreeMap::decode(d, ctx)?, gaps: Vec::new() })
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
        assert_eq!(ends.follow(id(1), hash(8), hash(1)), Fit::Broken);
        assert_eq!(ends.follow(id(2), hash(1), hash(8)), Fit::Broken);
        assert_eq!(ends.follow(id(3), hash(2), hash(3)), Fit::Broken);
        assert_eq!(ends.follow(id(4), hash(3), hash(4)), Fit::Next);
        assert_eq!(ends.n_missing(), 2);
    }

    #[test]
    fn what_comes_late_closes_the_gap_in_any_order() {
        for order in [[1, 2, 3], [3, 2, 1], [2, 1, 3], [2, 3, 1], [1, 3, 2], [3, 1, 2]] {
            let mut ends = Ends::default();
            ends.follow(id(0), ChainHash::START, hash(0));
            assert_eq!(ends.follow(id(4), hash(3), hash(4)), Fit::After(3));
            for seq in order {
                let fit = ends.follow(id(seq), hash(seq as u8 - 1), hash(seq as u8));
                assert_eq!(fit, Fit::Late, "{seq} in {order:?}");
            }
            assert_eq!((ends.n_missing(), ends.gaps.len()), (0, 0));
            assert_eq!(ends.follow(id(5), hash(4), hash(5)), Fit::Next);
        }
    }

    #[test]
    fn numbers_left_out_by_the_writer_close_with_the_gap() {
        let mut ends = Ends::default();
        ends.follow(id(0), ChainHash::START, hash(0));
        ends.follow(id(6), hash(3), hash(6));
        assert_eq!(ends.n_missing(), 5);
        // The writer used 3 after 0, and 6 after 3.
        assert_eq!(ends.follow(id(3), hash(0), hash(3)), Fit::Late);
        assert_eq!(ends.n_missing(), 0);
    }

    #[test]
    fn entries_cut_off_at_the_end_are_counted_and_their_numbers_not_reused() {
        let mut noted = Ends::default();
        noted.set(id(5), hash(5));
        let mut found = Ends::default();
        found.set(id(2), hash(2));
        assert_eq!(found.reconcile(&noted), 0);
        assert_eq!(found.n_missing(), 3);
        assert_eq!(found.of(id(0).device).next, 6);
        assert_eq!(found.follow(id(5), hash(4), hash(5)), Fit::Late);
        assert_eq!(found.n_missing(), 2);
        found.set(id(5), hash(50));
        assert_eq!(found.reconcile(&noted), 1);
    }
}
