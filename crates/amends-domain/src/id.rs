//! Names of people, devices and entries, and the three ways of telling time.
//!
//! Nothing here reads a clock or makes a random number: ids and times are passed in.

use std::fmt;

use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sixteen bytes as id: CBOR byte string, hexadecimal in JSON.
macro_rules! id16 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), to_hex(&self.0))
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let bytes = d.bytes()?;
                bytes.try_into().map($name).map_err(|_| minicbor::decode::Error::message("id is not 16 bytes"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.serialize_str(&to_hex(&self.0)) } else { s.serialize_bytes(&self.0) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                let bytes = from_hex(&text).and_then(|bytes| bytes.try_into().ok());
                bytes.map($name).ok_or_else(|| serde::de::Error::custom("expected 32 hexadecimal digits"))
            }
        }
    };
}

id16! {
    /// One person.
    PersonId
}
id16! {
    /// The chain of one device in one space.
    ///
    /// A device carries a different id in each space, so that the numbering of what is shared
    /// says nothing about how much was written in private in between.
    DeviceId
}
id16! {
    /// A picture or other large value, kept outside the event.
    BlobId
}
id16! {
    /// Half of a key that waits at the relay.
    ShareId
}

/// Which event: device chain and position in it, from 0. Unique for ever.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
pub struct EventId {
    /// Device chain.
    #[n(0)]
    pub device: DeviceId,
    /// Position in the chain.
    #[n(1)]
    pub seq: u64,
}

/// An entry is named by the event that made it.
pub type EntryId = EventId;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Millis(#[n(0)] pub u64);

/// One minute in milliseconds.
pub const MINUTE: u64 = 60_000;
/// One hour in milliseconds.
pub const HOUR: u64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: u64 = 24 * HOUR;
/// One week in milliseconds.
pub const WEEK: u64 = 7 * DAY;

impl Millis {
    /// This much later (milliseconds); stops at the end of time instead of overflowing.
    pub fn plus(self, span: u64) -> Self {
        Millis(self.0.saturating_add(span))
    }

    /// How long after `earlier`, in milliseconds; 0 when it is not after.
    pub fn since(self, earlier: Millis) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Calendar day at an offset from UTC in minutes (east is positive).
    pub fn day(self, utc_offset: i16) -> Day {
        let shifted = i128::from(self.0) + i128::from(utc_offset) * i128::from(MINUTE);
        Day(shifted.div_euclid(i128::from(DAY)).clamp(i128::from(i32::MIN), i128::from(i32::MAX)) as i32)
    }

    /// Minute of the day, 0 to 1439, at an offset from UTC in minutes.
    pub fn minute_of_day(self, utc_offset: i16) -> u16 {
        let shifted = i128::from(self.0) + i128::from(utc_offset) * i128::from(MINUTE);
        (shifted.rem_euclid(i128::from(DAY)) / i128::from(MINUTE)) as u16
    }
}

/// Hybrid logical clock (Kulkarni et al. 2014): 48 bits of milliseconds since 1970, 16 bits of counter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Hlc(#[n(0)] pub u64);

impl Hlc {
    /// A stamp at this time with this counter; times beyond 48 bits stop there.
    pub fn new(time: Millis, counter: u16) -> Self {
        Hlc(time.0.min((1 << 48) - 1) << 16 | u64::from(counter))
    }

    /// Wall-clock part, in milliseconds since 1970.
    pub fn time(self) -> Millis {
        Millis(self.0 >> 16)
    }

    /// Counter part: keeps stamps of one millisecond in order.
    pub fn counter(self) -> u16 {
        (self.0 & 0xffff) as u16
    }

    /// The next stamp of a device whose clock shows `now` and that has seen `self`.
    pub fn tick(self, now: Millis) -> Self {
        let fresh = Hlc::new(now, 0);
        if fresh > self { fresh } else { Hlc(self.0.saturating_add(1)) }
    }
}

impl fmt::Debug for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.time().0, self.counter())
    }
}

impl Serialize for Hlc {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(&format_args!("{self:?}")) } else { s.serialize_u64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let parts = text
            .split_once('.')
            .and_then(|(time, counter)| Some((time.parse().ok()?, counter.parse().ok()?)));
        let (time, counter) =
            parts.ok_or_else(|| serde::de::Error::custom("expected milliseconds.counter"))?;
        Ok(Hlc::new(Millis(time), counter))
    }
}

/// A calendar day: days since 1970-01-01. `2026-11-22` in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Day(#[n(0)] pub i32);

impl Day {
    /// Day of a proleptic Gregorian date; `None` when there is no such date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(-9999..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let found = Day(days_from_civil(year, month, day));
        (found.ymd() == (year, month, day)).then_some(found)
    }

    /// Year, month and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// The first millisecond of the day at an offset from UTC in minutes.
    pub fn start(self, utc_offset: i16) -> Millis {
        let start = i64::from(self.0) * DAY as i64 - i64::from(utc_offset) * MINUTE as i64;
        Millis(u64::try_from(start).unwrap_or(0))
    }

    /// So many days later; stops at the ends of the calendar.
    pub fn plus(self, days: i32) -> Self {
        Day(self.0.saturating_add(days))
    }

    /// Week number counted from the Monday of 1969-12-29; all days Monday to Sunday share one.
    pub fn week(self) -> i32 {
        self.0.saturating_add(3).div_euclid(7)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
        let (Some(year), Some(month), Some(day)) = (next(), next(), next()) else { return Err(NotADay) };
        i32::try_from(year).ok().and_then(|year| Day::from_ymd(year, month, day)).ok_or(NotADay)
    }
}

/// The text is not a date like `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date like 2026-11-22")]
pub struct NotADay;

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i32(self.0) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

// Days and civil dates after Howard Hinnant, "chrono-compatible low-level date algorithms" (public domain).
// Years run from March to February, eras are 400 years of 146,097 days.
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468) as i32
}

fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_index + 2) / 5 + 1) as u32;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month, day)
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_know_their_dates_and_back() {
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!("2024-02-29".parse::<Day>().map(|day| day.plus(1).to_string()), Ok("2024-03-01".into()));
        assert_eq!("2026-02-29".parse::<Day>(), Err(NotADay));
        for days in (-700_000..700_000).step_by(997) {
            let (year, month, day) = Day(days).ymd();
            assert_eq!(Day::from_ymd(year, month, day), Some(Day(days)));
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let monday: Day = "2026-11-16".parse().unwrap();
        assert_eq!(monday.week(), monday.plus(6).week());
        assert_eq!(monday.week() + 1, monday.plus(7).week());
    }

    #[test]
    fn clocks_never_run_backwards() {
        let first = Hlc::new(Millis(5_000), 0);
        assert!(first.tick(Millis(4_000)) > first);
        assert_eq!(first.tick(Millis(6_000)), Hlc::new(Millis(6_000), 0));
        assert_eq!(Hlc(u64::MAX).tick(Millis(1)), Hlc(u64::MAX));
    }

    #[test]
    fn local_days_follow_the_offset() {
        let late = Day(10).start(0).plus(23 * HOUR);
        assert_eq!(late.day(0), Day(10));
        assert_eq!(late.day(120), Day(11));
        assert_eq!(late.minute_of_day(120), 60);
        assert_eq!(Millis(0).day(-60), Day(-1));
    }
}
