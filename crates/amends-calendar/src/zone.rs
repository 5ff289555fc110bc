//! Time zones by their IANA names, with the changes of the clock that a calendar file has to spell out.

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};

/// A time zone, for example `Europe/Berlin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub(crate) chrono_tz::Tz);

/// How far ahead changes of the clock are written down.
const YEARS_AHEAD: i32 = 10;

/// No time zone has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no time zone has this name")]
pub struct UnknownZone;

impl std::str::FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Zone).map_err(|_| UnknownZone)
    }
}

/// A change of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    /// When, in UTC.
    pub(crate) at: NaiveDateTime,
    /// Seconds east of UTC before.
    pub(crate) before: i32,
    /// Seconds east of UTC after.
    pub(crate) after: i32,
}

impl Zone {
    /// UTC.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Offset from UTC in minutes at a time in milliseconds since 1970.
    pub fn offset_minutes(self, at: u64) -> i16 {
        let seconds = utc(at).map_or(0, |at| self.seconds_at(at));
        (seconds / 60) as i16
    }

    /// When a clock on the wall shows this minute of a day, in milliseconds since 1970: the first time where the clock goes
    /// back, an hour on where it skips the minute. Days are counted from 1970-01-01. None beyond all calendars.
    pub fn instant(self, day: i32, minute: u16) -> Option<u64> {
        let midnight = DateTime::<Utc>::from_timestamp(i64::from(day) * 86_400, 0)?.naive_utc();
        let local = midnight.checked_add_signed(Duration::minutes(i64::from(minute)))?;
        u64::try_from(self.to_utc(local)?.and_utc().timestamp_millis()).ok()
    }

    /// Changes of the clock in the ten years after a time: when (milliseconds since 1970), and the offset from UTC in minutes
    /// from then on.
    pub fn coming_changes(self, after: u64) -> Vec<(u64, i16)> {
        let Some(first) = utc(after).map(|at| at.year()) else { return Vec::new() };
        let all = self.changes(first, first.saturating_add(YEARS_AHEAD));
        let plain = all.into_iter().filter_map(|change| {
            Some((u64::try_from(change.at.and_utc().timestamp_millis()).ok()?, (change.after / 60) as i16))
        });
        plain.filter(|(at, _)| *at > after).collect()
    }

    pub(crate) fn seconds_at(self, at: NaiveDateTime) -> i32 {
        self.0.offset_from_utc_datetime(&at).fix().local_minus_utc()
    }

    pub(crate) fn local(self, at: NaiveDateTime) -> NaiveDateTime {
        self.0.from_utc_datetime(&at).naive_local()
    }

    /// UTC of a local time: the first of two when the clock goes back, an hour on when it goes forward.
    pub(crate) fn to_utc(self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.naive_utc()),
            LocalResult::None => {
                let later = local.checked_add_signed(Duration::hours(1))?;
                self.0.from_local_datetime(&later).earliest().map(|at| at.naive_utc())
            }
        }
    }

    /// Changes of the clock in a span of whole years, found by halving.
    pub(crate) fn changes(self, from_year: i32, to_year: i32) -> Vec<Change> {
        let mut found = Vec::new();
        let first = chrono::NaiveDate::from_ymd_opt(from_year, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
        let Some(mut day) = first else { return found };
        while day.year() <= to_year {
            let Some(next) = day.checked_add_signed(Duration::days(1)) else { break };
            let (before, after) = (self.seconds_at(day), self.seconds_at(next));
            if before != after {
                found.push(Change { at: self.halve(day, next, before), before, after });
            }
            day = next;
        }
        found
    }

    fn halve(self, mut low: NaiveDateTime, mut high: NaiveDateTime, before: i32) -> NaiveDateTime {
        while high - low > Duration::minutes(1) {
            let middle = low + Duration::minutes((high - low).num_minutes() / 2);
            if self.seconds_at(middle) == before { low = middle } else { high = middle }
        }
        high
    }
}

/// A time in milliseconds since 1970, unless it is beyond all calendars.
pub(crate) fn utc(at: u64) -> Option<NaiveDateTime> {
    let at = i64::try_from(at).ok()?;
    DateTime::<Utc>::from_timestamp_millis(at).map(|at| at.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_is_found_to_the_minute() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let changes = berlin.changes(2026, 2026);
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0].at.to_string(), "2026-03-29 01:00:00");
        assert_eq!((changes[0].before, changes[0].after), (3600, 7200));
        assert_eq!(changes[1].at.to_string(), "2026-10-25 01:00:00");
        assert!(Zone::UTC.changes(2026, 2030).is_empty());
    }

    #[test]
    fn a_minute_of_a_wall_clock_is_a_moment_on_both_sides_of_a_change() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        // 2026-10-24 and 2026-10-26, at 19:30.
        let (before, after) = (20_750, 20_752);
        let at = |day| berlin.instant(day, 19 * 60 + 30).unwrap();
        assert_eq!(at(after) - at(before), 49 * 3_600_000);
        assert_eq!(berlin.offset_minutes(at(before)), 120);
        assert_eq!(berlin.offset_minutes(at(after)), 60);
        assert_eq!(berlin.instant(i32::MAX, 0), None);
    }

    #[test]
    fn the_changes_of_ten_years_ahead_are_known() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        // 22 November 2026.
        let coming = berlin.coming_changes(1_795_377_600_000);
        assert_eq!(coming.len(), 20);
        // 28 March 2027, 01:00 UTC.
        assert_eq!(coming[0], (1_806_195_600_000, 120));
        assert_eq!(coming[1].1, 60);
        assert_eq!(Zone::UTC.coming_changes(0), []);
    }

    #[test]
    fn local_times_that_do_not_exist_move_an_hour_on() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let gap = chrono::NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(berlin.to_utc(gap).unwrap().to_string(), "2026-03-29 01:30:00");
        let twice = chrono::NaiveDate::from_ymd_opt(2026, 10, 25).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(berlin.to_utc(twice).unwrap().to_string(), "2026-10-25 00:30:00");
    }
}
