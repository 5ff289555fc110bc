//! A clock on the wall of whoever set some hours: "19:00" stays 19:00 after the clocks change.
//!
//! The coming changes are written beside the hours when these are set. So every device reads the same from them,
//! whatever it knows of time zones, and nobody is told the name of a place.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, MINUTE, Millis};

/// Most changes that are written down: two a year are usual.
pub const MOST_CHANGES: usize = 64;
/// Furthest from UTC, in minutes.
const FURTHEST: u16 = 14 * 60;

/// From a time on, the clock is so far from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ClockChange {
    /// From when on.
    #[n(0)]
    pub at: Millis,
    /// Offset from UTC in minutes.
    #[n(1)]
    pub utc_offset: i16,
}

/// A clock: its offset when it was written down, and its changes, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock<'c> {
    utc_offset: i16,
    changes: &'c [ClockChange],
}

impl<'c> Clock<'c> {
    /// Hours that were set before changes were written down have none: their clock stands at one offset.
    pub(crate) fn new(utc_offset: i16, changes: Option<&'c Vec<ClockChange>>) -> Self {
        Self { utc_offset, changes: changes.map_or(&[], Vec::as_slice) }
    }

    pub(crate) fn is_in_range(self) -> bool {
        self.changes.len() <= MOST_CHANGES
            && self.changes.is_sorted_by(|one, next| one.at < next.at)
            && self.offsets().all(|offset| offset.unsigned_abs() <= FURTHEST)
    }

    fn offsets(self) -> impl Iterator<Item = i16> {
        std::iter::once(self.utc_offset).chain(self.changes.iter().map(|change| change.utc_offset))
    }

    fn offset_at(self, at: Millis) -> i16 {
        let before = self.changes.partition_point(|change| change.at <= at);
        before.checked_sub(1).map_or(self.utc_offset, |last| self.changes[last].utc_offset)
    }

    pub(crate) fn day(self, at: Millis) -> Day {
        at.day(self.offset_at(at))
    }

    pub(crate) fn minute_of_day(self, at: Millis) -> u16 {
        at.minute_of_day(self.offset_at(at))
    }

    /// When the clock shows this minute of a day: the first time where it goes back, an hour on where it skips it.
    pub(crate) fn instant(self, day: Day, minute: u16) -> Millis {
        let if_at = |offset: i16| day.start(offset).plus(u64::from(minute) * MINUTE);
        let shown =
            self.offsets().filter(|offset| self.offset_at(if_at(*offset)) == *offset).map(if_at).min();
        shown.unwrap_or_else(|| {
            let earliest = self.offsets().map(if_at).min().unwrap_or_else(|| if_at(self.utc_offset));
            if_at(self.offset_at(earliest))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-29 and 2026-10-25 at 01:00 UTC.
    const BERLIN: [ClockChange; 2] = [
        ClockChange { at: Millis(1_774_746_000_000), utc_offset: 120 },
        ClockChange { at: Millis(1_792_890_000_000), utc_offset: 60 },
    ];

    fn clock(changes: &[ClockChange]) -> Clock<'_> {
        Clock { utc_offset: 60, changes }
    }

    #[test]
    fn a_minute_stays_on_the_wall_when_the_clocks_change() {
        let evening = |day| clock(&BERLIN).instant(Day(day), 19 * 60);
        // 28 and 29 March, 24 and 25 October 2026.
        for day in [20_540, 20_541, 20_750, 20_751] {
            let at = evening(day);
            assert_eq!((clock(&BERLIN).day(at), clock(&BERLIN).minute_of_day(at)), (Day(day), 19 * 60));
        }
        assert_eq!(evening(20_541).since(evening(20_540)), 23 * 60 * MINUTE);
        assert_eq!(evening(20_751).since(evening(20_750)), 25 * 60 * MINUTE);
    }

    #[test]
    fn a_skipped_minute_is_an_hour_on_and_a_double_one_is_the_first() {
        let skipped = clock(&BERLIN).instant(Day(20_541), 150);
        assert_eq!(clock(&BERLIN).minute_of_day(skipped), 210);
        let double = clock(&BERLIN).instant(Day(20_751), 150);
        assert_eq!(clock(&BERLIN).offset_at(double), 120);
    }

    #[test]
    fn without_changes_a_clock_stands_at_its_offset() {
        let evening = clock(&[]).instant(Day(20_751), 19 * 60);
        assert_eq!(evening, Day(20_751).start(60).plus(19 * 60 * MINUTE));
    }

    #[test]
    fn changes_are_few_in_order_and_near_utc() {
        assert!(clock(&BERLIN).is_in_range());
        assert!(!clock(&[BERLIN[1], BERLIN[0]]).is_in_range());
        assert!(!clock(&[ClockChange { utc_offset: 900, ..BERLIN[0] }]).is_in_range());
        let many: Vec<ClockChange> =
            (0..=MOST_CHANGES as u64).map(|at| ClockChange { at: Millis(at), utc_offset: 0 }).collect();
        assert!(!clock(&many).is_in_range());
    }
}
