//! Every order of events, up to some depth, with the code itself: two devices, a relay, connections that break, a relay that loses
//! everything or goes back to an earlier state, and answers that come late. Whatever happened, both have everything in the end.
//!
//! The model checker keeps what a state can be told by, and the events that lead to it; each step plays them again on real
//! links and a real relay.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use amends_sync::{Access, Connection, Happened, Link, LocalRelay, Place};
use amends_wire::{ClientFrame, MailboxId, Rid, ServerFrame, Token, UnixSeconds};
use stateright::{Checker, Model, Property};

const NOW: UnixSeconds = UnixSeconds(1_790_000_000);
/// So many records each of the two writes at most.
const MOST_RECORDS: u8 = 2;
/// So many events in a row; with `AMENDS_LONG=1` in the environment more, which takes minutes.
fn depth() -> usize {
    if std::env::var_os("AMENDS_LONG").is_some() { 10 } else { 8 }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Event {
    /// A device connects, or connects anew: frames on their way are lost.
    Connect(usize),
    /// It writes a record and sends it.
    Write(usize),
    /// One frame arrives at a device.
    Arrives(usize),
    /// The relay is as it was after this many events; with the same life, or with another one.
    GoesBack { same_life: bool },
    /// Somebody notes what the relay has, to put it back later.
    Backup,
}

/// A device as a vault drives it: what the relay lost is sent again, under another name where it vanished.
struct Device {
    link: Link,
    connection: Connection,
    on_the_way: Vec<Vec<u8>>,
    n_written: u8,
    attempt: u8,
    waiting: BTreeSet<(u8, u8)>,
    got: Vec<(u8, u8)>,
    acknowledged: BTreeSet<u8>,
}

struct World {
    relay: LocalRelay,
    backup: Option<Vec<u8>>,
    life: u64,
    devices: [Device; 2],
}

impl Device {
    fn new(relay: &mut LocalRelay) -> Self {
        let access = Access { mailbox: MailboxId([1; 32]), read: Token([2; 32]), append: Token([3; 32]) };
        Self {
            link: Link::new(access, Place::new(None)),
            connection: relay.connect(),
            on_the_way: Vec::new(),
            n_written: 0,
            attempt: 0,
            waiting: BTreeSet::new(),
            got: Vec::new(),
            acknowledged: BTreeSet::new(),
        }
    }

    fn send(&self, relay: &mut LocalRelay, out: Vec<ClientFrame>) {
        out.iter().for_each(|frame| relay.frame(self.connection, NOW, &frame.to_bytes()));
    }

    fn connect(&mut self, relay: &mut LocalRelay) {
        relay.disconnect(self.connection);
        self.connection = relay.connect();
        self.on_the_way.clear();
        if self.link.place().cursor().1.is_none() {
            // What came before the relay said which life of the mailbox this is may be of another one: it is read again.
            self.got.clear();
        }
        let mut out = Vec::new();
        self.link.connected(&mut out);
        self.send(relay, out);
    }

    /// Sends what waits, as far as the link lets it.
    fn publish(&mut self, who: usize, relay: &mut LocalRelay) {
        let mut out = Vec::new();
        for (number, attempt) in &self.waiting {
            let rid = Rid([who as u8, *number, *attempt].repeat(6)[..16].try_into().unwrap());
            if self.link.may_publish(NOW.0 * 1000) {
                self.link.publish(rid, vec![who as u8, *number], &mut out);
            }
        }
        self.send(relay, out);
    }

    fn take(&mut self, who: usize, relay: &mut LocalRelay) -> bool {
        self.on_the_way.extend(relay.take_frames(self.connection));
        if self.on_the_way.is_empty() {
            return false;
        }
        let frame = ServerFrame::from_bytes(&self.on_the_way.remove(0)).unwrap();
        let mut out = Vec::new();
        for happened in self.link.frame(NOW.0 * 1000, frame, &mut out) {
            match happened {
                Happened::Record { seq, bytes, .. } => {
                    self.got.push((bytes[0], bytes[1]));
                    self.link.stored(seq);
                }
                Happened::Acknowledged(rid) => {
                    self.waiting.remove(&(rid.0[1], rid.0[2]));
                    self.acknowledged.insert(rid.0[1]);
                }
                Happened::Vanished(rid) => {
                    self.attempt += 1;
                    self.waiting.insert((rid.0[1], self.attempt));
                }
                Happened::Lost => {
                    self.waiting = (0..self.n_written).map(|number| (number, self.attempt)).collect();
                }
                _ => {}
            }
        }
        self.send(relay, out);
        self.publish(who, relay);
        true
    }
}

impl World {
    fn new() -> Self {
        let mut relay = LocalRelay::new(1);
        let devices = [Device::new(&mut relay), Device::new(&mut relay)];
        Self { relay, backup: None, life: 1, devices }
    }

    fn after(events: &[Event]) -> Self {
        let mut world = Self::new();
        events.iter().for_each(|event| world.happens(*event));
        world
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Connect(who) => self.devices[who].connect(&mut self.relay),
            Event::Write(who) => {
                let device = &mut self.devices[who];
                device.waiting.insert((device.n_written, device.attempt));
                device.n_written += 1;
                device.publish(who, &mut self.relay);
            }
            Event::Arrives(who) => {
                self.devices[who].take(who, &mut self.relay);
            }
            Event::Backup => self.backup = Some(self.relay.export()),
            Event::GoesBack { same_life } => {
                self.life += 1;
                self.relay = match &self.backup {
                    Some(bytes) if same_life => LocalRelay::import(bytes).unwrap(),
                    _ => LocalRelay::new(self.life),
                };
                for device in &mut self.devices {
                    device.link.disconnected();
                    device.on_the_way.clear();
                    device.connection = self.relay.connect();
                }
            }
        }
    }

    fn can_happen(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        for who in 0..2 {
            let device = &mut self.devices[who];
            device.on_the_way.extend(self.relay.take_frames(device.connection));
            if !device.on_the_way.is_empty() {
                events.push(Event::Arrives(who));
            }
            if device.n_written < MOST_RECORDS {
                events.push(Event::Write(who));
            }
            events.push(Event::Connect(who));
        }
        match &self.backup {
            None => events.push(Event::Backup),
            Some(_) => events.extend([true, false].map(|same_life| Event::GoesBack { same_life })),
        }
        events
    }

    /// From here on everybody keeps their word, and each connects some times more.
    fn settles(&mut self) {
        for _ in 0..5 {
            for who in 0..2 {
                self.devices[who].connect(&mut self.relay);
                while self.devices[who].take(who, &mut self.relay) {}
                self.devices[who].publish(who, &mut self.relay);
                while self.devices[who].take(who, &mut self.relay) {}
            }
        }
    }

    /// What a state is told by.
    fn looks_like(&mut self) -> Vec<u8> {
        let mut bytes = self.relay.export();
        for device in &mut self.devices {
            device.on_the_way.extend(self.relay.take_frames(device.connection));
            bytes.extend(format!("{:?}", device.link).into_bytes());
            device.on_the_way.iter().for_each(|frame| bytes.extend(frame));
            bytes.extend([device.n_written, device.attempt, device.waiting.len() as u8]);
            bytes.extend(device.waiting.iter().flat_map(|(number, attempt)| [*number, *attempt]));
            bytes.extend(device.got.iter().flat_map(|(who, number)| [*who, *number]));
        }
        bytes.extend(self.backup.iter().flatten());
        bytes
    }
}

/// A state: how it came about, and what it looks like.
#[derive(Debug, Clone)]
struct Moment {
    events: Vec<Event>,
    looks_like: Vec<u8>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.looks_like == other.looks_like
    }
}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.looks_like.hash(hasher);
    }
}

struct Delivery {
    depth: usize,
}

impl Model for Delivery {
    type State = Moment;
    type Action = Event;

    fn init_states(&self) -> Vec<Moment> {
        vec![Moment { events: Vec::new(), looks_like: World::new().looks_like() }]
    }

    fn actions(&self, moment: &Moment, actions: &mut Vec<Event>) {
        if moment.events.len() < self.depth {
            actions.extend(World::after(&moment.events).can_happen());
        }
    }

    fn next_state(&self, moment: &Moment, event: Event) -> Option<Moment> {
        let mut events = moment.events.clone();
        events.push(event);
        let looks_like = World::after(&events).looks_like();
        Some(Moment { events, looks_like })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("both have everything in the end", |_, moment: &Moment| {
                let mut world = World::after(&moment.events);
                world.settles();
                [(0, 1), (1, 0)].into_iter().all(|(reader, writer)| {
                    let written: BTreeSet<_> =
                        (0..world.devices[writer].n_written).map(|number| (writer as u8, number)).collect();
                    let got = &world.devices[reader].got;
                    written.iter().all(|one| got.contains(one)) && world.devices[writer].waiting.is_empty()
                })
            }),
            Property::always(
                "what is acknowledged is at the relay, but where the relay lost it",
                |_, moment: &Moment| {
                    let went_back = moment.events.iter().any(|event| matches!(event, Event::GoesBack { .. }));
                    let world = World::after(&moment.events);
                    let n_there: usize = world.relay.sizes().iter().sum();
                    let n_acknowledged: usize =
                        world.devices.iter().map(|device| device.acknowledged.len()).sum();
                    went_back || n_there >= n_acknowledged
                },
            ),
            Property::always("nothing comes twice while the relay keeps its word", |_, moment: &Moment| {
                let went_back = moment.events.iter().any(|event| matches!(event, Event::GoesBack { .. }));
                let mut world = World::after(&moment.events);
                world.settles();
                went_back
                    || world.devices.iter().all(|device| {
                        let others: BTreeSet<_> = device.got.iter().collect();
                        others.len() == device.got.len()
                    })
            }),
            Property::sometimes("a relay that went back is given everything again", |_, moment: &Moment| {
                let mut world = World::after(&moment.events);
                world.settles();
                let went_back = moment.events.iter().any(|event| matches!(event, Event::GoesBack { .. }));
                went_back && world.devices.iter().any(|device| !device.got.is_empty())
            }),
        ]
    }
}

#[test]
fn whatever_happens_in_which_order_both_have_everything_in_the_end() {
    let checker = Delivery { depth: depth() }.checker().threads(2).spawn_bfs().join();
    eprintln!("{} states", checker.unique_state_count());
    checker.assert_properties();
}
