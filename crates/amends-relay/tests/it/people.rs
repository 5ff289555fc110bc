//! Two people with real vaults over the real program, which is killed again and again: they go on by themselves, and each has
//! everything in the end.

use amends_carrier::Carrier;
use amends_client::testing::{open_channel, opt_in};
use amends_client::{
    AppendError, Input, KdfCost, NewEvent, NewVault, Output, Stage, Vault, WakeStanding, Waking,
};
use amends_domain::event::Body;
use amends_domain::id::{DAY, MINUTE, Millis};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::refusal::Refusal;
use amends_store::MemoryStore;
use amends_wire::{ClientFrame, ServerFrame, VERSION};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::running::{Program, amount, folder};

const PASSPHRASE: &str = "a long passphrase of a test";
const START: Millis = Millis(1_790_000_000_000);

struct Person {
    vault: Vault<MemoryStore>,
    /// How often the relay could not be reached, or broke off.
    n_broken: u32,
}

impl Person {
    fn new(number: u8) -> Self {
        let new = NewVault { cost: KdfCost::FLOOR, ..NewVault::with_passphrase(PASSPHRASE) };
        let rng = Box::new(ChaCha20Rng::from_seed([number; 32]));
        let (vault, _) = Vault::create(MemoryStore::default(), new, rng).expect("memory is there");
        Self { vault, n_broken: 0 }
    }

    fn give(&mut self, now: Millis, input: Input) -> Vec<ClientFrame> {
        let outputs = self.vault.sync_input(now, input).expect("memory is there");
        let frames = outputs.into_iter().filter_map(|output| match output {
            Output::Send(bytes) => Some(ClientFrame::from_bytes(&bytes).expect("a frame")),
            _ => None,
        });
        frames.collect()
    }

    /// One round as the program makes it: everything out, everything in. A relay that is not there, or breaks off, ends it.
    fn round(&mut self, relay: &Carrier, now: Millis) {
        let mut frames = self.give(now, Input::Tick);
        frames.extend(self.give(now, Input::Connected));
        for n_calls in 0..60 {
            let hello = ClientFrame::Hello { version: VERSION };
            let rest = frames.drain(..).filter(|frame| !matches!(frame, ClientFrame::Hello { .. }));
            let asked: Vec<_> = std::iter::once(hello).chain(rest).collect();
            if asked.len() == 1 {
                break;
            }
            let Ok(answers) = relay.call(&asked, 0) else {
                self.n_broken += 1;
                break;
            };
            let greeted = n_calls > 0;
            let new =
                answers.iter().filter(|answer| !(greeted && matches!(answer, ServerFrame::Welcome { .. })));
            let new = new.map(ServerFrame::to_bytes).collect();
            frames = self.give(now, Input::Frames(new));
        }
        self.give(now, Input::Disconnected);
    }

    /// False if the other one's channel is not known to be open at this time: that it was opened again has not come yet.
    fn writes(&mut self, now: Millis, text: &str) -> bool {
        let send = contact::Event::Send { kind: ContactKind::Line, text: text.to_owned(), photo: None };
        match self.vault.append(now, NewEvent::shared(send)) {
            Ok(_) => true,
            Err(AppendError::Refused(Refusal::NotOpen)) => false,
            Err(error) => panic!("once a day it may: {error}"),
        }
    }

    fn lines(&self) -> Vec<String> {
        let state = self.vault.state();
        let lines = state.events().filter(|event| state.holds(event)).filter_map(|event| match &event.body {
            Body::Contact(contact::Event::Send { text, .. }) => Some(text.clone()),
            _ => None,
        });
        lines.collect()
    }
}

fn carrier(relay: &Program) -> Carrier {
    Carrier::new(&format!("http://{}", relay.address)).expect("an address of this computer")
}

/// Pairs the two over a relay that stays, and opens both channels.
fn pair(ana: &mut Person, ben: &mut Person, relay: &Carrier, now: &mut Millis) {
    let link = ana.vault.invite_partner(*now).expect("it is free");
    ben.vault.join_partner(&link, *now).expect("a link");
    let rounds = |ana: &mut Person, ben: &mut Person, now: &mut Millis| {
        for _ in 0..4 {
            ana.round(relay, *now);
            ben.round(relay, *now);
            *now = now.plus(2 * MINUTE);
        }
    };
    rounds(ana, ben, now);
    assert!(matches!(ana.vault.pairing(), Some(Stage::Compare(_))), "{:?}", ana.vault.pairing());
    ana.vault.confirm_words(*now).expect("there are words");
    ben.vault.confirm_words(*now).expect("there are words");
    rounds(ana, ben, now);
    open_channel(&mut ana.vault, *now, &[ContactKind::Line]);
    open_channel(&mut ben.vault, *now, &[ContactKind::Line]);
    rounds(ana, ben, now);
}

#[test]
fn a_couple_goes_on_by_itself_over_a_relay_that_is_killed_all_the_time() {
    let folder = folder();
    let data = folder.path().join("data");
    let (mut ana, mut ben, mut now) = (Person::new(1), Person::new(2), START);
    let relay = Program::start(&data, &[]);
    pair(&mut ana, &mut ben, &carrier(&relay), &mut now);
    relay.stop();

    let n_kills = amount(12, 150);
    let mut written = Vec::new();
    for number in 0..n_kills {
        let relay = Program::start(&data, &[]);
        let way = carrier(&relay);
        now = now.plus(DAY);
        for (person, who) in [(&mut ana, "Ana"), (&mut ben, "Ben")] {
            // An open channel holds for four weeks.
            if number % 7 == 6 {
                opt_in(&mut person.vault, now);
            }
            let line = format!("{who} on day {number}");
            if person.writes(now, &line) {
                written.push(line);
            }
        }
        std::thread::scope(|scope| {
            for person in [&mut ana, &mut ben] {
                let way = &way;
                scope.spawn(move || {
                    for _ in 0..3 {
                        person.round(way, now);
                    }
                });
            }
            // Some milliseconds later, in the midst of it, or after it; on a busy machine that takes longer.
            let n_millis = if number % 2 == 0 { number * 7 % 40 } else { number * 37 % 400 };
            std::thread::park_timeout(std::time::Duration::from_millis(u64::from(n_millis)));
            relay.kill();
        });
    }
    let n_broken = ana.n_broken + ben.n_broken;
    assert!(n_broken > 0, "the relay was never missed");
    assert!(written.len() >= 2 * n_kills.min(27) as usize, "for four weeks nothing was in the way");

    let relay = Program::start(&data, &[]);
    let way = carrier(&relay);
    for _ in 0..6 {
        now = now.plus(DAY);
        ana.round(&way, now);
        ben.round(&way, now);
    }
    written.sort();
    for person in [&ana, &ben] {
        let mut lines = person.lines();
        lines.sort();
        assert_eq!(lines, written, "everything is there, once");
        let status = person.vault.sync_status();
        assert_eq!((status.n_missing, status.set_aside), (0, Vec::new()));
    }
    eprintln!("{n_kills} kills, {n_broken} rounds broken off, {} lines", written.len());
    relay.stop();
}

/// Wishes to be woken that the relay holds.
fn n_wakes(data: &std::path::Path) -> i64 {
    let database = rusqlite::Connection::open(data.join("relay.sqlite")).expect("a relay was here");
    database.query_row("SELECT count(*) FROM wake", [], |row| row.get(0)).expect("it can be read")
}

#[test]
fn a_device_asks_to_be_woken_and_one_that_was_removed_is_taken_back_by_the_others() {
    let folder = folder();
    let data = folder.path().join("data");
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let mut now = Millis(u64::try_from(since_1970.as_millis()).expect("not for long"));
    let (mut ana, mut ben, mut phone) = (Person::new(1), Person::new(2), Person::new(3));
    let relay = Program::start(&data, &["--push", "mailto:host@relay.example"]);
    let way = carrier(&relay);
    pair(&mut ana, &mut ben, &way, &mut now);
    let link = ana.vault.invite_device(PASSPHRASE, now).expect("it is free");
    phone.vault.join_own_devices(&link, now).expect("a link");
    for step in 0..10 {
        ana.round(&way, now);
        phone.round(&way, now);
        now = now.plus(2 * MINUTE);
        if step == 4 {
            ana.vault.confirm_words(now).expect("there are words");
            phone.vault.confirm_words(now).expect("there are words");
        }
    }
    assert_eq!(n_wakes(&data), 0, "off, as it is at first");

    let endpoint = "https://fcm.googleapis.com/fcm/send/abc".to_owned();
    let waking = Waking { endpoint, from: 540, until: 1_200, offset: 60 };
    for person in [&mut phone, &mut ana] {
        person.vault.set_waking(Some(waking.clone())).expect("memory is there");
        person.round(&way, now);
        assert_eq!(person.vault.waking().map(|(_, standing)| standing), Some(WakeStanding::Set));
    }
    assert_eq!(n_wakes(&data), 2);

    let devices = ana.vault.own_devices(now);
    let lost = devices.iter().find(|device| !device.is_this).expect("the phone").id;
    ana.vault.revoke_device(PASSPHRASE, lost, now).expect("it is there");
    ana.round(&way, now);
    assert_eq!(n_wakes(&data), 1, "the phone is not woken any more");
    phone.round(&way, now);
    assert_eq!(n_wakes(&data), 1, "nor can it ask again");
    assert!(phone.vault.waking().is_none());

    ana.vault.set_waking(None).expect("memory is there");
    ana.round(&way, now);
    assert_eq!(n_wakes(&data), 0);
    relay.stop();
}
