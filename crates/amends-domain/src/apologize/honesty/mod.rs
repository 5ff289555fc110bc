//! Step 2.3 Be truly sorry, promise only what can be kept: the apology, the promise ledger, offers to see a fact.
//!
//! No sums, no percentages, no streaks: the ledger shows what was promised and what became of it.

mod event;

use std::collections::BTreeMap;

pub use event::{Apology, ApologyPart, Event, Outcome, Part, Promise, Response};

use crate::event::{Reach, Space};
use crate::id::{Day, EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

/// Promises one person can have open at a time.
pub const MOST_OPEN: usize = 3;
/// Days that the plain history looks back.
pub const HISTORY_DAYS: i32 = 12 * 7;
/// Longest offer to see a fact, in days.
pub const LONGEST_OFFER: i32 = 183;

/// The parts of an apology in the order of their weight (E1).
pub const PARTS: [Part; 5] =
    [Part::Responsibility, Part::Repair, Part::Regret, Part::Explanation, Part::Repentance];

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Save(_) => Reach::Own,
            Event::Promise { .. } | Event::Report { .. } => Reach::Either,
            _ => Reach::Pair,
        }
    }
}

impl Apology {
    /// Parts without words, in the order of their weight.
    pub fn missing(&self) -> Vec<Part> {
        let written =
            |part: Part| self.parts.iter().any(|own| own.part == part && !own.text.trim().is_empty());
        PARTS.into_iter().filter(|part| !written(*part)).collect()
    }
}

/// A promise and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who promised.
    pub author: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// Private or shared.
    pub space: Space,
    /// When it was made.
    pub made: Millis,
    /// The words that hold now.
    pub promise: Promise,
    /// Earlier words, each with the time of the change.
    pub earlier: Vec<(Millis, Promise)>,
    /// What became of it, once the doer reported.
    pub outcome: Option<(Millis, Outcome)>,
    /// The partner's answer, if they gave one.
    pub response: Option<Response>,
}

impl Entry {
    /// Whether it still holds.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }
}

/// A fact that may be seen for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Who offers.
    pub author: PersonId,
    /// What may be seen.
    pub what: String,
    /// Last day.
    pub until: Day,
    /// Ended early.
    pub ended: bool,
}

/// All of step 2.3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts of the apology.
    pub drafts: Drafts<Apology>,
    given: BTreeMap<EntryId, (PersonId, EntryId, Apology)>,
    ledger: BTreeMap<EntryId, Entry>,
    offers: BTreeMap<EntryId, Offer>,
    disputes: Vec<Millis>,
}

impl State {
    /// Apologies given, with their writers.
    pub fn given(&self) -> impl Iterator<Item = (EntryId, PersonId, &Apology)> {
        self.given.iter().map(|(id, (author, _, apology))| (*id, *author, apology))
    }

    /// One promise.
    pub fn promise(&self, id: EntryId) -> Option<&Entry> {
        self.ledger.get(&id)
    }

    /// Open promises of a person.
    pub fn open_promises(&self, person: PersonId) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.ledger
            .iter()
            .filter(move |(_, entry)| entry.author == person && entry.is_open())
            .map(|(id, entry)| (*id, entry))
    }

    /// Promises of the last twelve weeks and those still open, oldest first: a plain list, nothing counted.
    pub fn history(&self, today: Day, utc_offset: i16) -> Vec<(EntryId, &Entry)> {
        let recent = |entry: &Entry| match &entry.outcome {
            None => true,
            Some((at, _)) => at.day(utc_offset).plus(HISTORY_DAYS) >= today,
        };
        let mut found: Vec<_> =
            self.ledger.iter().filter(|(_, entry)| recent(entry)).map(|(id, entry)| (*id, entry)).collect();
        found.sort_by_key(|(id, entry)| (entry.made, *id));
        found
    }

    /// Offers that hold on a day.
    pub fn offers(&self, today: Day) -> impl Iterator<Item = (EntryId, &Offer)> {
        self.offers
            .iter()
            .filter(move |(_, offer)| !offer.ended && offer.until >= today)
            .map(|(id, offer)| (*id, offer))
    }

    pub(crate) fn disputed_within(&self, now: Millis, span: u64) -> bool {
        self.disputes.iter().any(|at| *at <= now && now.since(*at) < span)
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Save(save) => self.drafts.judge(save),
            Event::Give { incident, content } => {
                ctx.as_doer(*incident)?;
                if content.missing().contains(&Part::Responsibility) {
                    return Err(Refusal::ResponsibilityMissing);
                }
                Ok(())
            }
            Event::Promise { incident, content } => {
                ctx.incident(*incident)?;
                words(&content.text)?;
                let space = ctx.stamp.space;
                let open = self.open_promises(ctx.stamp.author).filter(|(_, entry)| entry.space == space);
                if open.count() >= MOST_OPEN { Err(Refusal::ThreeOpen) } else { Ok(()) }
            }
            Event::Report { promise, outcome } => self.judge_report(ctx, *promise, outcome),
            Event::Respond { promise, .. } => {
                let entry = self.entry(ctx, *promise)?;
                ctx.is_other(entry.author)?;
                match (&entry.outcome, entry.response) {
                    (None, _) => Err(Refusal::TooEarly),
                    (_, Some(_)) => Err(Refusal::AlreadyDone),
                    (Some(_), None) => Ok(()),
                }
            }
            Event::Offer { incident, what, until } => {
                ctx.as_doer(*incident)?;
                words(what)?;
                let today = ctx.stamp.at.time().day(0);
                let fits = *until >= today.plus(-1) && *until <= today.plus(LONGEST_OFFER);
                if fits { Ok(()) } else { Err(Refusal::OutOfRange) }
            }
            Event::EndOffer { offer } => {
                ctx.is_author(self.offers.get(offer).ok_or(Refusal::NotFound)?.author)
            }
        }
    }

    fn entry(&self, ctx: &Ctx<'_>, promise: EntryId) -> Result<&Entry, Refusal> {
        self.ledger.get(&promise).filter(|entry| entry.space == ctx.stamp.space).ok_or(Refusal::NotFound)
    }

    fn judge_report(&self, ctx: &Ctx<'_>, promise: EntryId, outcome: &Outcome) -> Result<(), Refusal> {
        let entry = self.entry(ctx, promise)?;
        ctx.is_author(entry.author)?;
        if !entry.is_open() {
            return Err(Refusal::AlreadyDone);
        }
        let Outcome::Renegotiated { text, .. } = outcome else { return Ok(()) };
        // Due is the end of the review day, wherever on earth that is.
        if ctx.stamp.at.time() >= entry.promise.review_on.plus(1).start(-12 * 60) {
            return Err(Refusal::TooLate);
        }
        words(text)
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Save(save) => self.drafts.commit(stamp.id, stamp.at, save),
            Event::Give { incident, content } => {
                self.given.insert(stamp.id, (stamp.author, *incident, content.clone()));
            }
            Event::Promise { incident, content } => {
                let entry = Entry {
                    author: stamp.author,
                    incident: *incident,
                    space: stamp.space,
                    made: stamp.at.time(),
                    promise: content.clone(),
                    earlier: Vec::new(),
                    outcome: None,
                    response: None,
                };
                self.ledger.insert(stamp.id, entry);
            }
            Event::Report { promise, outcome } => {
                if let Some(entry) = self.ledger.get_mut(promise) {
                    entry.report(stamp.at.time(), outcome);
                }
            }
            Event::Respond { promise, response } => {
                if *response == Response::Dispute {
                    self.disputes.push(stamp.at.time());
                }
                if let Some(entry) = self.ledger.get_mut(promise) {
                    entry.response = Some(*response);
                }
            }
            Event::Offer { what, until, .. } => {
                let offer = Offer { author: stamp.author, what: what.clone(), until: *until, ended: false };
                self.offers.insert(stamp.id, offer);
            }
            Event::EndOffer { offer } => {
                if let Some(offer) = self.offers.get_mut(offer) {
                    offer.ended = true;
                }
            }
        }
    }
}

impl Entry {
    // A renegotiated promise goes on with its new words; the other outcomes end it.
    fn report(&mut self, at: Millis, outcome: &Outcome) {
        match outcome {
            Outcome::Renegotiated { text, review_on } => {
                let changed = Promise { text: text.clone(), review_on: *review_on };
                self.earlier.push((at, std::mem::replace(&mut self.promise, changed)));
            }
            Outcome::Kept | Outcome::Missed | Outcome::Withdrawn => {
                self.outcome = Some((at, outcome.clone()))
            }
        }
    }
}
