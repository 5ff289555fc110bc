//! After leaving, both wish to reach each other again: shut doors, and everything that was said before as it was.

use amends_domain::consent::{self, Connection, Former};
use amends_domain::event::{Event, Space};
use amends_domain::id::{DAY, PersonId};
use amends_domain::permit::Action;
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;

use crate::world::{ANA, BEN, Device, Pair, deliver};

fn line(text: &str) -> Action {
    Action::shared(contact::Event::Send { kind: ContactKind::Line, text: text.into(), photo: None })
}

/// Where all shared chains end that a device has.
fn former(device: &Device) -> Vec<Former> {
    let mut ends = std::collections::BTreeMap::new();
    for event in device.state.events().filter(|event| event.space == Space::Shared) {
        let end = ends.entry(event.id.device).or_insert(0);
        *end = (event.id.seq + 1).max(*end);
    }
    ends.into_iter().map(|(device, until)| Former { device, until }).collect()
}

pub(crate) fn begin_again(pair: &mut Pair) {
    let (of_ana, of_ben) = (former(&pair.ana), former(&pair.ben));
    pair.ana(Action::private(consent::Event::BeginAgain { former: of_ana })).unwrap();
    pair.ben(Action::private(consent::Event::BeginAgain { former: of_ben })).unwrap();
}

fn connections(pair: &Pair) -> [Connection; 2] {
    [pair.ana.state.connection(ANA, pair.now), pair.ben.state.connection(BEN, pair.now)]
}

fn parted() -> Pair {
    let mut pair = Pair::open();
    pair.ben(line("before")).unwrap();
    pair.ana(Action::shared(consent::Event::Leave)).unwrap();
    pair.ana(Action::private(consent::Event::LeaveQuietly)).unwrap();
    pair.wait(30 * DAY);
    pair
}

#[test]
fn doors_are_shut_until_both_open_them_anew_and_old_words_still_hold() {
    let mut pair = parted();
    assert_eq!(connections(&pair), [Connection::NotConnected; 2]);
    begin_again(&mut pair);
    assert_eq!(connections(&pair), [Connection::NoAnswerYet; 2]);
    assert_eq!(pair.ben(line("too soon")), Err(Refusal::GateDue));
    pair.ana(Action::shared(consent::Event::OptIn)).unwrap();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    assert_eq!(pair.ben(line("no pace yet")), Err(Refusal::NoPaceYet), "also the pace is asked anew");
    pair.ana(Action::shared(consent::Event::Pace(crate::world::pace(1)))).unwrap();
    pair.ben(line("after")).unwrap();
    assert_eq!(connections(&pair), [Connection::Open; 2]);
    assert_eq!(pair.ana.state.rejected().count(), 0, "what was said before holds as it did");
    assert!(pair.anas_view().contains("before") && pair.anas_view().contains("after"));
}

#[test]
fn it_does_not_matter_in_which_order_a_device_hears_of_it() {
    let mut pair = parted();
    begin_again(&mut pair);
    pair.ana(Action::shared(consent::Event::OptIn)).unwrap();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    let events: Vec<Event> = pair.ana.state.events().cloned().collect();
    let forward = State::from_events(ANA, Some(BEN), events.iter().cloned());
    let mut backward = State::new(ANA, Some(BEN));
    for event in events.into_iter().rev() {
        backward.apply(event);
    }
    assert_eq!(forward, backward);
    assert_eq!(backward.connection(ANA, pair.now), Connection::Open);
}

#[test]
fn nobody_can_make_the_other_begin_again() {
    let mut pair = parted();
    let mut event = pair.ben.state.events().next().unwrap().clone();
    event.id.seq = 1_000;
    event.at = pair.ben.state.last_clock().tick(pair.now);
    event.body = consent::Event::BeginAgain { former: former(&pair.ben) }.into();
    for (space, author) in [(Space::Shared, BEN), (Space::Private, BEN), (Space::Shared, PersonId([9; 16]))] {
        (event.space, event.author) = (space, author);
        event.id.seq += 1;
        pair.ana.state.apply(event.clone());
        assert_eq!(pair.ana.state.connection(ANA, pair.now), Connection::NotConnected);
    }
}

#[test]
fn leaving_is_possible_again_and_at_any_time() {
    let mut pair = parted();
    begin_again(&mut pair);
    pair.ana(Action::private(consent::Event::LeaveQuietly)).unwrap();
    assert_eq!(connections(&pair)[0], Connection::NotConnected);
    begin_again(&mut pair);
    pair.ben(Action::shared(consent::Event::Leave)).unwrap();
    assert_eq!(connections(&pair), [Connection::NotConnected; 2]);
    begin_again(&mut pair);
    let mut second = Device::new(ANA, Some(BEN), 3);
    deliver(&pair.ana, &mut second);
    assert_eq!(
        second.state.connection(ANA, pair.now),
        Connection::NoAnswerYet,
        "a device that comes later agrees"
    );
}
