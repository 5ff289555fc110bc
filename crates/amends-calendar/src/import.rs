//! Reading a calendar file: each event and each repetition inside a window, as plain data.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::{CalendarErrorType, CalendarEvent, TimeOrDelta};
use calcard::icalendar::timezone::TzResolver;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameter, ICalendarParameterName,
    ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{DateTime, Datelike, Duration, NaiveDateTime, Timelike};

use crate::ImportError;
use crate::zone::{Zone, utc};

/// Largest file, in bytes.
pub const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// Most events that one import gives back.
pub const MOST_EVENTS: usize = 5_000;
/// Most repetitions of one event that are looked at.
const MOST_REPETITIONS: usize = 20_000;
/// Longest window, in milliseconds: two years and a day.
const LONGEST_WINDOW: u64 = 731 * 24 * 60 * 60 * 1000;

/// The time to look at: milliseconds since 1970, from inclusive, to exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Begin.
    pub from: u64,
    /// End.
    pub to: u64,
}

/// One event, or one repetition of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlainEvent {
    /// Begin, in milliseconds since 1970.
    pub start: u64,
    /// End, in milliseconds since 1970; not before the begin.
    pub end: u64,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// Whole days, without a time.
    pub all_day: bool,
    /// Name of the event in the file; repetitions share it.
    pub uid: String,
}

/// Why an event was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// It has no begin, or one that is no date.
    #[error("no date")]
    NoDate,
    /// Its dates lie before 1900 or after 2200.
    #[error("a date far away")]
    FarAway,
    /// Its repetition rule makes no sense.
    #[error("a repetition that makes no sense")]
    BadRepetition,
    /// It repeats so often that not all of it was looked at.
    #[error("too many repetitions")]
    TooOften,
}

/// An event that was skipped, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What it is called.
    pub title: String,
    /// Why.
    pub problem: Problem,
}

/// What a file holds inside the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Events by begin.
    pub events: Vec<PlainEvent>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// Lines that are no calendar lines.
    pub bad_lines: usize,
    /// There were more than [`MOST_EVENTS`]; the rest was left out.
    pub more: bool,
}

/// Reads a calendar file. `home` is the zone of events that name none, and of whole days.
pub fn import(text: &str, window: Window, home: Zone) -> Result<Imported, ImportError> {
    if text.len() > LARGEST_FILE {
        return Err(ImportError::TooLarge);
    }
    if window.from >= window.to || window.to - window.from > LONGEST_WINDOW {
        return Err(ImportError::BadWindow);
    }
    let (calendars, bad_lines) = parse(text)?;
    let mut reader = Reader { window, home, found: Imported { bad_lines, ..Imported::default() } };
    for calendar in &calendars {
        reader.calendar(calendar);
    }
    let mut found = reader.found;
    found.events.sort();
    found.events.dedup();
    Ok(found)
}

fn parse(text: &str) -> Result<(Vec<ICalendar>, usize), ImportError> {
    // The parser forgives an end in the middle; half a file would silently miss events.
    let lines = |wanted: &str| text.lines().filter(|line| line.trim().eq_ignore_ascii_case(wanted)).count();
    if lines("BEGIN:VCALENDAR") + lines("\u{feff}BEGIN:VCALENDAR") > lines("END:VCALENDAR") {
        return Err(ImportError::CutOff);
    }
    let mut parser = Parser::new(text);
    let mut calendars = Vec::new();
    let mut bad_lines = 0;
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => calendars.push(calendar),
            Entry::Eof => break,
            Entry::UnterminatedComponent(_) => return Err(ImportError::CutOff),
            Entry::TooManyComponents => return Err(ImportError::TooLarge),
            _ => bad_lines += 1,
        }
    }
    let is_calendar = |calendar: &ICalendar| {
        let first = calendar.components.first().map(|component| &component.component_type);
        first == Some(&ICalendarComponentType::VCalendar)
    };
    if calendars.iter().any(is_calendar) {
        Ok((calendars, bad_lines))
    } else {
        Err(ImportError::NotACalendar)
    }
}

struct Reader {
    window: Window,
    home: Zone,
    found: Imported,
}

impl Reader {
    // Events of one UID belong together: the rule and its moved or changed repetitions.
    fn calendar(&mut self, calendar: &ICalendar) {
        let zones: Vec<ICalendarComponent> = calendar.timezones().cloned().collect();
        let mut groups: BTreeMap<(String, usize), Vec<ICalendarComponent>> = BTreeMap::new();
        for (position, component) in calendar.components.iter().enumerate() {
            if component.component_type != ICalendarComponentType::VEvent {
                continue;
            }
            let uid = component.uid().unwrap_or_default().to_string();
            // Events without a name have nothing to do with one another.
            let apart = if uid.is_empty() { position + 1 } else { 0 };
            groups.entry((uid, apart)).or_default().push(plain(component));
        }
        for ((uid, _), events) in groups {
            self.group(&uid, &zones, events);
        }
    }

    fn group(&mut self, uid: &str, zones: &[ICalendarComponent], mut events: Vec<ICalendarComponent>) {
        let title = events.first().map(|event| words(event, &ICalendarProperty::Summary)).unwrap_or_default();
        if events.iter().any(is_far_away) {
            return self.skip(title, Problem::FarAway);
        }
        let shift = zones.len();
        let zones = ICalendar { components: zones.to_vec() };
        let resolver = zones.build_tz_resolver().with_default(Tz::Tz(self.home.0));
        events.iter_mut().for_each(|event| in_local_time(event, &resolver));
        let group = ICalendar { components: zones.components.iter().cloned().chain(events).collect() };
        let expanded = group.expand_dates(Tz::Tz(self.home.0), MOST_REPETITIONS);
        for error in &expanded.errors {
            let problem = match error.error {
                CalendarErrorType::RRule(_) => Problem::BadRepetition,
                _ => Problem::NoDate,
            };
            self.skip(title.clone(), problem);
        }
        if expanded.events.len() >= MOST_REPETITIONS {
            self.skip(title, Problem::TooOften);
        }
        // The zone of the event itself, for repetitions that fall into the hour that does not exist.
        let zone =
            expanded.events.iter().map(|event| event.start.timezone()).find(|zone| !zone.is_floating());
        for event in &expanded.events {
            let Some(component) =
                group.components.get(event.comp_id as usize).filter(|_| event.comp_id as usize >= shift)
            else {
                continue;
            };
            self.event(uid, component, event, zone);
        }
    }

    fn event(
        &mut self,
        uid: &str,
        component: &ICalendarComponent,
        event: &CalendarEvent<DateTime<Tz>, TimeOrDelta<DateTime<Tz>, chrono::TimeDelta>>,
        zone: Option<Tz>,
    ) {
        if component.status() == Some(&ICalendarStatus::Cancelled) {
            return;
        }
        let Some(start) = self.instant(&event.start, zone) else { return };
        let end = match &event.end {
            TimeOrDelta::Time(end) => self.instant(end, zone),
            TimeOrDelta::Delta(length) if has_end(component) || is_all_day(component) => {
                start.checked_add_signed(*length)
            }
            TimeOrDelta::Delta(_) => Some(start),
        };
        let end = end.unwrap_or(start).max(start);
        let (Some(start), Some(end)) = (millis(start), millis(end)) else { return };
        let inside =
            start < self.window.to && (end > self.window.from || (start == end && start >= self.window.from));
        if !inside {
            return;
        }
        if self.found.events.len() >= MOST_EVENTS {
            self.found.more = true;
            return;
        }
        self.found.events.push(PlainEvent {
            start,
            end,
            title: words(component, &ICalendarProperty::Summary),
            place: words(component, &ICalendarProperty::Location),
            all_day: is_all_day(component),
            uid: uid.into(),
        });
    }

    fn instant(&self, at: &DateTime<Tz>, zone: Option<Tz>) -> Option<NaiveDateTime> {
        if !at.timezone().is_floating() {
            return Some(at.naive_utc());
        }
        let zone = match zone {
            Some(Tz::Tz(zone)) => Zone(zone),
            _ => self.home,
        };
        zone.to_utc(at.naive_local())
    }

    fn skip(&mut self, title: String, problem: Problem) {
        self.found.skipped.push(Skipped { title, problem });
    }
}

// Different makers count SEQUENCE differently on a rule and on its changed repetitions; they belong together all
// the same, so it is left out.
fn plain(component: &ICalendarComponent) -> ICalendarComponent {
    let mut component = component.clone();
    component.entries.retain(|entry| entry.name != ICalendarProperty::Sequence);
    component.component_ids.clear();
    component
}

// Repetitions are counted in the local time of the begin. A begin in UTC gets UTC as its zone, and the end of a
// rule, which is written in UTC or as a bare day, is put into that local time.
fn in_local_time(component: &mut ICalendarComponent, zones: &TzResolver<&str>) {
    let mut zone = zones.resolve_or_default(None);
    for entry in component.entries.iter_mut().filter(|entry| entry.name == ICalendarProperty::Dtstart) {
        if let Some(ICalendarValue::PartialDateTime(start)) = entry.values.first_mut() {
            if let (Some(0), Some(0) | None) = (start.tz_hour, start.tz_minute) {
                (start.tz_hour, start.tz_minute, start.tz_minus) = (None, None, false);
                entry.params.retain(|param| param.name != ICalendarParameterName::Tzid);
                entry.params.push(ICalendarParameter::tzid("UTC".to_string()));
            }
            zone = zones.resolve_or_default(entry.tz_id());
        }
    }
    let timed = !is_all_day(component);
    for entry in component.entries.iter_mut().filter(|entry| entry.name == ICalendarProperty::Rrule) {
        if let Some(ICalendarValue::RecurrenceRule(rule)) = entry.values.first_mut()
            && let Some(until) = &mut rule.until
        {
            last_repetition(until, zone, timed);
        }
    }
}

fn last_repetition(until: &mut PartialDateTime, zone: Tz, timed: bool) {
    if !until.has_time() {
        if timed {
            (until.hour, until.minute, until.second) = (Some(23), Some(59), Some(59));
        }
        return;
    }
    let Some(at) = until.to_date_time_with_tz(Tz::Floating).filter(|_| until.tz_hour.is_some()) else {
        return;
    };
    let local = at.naive_utc().and_utc().with_timezone(&zone).naive_local();
    let Ok(year) = u16::try_from(local.year()) else { return };
    *until = PartialDateTime {
        year: Some(year),
        month: Some(local.month() as u8),
        day: Some(local.day() as u8),
        hour: Some(local.hour() as u8),
        minute: Some(local.minute() as u8),
        second: Some(local.second() as u8),
        ..PartialDateTime::default()
    };
}

fn words(component: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let value = component.property(name).and_then(|entry| entry.values.first());
    value.and_then(ICalendarValue::as_text).unwrap_or_default().trim().to_string()
}

fn has_end(component: &ICalendarComponent) -> bool {
    component.has_property(&ICalendarProperty::Dtend) || component.has_property(&ICalendarProperty::Duration)
}

fn is_all_day(component: &ICalendarComponent) -> bool {
    let start = component.property(&ICalendarProperty::Dtstart).and_then(|entry| entry.values.first());
    start.and_then(ICalendarValue::as_partial_date_time).is_some_and(|date| !date.has_time())
}

// Dates far away would only cost time, and arithmetic on them can leave the calendar.
fn is_far_away(component: &ICalendarComponent) -> bool {
    let values = component.entries.iter().flat_map(|entry| &entry.values);
    let dates = values.filter_map(|value| match value {
        ICalendarValue::PartialDateTime(date) => Some(date.year),
        _ => None,
    });
    let far_date = dates.flatten().any(|year| !(1900..=2200).contains(&year));
    let far_length = component.entries.iter().flat_map(|entry| &entry.values).any(|value| match value {
        ICalendarValue::Duration(length) => {
            length.to_time_delta().is_none_or(|length| length.abs() > Duration::days(36_600))
        }
        _ => false,
    });
    far_date || far_length
}

fn millis(at: NaiveDateTime) -> Option<u64> {
    let millis = u64::try_from(at.and_utc().timestamp_millis()).ok()?;
    utc(millis).map(|_| millis)
}
