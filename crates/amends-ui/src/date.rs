//! A day, as far as this crate needs one: to tell whether a list has grown old. There is no clock in here.

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads the first ten characters of an ISO 8601 date.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let date = Self {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
        };
        ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
    }

    /// Day that is `days` days after 1970-01-01 (civil-from-days, Howard Hinnant).
    pub fn from_unix_days(days: u32) -> Self {
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let of_era = shifted % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        Self { year: year as u16, month: month as u8, day: day as u8 }
    }

    /// The same day of the next year.
    pub(crate) fn a_year_later(self) -> Self {
        Self { year: self.year + 1, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(Date::from_unix_days(0), Date { year: 1970, month: 1, day: 1 });
        assert_eq!(Date::from_unix_days(11_016), Date { year: 2000, month: 2, day: 29 });
        assert_eq!(Date::from_unix_days(20_779), Date { year: 2026, month: 11, day: 22 });
    }

    #[test]
    fn only_dates_are_read() {
        assert_eq!(Date::parse("2026-11-22T10:00:00Z"), Some(Date { year: 2026, month: 11, day: 22 }));
        assert!(Date::parse("2026-13-01").is_none());
        assert!(Date::parse("today").is_none());
    }
}
