//! Every order of events around the removal of a device and around leaving, in a model of the rules of docs/formats/epoch.md: one person
//! with two devices, of which one is taken away, and another person with one. Records and grants lie at the relay and are heard by
//! each device in any order.

use std::collections::BTreeSet;

use stateright::{Checker, Model, Property};

/// Devices: the one that removes, the one that is removed (of the same person), the other person's.
const DEVICES: [usize; 3] = [0, 1, 2];
const REMOVED: usize = 1;
const MOST_WRITTEN: u8 = 1;
const MOST_EPOCHS: usize = 3;

fn person(device: usize) -> usize {
    usize::from(device == 2)
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Epoch {
    by: usize,
    recipients: BTreeSet<usize>,
    /// Its list state: the removal is known.
    after_removal: bool,
    /// All epochs that it follows.
    follows: BTreeSet<usize>,
    /// The first position of each chain that its maker had not seen.
    cuts: [u8; 3],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Record {
    author: usize,
    position: u8,
    epoch: usize,
    /// Who sent it knew of the removal.
    knowing: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Known {
    removal: bool,
    epochs: BTreeSet<usize>,
    heard: BTreeSet<Record>,
    /// Entries that are stored here and count.
    has: BTreeSet<(usize, u8)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    removed: bool,
    epochs: Vec<Epoch>,
    relay: BTreeSet<Record>,
    written: [u8; 3],
    known: [Known; 3],
    left: [bool; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Event {
    Write(usize),
    /// Sends again what does not count under the epoch it was sent under.
    SendAgain(usize),
    Remove,
    Rotate(usize),
    HearRemoval(usize),
    HearEpoch(usize, usize),
    HearRecord(usize, Record),
    Leave(usize),
}

impl State {
    fn begin() -> Self {
        let all: BTreeSet<usize> = DEVICES.into();
        let first =
            Epoch { by: 0, recipients: all, after_removal: false, follows: BTreeSet::new(), cuts: [0; 3] };
        let known = Known { epochs: [0].into(), ..Known::default() };
        Self {
            removed: false,
            epochs: vec![first],
            relay: BTreeSet::new(),
            written: [0; 3],
            known: [known.clone(), known.clone(), known],
            left: [false; 2],
        }
    }

    fn is_here(&self, device: usize) -> bool {
        !self.left[person(device)]
    }

    /// Whether a device counts as active for another one.
    fn is_active_for(&self, who: usize, device: usize) -> bool {
        device != REMOVED || !self.known[who].removal
    }

    /// The epoch under which a device writes now: of the present list state, the deepest, the highest among equals.
    fn current(&self, who: usize) -> Option<usize> {
        let known = &self.known[who];
        let fits = |at: &&usize| {
            let epoch = &self.epochs[**at];
            epoch.after_removal == known.removal && epoch.recipients.contains(&who)
        };
        known.epochs.iter().filter(fits).max_by_key(|at| (self.epochs[**at].follows.len(), **at)).copied()
    }

    /// Whether a record counts for a device, by what it knows now.
    fn counts(&self, who: usize, record: &Record) -> bool {
        let known = &self.known[who];
        let followers =
            known.epochs.iter().map(|at| &self.epochs[*at]).filter(|f| f.follows.contains(&record.epoch));
        let mut active = followers.filter(|follower| self.is_active_for(who, follower.by));
        active.all(|follower| record.position < follower.cuts[record.author])
    }

    fn store(&mut self, who: usize) {
        let counting: Vec<_> = self.known[who]
            .heard
            .iter()
            .filter(|record| self.counts(who, record))
            .map(|record| (record.author, record.position))
            .collect();
        self.known[who].has.extend(counting);
        // The end of a removed device: what it said later does not count, also what came before the news.
        if self.known[who].removal {
            let ends = self.known[who].epochs.iter().filter(|at| self.epochs[**at].after_removal);
            if let Some(end) = ends.map(|at| self.epochs[*at].cuts[REMOVED]).min() {
                self.known[who].has.retain(|(author, position)| *author != REMOVED || *position < end);
            }
        }
    }

    fn publish(&mut self, who: usize, author: usize, position: u8) {
        let Some(epoch) = self.current(who) else { return };
        let knowing = self.known[who].removal;
        let record = Record { author, position, epoch, knowing };
        self.relay.insert(record);
        self.known[who].heard.insert(record);
        self.known[who].has.insert((author, position));
    }

    /// Entries of this device's person of which no record counts any more: any own device that has them sends them.
    fn uncounted(&self, who: usize) -> Vec<(usize, u8)> {
        let own = self.known[who].has.iter().filter(|(author, _)| person(*author) == person(who));
        let counts = |entry: &(usize, u8)| {
            let mut records = self.relay.iter().filter(|record| (record.author, record.position) == *entry);
            records.any(|record| self.counts(who, record))
        };
        own.filter(|entry| !counts(entry)).copied().collect()
    }

    fn rotate(&mut self, who: usize) {
        let known = &self.known[who];
        let mut cuts = [0; 3];
        for (device, cut) in cuts.iter_mut().enumerate() {
            *cut = (0..).take_while(|position| known.has.contains(&(device, *position))).count() as u8;
        }
        let recipients = DEVICES.into_iter().filter(|device| self.is_active_for(who, *device)).collect();
        let mut follows = known.epochs.clone();
        follows.extend(known.epochs.iter().flat_map(|at| self.epochs[*at].follows.clone()));
        let epoch = Epoch { by: who, recipients, after_removal: known.removal, follows, cuts };
        self.epochs.push(epoch);
        let at = self.epochs.len() - 1;
        self.known[who].epochs.insert(at);
        self.store(who);
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Write(who) => {
                let position = self.written[who];
                self.written[who] += 1;
                self.publish(who, who, position);
            }
            Event::SendAgain(who) => {
                for (author, position) in self.uncounted(who) {
                    self.publish(who, author, position);
                }
            }
            Event::Remove => {
                self.removed = true;
                self.known[0].removal = true;
                self.rotate(0);
            }
            Event::Rotate(who) => self.rotate(who),
            Event::HearRemoval(who) => {
                self.known[who].removal = true;
                self.store(who);
            }
            Event::HearEpoch(who, at) => {
                self.known[who].epochs.insert(at);
                self.store(who);
            }
            Event::HearRecord(who, record) => {
                self.known[who].heard.insert(record);
                self.store(who);
            }
            Event::Leave(person) => self.left[person] = true,
        }
    }

    /// Whether a device can open a record: it was given the secret of its epoch.
    fn can_read(&self, who: usize, record: &Record) -> bool {
        self.epochs[record.epoch].recipients.contains(&who)
    }

    fn can_happen(&self) -> Vec<Event> {
        let mut events: Vec<Event> = (0..2).filter(|person| !self.left[*person]).map(Event::Leave).collect();
        if !self.removed && !self.left[0] {
            events.push(Event::Remove);
        }
        for who in DEVICES.into_iter().filter(|who| self.is_here(*who)) {
            if self.written[who] < MOST_WRITTEN && self.current(who).is_some() {
                events.push(Event::Write(who));
            }
            if !self.uncounted(who).is_empty() && self.current(who).is_some() {
                events.push(Event::SendAgain(who));
            }
            let is_present = self.current(who).is_some_and(|at| at + 1 == self.epochs.len());
            if who != REMOVED && self.epochs.len() < MOST_EPOCHS && !is_present {
                events.push(Event::Rotate(who));
            }
            events.extend(self.can_hear(who));
        }
        events
    }

    fn can_hear(&self, who: usize) -> Vec<Event> {
        let known = &self.known[who];
        let mut events = Vec::new();
        if self.removed && !known.removal {
            events.push(Event::HearRemoval(who));
        }
        // A grant waits for the list record that it names.
        let grants = (0..self.epochs.len())
            .filter(|at| !known.epochs.contains(at) && (!self.epochs[*at].after_removal || known.removal));
        events.extend(grants.map(|at| Event::HearEpoch(who, at)));
        let records = self.relay.iter().filter(|record| {
            !known.heard.contains(record)
                && known.epochs.contains(&record.epoch)
                && self.can_read(who, record)
        });
        events.extend(records.map(|record| Event::HearRecord(who, *record)));
        events
    }

    /// Everybody who is here hears everything, hands out keys where they are missing, and sends again what does not count.
    fn settles(&mut self) {
        for _ in 0..6 {
            for who in DEVICES {
                if !self.is_here(who) {
                    continue;
                }
                while let Some(event) = self.can_hear(who).first().copied() {
                    self.happens(event);
                }
                if who != REMOVED && self.current(who).is_none() {
                    self.rotate(who);
                }
                if self.is_active_for(who, who) && !self.uncounted(who).is_empty() {
                    self.happens(Event::SendAgain(who));
                }
            }
        }
    }

    /// Whether those who are here and count have everything that they wrote.
    fn has_all(&self) -> bool {
        let here: Vec<usize> = DEVICES
            .into_iter()
            .filter(|who| self.is_here(*who) && (*who != REMOVED || !self.removed))
            .collect();
        here.iter().all(|reader| {
            here.iter().all(|writer| {
                (0..self.written[*writer])
                    .all(|position| self.known[*reader].has.contains(&(*writer, position)))
            })
        })
    }
}

struct Keys;

impl Model for Keys {
    type State = State;
    type Action = Event;

    fn init_states(&self) -> Vec<State> {
        vec![State::begin()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Event>) {
        actions.extend(state.can_happen());
    }

    fn next_state(&self, state: &State, event: Event) -> Option<State> {
        let mut next = state.clone();
        next.happens(event);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("a removed device reads nothing of those who know", |_, state: &State| {
                let mut knowing = state.relay.iter().filter(|record| record.knowing);
                knowing.all(|record| !state.can_read(REMOVED, record))
            }),
            Property::always("nothing acknowledged is lost between those who stay", |_, state: &State| {
                let mut state = state.clone();
                state.settles();
                state.has_all()
            }),
            Property::always("all who stay agree on what a removed device said", |_, state: &State| {
                let mut state = state.clone();
                state.settles();
                let said = |who: usize| -> Vec<_> {
                    state.known[who].has.iter().filter(|(author, _)| *author == REMOVED).copied().collect()
                };
                !state.removed || !state.is_here(0) || !state.is_here(2) || said(0) == said(2)
            }),
            Property::always("who has not left can leave", |_, state: &State| {
                let events = state.can_happen();
                (0..2).all(|person| state.left[person] || events.contains(&Event::Leave(person)))
            }),
            Property::sometimes("a removed device has said something that counts", |_, state: &State| {
                state.removed && state.known[2].removal && state.known[2].has.contains(&(REMOVED, 0))
            }),
        ]
    }
}

#[test]
fn whatever_is_heard_in_which_order_the_removed_read_nothing_new_and_the_others_lose_nothing() {
    let checker = Keys.checker().threads(2).target_max_depth(9).spawn_bfs().join();
    eprintln!("{} states", checker.unique_state_count());
    checker.assert_properties();
}
