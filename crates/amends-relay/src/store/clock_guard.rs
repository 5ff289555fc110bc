//! Nothing is erased because a clock jumped.
//!
//! Erasing goes by days on the wall clock. If that clock does not agree with the clock that never jumps, or if the relay finds
//! at its start that much time has passed, erasing pauses until both have agreed for two days.

use std::time::Duration;

const DAY: u64 = 86_400;
/// Longer than this without a word from the relay may be a long holiday or a wrong clock.
const LONG_ABSENCE: u64 = 45 * DAY;
const PROBATION: Duration = Duration::from_secs(2 * DAY);

#[derive(Debug)]
pub(crate) struct ClockGuard {
    /// What the wall clock showed last, in seconds.
    last_wall: u64,
    /// And the other clock.
    last_tick: Duration,
    erase_from: Duration,
}

impl ClockGuard {
    /// `stored` is what the wall clock showed when the relay last looked, before it was stopped.
    pub(crate) fn new(stored: Option<u64>, wall: u64, tick: Duration) -> Self {
        let jumped = stored.is_some_and(|stored| wall + DAY < stored || wall > stored + LONG_ABSENCE);
        let erase_from = if jumped { tick + PROBATION } else { tick };
        Self { last_wall: wall, last_tick: tick, erase_from }
    }

    /// May anything be erased now?
    pub(crate) fn may_erase(&mut self, wall: u64, tick: Duration) -> bool {
        let expected = self.last_wall + tick.saturating_sub(self.last_tick).as_secs();
        if wall.abs_diff(expected) > DAY {
            self.erase_from = tick + PROBATION;
        }
        (self.last_wall, self.last_tick) = (wall, tick);
        tick >= self.erase_from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const NOW: u64 = 1_800_000_000;

    #[test]
    fn an_ordinary_start_erases_at_once() {
        assert!(ClockGuard::new(None, NOW, HOUR).may_erase(NOW + 10, HOUR + Duration::from_secs(10)));
        assert!(ClockGuard::new(Some(NOW - 7 * DAY), NOW, HOUR).may_erase(NOW, HOUR));
    }

    #[test]
    fn ten_years_forward_or_back_erase_nothing_for_two_days() {
        for jump in [NOW + 3650 * DAY, NOW - 3650 * DAY] {
            let mut guard = ClockGuard::new(Some(NOW), NOW, HOUR);
            assert!(guard.may_erase(NOW, HOUR));
            assert!(!guard.may_erase(jump, 2 * HOUR), "while it runs");
            assert!(!guard.may_erase(jump + 3600, 3 * HOUR));
            assert!(!guard.may_erase(NOW + 3 * 3600, 4 * HOUR), "and back");
            let mut wall = NOW + 3 * 3600;
            let last = (5..70).map(|hour| {
                wall += 3600;
                guard.may_erase(wall, hour * HOUR)
            });
            assert!(last.last() == Some(true), "two quiet days later");
            assert!(!ClockGuard::new(Some(NOW), jump, HOUR).may_erase(jump, HOUR), "at its start");
        }
    }
}
