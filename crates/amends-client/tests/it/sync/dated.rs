//! Letters that open on a day: nobody reads them before, a letter taken back never opens, and a relay that does not keep its
//! word is told.

use amends_client::{HalfStanding, NewEvent, Notice, ShareTrouble};
use amends_domain::consent;
use amends_domain::id::{DAY, EventId};
use amends_domain::prove::communication::{Event, Half, Purpose};
use amends_domain::refusal::Refusal;
use amends_domain::safety::leave::leave;
use amends_domain::safety::{Leaving, MyThings};
use amends_wire::{About, Code, Sealed, ServerFrame, ShareId};

use super::world::World;

const WORDS: &str = "the blue gate in the rain";

/// A letter that opens in so many days.
fn send(world: &mut World, from: usize, days: u64) -> EventId {
    let now = world.tick();
    let event = Event::SendSealed {
        incident: None,
        purpose: Purpose::ToSend,
        opens_at: now.plus(days * DAY),
        letter: Default::default(),
        text: WORDS.to_owned(),
    };
    let new = NewEvent::shared(event);
    world.vault(from).append_knowing(now, new, |local| local.without_rest = true).unwrap()
}

fn open(world: &mut World, at: usize, letter: EventId) -> Result<String, Refusal> {
    let now = world.tick();
    let opened = world.vault(at).append(now, NewEvent::private(Event::OpenLetter { letter }));
    match opened {
        Ok(_) => {
            let step = &world.vault(at).state().world().communication;
            Ok(step.delivered(letter).unwrap().text.clone())
        }
        Err(amends_client::AppendError::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}

fn later(world: &mut World, span: u64) {
    for at in 0..world.devices.len() {
        world.cut_off(at);
    }
    world.now = world.now.plus(span);
    world.run();
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

fn only_share(world: &World) -> ShareId {
    let all: Vec<ShareId> = world.relay.shares().map(|(share, ..)| share).collect();
    assert_eq!(all.len(), 1);
    all[0]
}

#[test]
fn before_the_day_the_readers_device_holds_nothing_of_the_letter_and_on_the_day_it_opens() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    assert_eq!(world.vault(a).half_standing(letter), Some(HalfStanding::There));
    assert!(world.vault(b).state().event(letter).is_some(), "the letter is there");
    assert!(!has(&world.readable(b), WORDS), "and none of its words");
    let json = serde_json::to_string(&world.vault(b).state().events().collect::<Vec<_>>()).unwrap();
    assert!(!json.contains("blue gate"));
    assert_eq!(open(&mut world, b, letter), Err(Refusal::TooEarly));
    later(&mut world, 9 * DAY);
    assert_eq!(open(&mut world, b, letter), Err(Refusal::TooEarly), "a day before is before");

    // The writer's device is not needed for it.
    world.devices[a].is_offline = true;
    later(&mut world, 2 * DAY);
    assert_eq!(world.vault(b).half_standing(letter), Some(HalfStanding::There));
    // The half came by itself, so the relay does not see when the letter is opened.
    world.devices[b].is_offline = true;
    world.run();
    let n_sent = world.devices[b].sent.len();
    assert_eq!(open(&mut world, b, letter).unwrap(), WORDS);
    world.run();
    assert_eq!(world.devices[b].sent.len(), n_sent);
    world.restart(b);
    let step = &world.vault(b).state().world().communication;
    assert_eq!(step.delivered(letter).unwrap().text, WORDS, "and stays open");
}

#[test]
fn its_writer_reads_it_all_the_time_on_all_own_devices() {
    let (mut world, a, _) = World::open_pair();
    let letter = send(&mut world, a, 10);
    let second = world.link_device(a);
    later(&mut world, 3 * DAY);
    for device in [a, second] {
        let step = &world.vault(device).state().world().communication;
        assert_eq!(step.delivered(letter).unwrap().text, WORDS);
    }
    assert_eq!(world.vault(a).search("gate", 5).len(), 1);
    world.restart(a);
    assert_eq!(world.vault(a).state().world().communication.delivered(letter).unwrap().text, WORDS);
}

#[test]
fn who_runs_the_relay_finds_no_words_and_no_half_that_fits_the_other() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    assert!(!has(&world.relay.export(), WORDS));
    let shares: Vec<Vec<u8>> = world.relay.shares().map(|(_, _, half)| half.to_vec()).collect();
    let step = &world.vault(b).state().world().communication;
    let sealed = step.delivered(letter).unwrap().seal().unwrap().clone();
    // The other half is in the letter, and the letter is sealed for the two: nothing that lies at the relay holds it.
    let (share, opens_at) = amends_crypto::letter_opens_at(&sealed.0).unwrap();
    assert!(!world.relay.sealed_bytes().any(|bytes| bytes.windows(16).any(|part| part == share)));
    assert_eq!(shares.len(), 1);
    assert_eq!(world.relay.shares().next().map(|(_, at, _)| at.0), Some(opens_at), "only the day shows");
}

#[test]
fn a_letter_that_was_taken_back_never_opens() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let half: Vec<u8> = world.relay.shares().next().unwrap().2.to_vec();
    let now = world.tick();
    world.vault(a).append(now, NewEvent::shared(Event::Recall { letter })).unwrap();
    // The reader's device does not hear of it, and asks on the day.
    world.devices[b].is_offline = true;
    world.run();
    assert_eq!(world.relay.shares().count(), 0);
    assert_eq!(world.vault(a).half_standing(letter), Some(HalfStanding::TakenBack));
    world.devices[a].is_offline = true;
    world.devices[b].is_offline = false;
    later(&mut world, 11 * DAY);
    assert_eq!(open(&mut world, b, letter), Err(Refusal::NotFound));
    assert!(!has(&world.readable(b), WORDS));
    assert!(!world.readable(b).windows(32).any(|part| part == half), "nor the half that lay there");
    world.restart(b);
    assert_eq!(open(&mut world, b, letter), Err(Refusal::NotFound));
}

#[test]
fn given_back_unread_or_deleted_it_takes_its_half_along() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let now = world.tick();
    world.vault(b).append(now, NewEvent::shared(Event::Return { letter })).unwrap();
    world.run();
    assert_eq!(world.relay.shares().count(), 0);

    let letter = send(&mut world, a, 10);
    world.run();
    assert_eq!(world.relay.shares().count(), 1);
    let now = world.tick();
    let delete = amends_domain::entry::Event::Delete { target: letter };
    world.vault(a).append(now, NewEvent::shared(delete)).unwrap();
    world.run();
    assert_eq!(world.relay.shares().count(), 0);
}

#[test]
fn leaving_takes_letters_back_that_have_not_been_opened() {
    for leave in [NewEvent::shared(consent::Event::Leave), NewEvent::private(consent::Event::LeaveQuietly)] {
        let (mut world, a, b) = World::open_pair();
        let letter = send(&mut world, a, 10);
        world.run();
        let now = world.tick();
        world.vault(a).append(now, leave).unwrap();
        world.run();
        assert_eq!(world.relay.shares().count(), 0);
        later(&mut world, 11 * DAY);
        assert!(open(&mut world, b, letter).is_err());
    }
}

#[test]
fn a_relay_that_loses_the_half_is_told_and_gets_it_again() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let share = only_share(&world);
    world.relay.lose_share(share);
    later(&mut world, DAY);
    assert!(world.devices[a].notices.contains(&Notice::HalfTrouble(ShareTrouble::Lost)));
    assert_eq!(only_share(&world), share, "given again");
    later(&mut world, 10 * DAY);
    assert_eq!(open(&mut world, b, letter).unwrap(), WORDS);
}

#[test]
fn a_half_that_the_relay_does_not_take_is_told_after_a_day_until_it_is_there() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 5);
    let refused = &mut |at: usize, frames: Vec<Vec<u8>>| {
        let refuse = |frame: Vec<u8>| match ServerFrame::from_bytes(&frame).unwrap() {
            ServerFrame::Done { about: about @ About::Share(_) } if at == a => {
                ServerFrame::Refused { about, code: Code::Full, wait: None }.to_bytes()
            }
            _ => frame,
        };
        frames.into_iter().map(refuse).collect()
    };
    let still_here = |world: &mut World, at: usize| {
        let now = world.now;
        world.vault(at).halves_still_here(now)
    };
    world.run_with(refused);
    assert_eq!(world.vault(a).half_standing(letter), Some(HalfStanding::NotYet));
    assert!(still_here(&mut world, a).is_empty(), "it may be on its way");
    world.now = world.now.plus(DAY + 1);
    world.run_with(refused);
    assert_eq!(still_here(&mut world, a), [letter]);
    assert!(still_here(&mut world, b).is_empty(), "nothing for its reader to do");
    later(&mut world, DAY);
    assert!(still_here(&mut world, a).is_empty());
    later(&mut world, 4 * DAY);
    assert_eq!(open(&mut world, b, letter).unwrap(), WORDS);
}

#[test]
fn a_half_is_told_on_its_day_at_once_and_not_after_the_letter_was_taken_back_or_somebody_left() {
    let (mut world, a, _) = World::open_pair();
    world.devices[a].is_offline = true;
    let letter = send(&mut world, a, 1);
    world.now = world.now.plus(DAY);
    let now = world.now;
    assert_eq!(world.vault(a).halves_still_here(now), [letter]);
    let recall = NewEvent::shared(Event::Recall { letter });
    world.vault(a).append(now, recall).unwrap();
    assert!(world.vault(a).halves_still_here(now).is_empty());

    let letter = send(&mut world, a, 1);
    let later = world.now.plus(2 * DAY);
    assert_eq!(world.vault(a).halves_still_here(later), [letter]);
    let now = world.tick();
    let plan = leave(world.vault(a).state(), Leaving::Quiet, MyThings::Keep, false);
    world.vault(a).leave(now, plan).unwrap();
    world.run();
    assert!(world.vault(a).halves_still_here(later).is_empty());
}

#[test]
fn a_relay_that_loses_everything_gets_the_half_again() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    world.replace_relay(amends_client::LocalRelay::new(2));
    world.run();
    assert_eq!(world.relay.shares().count(), 1);
    later(&mut world, 11 * DAY);
    assert_eq!(open(&mut world, b, letter).unwrap(), WORDS);
}

#[test]
fn a_relay_that_lies_is_told_and_the_writer_can_give_the_half_without_it() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    for at in [a, b] {
        world.cut_off(at);
    }
    world.now = world.now.plus(11 * DAY);
    world.run_with(&mut |at, frames| frames.into_iter().map(|frame| other_half(at == b, frame)).collect());
    assert_eq!(open(&mut world, b, letter), Err(Refusal::HalfMissing));
    assert_eq!(world.vault(b).half_standing(letter), Some(HalfStanding::Trouble(ShareTrouble::Wrong)));
    assert!(world.devices[b].notices.contains(&Notice::HalfTrouble(ShareTrouble::Wrong)));

    let now = world.tick();
    world.vault(b).append(now, NewEvent::shared(Event::AskHalf { letter })).unwrap();
    world.run_with(&mut |at, frames| frames.into_iter().map(|frame| other_half(at == b, frame)).collect());
    assert!(world.vault(a).state().world().communication.delivered(letter).unwrap().half_was_asked());
    let now = world.tick();
    world.vault(a).append(now, give(letter)).unwrap();
    world.run_with(&mut |at, frames| frames.into_iter().map(|frame| other_half(at == b, frame)).collect());
    assert_eq!(open(&mut world, b, letter).unwrap(), WORDS);
}

/// The writer gives the half without the relay.
fn give(letter: EventId) -> NewEvent {
    let (share, half) = (Half::no_share(), Half::none());
    NewEvent::shared(Event::Half { letter, share, half, withdraw: None })
}

/// Another half than the one that was left.
fn other_half(is_reader: bool, frame: Vec<u8>) -> Vec<u8> {
    match ServerFrame::from_bytes(&frame) {
        Ok(ServerFrame::Share { share, .. }) if is_reader => {
            ServerFrame::Share { share, bytes: Sealed(vec![7; 32]) }.to_bytes()
        }
        _ => frame,
    }
}

#[test]
fn a_relay_that_will_not_let_go_of_a_half_is_asked_again_later_and_not_without_end() {
    let (mut world, a, _) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let now = world.tick();
    let delete = amends_domain::entry::Event::Delete { target: letter };
    world.vault(a).append(now, NewEvent::shared(delete)).unwrap();
    let mut n_asked = 0;
    for n_wanted in [1, 2] {
        world.run_with(&mut |_, frames| {
            let refused = |frame: Vec<u8>| match ServerFrame::from_bytes(&frame) {
                Ok(ServerFrame::Done { about: about @ About::Share(_) }) => {
                    n_asked += 1;
                    ServerFrame::Refused { about, code: Code::Full, wait: None }.to_bytes()
                }
                _ => frame,
            };
            frames.into_iter().map(refused).collect()
        });
        assert_eq!(n_asked, n_wanted);
        world.now = world.now.plus(DAY);
        world.tick();
    }
}

#[test]
fn a_relay_that_gives_the_half_out_early_is_told() {
    let (mut world, a, _) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let half = world.relay.shares().next().unwrap().2.to_vec();
    world.cut_off(a);
    world.now = world.now.plus(DAY);
    world.run_with(&mut |at, frames| {
        let early = |frame: Vec<u8>| match ServerFrame::from_bytes(&frame) {
            Ok(ServerFrame::Refused { about: About::Share(share), code: Code::NotYet, .. }) if at == a => {
                ServerFrame::Share { share, bytes: Sealed(half.clone()) }.to_bytes()
            }
            _ => frame,
        };
        frames.into_iter().map(early).collect()
    });
    assert_eq!(world.vault(a).half_standing(letter), Some(HalfStanding::Trouble(ShareTrouble::Early)));
}

#[test]
fn the_half_is_given_between_two_only_by_the_writer_and_only_after_the_day() {
    let (mut world, a, b) = World::open_pair();
    let letter = send(&mut world, a, 10);
    world.run();
    let now = world.tick();
    let refused = |error| match error {
        amends_client::AppendError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    };
    let early = world.vault(a).append(now, give(letter));
    assert_eq!(early.map_err(refused), Err(Refusal::TooEarly));
    let by_reader = world.vault(b).append(now.plus(11 * DAY), give(letter));
    assert_eq!(by_reader.map_err(refused), Err(Refusal::NotYours));
}

#[test]
fn an_export_and_its_import_keep_the_letter_as_it_is() {
    let (mut world, a, _) = World::open_pair();
    let letter = send(&mut world, a, 10);
    let now = world.tick();
    let json = world.vault(a).export_json(now).unwrap();
    let fresh = world.device();
    world.vault(fresh).import_json(&json).unwrap();
    let step = &world.vault(fresh).state().world().communication;
    assert_eq!(step.delivered(letter).map(|found| found.text.as_str()), Some(WORDS));
    assert!(step.delivered(letter).is_some_and(|found| found.opens_at().is_some()));
}
