//! Places in a mailbox as ranges: a relay may claim any number of them, and pays for each range with a frame of its own.

use std::collections::BTreeMap;

/// A set of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places(BTreeMap<u64, u64>);

impl Places {
    /// Whether a place is in it.
    pub(crate) fn contains(&self, place: u64) -> bool {
        self.0.range(..=place).next_back().is_some_and(|(_, last)| *last >= place)
    }

    /// The lowest place.
    pub(crate) fn first(&self) -> Option<u64> {
        self.0.first_key_value().map(|(first, _)| *first)
    }

    /// Adds one place.
    pub(crate) fn insert(&mut self, place: u64) {
        if self.contains(place) {
            return;
        }
        let before = self.0.range(..place).next_back().filter(|(_, last)| last.checked_add(1) == Some(place));
        let first = before.map_or(place, |(first, _)| *first);
        let after = place.checked_add(1).and_then(|next| self.0.remove(&next));
        self.0.insert(first, after.unwrap_or(place));
    }

    /// Takes one place out.
    pub(crate) fn remove(&mut self, place: u64) {
        let Some((first, last)) = self.0.range(..=place).next_back().map(|(first, last)| (*first, *last))
        else {
            return;
        };
        if place > last {
            return;
        }
        self.0.remove(&first);
        if first < place {
            self.0.insert(first, place - 1);
        }
        if place < last {
            self.0.insert(place + 1, last);
        }
    }

    /// How many places of `first..=last` are in it.
    pub(crate) fn count(&self, first: u64, last: u64) -> u64 {
        let ranges = self.0.range(..=last).rev().take_while(|(_, end)| **end >= first);
        ranges.map(|(from, to)| (*to).min(last) - (*from).max(first) + 1).sum()
    }

    /// The last place of the unbroken range that begins right after `place`; `place` itself where none does.
    pub(crate) fn end_of_run_after(&self, place: u64) -> u64 {
        let next = place.checked_add(1);
        let found =
            next.and_then(|next| self.0.range(..=next).next_back().filter(|(_, last)| **last >= next));
        found.map_or(place, |(_, last)| *last)
    }

    /// Forgets all places up to this one.
    pub(crate) fn forget_to(&mut self, place: u64) {
        let cut = self.0.range(..=place).next_back().map(|(_, last)| *last).filter(|last| *last > place);
        self.0 = place.checked_add(1).map(|next| self.0.split_off(&next)).unwrap_or_default();
        if let Some(last) = cut {
            self.0.insert(place + 1, last);
        }
    }

    /// Adds all of `first..=last` that neither this set nor `others` holds.
    pub(crate) fn fill(&mut self, first: u64, last: u64, others: &Self) {
        if first > last {
            return;
        }
        let mut from = Some(first);
        let inner: Vec<(u64, u64)> = others
            .0
            .iter()
            .filter(|(_, to)| **to >= first)
            .map(|(from, to)| (*from, *to))
            .take_while(|(from, _)| *from <= last)
            .collect();
        for (other, to) in inner {
            if let Some(start) = from.filter(|start| *start < other) {
                self.insert_range(start, other - 1);
            }
            from = to.checked_add(1);
        }
        if let Some(start) = from.filter(|start| *start <= last) {
            self.insert_range(start, last);
        }
    }

    fn insert_range(&mut self, first: u64, last: u64) {
        let touched: Vec<(u64, u64)> = self
            .0
            .range(..=last.saturating_add(1))
            .rev()
            .take_while(|(_, end)| end.saturating_add(1) >= first)
            .map(|(from, to)| (*from, *to))
            .collect();
        let (mut first, mut last) = (first, last);
        for (from, to) in touched {
            self.0.remove(&from);
            (first, last) = (first.min(from), last.max(to));
        }
        self.0.insert(first, last);
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_all_numbers_are_no_danger() {
        let mut places = Places::default();
        places.insert(u64::MAX);
        places.insert(0);
        places.fill(1, u64::MAX - 1, &Places::default());
        assert_eq!((places.0.len(), places.end_of_run_after(5)), (1, u64::MAX));
        places.forget_to(u64::MAX);
        assert_eq!(places.first(), None);
    }

    proptest! {
        #[test]
        fn it_is_a_set(steps in prop::collection::vec((0_u8..5, 0_u64..24, 0_u64..24), 0..60)) {
            let (mut places, mut plain) = (Places::default(), BTreeSet::new());
            let (mut others, mut plain_others) = (Places::default(), BTreeSet::new());
            for (what, one, other) in steps {
                match what {
                    0 => { places.insert(one); plain.insert(one); }
                    1 => { places.remove(one); plain.remove(&one); }
                    2 => { others.insert(one); plain_others.insert(one); }
                    3 => { places.forget_to(one); plain.retain(|place| *place > one); }
                    _ => {
                        places.fill(one, other, &others);
                        plain.extend((one..=other).filter(|place| !plain_others.contains(place)));
                    }
                }
                prop_assert_eq!(places.first(), plain.first().copied());
                prop_assert_eq!((0..30).filter(|place| places.contains(*place)).collect::<Vec<_>>(), plain.iter().copied().collect::<Vec<_>>());
                if one <= other {
                    prop_assert_eq!(places.count(one, other) as usize, plain.range(one..=other).count());
                }
                let run = (one + 1..).take_while(|place| plain.contains(place)).last().unwrap_or(one);
                prop_assert_eq!(places.end_of_run_after(one), run);
            }
        }
    }
}
