//! Days and times as people say them, in the language of the screen.

use amends_domain::id::{Day, Millis};
use amends_tools::week;
use maud::{Markup, html};

use super::Look;

impl Look<'_> {
    /// "22 November 2026".
    pub(crate) fn date(&self, day: Day) -> String {
        let (year, month, date) = day.ymd();
        let month = self.text(&format!("when-month-{month}"));
        self.with(
            "look-date",
            &[("day", date.to_string().into()), ("month", month.into()), ("year", year.to_string().into())],
        )
    }

    /// "Sunday".
    pub(crate) fn weekday(&self, day: Day) -> String {
        // 1970-01-01 was a Thursday.
        self.text(&format!("when-weekday-{}", (day.0 + 3).rem_euclid(7) + 1))
    }

    /// "20:40" here.
    pub(crate) fn clock(&self, at: Millis) -> String {
        clock(at.minute_of_day(self.frame.visit.offset_at(at)))
    }

    /// "22 November 2026, 20:40".
    pub(crate) fn when(&self, at: Millis) -> String {
        let day = self.day_of(at);
        self.with("look-when", &[("date", self.date(day).into()), ("time", self.clock(at).into())])
    }

    /// The day of a moment here.
    pub(crate) fn day_of(&self, at: Millis) -> Day {
        self.frame.visit.day_of(at)
    }

    /// Choosing a week: the one that is looked back on is chosen, if it is not filled in.
    pub(super) fn which_week(&self, is_filled: impl FnMut(Day) -> bool) -> Markup {
        let (words, moment) = (self.frame.core.messages(), self.moment());
        let all = week::latest(moment).map(|week| (week.to_string(), week::name(words, week, moment)));
        let chosen = self.typed("week", &week::offered(moment, is_filled).to_string());
        self.select("week", &self.text("look-which-week"), &all, &chosen)
    }

    /// A day, for people and for programs.
    pub(crate) fn dated(&self, day: Day) -> Markup {
        html! { time datetime=(day) { (self.date(day)) } }
    }
}

/// A minute of the day as "20:40".
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day of "20:40".
pub(crate) fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_shown() {
        assert_eq!(minute("20:40").map(clock).as_deref(), Some("20:40"));
        assert_eq!(minute("24:00"), None);
        assert_eq!(minute("soon"), None);
    }
}
