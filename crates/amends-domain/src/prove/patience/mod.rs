//! Step 3.6 It takes time: private check-ins, what I controlled, the review every three months, ending well.
//!
//! A check-in belongs to the one who answers. Raw points and the band of the last eight; no line, no mean of
//! both, no forecast, and falling numbers never cause a message to anybody.

mod chart;
mod event;

use std::collections::BTreeMap;

pub use chart::{Chart, LEAST_POINTS};
pub use event::{Closing, Decision, Degree, Event, Item, ItemAnswer, Point};

use crate::event::Reach;
use crate::id::{Day, EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

/// Days between two reviews.
pub const REVIEW_EVERY: i32 = 91;
/// Items asked every week.
pub const WEEKLY: [Item; 3] = [Item::WordsMatched, Item::Predictable, Item::TurnedTowards];
/// Items asked every fourth week.
pub const MONTHLY: [Item; 3] = [Item::FeltSafe, Item::WouldTell, Item::GoOnTrying];

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::CheckIn { .. }
            | Event::Controlled { .. }
            | Event::Review { .. }
            | Event::SaveClosing(_) => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

impl Item {
    /// Message key of the sentence.
    pub fn message_key(self) -> &'static str {
        match self {
            Item::WordsMatched => "check-in-words-matched",
            Item::Predictable => "check-in-predictable",
            Item::TurnedTowards => "check-in-turned-towards",
            Item::FeltSafe => "check-in-felt-safe",
            Item::WouldTell => "check-in-would-tell",
            Item::GoOnTrying => "check-in-go-on-trying",
        }
    }
}

/// The doer's look at one week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlledWeek {
    /// I did what I wrote.
    pub wrote: Degree,
    /// I told the truth when it cost me.
    pub told: Degree,
    /// I listened without defending.
    pub listened: Degree,
    /// Own words.
    pub note: String,
}

/// A chart that its owner shared for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedChart {
    /// Whose answers they are.
    pub author: PersonId,
    /// Which item.
    pub item: Item,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// The points.
    pub points: Vec<Point>,
}

/// A review, kept or told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Whose.
    pub author: PersonId,
    /// When.
    pub at: Millis,
    /// About which incident.
    pub incident: Option<EntryId>,
    /// Together, apart, not yet.
    pub decision: Decision,
    /// Own words.
    pub text: String,
    /// Whether the other was told.
    pub told: bool,
}

/// All of step 3.6.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts of a closing letter.
    pub closings: Drafts<Closing>,
    answers: BTreeMap<(Item, Day), Option<u8>>,
    controlled: BTreeMap<Day, ControlledWeek>,
    charts: BTreeMap<EntryId, SharedChart>,
    reviews: BTreeMap<EntryId, Review>,
    sent_closings: BTreeMap<EntryId, (PersonId, Closing)>,
}

impl State {
    /// Items to ask on a day: some every week, some every fourth week.
    pub fn due(&self, today: Day) -> Vec<Item> {
        let last = |item: Item| self.answers.range((item, Day(i32::MIN))..=(item, Day(i32::MAX))).next_back();
        let due = |item: &Item, days: i32| {
            last(*item).is_none_or(|((_, day), _)| today.0.saturating_sub(day.0) >= days)
        };
        let weekly = WEEKLY.into_iter().filter(|item| due(item, 7));
        weekly.chain(MONTHLY.into_iter().filter(|item| due(item, 28))).collect()
    }

    /// Own answers to an item in a period; skipped ones are not there.
    pub fn points(&self, item: Item, from: Day, to: Day) -> Vec<Point> {
        if from > to {
            return Vec::new();
        }
        let answers = self.answers.range((item, from)..=(item, to));
        answers.filter_map(|((_, day), value)| value.map(|value| Point { day: *day, value })).collect()
    }

    /// Own chart of an item; none before there are four points.
    pub fn chart(&self, item: Item) -> Option<Chart> {
        Chart::new(item, self.points(item, Day(i32::MIN), Day(i32::MAX)))
    }

    /// Whether the latest answer to "I felt safe" opens "Is this safe?" here, silently: below 4, or 4 lower
    /// than the one before.
    pub fn opens_safety(&self) -> bool {
        let points = self.points(Item::FeltSafe, Day(i32::MIN), Day(i32::MAX));
        match points.as_slice() {
            [.., before, last] => last.value < 4 || before.value >= last.value.saturating_add(4),
            [last] => last.value < 4,
            [] => false,
        }
    }

    /// Own weeks, oldest first. Weeks without an entry are neutral.
    pub fn controlled(&self) -> impl Iterator<Item = (Day, &ControlledWeek)> {
        self.controlled.iter().map(|(week, entry)| (*week, entry))
    }

    /// Charts that are shared.
    pub fn charts(&self) -> impl Iterator<Item = (EntryId, &SharedChart)> {
        self.charts.iter().map(|(id, chart)| (*id, chart))
    }

    /// Reviews, own and told.
    pub fn reviews(&self) -> impl Iterator<Item = (EntryId, &Review)> {
        self.reviews.iter().map(|(id, review)| (*id, review))
    }

    /// Whether it is time to offer a review to a person who began on this day.
    pub fn review_due(&self, person: PersonId, began: Day, today: Day) -> bool {
        let last = self
            .reviews
            .values()
            .filter(|review| review.author == person)
            .map(|review| review.at.day(0))
            .max();
        today.0.saturating_sub(last.unwrap_or(began).0) >= REVIEW_EVERY
    }

    /// Closing letters that were given.
    pub fn sent_closings(&self) -> impl Iterator<Item = (EntryId, PersonId, &Closing)> {
        self.sent_closings.iter().map(|(id, (author, closing))| (*id, *author, closing))
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::CheckIn { answers, .. } => {
                let fits = answers.iter().all(|answer| answer.value.is_none_or(|value| value <= 10));
                if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
            }
            Event::ShareChart { from, to, points, .. } => {
                let fits = from <= to
                    && points.iter().all(|point| point.value <= 10 && (*from..=*to).contains(&point.day));
                if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
            }
            Event::StopChart { chart } => {
                ctx.is_author(self.charts.get(chart).ok_or(Refusal::NotFound)?.author)
            }
            Event::Controlled { .. } | Event::Review { .. } => Ok(()),
            Event::TellDecision { incident, .. } => incident.map_or(Ok(()), |id| ctx.incident(id).map(drop)),
            Event::SaveClosing(save) => self.closings.judge(save),
            Event::SendClosing { content } => words(&content.text),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::CheckIn { day, answers, .. } => {
                self.answers.extend(answers.iter().map(|answer| ((answer.item, *day), answer.value)));
            }
            Event::ShareChart { item, from, to, points } => {
                let chart = SharedChart {
                    author: stamp.author,
                    item: *item,
                    from: *from,
                    to: *to,
                    points: points.clone(),
                };
                self.charts.insert(stamp.id, chart);
            }
            Event::StopChart { chart } => {
                self.charts.remove(chart);
            }
            Event::Controlled { week, wrote, told, listened, note } => {
                let entry =
                    ControlledWeek { wrote: *wrote, told: *told, listened: *listened, note: note.clone() };
                self.controlled.insert(*week, entry);
            }
            Event::Review { incident, decision, text } | Event::TellDecision { incident, decision, text } => {
                let review = Review {
                    author: stamp.author,
                    at: stamp.at.time(),
                    incident: *incident,
                    decision: *decision,
                    text: text.clone(),
                    told: matches!(event, Event::TellDecision { .. }),
                };
                self.reviews.insert(stamp.id, review);
            }
            Event::SaveClosing(save) => self.closings.commit(stamp.id, stamp.at, save),
            Event::SendClosing { content } => {
                self.sent_closings.insert(stamp.id, (stamp.author, content.clone()));
            }
        }
    }
}
