//! A relay that is malicious: it may delay and hide, and it can do nothing else without being noticed.

use amends_client::{Input, LocalRelay, Notice, Which};
use amends_wire::{MailboxId, Sealed, Seq, ServerFrame};

use super::world::World;

fn parse(frames: Vec<Vec<u8>>) -> Vec<ServerFrame> {
    frames.iter().map(|bytes| ServerFrame::from_bytes(bytes).unwrap()).collect()
}

fn bytes(frames: Vec<ServerFrame>) -> Vec<Vec<u8>> {
    frames.iter().map(ServerFrame::to_bytes).collect()
}

/// The record that lies so many places before the last one, in a mailbox of which several come at once.
fn last_but(frames: &[ServerFrame], n: u64) -> Option<(MailboxId, u64)> {
    let is_of = |frame: &ServerFrame, id| matches!(frame, ServerFrame::Rec { mailbox, .. } if *mailbox == id);
    let many = |id: MailboxId| frames.iter().filter(|frame| is_of(frame, id)).count() > 2;
    frames.iter().find_map(|frame| match frame {
        ServerFrame::UpToDate { mailbox, seq, .. } if many(*mailbox) => Some((*mailbox, seq.0 - n)),
        _ => None,
    })
}

/// A pair, and a device that has something to receive.
fn with_lines(n_lines: usize) -> (World, usize, usize) {
    let (mut world, a, b) = World::open_pair();
    world.devices[b].is_offline = true;
    world.run();
    for number in 0..n_lines {
        world.line(a, &format!("line {number}"));
    }
    world.run();
    world.devices[b].is_offline = false;
    (world, a, b)
}

#[test]
fn a_record_with_any_byte_changed_is_set_aside_and_the_rest_comes_in() {
    let (mut world, _, b) = with_lines(3);
    let mut target = None;
    world.run_with(&mut |at, frames| {
        let mut frames = parse(frames);
        target = target.or_else(|| (at == b).then(|| last_but(&frames, 1)).flatten());
        for frame in &mut frames {
            if let ServerFrame::Rec { mailbox, seq, bytes: Sealed(bytes), .. } = frame
                && Some((*mailbox, seq.0)) == target
            {
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
            }
        }
        bytes(frames)
    });
    assert_eq!(world.lines(b), ["line 0", "line 2"]);
    let status = world.vault(b).sync_status();
    assert!(status.set_aside.iter().all(|(reason, n)| reason == "unreadable" && *n >= 1), "{status:?}");
    assert_eq!(status.n_missing, 1, "and the gap is seen");
}

#[test]
fn records_that_are_repeated_change_nothing() {
    let (mut world, a, b) = with_lines(3);
    world.run_with(&mut |_, frames| frames.iter().flat_map(|frame| [frame.clone(), frame.clone()]).collect());
    assert_eq!(world.lines(b), world.lines(a));
    assert!(world.vault(b).sync_status().set_aside.is_empty());
}

#[test]
fn records_in_another_order_give_the_same() {
    let (mut world, a, b) = with_lines(5);
    world.run_with(&mut |_, frames| {
        let (mut records, others): (Vec<_>, Vec<_>) =
            parse(frames).into_iter().partition(|frame| matches!(frame, ServerFrame::Rec { .. }));
        records.reverse();
        bytes(records.into_iter().chain(others).collect())
    });
    assert_eq!(world.lines(b), world.lines(a));
    assert_eq!(world.vault(b).sync_status().n_missing, 0);
}

#[test]
fn old_records_under_new_places_are_known() {
    let (mut world, a, b) = with_lines(3);
    let mut kept: Vec<ServerFrame> = Vec::new();
    world.run_with(&mut |at, frames| {
        if at == b {
            kept.extend(
                parse(frames.clone()).into_iter().filter(|frame| matches!(frame, ServerFrame::Rec { .. })),
            );
        }
        frames
    });
    let before = world.lines(b).len();
    let replayed = kept.into_iter().enumerate().map(|(number, frame)| match frame {
        ServerFrame::Rec { mailbox, rid, bytes, .. } => {
            ServerFrame::Rec { mailbox, seq: Seq(1_000 + number as u64), rid, bytes }
        }
        other => other,
    });
    let frames = bytes(replayed.collect());
    world.give(b, Input::Frames(frames));
    assert_eq!(world.lines(b).len(), before);
    assert_eq!(world.lines(b), world.lines(a));
}

#[test]
fn records_under_another_name_or_in_another_mailbox_do_not_open() {
    let (mut world, _, b) = with_lines(1);
    let mut records = Vec::new();
    world.run_with(&mut |at, frames| {
        let frames = parse(frames);
        if at == b {
            records.extend(frames.iter().filter(|frame| matches!(frame, ServerFrame::Rec { .. })).cloned());
        }
        bytes(frames)
    });
    let mailboxes: Vec<_> = {
        let ids = records.iter().filter_map(|frame| match frame {
            ServerFrame::Rec { mailbox, .. } => Some(*mailbox),
            _ => None,
        });
        ids.collect()
    };
    world.line(b, "something of one's own");
    world.run();
    let ServerFrame::Rec { mailbox, seq, mut rid, bytes: sealed } = records.pop().unwrap() else { panic!() };
    rid.0[0] ^= 1;
    let renamed = ServerFrame::Rec { mailbox, seq: Seq(seq.0 + 500), rid, bytes: sealed.clone() };
    world.give(b, Input::Frames(bytes(vec![renamed])));
    let other = mailboxes.into_iter().find(|id| *id != mailbox);
    if let Some(other) = other {
        let moved = ServerFrame::Rec { mailbox: other, seq: Seq(700), rid, bytes: sealed };
        world.give(b, Input::Frames(bytes(vec![moved])));
    }
    let set_aside = world.vault(b).sync_status().set_aside;
    assert!(
        set_aside.iter().all(|(reason, _)| reason == "unreadable") && !set_aside.is_empty(),
        "{set_aside:?}"
    );
}

#[test]
fn a_relay_that_hides_a_record_is_asked_again_and_the_gap_is_shown() {
    let (mut world, _, b) = with_lines(4);
    let mut hidden = None;
    world.run_with(&mut |at, frames| {
        let mut frames = parse(frames);
        hidden = hidden.or_else(|| (at == b).then(|| last_but(&frames, 2)).flatten());
        frames.retain(|frame| match frame {
            ServerFrame::Rec { mailbox, seq, .. } => Some((*mailbox, seq.0)) != hidden,
            _ => true,
        });
        bytes(frames)
    });
    assert_eq!(world.vault(b).sync_status().n_missing, 1);
    let hides =
        |notice: &Notice| matches!(notice, Notice::RelayHoldsBack { space: Which::Pair, n_records: 1 });
    assert!(world.devices[b].notices.iter().any(hides));
    assert_eq!(world.lines(b).len(), 3, "the others are there");
    // When it shows the record again, everything is there.
    world.cut_off(b);
    world.now = world.now.plus(2 * amends_domain::id::DAY);
    world.run();
    assert_eq!(world.lines(b).len(), 4);
    assert_eq!(world.vault(b).sync_status().n_missing, 0);
}

#[test]
fn a_relay_put_back_to_an_earlier_state_gets_everything_again() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "one");
    world.run();
    let old = world.relay.export();
    world.line(a, "two");
    world.line(b, "three");
    world.run();
    world.replace_relay(LocalRelay::import(&old).unwrap());
    world.run();
    for device in [a, b] {
        assert!(world.devices[device].notices.contains(&Notice::RelayForgot(Which::Pair)), "{device}");
    }
    // A device that was not there finds everything.
    let second = world.link_device(b);
    world.now = world.now.plus(2 * amends_domain::id::DAY);
    world.run();
    assert_eq!(world.lines(second), ["one", "two", "three"]);
}

#[test]
fn an_acknowledgment_without_a_record_is_found_out() {
    let (mut world, a, b) = World::open_pair();
    world.run();
    let before = world.relay.export();
    world.line(a, "acknowledged and dropped");
    world.run();
    world.devices[b].is_offline = true;
    // The same life of the relay, but the record is gone and its place is given to another one.
    let mut lying = LocalRelay::import(&before).unwrap();
    std::mem::swap(&mut world.relay, &mut lying);
    for device in [a, b] {
        world.cut_off(device);
    }
    world.now = world.now.plus(amends_domain::id::HOUR);
    world.run();
    world.devices[b].is_offline = false;
    world.now = world.now.plus(amends_domain::id::HOUR);
    world.run();
    let fresh = world.link_device(b);
    world.now = world.now.plus(2 * amends_domain::id::DAY);
    world.run();
    assert!(world.lines(fresh).contains(&"acknowledged and dropped"));
    assert_eq!(world.lines(a), world.lines(b));
}

#[test]
fn frames_of_garbage_stop_nothing() {
    let (mut world, a, b) = with_lines(2);
    world.run_with(&mut |_, mut frames| {
        frames.insert(0, vec![0xff; 40]);
        frames.push(Vec::new());
        frames
    });
    assert_eq!(world.lines(b), world.lines(a));
}

#[test]
fn a_relay_without_room_is_told_and_what_was_written_goes_when_there_is_room() {
    let (mut world, a, b) = World::open_pair();
    world.run();
    world.line(a, "when there is room");
    let mut full = true;
    for _ in 0..2 {
        world.run_with(&mut |at, frames| {
            let refuse = |frame: ServerFrame| match frame {
                ServerFrame::Ack { rid, .. } if full && at == a => ServerFrame::Refused {
                    about: amends_wire::About::Record(rid),
                    code: amends_wire::Code::Full,
                    wait: Some(30),
                },
                other => other,
            };
            bytes(parse(frames).into_iter().map(refuse).collect())
        });
        let expected = full.then_some(amends_client::RelayRefusal::NoRoom);
        assert_eq!(world.vault(a).sync_status().relay_refuses, expected);
        assert_eq!(world.lines(a), ["when there is room"], "it is safe here");
        full = false;
    }
    assert!(world.vault(a).sync_status().pair_is_up_to_date);
    assert_eq!(world.lines(b), ["when there is room"]);
}

#[test]
fn a_relay_that_shows_two_own_devices_two_histories_is_found_out_by_the_gap_and_they_come_together_again() {
    let (mut world, a, b) = World::open_pair();
    let second = world.link_device(b);
    world.now = world.now.plus(2 * amends_domain::id::DAY);
    world.run();
    world.line(a, "shown to one device only");
    let mut hidden = std::collections::BTreeSet::new();
    let hide = |hidden: &mut std::collections::BTreeSet<_>, new: bool, frames: Vec<Vec<u8>>| {
        let mut frames = parse(frames);
        frames.retain(|frame| match frame {
            ServerFrame::Rec { mailbox, seq, .. } => {
                if new {
                    hidden.insert((*mailbox, seq.0));
                }
                !hidden.contains(&(*mailbox, seq.0))
            }
            _ => true,
        });
        bytes(frames)
    };
    world.run_with(&mut |at, frames| if at == second { hide(&mut hidden, true, frames) } else { frames });
    assert_eq!((world.lines(b).len(), world.lines(second).len()), (1, 0), "two histories");
    world.line(a, "shown to both");
    world.run_with(&mut |at, frames| if at == second { hide(&mut hidden, false, frames) } else { frames });
    assert_eq!(world.lines(second), ["shown to both"], "it goes on");
    assert!(world.vault(second).sync_status().n_missing > 0, "and the gap is shown");
    assert_eq!(world.vault(b).sync_status().n_missing, 0);
    world.cut_off(second);
    world.now = world.now.plus(2 * amends_domain::id::DAY);
    world.run();
    assert_eq!(world.lines(second), world.lines(b));
    assert_eq!(world.vault(second).sync_status().n_missing, 0);
}

#[test]
fn a_record_that_was_garbled_once_on_its_way_comes_on_another_day_also_if_it_was_the_last() {
    let (mut world, a, b) = World::open_pair();
    world.run();
    world.line(a, "garbled once");
    world.run_with(&mut |at, frames| {
        let garble = |frame: ServerFrame| match frame {
            ServerFrame::Rec { mailbox, seq, rid, mut bytes } if at == b => {
                bytes.0.truncate(100);
                ServerFrame::Rec { mailbox, seq, rid, bytes }
            }
            other => other,
        };
        bytes(parse(frames).into_iter().map(garble).collect())
    });
    assert_eq!(world.lines(b), [""; 0]);
    for _ in 0..2 {
        world.restart(b);
        world.now = world.now.plus(amends_domain::id::DAY);
        world.run();
    }
    assert_eq!(world.lines(b), ["garbled once"]);
    // From then on nothing is read from the beginning.
    let n_asked = |world: &World| {
        let asked = world.devices[b].sent.iter().filter(|frame| {
            let frame = amends_wire::ClientFrame::from_bytes(frame).unwrap();
            matches!(frame, amends_wire::ClientFrame::Sub { after: Seq(0), .. })
        });
        asked.count()
    };
    let before = n_asked(&world);
    for _ in 0..3 {
        world.cut_off(b);
        world.now = world.now.plus(amends_domain::id::DAY);
        world.run();
    }
    assert_eq!(n_asked(&world), before, "all is well, and nothing is read from the beginning any more");
}

/// A relay that hides from one device what looks like an answer: all records of one size in one mailbox, from some place on. It
/// counts on as if they had never been there.
#[derive(Default)]
struct Hiding {
    mailbox: Option<MailboxId>,
    n_bytes: usize,
    places: std::collections::BTreeSet<u64>,
}

impl Hiding {
    fn is_hidden(&mut self, of: MailboxId, place: u64, n_bytes: usize) -> bool {
        if *self.mailbox.get_or_insert(of) != of {
            return false;
        }
        let first = *self.places.first().unwrap_or(&place);
        if self.places.is_empty() {
            self.n_bytes = n_bytes;
        }
        let is_hidden = self.places.contains(&place) || place >= first && n_bytes == self.n_bytes;
        if is_hidden {
            self.places.insert(place);
        }
        is_hidden
    }

    fn counted(&self, of: MailboxId, place: Seq) -> Seq {
        let n_before = self.places.range(..=place.0).count() as u64;
        if self.mailbox == Some(of) { Seq(place.0 - n_before) } else { place }
    }

    fn shown(&mut self, frames: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        let shown = parse(frames).into_iter().filter_map(|frame| match frame {
            ServerFrame::Rec { mailbox, seq, rid, bytes } => {
                let is_hidden = self.is_hidden(mailbox, seq.0, bytes.0.len());
                let seq = self.counted(mailbox, seq);
                (!is_hidden).then_some(ServerFrame::Rec { mailbox, seq, rid, bytes })
            }
            ServerFrame::UpToDate { mailbox, seq, era } => {
                Some(ServerFrame::UpToDate { mailbox, seq: self.counted(mailbox, seq), era })
            }
            ServerFrame::Ack { rid, .. } => Some(ServerFrame::Ack { rid, seq: Seq(1) }),
            other => Some(other),
        });
        bytes(shown.collect())
    }
}

#[test]
fn a_last_word_that_a_relay_hides_without_a_trace_is_missed_when_keys_come_that_were_made_after_it() {
    let (mut world, a, b) = World::open_pair();
    world.run();
    world.line(a, "the last one");
    let mut hiding = Hiding::default();
    world.run_with(&mut |at, frames| if at == b { hiding.shown(frames) } else { frames });
    assert_eq!((world.lines(a), world.lines(b)), (vec!["the last one"], vec![]));

    // Nothing can show it yet. A month later the other device hands out new keys, and they say how far it was.
    world.devices[b].is_offline = true;
    world.now = world.now.plus(31 * amends_domain::id::DAY);
    world.run();
    world.devices[b].is_offline = false;
    let misses = |world: &mut World| {
        let status = world.vault(b).sync_status();
        assert_eq!((status.n_missing, status.own_misses_for_long), (0, false), "no gap shows it");
        status.pair_misses_for_long
    };
    let mut told = Vec::new();
    for _ in 0..5 {
        world.run_with(&mut |at, frames| if at == b { hiding.shown(frames) } else { frames });
        told.push(misses(&mut world));
        world.cut_off(b);
        world.restart(b);
        world.now = world.now.plus(amends_domain::id::DAY);
    }
    assert_eq!(world.lines(b), [""; 0]);
    assert_eq!(told, [false, false, false, true, true], "not at once: it may be on its way");
    assert!(!world.vault(a).sync_status().pair_misses_for_long);

    // The relay shows it again: it is here, and nothing is missed any more.
    world.run();
    assert_eq!(world.lines(b), ["the last one"]);
    assert!(!misses(&mut world));
}

#[test]
fn a_last_word_that_a_relay_hides_once_is_sent_anew_with_the_next_keys() {
    let (mut world, a, b) = World::open_pair();
    world.run();
    world.line(a, "the last one");
    let mut hiding = Hiding::default();
    world.run_with(&mut |at, frames| if at == b { hiding.shown(frames) } else { frames });
    hiding.n_bytes = 0;
    world.now = world.now.plus(31 * amends_domain::id::DAY);
    world.run_with(&mut |at, frames| if at == b { hiding.shown(frames) } else { frames });
    assert_eq!(world.lines(b), ["the last one"]);
    assert!(!world.vault(b).sync_status().pair_misses_for_long);
}
