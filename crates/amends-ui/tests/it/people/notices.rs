//! A device is told that something waits, if its owner wants that.

use amends_client::{Input, LocalRelay, Output};
use amends_reader::Reader;
use amends_ui::{Core, Shell, ShellKind};
use amends_wire::{ClientFrame, Endpoint, Limits, PushKey, ServerFrame, UnixSeconds};

use super::pair::paired;
use crate::house::{House, PASSPHRASE};
use crate::words;

const ENDPOINT: &str = "https://push.example/abc";
const ON: [(&str, &str); 4] = [("do", "on"), ("from", "09:00"), ("until", "20:30"), ("endpoint", ENDPOINT)];

/// Two people who are connected, the first in a browser.
fn couple() -> (House, LocalRelay) {
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let [mut a, _] = paired(&mut relay, &mut open);
    a.core = in_browser();
    // Another day: nothing of the former connection is known.
    a.session.lock(a.now);
    a.session.unlock(PASSPHRASE).unwrap();
    (a, relay)
}

fn in_browser() -> Core {
    Core::new(Reader::by_rules(), Shell { kind: ShellKind::Browser, ..Shell::default() })
}

/// A line to a relay of version 2 that wakes devices if it has a key; gives what it was asked about that.
struct Line {
    relay: LocalRelay,
    key: Option<PushKey>,
    open: amends_client::Connection,
    asked: Vec<ClientFrame>,
}

impl Line {
    fn open(mut relay: LocalRelay, key: Option<PushKey>, house: &mut House) -> Self {
        let open = relay.connect();
        let mut line = Self { relay, key, open, asked: Vec::new() };
        line.give(house, Input::Connected);
        line
    }

    fn give(&mut self, house: &mut House, input: Input) {
        let now = house.now;
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let mut answers = Vec::new();
            for output in house.session.vault_mut().unwrap().sync_input(now, input).unwrap() {
                let Output::Send(bytes) = output else { continue };
                match ClientFrame::from_bytes(&bytes).unwrap() {
                    ClientFrame::Hello { version } => {
                        answers.push(
                            ServerFrame::Welcome { version, limits: LIMITS, push_key: self.key }.to_bytes(),
                        );
                    }
                    frame if frame.since() == 2 => {
                        answers.push(ServerFrame::Done { about: frame.about() }.to_bytes());
                        self.asked.push(frame);
                    }
                    _ => self.relay.frame(self.open, UnixSeconds(now.0 / 1_000), &bytes),
                }
            }
            answers.extend(self.relay.take_frames(self.open));
            if !answers.is_empty() {
                inputs.push(Input::Frames(answers));
            }
        }
    }

    fn tick(&mut self, house: &mut House) {
        self.give(house, Input::Tick);
    }
}

const LIMITS: Limits = Limits {
    record: 65_536,
    burst: 300,
    per_minute: 60,
    blobs: 1 << 30,
    records: 1 << 28,
    keep_days: 400,
    keep_done_days: 30,
    subscriptions: 64,
    open: true,
};

const KEY: PushKey = PushKey([4; 65]);

#[test]
fn it_is_off_until_it_is_turned_on_and_the_page_says_what_others_learn() {
    let (mut house, relay) = couple();
    assert!(house.read("/notices").contains("has not reached the relay"));
    let mut line = Line::open(relay, Some(KEY), &mut house);
    assert!(line.asked.is_empty(), "off");
    let html = house.get("/notices").html;
    let text = words(&html);
    for said in [
        "It is off until you turn it on",
        "The maker of your browser learns",
        "leave this off",
        "Something new is here",
    ] {
        assert!(text.contains(said), "{said}");
    }
    assert!(html.contains("data-key=\"BAQEBAQEBAQE") && html.contains("value=\"09:00\""));

    assert!(words(&house.post("/notices", &ON).html).contains("The relay has not said yes yet"));
    line.tick(&mut house);
    let [ClientFrame::WakeSet { endpoint, from: 540, until: 1_230, .. }] = &line.asked[..] else {
        panic!("{:?}", line.asked)
    };
    assert_eq!(*endpoint, Endpoint(ENDPOINT.to_owned()));
    assert!(house.read("/notices").contains("It is on."));
    house.post("/notices", &[("do", "hours"), ("from", "10:00"), ("until", "19:00")]);
    line.tick(&mut house);
    assert!(matches!(line.asked[1], ClientFrame::WakeSet { from: 600, until: 1_140, .. }));
}

#[test]
fn turned_off_it_is_taken_back_at_once() {
    let (mut house, relay) = couple();
    let mut line = Line::open(relay, Some(KEY), &mut house);
    house.post("/notices", &ON);
    line.tick(&mut house);
    let text = words(&house.post("/notices", &[("do", "off")]).html);
    assert!(text.contains("It is off"));
    line.tick(&mut house);
    assert!(matches!(line.asked[..], [ClientFrame::WakeSet { .. }, ClientFrame::WakeClear { .. }]));
}

#[test]
fn after_leaving_it_is_taken_back() {
    let (mut house, relay) = couple();
    let mut line = Line::open(relay, Some(KEY), &mut house);
    house.post("/notices", &ON);
    line.tick(&mut house);
    house.post("/leave", &[("sure", "yes"), ("how", "quiet"), ("things", "keep")]);
    line.tick(&mut house);
    line.tick(&mut house);
    assert!(matches!(line.asked.last(), Some(ClientFrame::WakeClear { .. })), "{:?}", line.asked);
    assert!(house.vault().waking().is_none());
}

#[test]
fn what_cannot_work_is_said_in_plain_words() {
    let (mut house, relay) = couple();
    let _line = Line::open(relay, None, &mut house);
    assert!(house.read("/notices").contains("Who runs this relay has not turned this on"));
    for (fields, said) in [
        ([("do", "on"), ("from", "09:00"), ("until", "20:00"), ("endpoint", "")], "Nothing was turned on"),
        (
            [("do", "on"), ("from", "09:00"), ("until", "20:00"), ("endpoint", "http://x")],
            "Nothing was turned on",
        ),
        ([("do", "on"), ("from", "09:00"), ("until", "09:30"), ("endpoint", ENDPOINT)], "an hour apart"),
        ([("do", "on"), ("from", "nine"), ("until", "20:00"), ("endpoint", ENDPOINT)], "an hour apart"),
    ] {
        assert!(words(&house.post("/notices", &fields).html).contains(said), "{fields:?}");
        assert!(house.vault().waking().is_none());
    }
    let mut alone = House::solo();
    assert!(alone.read("/notices").contains("It does not work here"), "in the program");
    assert!(!alone.read("/devices").contains("something waits"), "where it is not offered");
    alone.core = in_browser();
    assert!(alone.read("/notices").contains("for two people"));
    assert!(alone.read("/settings").contains("Tell this device when something waits"));
}
