//! When a device may be woken: later than the record by lot, within its hours, and seldom.

use super::Push;

const DAY: u64 = 86_400;
const MINUTE: u64 = 60;
/// Shorter hours than this would tell the push service too well when something came, in minutes.
const SHORTEST: u16 = 60;
/// Within new hours, a knock comes so many seconds after their beginning at most.
const SPREAD: u64 = 3_600;

/// Hours of the day, as minutes in UTC; over midnight where the end is before the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hours {
    from: u64,
    length: u64,
}

impl Hours {
    /// Hours of one hour at least, and less than a whole day.
    pub(crate) fn new(from: u16, until: u16) -> Option<Self> {
        const MINUTES: u16 = 1_440;
        if from >= MINUTES || until >= MINUTES {
            return None;
        }
        let length = (until + MINUTES - from) % MINUTES;
        (length >= SHORTEST)
            .then_some(Self { from: u64::from(from) * MINUTE, length: u64::from(length) * MINUTE })
    }

    /// Seconds since these hours began; none outside of them.
    fn since(self, now: u64) -> Option<u64> {
        let since = (now % DAY + DAY - self.from) % DAY;
        (since < self.length).then_some(since)
    }

    /// Seconds until these hours end; none outside of them.
    pub(crate) fn left(self, now: u64) -> Option<u64> {
        self.since(now).map(|since| self.length - since)
    }

    /// `earliest`, or if that is outside of these hours, some time after they begin next.
    pub(crate) fn next(self, earliest: u64, lot: u64) -> u64 {
        if self.since(earliest).is_some() {
            return earliest;
        }
        let until_begin = (self.from + DAY - earliest % DAY) % DAY;
        earliest + until_begin + lot % SPREAD.min(self.length)
    }
}

/// When to knock for a record that came now, in seconds since 1970. `last` is when it was done last, `lot` a random number.
pub(crate) fn due(now: u64, last: Option<u64>, hours: Hours, push: &Push, lot: u64) -> u64 {
    // A clock that went back does not make anybody wait for days.
    let rested = last.map_or(0, |last| last.min(now) + push.rest.as_secs());
    let soonest = push.soonest.as_secs();
    let spread = push.latest.as_secs().saturating_sub(soonest) + 1;
    let earliest = now.max(rested) + soonest + lot % spread;
    hours.next(earliest, lot >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Midnight of some day.
    const MIDNIGHT: u64 = 20_000 * DAY;

    fn push() -> Push {
        Push::new("mailto:host@relay.example").unwrap()
    }

    fn lots() -> impl Iterator<Item = u64> {
        (0..2_000_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    #[test]
    fn hours_are_an_hour_at_least_and_may_go_over_midnight() {
        assert!(Hours::new(540, 1_200).is_some());
        assert!(Hours::new(1_320, 120).is_some());
        assert!(Hours::new(540, 600).is_some());
        for (from, until) in [(540, 599), (540, 540), (1_440, 60), (0, 1_440), (u16::MAX, u16::MAX)] {
            assert!(Hours::new(from, until).is_none(), "{from} {until}");
        }
        let night = Hours::new(1_320, 120).unwrap();
        assert_eq!(night.left(MIDNIGHT), Some(7_200));
        assert_eq!(night.left(MIDNIGHT + 22 * 3_600), Some(4 * 3_600));
        assert_eq!(night.left(MIDNIGHT + 12 * 3_600), None);
    }

    #[test]
    fn a_knock_comes_minutes_to_an_hour_later() {
        let hours = Hours::new(540, 1_200).unwrap();
        let now = MIDNIGHT + 10 * 3_600;
        let all: Vec<u64> = lots().map(|lot| due(now, None, hours, &push(), lot) - now).collect();
        assert!(all.iter().all(|after| (300..=3_600).contains(after)));
        assert!(all.iter().any(|after| *after < 400) && all.iter().any(|after| *after > 3_500), "by lot");
    }

    #[test]
    fn never_outside_of_the_hours_whenever_the_record_comes() {
        for (from, until) in [(540, 1_200), (1_320, 120), (0, 60), (1_380, 0)] {
            let hours = Hours::new(from, until).unwrap();
            for (minute, lot) in (0..1_440_u64).zip(lots()) {
                let now = MIDNIGHT + minute * MINUTE;
                let due = due(now, Some(now - 3_600), hours, &push(), lot);
                assert!(hours.left(due).is_some(), "{from}-{until} at minute {minute}: {}", due % DAY);
                assert!(due >= now - 3_600 + 20 * 3_600, "one in twenty hours");
                assert!(due < now + 3 * DAY, "and not much later");
            }
        }
    }

    #[test]
    fn what_comes_at_night_waits_for_the_morning_and_some_minutes() {
        let hours = Hours::new(540, 1_200).unwrap();
        let morning = MIDNIGHT + 9 * 3_600;
        let all: Vec<u64> = lots().map(|lot| due(MIDNIGHT, None, hours, &push(), lot)).collect();
        assert!(all.iter().all(|due| (morning..morning + 3_600).contains(due)));
        assert!(all.iter().any(|due| *due > morning + 1_800), "not all at nine");
    }

    #[test]
    fn a_clock_that_goes_back_makes_nobody_wait_for_days() {
        let hours = Hours::new(0, 1_439).unwrap();
        let far = MIDNIGHT + 400 * DAY;
        assert!(due(MIDNIGHT, Some(far), hours, &push(), 7) < MIDNIGHT + 2 * DAY);
    }
}
