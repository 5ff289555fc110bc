//! Weeks as people look back on them: from Monday to Sunday, and on Monday still the one that just ended.

use amends_domain::id::{Day, HOUR, Millis};
use amends_domain::view::Moment;
use amends_messages::Messages;

use crate::parts;

/// So long after its last midnight a week is the one that people look back on: until Tuesday at four in the morning,
/// since a Monday night goes on after midnight.
const STAYS: u64 = 28 * HOUR;

/// Monday of the week of a day.
pub fn monday(day: Day) -> Day {
    Day(day.week() * 7 - 3)
}

/// Monday of the week that somebody looks back on now.
pub fn looked_back_on(moment: Moment) -> Day {
    monday(Millis(moment.now.0.saturating_sub(STAYS)).day(moment.utc_offset))
}

/// Monday of the week to begin with: the one that is looked back on, or, where that is filled in, the one that goes on.
pub fn offered(moment: Moment, mut is_filled: impl FnMut(Day) -> bool) -> Day {
    let back = looked_back_on(moment);
    if is_filled(back) { latest(moment)[0] } else { back }
}

/// Mondays of this week and the three before.
pub fn latest(moment: Moment) -> [Day; 4] {
    let this = monday(moment.now.day(moment.utc_offset));
    [this, this.plus(-7), this.plus(-14), this.plus(-21)]
}

/// "Last week: 16 to 22 November".
pub fn name(words: &Messages, week: Day, moment: Moment) -> String {
    let [this, last, ..] = latest(moment);
    let key = match week {
        week if week == this => "when-week-this",
        week if week == last => "when-week-last",
        _ => "when-week",
    };
    between(words, key, week, &|day| parts::day_of_year(words, day))
}

/// "16 to 22 November 2026".
pub(crate) fn days(words: &Messages, week: Day) -> String {
    between(words, "when-week", week, &|day| parts::day(words, day))
}

fn between(words: &Messages, key: &str, week: Day, day: &dyn Fn(Day) -> String) -> String {
    let (first, last) = (week, week.plus(6));
    let (_, month, date) = first.ymd();
    let from = if month == last.ymd().1 { date.to_string() } else { day(first) };
    words.with(key, &[("from", from.into()), ("to", day(last).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 16 November 2026.
    const ENDED: Day = Day(20_773);

    /// A time on the wall, so many days and hours after that Monday's midnight.
    fn at(days: i32, hours: u64, utc_offset: i16) -> Moment {
        let now = Millis(ENDED.plus(days).start(utc_offset).0 + hours * HOUR);
        Moment { now, utc_offset }
    }

    #[test]
    fn a_week_is_looked_back_on_until_the_monday_night_after_it_is_over() {
        assert_eq!(ENDED.to_string(), "2026-11-16");
        for offset in [0, 60, 120, -300, -720, 345, 840] {
            for (days, hours) in [(2, 12), (6, 0), (6, 20), (6, 23), (7, 0), (7, 9), (7, 23), (8, 3)] {
                assert_eq!(
                    looked_back_on(at(days, hours, offset)),
                    ENDED,
                    "day {days}, {hours}:00, {offset}"
                );
            }
            for (days, hours) in [(8, 4), (8, 9), (9, 0), (13, 23), (14, 23), (15, 3)] {
                let next = ENDED.plus(7);
                assert_eq!(looked_back_on(at(days, hours, offset)), next, "day {days}, {hours}:00, {offset}");
            }
        }
    }

    #[test]
    fn a_week_that_is_filled_in_is_not_offered_again() {
        let monday_night = at(7, 23, 60);
        assert_eq!(offered(monday_night, |_| false), ENDED);
        assert_eq!(offered(monday_night, |week| week == ENDED), ENDED.plus(7));
        let sunday = at(6, 21, 60);
        assert_eq!(offered(sunday, |week| week == ENDED), ENDED, "no week is offered before it has begun");
    }

    #[test]
    fn every_day_has_its_monday() {
        for day in 0..7 {
            assert_eq!(monday(ENDED.plus(day)), ENDED);
        }
        assert_eq!(monday(ENDED.plus(-1)), ENDED.plus(-7));
    }
}
