//! One mailbox against an honest, a forgetful and a lying relay.

use amends_sync::{Access, Connection, Happened, Link, LocalRelay, Place};
use amends_wire::{ClientFrame, MailboxId, Rid, ServerFrame, Token, UnixSeconds};

const NOW: UnixSeconds = UnixSeconds(1_790_000_000);

fn access() -> Access {
    Access { mailbox: MailboxId([1; 32]), read: Token([2; 32]), append: Token([3; 32]) }
}

fn rid(number: u8) -> Rid {
    Rid([number; 16])
}

/// A device with its connection; what it stored, in order.
struct Device {
    link: Link,
    connection: Connection,
    got: Vec<u8>,
    happened: Vec<Happened>,
}

impl Device {
    fn new(relay: &mut LocalRelay) -> Self {
        let link = Link::new(access(), Place::new(None));
        Self { link, connection: relay.connect(), got: Vec::new(), happened: Vec::new() }
    }

    fn send(&self, relay: &mut LocalRelay, out: Vec<ClientFrame>) {
        for frame in out {
            relay.frame(self.connection, NOW, &frame.to_bytes());
        }
    }

    fn connect(&mut self, relay: &mut LocalRelay) {
        relay.disconnect(self.connection);
        self.connection = relay.connect();
        let mut out = Vec::new();
        self.link.connected(&mut out);
        self.send(relay, out);
        self.run(relay, |frames| frames);
    }

    fn publish(&mut self, relay: &mut LocalRelay, number: u8) {
        let mut out = Vec::new();
        self.link.publish(rid(number), vec![number], &mut out);
        self.send(relay, out);
    }

    /// Takes all frames, after `meddle` had them in hand.
    fn run(&mut self, relay: &mut LocalRelay, meddle: impl Fn(Vec<ServerFrame>) -> Vec<ServerFrame>) {
        loop {
            let frames = relay.take_frames(self.connection);
            if frames.is_empty() {
                return;
            }
            let frames = frames.iter().map(|bytes| ServerFrame::from_bytes(bytes).unwrap()).collect();
            for frame in meddle(frames) {
                let mut out = Vec::new();
                for happened in self.link.frame(NOW.0 * 1000, frame, &mut out) {
                    if let Happened::Record { seq, bytes, .. } = &happened {
                        self.got.push(bytes[0]);
                        self.link.stored(*seq);
                    }
                    self.happened.push(happened);
                }
                self.send(relay, out);
            }
        }
    }
}

#[test]
fn a_mailbox_is_made_when_it_is_not_there_and_both_hear_each_other() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    b.connect(&mut relay);
    a.publish(&mut relay, 1);
    b.publish(&mut relay, 2);
    a.run(&mut relay, |frames| frames);
    b.run(&mut relay, |frames| frames);
    assert_eq!((&a.got, &b.got), (&vec![2], &vec![1]));
    assert!(a.happened.contains(&Happened::Acknowledged(rid(1))));
    // Own records are read once more at the next connection, and then the cursor stands at the end.
    a.connect(&mut relay);
    assert_eq!(a.link.place().cursor().0, 2);
    b.publish(&mut relay, 2);
    b.run(&mut relay, |frames| frames);
    assert_eq!(relay.sizes(), [2], "a second try stores nothing twice");
}

#[test]
fn a_relay_that_lost_everything_is_noticed_and_the_mailbox_made_again() {
    let mut relay = LocalRelay::new(1);
    let mut a = Device::new(&mut relay);
    a.connect(&mut relay);
    a.publish(&mut relay, 1);
    a.run(&mut relay, |frames| frames);
    let mut relay = LocalRelay::new(2);
    a.happened.clear();
    a.connect(&mut relay);
    assert_eq!(a.happened, [Happened::Lost, Happened::UpToDate]);
}

/// Everything but the word which life of the mailbox this is.
fn without_the_end(frames: Vec<ServerFrame>) -> Vec<ServerFrame> {
    frames.into_iter().filter(|frame| !matches!(frame, ServerFrame::UpToDate { .. })).collect()
}

#[test]
fn what_came_from_a_life_that_was_never_named_counts_for_no_other_life() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    a.publish(&mut relay, 1);
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, without_the_end);
    assert_eq!(b.got, [1]);
    // The next relay has another record at this place.
    let mut relay = LocalRelay::new(2);
    a.connect(&mut relay);
    a.publish(&mut relay, 2);
    b.connect(&mut relay);
    assert_eq!((&b.got, b.link.place().cursor().0), (&vec![1, 2], 1));
    assert!(b.happened.contains(&Happened::Lost));
}

#[test]
fn a_relay_that_went_back_to_an_earlier_state_is_noticed() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    a.publish(&mut relay, 1);
    let old = relay.export();
    a.publish(&mut relay, 2);
    b.connect(&mut relay);
    assert_eq!(b.got, [1, 2]);
    let mut relay = LocalRelay::import(&old).unwrap();
    b.connect(&mut relay);
    assert!(b.happened.contains(&Happened::Lost));
}

#[test]
fn a_record_that_the_relay_holds_back_is_asked_for_again_and_then_given_up() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    for number in 1..=3 {
        a.publish(&mut relay, number);
    }
    let without_the_second = |frames: Vec<ServerFrame>| {
        frames
            .into_iter()
            .filter(|frame| !matches!(frame, ServerFrame::Rec { seq, .. } if seq.0 == 2))
            .collect()
    };
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, without_the_second);
    assert_eq!(b.got, [1, 3]);
    assert_eq!(b.happened.iter().filter(|happened| matches!(happened, Happened::GaveUp(1))).count(), 1);
    assert!(b.link.is_live());
}

#[test]
fn a_record_held_back_once_comes_at_the_second_reading() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    for number in 1..=3 {
        a.publish(&mut relay, number);
    }
    let first = std::cell::Cell::new(true);
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, |frames| {
        let drop = |frame: &ServerFrame| {
            matches!(frame, ServerFrame::Rec { seq, .. } if seq.0 == 2) && first.replace(false)
        };
        frames.into_iter().filter(|frame| !drop(frame)).collect()
    });
    assert_eq!(b.got, [1, 3, 2]);
    assert_eq!(b.link.place().cursor().0, 3);
}

/// A device for which the first record never comes, and a mailbox with three.
fn without_the_first(frames: Vec<ServerFrame>) -> Vec<ServerFrame> {
    let is_first = |frame: &ServerFrame| matches!(frame, ServerFrame::Rec { seq, .. } if seq.0 == 1);
    frames.into_iter().filter(|frame| !is_first(frame)).collect()
}

#[test]
fn what_a_network_loses_at_the_beginning_is_looked_for_as_anywhere_else() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    for number in 1..=3 {
        a.publish(&mut relay, number);
    }
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, without_the_first);
    assert_eq!((b.got.as_slice(), b.link.is_live(), b.link.gave_up()), (&[2, 3][..], true, true));
    // On another day everything is read once more.
    let mut out = Vec::new();
    b.link.read_again(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, |frames| frames);
    assert!(b.got.contains(&1) && !b.link.gave_up());
}

#[test]
fn what_never_comes_at_the_beginning_is_believed_to_be_gone_after_a_second_day() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    for number in 1..=3 {
        a.publish(&mut relay, number);
    }
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, without_the_first);
    let mut out = Vec::new();
    b.link.read_again(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, without_the_first);
    assert_eq!((b.link.place().cursor().0, b.link.is_live(), b.link.gave_up()), (3, true, false));
    assert!(
        !b.happened.iter().any(|happened| matches!(happened, Happened::GaveUp(_))),
        "nothing was held back"
    );
}

#[test]
fn an_acknowledged_record_that_is_not_there_is_sent_again() {
    let mut relay = LocalRelay::new(1);
    let mut a = Device::new(&mut relay);
    a.connect(&mut relay);
    let before = relay.export();
    a.publish(&mut relay, 1);
    a.run(&mut relay, |frames| frames);
    let mut lying = LocalRelay::import(&before).unwrap();
    // The relay gave the place to somebody else's record.
    let mut b = Device::new(&mut lying);
    b.connect(&mut lying);
    b.publish(&mut lying, 9);
    a.connect(&mut lying);
    assert!(a.happened.contains(&Happened::Vanished(rid(1))), "{:?}", a.happened);
}

#[test]
fn records_that_come_twice_are_taken_once() {
    let mut relay = LocalRelay::new(1);
    let (mut a, mut b) = (Device::new(&mut relay), Device::new(&mut relay));
    a.connect(&mut relay);
    a.publish(&mut relay, 1);
    let mut out = Vec::new();
    b.link.connected(&mut out);
    b.send(&mut relay, out);
    b.run(&mut relay, |frames| frames.iter().flat_map(|frame| [frame.clone(), frame.clone()]).collect());
    assert_eq!(b.got, [1]);
}

#[test]
fn a_relay_comes_back_from_its_bytes() {
    let mut relay = LocalRelay::new(7);
    let mut a = Device::new(&mut relay);
    a.connect(&mut relay);
    a.publish(&mut relay, 1);
    a.run(&mut relay, |frames| frames);
    let mut again = LocalRelay::import(&relay.export()).unwrap();
    a.happened.clear();
    a.connect(&mut again);
    assert_eq!(a.happened.last(), Some(&Happened::UpToDate));
    assert!(!a.happened.contains(&Happened::Lost));
    assert!(LocalRelay::import(b"something else").is_err());
}
