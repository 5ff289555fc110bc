//! The weekly talk: a recurring date, an agenda, a floor timer, a word that ends it.

use std::collections::BTreeSet;

use super::{AgendaPoint, Talk};
use crate::clock::Clock;
use crate::id::{Day, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::words;

impl Talk {
    pub(super) fn judge(&self) -> Result<(), Refusal> {
        let fits = self.minute < 1440
            && (15..=90).contains(&self.length)
            && (1..=15).contains(&self.floor)
            && self.clock().is_in_range();
        if fits { words(&self.stop_word) } else { Err(Refusal::OutOfRange) }
    }

    /// When the talk of a day begins.
    pub fn start(&self, day: Day) -> Millis {
        self.clock().instant(day, self.minute)
    }

    fn clock(&self) -> Clock<'_> {
        Clock::new(self.utc_offset, self.changes.as_ref())
    }

    /// Whose turn it is after so many milliseconds: 0 for who begins, 1 for the other; `None` when time is up.
    pub fn floor(&self, elapsed: u64) -> Option<u8> {
        let minutes = elapsed / crate::id::MINUTE;
        (minutes < u64::from(self.length)).then(|| ((minutes / u64::from(self.floor.max(1))) % 2) as u8)
    }
}

/// A weekly talk as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedTalk {
    /// Who proposed it.
    pub author: PersonId,
    /// Day, time, length, stop word.
    pub talk: Talk,
    /// Whether the other agreed.
    pub agreed: bool,
    /// Whether it was ended.
    pub ended: bool,
    /// Days left out.
    pub left_out: BTreeSet<Day>,
    /// Points for the agenda with their day and author.
    pub points: Vec<(Day, PersonId, AgendaPoint)>,
}

impl AgreedTalk {
    pub(super) fn new(author: PersonId, talk: Talk) -> Self {
        AgreedTalk {
            author,
            talk,
            agreed: false,
            ended: false,
            left_out: BTreeSet::new(),
            points: Vec::new(),
        }
    }

    pub(super) fn cancel(&mut self, day: Option<Day>) {
        match day {
            Some(day) => {
                self.left_out.insert(day);
            }
            None => self.ended = true,
        }
    }

    /// Whether both agreed to talk on this day.
    pub fn is_on(&self, day: Day) -> bool {
        let days = i64::from(day.0) - i64::from(self.talk.first.0);
        self.agreed && !self.ended && days >= 0 && days % 7 == 0 && !self.left_out.contains(&day)
    }

    /// The next talk that has not ended at this time.
    pub fn next(&self, now: Millis) -> Option<Day> {
        let today = self.talk.clock().day(now);
        let not_over =
            |day: &Day| self.talk.start(*day).plus(u64::from(self.talk.length) * crate::id::MINUTE) > now;
        let first = if today > self.talk.first { today } else { self.talk.first };
        (0..70).map(|ahead| first.plus(ahead)).find(|day| self.is_on(*day) && not_over(day))
    }

    /// Points of one day, in the order of the headings.
    pub fn agenda(&self, day: Day) -> Vec<(PersonId, &AgendaPoint)> {
        let mut points: Vec<_> = self
            .points
            .iter()
            .filter(|(of, ..)| *of == day)
            .map(|(_, author, point)| (*author, point))
            .collect();
        points.sort_by_key(|(_, point)| point.heading);
        points
    }
}
