//! Writing a calendar file that real calendars read: UTC for single plans, the zone spelled out for weekly ones,
//! lines folded at 75 bytes, the same names on every export so that nothing appears twice.

use chrono::{Datelike, NaiveDateTime};

use crate::zone::{Change, Zone, utc};

/// A plan to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// A name that stays the same on every export, without private words: it is visible in other calendars.
    pub uid: String,
    /// Begin, in milliseconds since 1970.
    pub start: u64,
    /// Length in minutes.
    pub minutes: u16,
    /// What it is called. Choose a neutral title: other people may see it.
    pub title: String,
    /// Where it is; may be empty.
    pub place: String,
    /// Once or weekly.
    pub repeats: Repeats,
}

/// Once or weekly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeats {
    /// Once.
    Once,
    /// Every week at the same local time.
    Weekly {
        /// The zone whose clock it follows.
        zone: Zone,
        /// Begins that are left out, in milliseconds since 1970.
        left_out: Vec<u64>,
        /// No repetition begins after this time, in milliseconds since 1970.
        until: Option<u64>,
    },
}

/// Years of clock changes that are spelled out.
const YEARS: i32 = 10;

/// A calendar file with these plans. `stamp` is the time of the export, in milliseconds since 1970.
/// Plans beyond the calendar are left out.
pub fn export(plans: &[Plan], stamp: u64) -> String {
    let mut file = File { text: String::new() };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//Amends//Amends//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    let mut zones: Vec<(Zone, NaiveDateTime)> = Vec::new();
    for plan in plans {
        if let (Repeats::Weekly { zone, .. }, Some(start)) = (&plan.repeats, utc(plan.start)) {
            match zones.iter_mut().find(|(known, _)| known == zone) {
                Some((_, first)) => *first = start.min(*first),
                None => zones.push((*zone, start)),
            }
        }
    }
    for (zone, first) in zones.iter().filter(|(zone, _)| *zone != Zone::UTC) {
        file.zone(*zone, *first);
    }
    for plan in plans {
        file.plan(plan, stamp);
    }
    file.line("END:VCALENDAR");
    file.text
}

struct File {
    text: String,
}

impl File {
    // RFC 5545 3.1: lines of at most 75 bytes, continued with a space, never inside a character.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for character in line.chars() {
            if width + character.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                width = 1;
            }
            self.text.push(character);
            width += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn plan(&mut self, plan: &Plan, stamp: u64) {
        let (Some(start), Some(stamp)) = (utc(plan.start), utc(stamp)) else { return };
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", escaped(&plan.uid)));
        self.line(&format!("DTSTAMP:{}", in_utc(stamp)));
        match &plan.repeats {
            Repeats::Once => self.line(&format!("DTSTART:{}", in_utc(start))),
            Repeats::Weekly { zone, left_out, until } => {
                self.line(&format!("DTSTART{}", in_zone(*zone, start)));
                let until = until.and_then(utc).map(|until| format!(";UNTIL={}", in_utc(until)));
                self.line(&format!("RRULE:FREQ=WEEKLY{}", until.unwrap_or_default()));
                for day in left_out.iter().filter_map(|at| utc(*at)) {
                    self.line(&format!("EXDATE{}", in_zone(*zone, day)));
                }
            }
        }
        self.line(&format!("DURATION:PT{}M", plan.minutes));
        self.line(&format!("SUMMARY:{}", escaped(&plan.title)));
        if !plan.place.is_empty() {
            self.line(&format!("LOCATION:{}", escaped(&plan.place)));
        }
        self.line("CLASS:PRIVATE");
        self.line("TRANSP:OPAQUE");
        self.line("END:VEVENT");
    }

    fn zone(&mut self, zone: Zone, first: NaiveDateTime) {
        let changes = zone.changes(first.year() - 1, first.year() + YEARS);
        let seconds = zone.seconds_at(first);
        let begin = changes.first().map_or(seconds, |change| change.before);
        let epoch = chrono::DateTime::UNIX_EPOCH.naive_utc();
        let always =
            Change { at: epoch - chrono::Duration::seconds(i64::from(begin)), before: begin, after: begin };
        self.line("BEGIN:VTIMEZONE");
        self.line(&format!("TZID:{}", zone.name()));
        for change in std::iter::once(&always).chain(&changes) {
            let kind = if change.after > change.before { "DAYLIGHT" } else { "STANDARD" };
            // The begin of a change is written in the time that held before it.
            let local = change.at + chrono::Duration::seconds(i64::from(change.before));
            self.line(&format!("BEGIN:{kind}"));
            self.line(&format!("DTSTART:{}", local.format("%Y%m%dT%H%M%S")));
            self.line(&format!("TZOFFSETFROM:{}", offset(change.before)));
            self.line(&format!("TZOFFSETTO:{}", offset(change.after)));
            self.line(&format!("END:{kind}"));
        }
        self.line("END:VTIMEZONE");
    }
}

fn in_utc(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn in_zone(zone: Zone, at: NaiveDateTime) -> String {
    if zone == Zone::UTC {
        return format!(":{}", in_utc(at));
    }
    format!(";TZID={}:{}", zone.name(), zone.local(at).format("%Y%m%dT%H%M%S"))
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let rest = seconds % 60;
    let short = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if rest == 0 { short } else { format!("{short}{rest:02}") }
}

// RFC 5545 3.3.11. Control characters have no place in a text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}
