//! Step 1.2 Don't defend, stand in their shoes: values warm-up, perspective page, hard words, pause.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, Perspective, Value};

use crate::event::Reach;
use crate::id::{DAY, EntryId, MINUTE, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

/// Length of a pause when nothing else is agreed, in milliseconds (E12: twenty minutes or more).
pub const USUAL_PAUSE: u64 = 20 * MINUTE;
/// Longest pause, in milliseconds: a pause is not a silence.
pub const LONGEST_PAUSE: u64 = DAY;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::WarmUp { .. } | Event::Save(_) | Event::Rehearse { .. } => Reach::Own,
            Event::Share { .. } | Event::Pause { .. } | Event::Back { .. } => Reach::Pair,
        }
    }
}

impl Perspective {
    fn is_empty(&self) -> bool {
        [&self.before, &self.found, &self.thought, &self.felt, &self.after]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// A pause both know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Who asked for it.
    pub author: PersonId,
    /// When it began.
    pub since: Millis,
    /// The agreed time to come back.
    pub back_at: Millis,
    /// Back before that time.
    pub ended: bool,
}

impl Pause {
    fn runs(&self, now: Millis) -> bool {
        !self.ended && self.since <= now && self.back_at > now
    }
}

/// A page that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its writer.
    pub author: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// The page.
    pub page: Perspective,
}

/// All of step 1.2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts of the perspective page.
    pub drafts: Drafts<Perspective>,
    warm_ups: Vec<(Millis, Value)>,
    rehearsed: Vec<(EntryId, u16)>,
    shown: BTreeMap<EntryId, Shown>,
    pauses: BTreeMap<EntryId, Pause>,
}

impl State {
    /// Whether the two-minute warm-up was done within the last day: it comes before every hard draft (E2).
    pub fn warmed_up(&self, now: Millis) -> bool {
        self.warm_ups.last().is_some_and(|(at, _)| now.since(*at) < DAY)
    }

    /// Pages that were shown.
    pub fn shown(&self) -> impl Iterator<Item = (EntryId, &Shown)> {
        self.shown.iter().map(|(id, shown)| (*id, shown))
    }

    /// Hard statements that were answered, oldest first.
    pub fn rehearsed(&self) -> impl Iterator<Item = u16> {
        self.rehearsed.iter().map(|(_, statement)| *statement)
    }

    /// The pause that holds now: both see only "back at".
    pub fn pause(&self, now: Millis) -> Option<(EntryId, Pause)> {
        self.pauses
            .iter()
            .filter(|(_, pause)| pause.runs(now))
            .map(|(id, pause)| (*id, *pause))
            .max_by_key(|(id, pause)| (pause.back_at, *id))
    }

    /// Whether a pause of this person runs.
    pub(crate) fn is_on_break(&self, person: PersonId, now: Millis) -> bool {
        self.pauses.values().any(|pause| pause.author == person && pause.runs(now))
    }

    /// Whether somebody asked for a pause in a span before now.
    pub(crate) fn paused_within(&self, now: Millis, span: u64) -> bool {
        self.pauses.values().any(|pause| pause.since <= now && now.since(pause.since) < span)
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::WarmUp { .. } => Ok(()),
            Event::Save(save) => self.drafts.judge(save),
            Event::Rehearse { reply, .. } => words(reply),
            Event::Share { incident, content } => {
                ctx.as_doer(*incident)?;
                if content.is_empty() { Err(Refusal::Empty) } else { Ok(()) }
            }
            Event::Pause { back_at } => {
                let length = back_at.since(ctx.stamp.at.time());
                if length == 0 || length > LONGEST_PAUSE { Err(Refusal::OutOfRange) } else { Ok(()) }
            }
            Event::Back { pause } => {
                let found = self.pauses.get(pause).ok_or(Refusal::NotFound)?;
                ctx.is_author(found.author)
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::WarmUp { value, .. } => self.warm_ups.push((stamp.at.time(), *value)),
            Event::Save(save) => self.drafts.commit(stamp.id, stamp.at, save),
            Event::Rehearse { statement, .. } => self.rehearsed.push((stamp.id, statement.0)),
            Event::Share { incident, content } => {
                let shown = Shown { author: stamp.author, incident: *incident, page: content.clone() };
                self.shown.insert(stamp.id, shown);
            }
            Event::Pause { back_at } => {
                let since = stamp.at.time();
                self.pauses
                    .insert(stamp.id, Pause { author: stamp.author, since, back_at: *back_at, ended: false });
            }
            Event::Back { pause } => {
                if let Some(found) = self.pauses.get_mut(pause) {
                    found.ended = true;
                }
            }
        }
    }
}
