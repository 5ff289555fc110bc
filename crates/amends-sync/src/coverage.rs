//! Which entries of a chain lie at the relay under an epoch in which they count.

use std::collections::BTreeMap;

use amends_crypto::{Admission, ChainId, EpochId};
use minicbor::{Decode, Encode};

/// Positions of one chain that need not be sent (again).
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct Coverage(#[n(0)] BTreeMap<u64, Covered>);

/// Positions from the key up to here, with the epoch they were sent under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
struct Covered {
    #[n(0)]
    to: u64,
    #[n(1)]
    epoch: EpochId,
}

impl Coverage {
    /// These positions were sent under this epoch; `to` is the one after the last.
    pub(crate) fn add(&mut self, from: u64, to: u64, epoch: EpochId) {
        self.remove(from, to);
        let before = self.0.range(..from).next_back().map(|(at, covered)| (*at, *covered));
        let from = match before {
            Some((at, covered)) if covered.to == from && covered.epoch == epoch => at,
            _ => from,
        };
        let to = match self.0.get(&to) {
            Some(after) if after.epoch == epoch => {
                let end = after.to;
                self.0.remove(&to);
                end
            }
            _ => to,
        };
        self.0.insert(from, Covered { to, epoch });
    }

    /// These positions have to be sent again.
    pub(crate) fn remove(&mut self, from: u64, to: u64) {
        let touched: Vec<(u64, Covered)> =
            self.0.range(..to).filter(|(_, covered)| covered.to > from).map(|(at, c)| (*at, *c)).collect();
        for (at, covered) in touched {
            self.0.remove(&at);
            if at < from {
                self.0.insert(at, Covered { to: from, ..covered });
            }
            if covered.to > to {
                self.0.insert(to, covered);
            }
        }
    }

    /// Whether this position was sent.
    pub(crate) fn holds(&self, position: u64) -> bool {
        self.0.range(..=position).next_back().is_some_and(|(_, covered)| covered.to > position)
    }

    /// The first position before `end` that has to be sent, and the first one after it that has not.
    pub(crate) fn first_open(&self, end: u64) -> Option<(u64, u64)> {
        let mut from = 0;
        for (at, covered) in &self.0 {
            if *at > from {
                return (from < end).then_some((from, (*at).min(end)));
            }
            from = from.max(covered.to);
        }
        (from < end).then_some((from, end))
    }

    /// Opens again what does not count any more under the epoch it was sent under.
    pub(crate) fn keep_admitted(&mut self, admission: &Admission, chain: ChainId) {
        let all: Vec<(u64, Covered)> = self.0.iter().map(|(at, covered)| (*at, *covered)).collect();
        for (at, covered) in all {
            let until =
                first_not(at, covered.to, |position| admission.admits(covered.epoch, chain, position));
            self.remove(until, covered.to);
        }
    }
}

/// The first number in `from..to` for which `holds` is false, where it holds up to some number and not after it; `to` if it
/// always holds.
pub(crate) fn first_not(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: EpochId = EpochId([1; 32]);
    const TWO: EpochId = EpochId([2; 32]);

    #[test]
    fn what_is_sent_is_not_open_any_more() {
        let mut coverage = Coverage::default();
        assert_eq!(coverage.first_open(5), Some((0, 5)));
        coverage.add(2, 4, ONE);
        assert_eq!(coverage.first_open(5), Some((0, 2)));
        assert_eq!([1, 2, 3, 4].map(|position| coverage.holds(position)), [false, true, true, false]);
        coverage.add(0, 2, ONE);
        assert_eq!(coverage.0.len(), 1);
        assert_eq!(coverage.first_open(5), Some((4, 5)));
        coverage.add(3, 5, TWO);
        assert_eq!((coverage.first_open(5), coverage.0.len()), (None, 2));
        coverage.remove(1, 4);
        assert_eq!(coverage.first_open(5), Some((1, 4)));
    }

    #[test]
    fn the_end_of_what_holds_is_found() {
        for end in 0..9 {
            assert_eq!(first_not(0, 8, |number| number < end), end.min(8));
        }
    }
}
