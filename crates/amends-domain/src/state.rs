//! State: a fold over a set of events. The same set gives the same state in every order of delivery.
//!
//! Events are applied in the order of clock, device and position. An event that breaks a rule is kept with the
//! reason and not applied. Whether a *shared* event is accepted depends on shared events only, so both
//! persons' devices agree about it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::admit::{acceptance, listening, perspective, responsibility};
use crate::apologize::{change, explanation, honesty};
use crate::event::{Body, Event, Space};
use crate::id::{DeviceId, EntryId, EventId, Hlc, Millis, PersonId};
use crate::incident::Incident;
use crate::prove::{activities, communication, contact, gratitude, needs, patience};
use crate::refusal::Refusal;
use crate::{consent, entry, incident, safety};

/// Who, when, where: what every rule needs to know of an event besides its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The event.
    pub id: EventId,
    /// Its author.
    pub author: PersonId,
    /// Its time.
    pub at: Hlc,
    /// Its space.
    pub space: Space,
}

impl Stamp {
    /// The stamp of an event.
    pub fn of(event: &Event) -> Self {
        Stamp { id: event.id, author: event.author, at: event.at, space: event.space }
    }
}

/// An event on its way through the rules, with all that holds before it.
#[derive(Debug, Clone, Copy)]
pub struct Ctx<'a> {
    /// Who, when, where.
    pub stamp: Stamp,
    /// All that holds.
    pub world: &'a World,
}

impl<'a> Ctx<'a> {
    /// An incident in the space of the event.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn incident(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.any_incident(id).and_then(|found| {
            if found.space == self.stamp.space { Ok(found) } else { Err(Refusal::NotFound) }
        })
    }

    /// An incident in either space.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn any_incident(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.world.incidents.get(id).ok_or(Refusal::NotFound)
    }

    /// The incident, if the author may speak in it as the one who did the harm.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::WrongRole`].
    pub fn as_doer(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.incident(id).and_then(|found| {
            if found.may_own(self.stamp.author) { Ok(found) } else { Err(Refusal::WrongRole) }
        })
    }

    /// The incident, if the author may speak in it as the one who was hurt.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::WrongRole`].
    pub fn as_hurt(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.incident(id).and_then(|found| {
            if found.may_claim(self.stamp.author) { Ok(found) } else { Err(Refusal::WrongRole) }
        })
    }

    /// Passes for the author of an entry only.
    ///
    /// # Errors
    /// [`Refusal::NotYours`].
    pub fn is_author(&self, author: PersonId) -> Result<(), Refusal> {
        if self.stamp.author == author { Ok(()) } else { Err(Refusal::NotYours) }
    }

    /// Passes for the other one only.
    ///
    /// # Errors
    /// [`Refusal::NotForWriter`].
    pub fn is_other(&self, author: PersonId) -> Result<(), Refusal> {
        if self.stamp.author == author { Err(Refusal::NotForWriter) } else { Ok(()) }
    }
}

/// Passes when there are words.
pub(crate) fn words(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(()) }
}

/// Everything that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The owner of this state.
    pub me: PersonId,
    /// The other one, once paired.
    pub partner: Option<PersonId>,
    /// Channels.
    pub consent: consent::State,
    /// Incidents, roles, stages.
    pub incidents: incident::State,
    /// What the safety rule left behind.
    pub safety: safety::State,
    /// Copies allowed, removals asked for.
    pub entries: entry::State,
    /// 1.1
    pub responsibility: responsibility::State,
    /// 1.2
    pub perspective: perspective::State,
    /// 1.3
    pub listening: listening::State,
    /// 1.4
    pub acceptance: acceptance::State,
    /// 2.1
    pub explanation: explanation::State,
    /// 2.2
    pub change: change::State,
    /// 2.3
    pub honesty: honesty::State,
    /// 3.1
    pub communication: communication::State,
    /// 3.2
    pub needs: needs::State,
    /// 3.3
    pub contact: contact::State,
    /// 3.4
    pub activities: activities::State,
    /// 3.5
    pub gratitude: gratitude::State,
    /// 3.6
    pub patience: patience::State,
}

macro_rules! each_step {
    ($body:expr, $event:ident => $($variant:ident => $call:expr),* $(,)?) => {
        match $body {
            $(Body::$variant($event) => $call,)*
        }
    };
}

impl World {
    fn new(me: PersonId, partner: Option<PersonId>) -> Self {
        World {
            me,
            partner,
            consent: Default::default(),
            incidents: Default::default(),
            safety: Default::default(),
            entries: Default::default(),
            responsibility: Default::default(),
            perspective: Default::default(),
            listening: Default::default(),
            acceptance: Default::default(),
            explanation: Default::default(),
            change: Default::default(),
            honesty: Default::default(),
            communication: Default::default(),
            needs: Default::default(),
            contact: Default::default(),
            activities: Default::default(),
            gratitude: Default::default(),
            patience: Default::default(),
        }
    }

    /// The other person, as seen from one of the two.
    pub fn other(&self, person: PersonId) -> Option<PersonId> {
        if person == self.me { self.partner } else { Some(self.me) }
    }

    /// Whether the other person takes a break now: what one writes to them is kept until they are back.
    pub fn takes_break(&self, now: Millis) -> bool {
        self.partner.is_some_and(|other| self.perspective.is_on_break(other, now))
    }

    /// Whether an event keeps all rules, given all that holds before it.
    ///
    /// # Errors
    /// The first rule that it breaks; [`Refusal::LaterVersion`] where this version does not know it.
    pub fn judge(&self, event: &Event) -> Result<(), Refusal> {
        let ctx = Ctx { stamp: Stamp::of(event), world: self };
        crate::rules::common(&ctx, &event.body)?;
        each_step!(&event.body, body =>
            Entry => self.entries.judge(&ctx, body),
            Consent => self.consent.judge(ctx.stamp, body),
            Safety => self.safety.judge(body),
            Incident => self.incidents.judge(&ctx, body),
            Responsibility => self.responsibility.judge(&ctx, body),
            Perspective => self.perspective.judge(&ctx, body),
            Listening => self.listening.judge(&ctx, body),
            Acceptance => self.acceptance.judge(&ctx, body),
            Explanation => self.explanation.judge(&ctx, body),
            Change => self.change.judge(&ctx, body),
            Honesty => self.honesty.judge(&ctx, body),
            Communication => self.communication.judge(&ctx, body),
            Needs => self.needs.judge(&ctx, body),
            Contact => self.contact.judge(&ctx, body),
            Activities => self.activities.judge(&ctx, body),
            Gratitude => self.gratitude.judge(&ctx, body),
            Patience => self.patience.judge(&ctx, body),
            Unknown => { let _ = body; Err(Refusal::LaterVersion) },
        )
    }

    fn commit(&mut self, event: &Event) {
        let stamp = Stamp::of(event);
        self.count(stamp, &event.body);
        each_step!(&event.body, body =>
            Entry => self.entries.commit(stamp, body),
            Consent => self.consent.commit(stamp, body),
            Safety => self.safety.commit(stamp, body),
            Incident => self.incidents.commit(stamp, body),
            Responsibility => self.responsibility.commit(stamp, body),
            Perspective => self.perspective.commit(stamp, body),
            Listening => self.listening.commit(stamp, body),
            Acceptance => self.acceptance.commit(stamp, body),
            Explanation => self.explanation.commit(stamp, body),
            Change => self.change.commit(stamp, body),
            Honesty => self.honesty.commit(stamp, body),
            Communication => self.communication.commit(stamp, body),
            Needs => self.needs.commit(stamp, body),
            Contact => self.contact.commit(stamp, body),
            Activities => self.activities.commit(stamp, body),
            Gratitude => self.gratitude.commit(stamp, body),
            Patience => self.patience.commit(stamp, body),
            Unknown => { let _ = body; },
        );
    }

    // A message that was deleted after sending still counts: deleting does not refill the day.
    fn count(&mut self, stamp: Stamp, body: &Body) {
        if stamp.space != Space::Shared {
            return;
        }
        if body.contact_kind().is_some()
            && let Some(to) = self.other(stamp.author)
        {
            self.consent.count_contact(stamp.author, to, stamp.at.time());
        }
        if body.counts_as_text() {
            self.consent.count_text(stamp.author, stamp.at.time());
        }
    }
}

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
