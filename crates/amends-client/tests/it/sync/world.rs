//! People with devices around a relay in memory, and a clock that the test moves.

use amends_client::testing::open_channel;
use amends_client::{
    Connection, Input, KdfCost, LocalRelay, NewEvent, NewVault, Notice, Output, RecoveryPhrase, Stage, Vault,
};
use amends_domain::event::{Body, Event};
use amends_domain::id::{BlobId, DAY, EventId, MINUTE, Millis};
use amends_domain::prove::contact::{self, ContactKind, Photo};
use amends_store::Store;
use amends_wire::UnixSeconds;

use crate::{Disk, PASSPHRASE, letter, rng};

/// What somebody in the middle does with the frames for one device.
pub(crate) type Meddle<'a> = &'a mut dyn FnMut(usize, Vec<Vec<u8>>) -> Vec<Vec<u8>>;

pub(crate) struct Device {
    pub(crate) vault: Vault<Disk>,
    pub(crate) disk: Disk,
    pub(crate) phrase: RecoveryPhrase,
    connection: Option<Connection>,
    /// Switched off, or without a network.
    pub(crate) is_offline: bool,
    pub(crate) notices: Vec<Notice>,
    /// Everything that this device ever sent.
    pub(crate) sent: Vec<Vec<u8>>,
}

pub(crate) struct World {
    pub(crate) relay: LocalRelay,
    pub(crate) devices: Vec<Device>,
    pub(crate) now: Millis,
    seed: u8,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { relay: LocalRelay::new(1), devices: Vec::new(), now: crate::NOW, seed: 100 }
    }

    /// A new device with an empty vault; gives its number.
    pub(crate) fn device(&mut self) -> usize {
        let disk = Disk::default();
        self.seed += 1;
        let new = NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase(PASSPHRASE) };
        let (vault, phrase) = Vault::create(disk.clone(), new, rng(self.seed)).unwrap();
        let device = Device {
            vault,
            disk,
            phrase,
            connection: None,
            is_offline: false,
            notices: Vec::new(),
            sent: Vec::new(),
        };
        self.devices.push(device);
        self.devices.len() - 1
    }

    pub(crate) fn vault(&mut self, device: usize) -> &mut Vault<Disk> {
        &mut self.devices[device].vault
    }

    /// Two people, paired, each with one device; nobody has opened their channel.
    pub(crate) fn pair() -> (Self, usize, usize) {
        let mut world = Self::new();
        let (a, b) = (world.device(), world.device());
        world.pair_up(a, b);
        (world, a, b)
    }

    pub(crate) fn pair_up(&mut self, a: usize, b: usize) {
        let now = self.now;
        let link = self.vault(a).invite_partner(now).unwrap();
        self.vault(b).join_partner(&link, now).unwrap();
        self.compare_words(a, b);
    }

    /// Two people, paired, who can reach each other.
    pub(crate) fn open_pair() -> (Self, usize, usize) {
        let (mut world, a, b) = Self::pair();
        world.opt_in(a);
        world.opt_in(b);
        world.run();
        (world, a, b)
    }

    /// A new device of the person of device `of`.
    pub(crate) fn link_device(&mut self, of: usize) -> usize {
        let new = self.device();
        let now = self.now;
        let link = self.vault(of).invite_device(PASSPHRASE, now).unwrap();
        self.vault(new).join_own_devices(&link, now).unwrap();
        self.compare_words(of, new);
        new
    }

    fn compare_words(&mut self, a: usize, b: usize) {
        self.run();
        let now = self.now;
        let words = |stage| match stage {
            Some(Stage::Compare(words)) => words,
            other => panic!("no words to compare: {other:?}"),
        };
        assert_eq!(words(self.vault(a).pairing()), words(self.vault(b).pairing()));
        self.vault(a).confirm_words(now).unwrap();
        self.vault(b).confirm_words(now).unwrap();
        self.run();
        assert_eq!((self.vault(a).pairing(), self.vault(b).pairing()), (None, None));
    }

    /// Lets time pass and everybody send and receive until nothing moves any more.
    pub(crate) fn run(&mut self) {
        self.run_with(&mut |_, frames| frames);
    }

    pub(crate) fn run_with(&mut self, meddle: Meddle<'_>) {
        let mut n_quiet = 0;
        for _ in 0..200 {
            let moved = self.step(meddle);
            n_quiet = if moved { 0 } else { n_quiet + 1 };
            self.now = self.now.plus(MINUTE);
            // Long enough for others to hand out keys when the first one did not.
            if n_quiet > 6 {
                return;
            }
        }
    }

    /// One round; gives whether any frame went anywhere.
    pub(crate) fn step(&mut self, meddle: Meddle<'_>) -> bool {
        let mut moved = false;
        for at in 0..self.devices.len() {
            if self.devices[at].is_offline {
                self.cut_off(at);
                continue;
            }
            self.give(at, Input::Tick);
            while let Some(connection) = self.devices[at].connection {
                let frames = self.relay.take_frames(connection);
                if frames.is_empty() {
                    break;
                }
                moved = true;
                let frames = meddle(at, frames);
                self.give(at, Input::Frames(frames));
            }
        }
        moved
    }

    pub(crate) fn give(&mut self, at: usize, input: Input) {
        let now = self.now;
        let outputs = self.devices[at].vault.sync_input(now, input).unwrap();
        for output in outputs {
            match output {
                Output::Connect => {
                    self.devices[at].connection = Some(self.relay.connect());
                    self.give(at, Input::Connected);
                }
                Output::Disconnect => self.cut_off(at),
                Output::Send(frame) => {
                    if let Some(connection) = self.devices[at].connection {
                        self.relay.frame(connection, UnixSeconds(now.0 / 1000), &frame);
                        self.devices[at].sent.push(frame);
                    }
                }
                Output::Notice(notice) => self.devices[at].notices.push(notice),
            }
        }
    }

    pub(crate) fn cut_off(&mut self, at: usize) {
        if let Some(connection) = self.devices[at].connection.take() {
            self.relay.disconnect(connection);
            self.give(at, Input::Disconnected);
        }
    }

    /// The program is killed and started again.
    pub(crate) fn restart(&mut self, at: usize) {
        if let Some(connection) = self.devices[at].connection.take() {
            self.relay.disconnect(connection);
        }
        let disk = self.devices[at].disk.clone();
        self.seed = self.seed.wrapping_add(1);
        let locked = amends_client::LockedVault::find(disk).unwrap();
        let phrase = &self.devices[at].phrase;
        let vault =
            locked.unlock_with_phrase(phrase, rng(self.seed)).map_err(|failed| failed.reason).unwrap();
        self.devices[at].vault = vault;
    }

    /// The relay comes back with this in it.
    pub(crate) fn replace_relay(&mut self, relay: LocalRelay) {
        for at in 0..self.devices.len() {
            self.cut_off(at);
        }
        self.relay = relay;
        self.now = self.now.plus(10 * MINUTE);
    }

    pub(crate) fn opt_in(&mut self, at: usize) {
        let now = self.tick();
        open_channel(self.vault(at), now, &[ContactKind::Line, ContactKind::Photo, ContactKind::Letter]);
    }

    /// One line to the other person.
    pub(crate) fn line(&mut self, at: usize, text: &str) -> EventId {
        // The next day, so that no pace is in the way.
        self.now = self.now.plus(DAY / 2);
        let now = self.tick();
        let send = contact::Event::Send { kind: ContactKind::Line, text: text.to_owned(), photo: None };
        self.vault(at).append(now, NewEvent::shared(send)).unwrap()
    }

    /// One picture to the other person.
    pub(crate) fn photo(&mut self, at: usize, picture: &[u8]) -> (EventId, BlobId) {
        self.now = self.now.plus(DAY / 2);
        let now = self.tick();
        let (blob, send) = photo(self.vault(at), picture);
        (self.vault(at).append(now, send).unwrap(), blob)
    }

    /// The picture as it is on a device, if it is.
    pub(crate) fn picture(&self, at: usize, id: BlobId) -> Option<Vec<u8>> {
        self.devices[at].vault.picture(id).unwrap().map(|bytes| bytes.to_vec())
    }

    /// A letter to nobody.
    pub(crate) fn note(&mut self, at: usize, text: &str) -> EventId {
        let now = self.tick();
        self.vault(at).append(now, letter(text)).unwrap()
    }

    pub(crate) fn tick(&mut self) -> Millis {
        self.now = self.now.plus(1_000);
        self.now
    }

    /// All lines that hold on a device, in order.
    pub(crate) fn lines(&self, at: usize) -> Vec<&str> {
        let state = self.devices[at].vault.state();
        let events = state.events().filter(|event| state.holds(event));
        events
            .filter_map(|event| match &event.body {
                Body::Contact(contact::Event::Send { text, .. }) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Everything shared that a device holds, in order.
    pub(crate) fn shared(&self, at: usize) -> Vec<&Event> {
        let shared = |event: &&Event| event.space == amends_domain::event::Space::Shared;
        self.devices[at].vault.state().events().filter(shared).collect()
    }

    /// Everything that a device keeps, opened: what somebody who has this device and its keys can read.
    pub(crate) fn readable(&self, at: usize) -> Vec<u8> {
        let events = self.devices[at].vault.state().events();
        events.flat_map(Event::encode).collect()
    }
}

/// A picture that is kept, and the message that sends it.
pub(crate) fn photo(vault: &mut Vault<Disk>, picture: &[u8]) -> (BlobId, NewEvent) {
    let blob = vault.keep_picture(picture).unwrap();
    let bytes = u32::try_from(picture.len()).unwrap();
    let photo = Photo { blob, bytes, width: 8, height: 8, alt: "a pond".to_owned() };
    let send = contact::Event::Send { kind: ContactKind::Photo, text: String::new(), photo: Some(photo) };
    (blob, NewEvent::shared(send))
}

/// Whether a disk holds these bytes anywhere.
pub(crate) fn holds(disk: &Disk, needle: &[u8]) -> bool {
    let records = disk.read_after(amends_store::Position::START, usize::MAX).unwrap();
    let values = disk.names("").unwrap().into_iter().map(|name| disk.value(&name).unwrap().unwrap());
    let mut all = records.into_iter().map(|record| record.bytes).chain(values);
    all.any(|bytes| bytes.windows(needle.len()).any(|part| part == needle))
}

/// A copy of what is on a disk.
pub(crate) fn copy_of(disk: &Disk) -> Disk {
    let copy = Disk::default();
    let mut changes = Vec::new();
    for record in disk.read_after(amends_store::Position::START, usize::MAX).unwrap() {
        changes.push(amends_store::Change::Append { id: record.id, bytes: record.bytes });
    }
    for name in disk.names("").unwrap() {
        let bytes = disk.value(&name).unwrap().unwrap();
        changes.push(amends_store::Change::Put { name, bytes });
    }
    copy.clone().commit(&changes).unwrap();
    copy
}
