//! State: a fold over a set of events. The same set gives the same state in every order of delivery.
//!
//! Events are applied in the order of clock, device and position. An event that breaks a rule is kept with the
//! reason and not applied. Whether a *shared* event is accepted depends on shared events only, so both
//! persons' devices agree about it.

mod ctx;
mod world;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

pub(crate) use ctx::words;
pub use ctx::{Ctx, Stamp};
pub use world::World;

use crate::event::{Body, Event, Space};
use crate::id::{DeviceId, EntryId, EventId, Hlc, PersonId};
use crate::prove::communication;
use crate::refusal::Refusal;
use crate::{consent, entry};

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It holds.
    Yes,
    /// It was here already.
    Known,
    /// Its author deleted it.
    Retracted,
    /// Kept, not applied.
    Rejected(Refusal),
}

// An event as its own author names it: a mark by anybody else, or from the other space, does not reach it.
type Marked = (EventId, PersonId, Space);

/// All events of one person's devices, and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    log: Vec<Arc<Event>>,
    by_id: HashMap<EventId, Arc<Event>>,
    // Last word on an event by its author: deleted or restored.
    marks: BTreeMap<Marked, bool>,
    rejected: BTreeMap<EventId, Refusal>,
    // Highest position of each chain, and events whose time was set back.
    heads: HashMap<DeviceId, u64>,
    set_back: BTreeSet<EventId>,
    unknown: usize,
    world: World,
}

impl State {
    /// An empty state. `partner` is known after pairing; without one everything is solo mode.
    pub fn new(me: PersonId, partner: Option<PersonId>) -> Self {
        State {
            log: Vec::new(),
            by_id: HashMap::new(),
            marks: BTreeMap::new(),
            rejected: BTreeMap::new(),
            heads: HashMap::new(),
            set_back: BTreeSet::new(),
            unknown: 0,
            world: World::new(me, partner),
        }
    }

    /// The state of a whole set of events.
    pub fn from_events(
        me: PersonId,
        partner: Option<PersonId>,
        events: impl IntoIterator<Item = Event>,
    ) -> Self {
        let mut state = State::new(me, partner);
        state.extend(events);
        state
    }

    /// The partner after pairing; everything is looked at again.
    pub fn pair_with(&mut self, partner: PersonId) {
        self.world.partner = Some(partner);
        self.refold();
    }

    /// Everything that holds after all events that are here.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// All events, in the order in which they are applied.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.log.iter().map(Arc::as_ref)
    }

    /// One event.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.by_id.get(&id).map(Arc::as_ref)
    }

    /// Events kept but not applied, with the reason.
    pub fn rejected(&self) -> impl Iterator<Item = (EventId, Refusal)> {
        self.rejected.iter().map(|(id, refusal)| (*id, *refusal))
    }

    /// Number of events that a later version made.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// Whether the author of an event deleted it.
    pub fn is_retracted(&self, event: &Event) -> bool {
        let deletable = !matches!(event.body, Body::Entry(_) | Body::Consent(_) | Body::Safety(_));
        deletable && self.marks.get(&(event.id, event.author, event.space)).is_some_and(|deleted| *deleted)
    }

    /// Whether an event holds: here, applied, not deleted.
    pub fn holds(&self, event: &Event) -> bool {
        !self.rejected.contains_key(&event.id)
            && !self.is_retracted(event)
            && !matches!(event.body, Body::Unknown(_))
    }

    /// Puts the words of a letter with a day beside its event, where both halves of its key are here. They are part of no
    /// stored form.
    pub fn reveal(&mut self, letter: EntryId, words: &str) {
        let Some(event) = self.by_id.get(&letter) else { return };
        let mut revealed = Event::clone(event);
        let Body::Communication(communication::Event::SendSealed { text, .. }) = &mut revealed.body else {
            return;
        };
        words.clone_into(text);
        let revealed = Arc::new(revealed);
        self.by_id.insert(letter, revealed.clone());
        if let Some(place) = self.log.iter_mut().rev().find(|event| event.id == letter) {
            *place = revealed;
        }
        self.world.communication.reveal(letter, words);
    }

    /// Takes one event. Where it belongs before others, everything is folded anew; for many, [`Self::extend`] does that once.
    pub fn apply(&mut self, event: Event) -> Applied {
        let id = event.id;
        match self.take(event) {
            Taken::Known => return Applied::Known,
            Taken::AtEnd => self.fold_last(),
            Taken::Between => self.refold(),
        }
        let event = &self.by_id[&id];
        match self.rejected.get(&id) {
            Some(refusal) => Applied::Rejected(*refusal),
            None if self.is_retracted(event) => Applied::Retracted,
            None => Applied::Yes,
        }
    }

    /// Takes many events with at most one fold over everything.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Event>) {
        let mut dirty = false;
        for event in events {
            match self.take(event) {
                Taken::Known => {}
                Taken::AtEnd if !dirty => self.fold_last(),
                Taken::AtEnd | Taken::Between => dirty = true,
            }
        }
        if dirty {
            self.refold();
        }
    }

    fn take(&mut self, event: Event) -> Taken {
        if let Some(known) = self.by_id.get(&event.id) {
            // Two events under one id cannot come from an honest device; every replica keeps the same one.
            if **known == event || known.encode() <= event.encode() {
                return Taken::Known;
            }
            self.log.retain(|other| other.id != event.id);
            self.insert(Arc::new(event));
            return Taken::Between;
        }
        // A gap that closes from behind can show that a later position was dated back.
        let fills_gap = self.heads.get(&event.id.device).is_some_and(|head| *head > event.id.seq);
        let late = fills_gap || self.log.last().is_some_and(|last| last.order() > event.order());
        let retracts =
            matches!(event.body, Body::Entry(entry::Event::Delete { .. } | entry::Event::Restore { .. }))
                || self.ends_a_time(&event).is_some();
        self.insert(Arc::new(event));
        if late || retracts { Taken::Between } else { Taken::AtEnd }
    }

    /// Where a time of the two ended, if this event says so.
    fn ends_a_time<'e>(&self, event: &'e Event) -> Option<&'e [consent::Former]> {
        match &event.body {
            Body::Consent(consent::Event::BeginAgain { former })
                if event.space == Space::Private && event.author == self.world.me =>
            {
                Some(former)
            }
            _ => None,
        }
    }

    fn insert(&mut self, event: Arc<Event>) {
        self.by_id.insert(event.id, event.clone());
        self.log.push(event);
    }

    // A device's clock never runs backwards, so a later position with an earlier time was set back by hand: that
    // could slip a message in before a pause, or spread a flood over days gone by.
    fn backdated(&self) -> BTreeSet<EventId> {
        let mut chains: Vec<&Event> = self.events().collect();
        chains.sort_by_key(|event| event.id);
        let mut found = BTreeSet::new();
        let mut last: Option<&Event> = None;
        for event in chains {
            match last {
                Some(before) if before.id.device == event.id.device && before.at > event.at => {
                    found.insert(event.id);
                }
                _ => last = Some(event),
            }
        }
        found
    }

    fn refold(&mut self) {
        self.world = World::new(self.world.me, self.world.partner);
        self.rejected.clear();
        self.marks.clear();
        self.unknown = 0;
        self.log.sort_by_key(|event| event.order());
        self.world.consent =
            consent::State::with_former(self.log.iter().filter_map(|event| self.ends_a_time(event)));
        for event in &self.log {
            if let Body::Entry(entry::Event::Delete { target }) = &event.body {
                self.marks.insert((*target, event.author, event.space), true);
            } else if let Body::Entry(entry::Event::Restore { target }) = &event.body {
                self.marks.insert((*target, event.author, event.space), false);
            }
        }
        self.heads.clear();
        self.set_back = self.backdated();
        for event in std::mem::take(&mut self.log) {
            self.fold(&event);
            self.log.push(event);
        }
    }

    fn fold_last(&mut self) {
        if let Some(event) = self.log.last().cloned() {
            self.fold(&event);
        }
    }

    fn fold(&mut self, event: &Arc<Event>) {
        let head = self.heads.entry(event.id.device).or_insert(event.id.seq);
        *head = event.id.seq.max(*head);
        if self.set_back.contains(&event.id) {
            self.rejected.insert(event.id, Refusal::Backdated);
            return;
        }
        if matches!(event.body, Body::Unknown(_)) {
            self.unknown += 1;
            return;
        }
        match self.world.judge(event) {
            Ok(()) if self.is_retracted(event) => self.world.count(Stamp::of(event), &event.body),
            Ok(()) => self.world.commit(event),
            Err(refusal) => {
                self.rejected.insert(event.id, refusal);
            }
        }
    }

    /// Own draft versions that a later version was written over.
    pub fn superseded(&self) -> BTreeSet<EventId> {
        self.events()
            .filter(|event| event.space == Space::Private)
            .filter_map(|event| event.body.base())
            .collect()
    }

    /// Deleted events and the versions that hang on a deleted draft. A store may forget their bodies after a
    /// week (until then they count for the receiver's pace); undo of the deletion ends then.
    pub fn droppable(&self) -> BTreeSet<EventId> {
        let deleted: BTreeSet<EventId> =
            self.events().filter(|event| self.is_retracted(event)).map(|event| event.id).collect();
        let hangs = |event: &&Event| event.body.root().is_some_and(|root| deleted.contains(&root));
        let mut found: BTreeSet<EventId> = self.events().filter(hangs).map(|event| event.id).collect();
        found.extend(deleted);
        // Words that were put together for a guest go when that has ended.
        found.extend(self.world.communication.guests().filter(|(_, guest)| guest.ended).map(|(id, _)| id));
        found
    }

    /// The time of the last event, for the next stamp.
    pub fn last_clock(&self) -> Hlc {
        self.log.last().map(|event| event.at).unwrap_or_default()
    }
}

enum Taken {
    Known,
    AtEnd,
    Between,
}
