//! 3.1 Communication: letters, the weekly talk, the counselor.

use amends_domain::consent::{self, Pace};
use amends_domain::id::{DAY, HOUR, MINUTE};
use amends_domain::incident::StageMark;
use amends_domain::permission::LetterFor;
use amends_domain::permit::Action;
use amends_domain::prove::communication::{self, AgendaHeading, AgendaPoint, Letter, Purpose, Talk};
use amends_domain::prove::contact::ContactKind;
use amends_domain::refusal::Refusal;
use amends_domain::versions::Save;

use crate::samples;
use crate::world::{ANA, BEN, Pair, START, moment};

#[test]
fn letters_rest_for_a_night() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let content = Letter { purpose: Purpose::ToSend, text: "Dear Ana".into() };
    let draft =
        pair.ben(Action::private(communication::Event::SaveLetter(Save::new(None, content)))).unwrap();
    let version = draft;
    pair.ben(Action::private(communication::Event::ReadAsReader { letter: draft, version })).unwrap();
    assert!(pair.ben.state.world().communication.was_read_as_reader(draft));
    let send = Action::shared(communication::Event::Send {
        incident: None,
        purpose: Purpose::ToSend,
        text: "Dear Ana".into(),
    });
    let now = pair.ben_with(send.clone(), |local| local.draft = Some(draft));
    assert_eq!(now, Err(Refusal::RestFirst));
    pair.wait(20 * HOUR);
    assert!(pair.ben_with(send, |local| local.draft = Some(draft)).is_ok());
    let own = Letter { purpose: Purpose::ForMe, text: "for me".into() };
    let own = pair.ben(Action::private(communication::Event::SaveLetter(Save::new(None, own)))).unwrap();
    pair.wait(2 * DAY);
    let send = communication::Event::Send { incident: None, purpose: Purpose::ToSend, text: "for me".into() };
    assert_eq!(pair.ben_with(Action::shared(send), |local| local.draft = Some(own)), Err(Refusal::ForMeOnly));
}

#[test]
fn readers_open_hold_and_give_back() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let send =
        communication::Event::Send { incident: None, purpose: Purpose::ToSend, text: "Dear Ana".into() };
    let id = pair.ben_with(Action::shared(send), |local| local.without_rest = true).unwrap();
    let Some(LetterFor::Reader(reader)) = pair.ana.state.world().letter_for(ANA, id) else { panic!() };
    assert_eq!(reader.text(), None);
    let (hold, open, back) = (reader.hold(None), reader.open(), reader.give_back());
    pair.ana(hold).unwrap();
    pair.ana(open).unwrap();
    let Some(LetterFor::Reader(reader)) = pair.ana.state.world().letter_for(ANA, id) else { panic!() };
    assert_eq!((reader.text(), reader.held_until()), (Some("Dear Ana"), Some(None)));
    pair.ana(back).unwrap();
    assert!(pair.ana.state.world().letter_for(ANA, id).is_none());
    let Some(LetterFor::Author(author)) = pair.ben.state.world().letter_for(BEN, id) else { panic!() };
    assert_eq!(author.status(), communication::SenderSees::Returned);
}

fn dated(pair: &Pair, days: u64) -> Action {
    Action::shared(communication::Event::SendSealed {
        incident: None,
        purpose: Purpose::ToSend,
        opens_at: pair.now.plus(days * DAY),
        letter: communication::SealedLetter(vec![1; 80]),
        text: String::new(),
    })
}

fn rested(local: &mut amends_domain::permit::Local<'_>) {
    local.without_rest = true;
}

#[test]
fn a_letter_with_a_day_opens_on_that_day_with_its_words() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let id = pair.ben_with(dated(&pair, 3), rested).unwrap();
    let open = Action::private(communication::Event::OpenLetter { letter: id });
    assert_eq!(pair.ana(open.clone()), Err(Refusal::TooEarly));
    pair.wait(3 * DAY);
    assert_eq!(pair.ana(open.clone()), Err(Refusal::HalfMissing));
    pair.ana.state.reveal(id, "Dear Ana");
    pair.ana(open).unwrap();
    let Some(LetterFor::Reader(reader)) = pair.ana.state.world().letter_for(ANA, id) else { panic!() };
    assert_eq!(reader.text(), Some("Dear Ana"));
    let stored = pair.ana.state.event(id).unwrap().encode();
    assert_eq!(stored, pair.ben.state.event(id).unwrap().encode(), "the words are no part of what is stored");
}

#[test]
fn a_letter_with_a_day_needs_a_day_to_come_and_counts_for_the_pace() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    for days in [0, 6 * 366] {
        assert_eq!(pair.ben_with(dated(&pair, days), rested), Err(Refusal::OutOfRange));
    }
    let content = Letter { purpose: Purpose::ToSend, text: "Dear Ana".into() };
    let draft =
        pair.ben(Action::private(communication::Event::SaveLetter(Save::new(None, content)))).unwrap();
    assert_eq!(pair.ben_with(dated(&pair, 9), |local| local.draft = Some(draft)), Err(Refusal::RestFirst));
    pair.ana(Action::shared(consent::Event::Pace(crate::world::pace(1)))).unwrap();
    pair.ben_with(dated(&pair, 9), rested).unwrap();
    assert_eq!(pair.ben_with(dated(&pair, 9), rested), Err(Refusal::PaceReached));
}

#[test]
fn what_the_reader_wants_by_then_decides_about_a_letter_with_a_day() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let id = pair.ben_with(dated(&pair, 9), rested).unwrap();
    let sees = |pair: &Pair| {
        let event = pair.ana.state.event(id).unwrap();
        pair.ana.state.may_see(ANA, event, moment(pair.now))
    };
    assert!(sees(&pair));
    let pace = |kinds| Action::shared(consent::Event::Pace(Pace { kinds, ..crate::world::pace(1) }));
    pair.ana(pace(vec![ContactKind::Line])).unwrap();
    assert!(!sees(&pair), "no letters any more: this one neither");
    pair.ana(pace(vec![ContactKind::Letter])).unwrap();
    assert!(sees(&pair));
    let until = pair.now.plus(30 * DAY);
    pair.ana(Action::private(consent::Event::Mute { kinds: vec![ContactKind::Letter], until })).unwrap();
    pair.wait(9 * DAY);
    assert!(!sees(&pair), "muted on the day");
    pair.wait(22 * DAY);
    assert!(sees(&pair), "and there when the mute is over");
}

#[test]
fn a_letter_with_a_day_can_be_taken_back_and_given_back_unread() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let taken = pair.ben_with(dated(&pair, 9), rested).unwrap();
    pair.wait(DAY);
    let given = pair.ben_with(dated(&pair, 9), rested).unwrap();
    pair.ben(Action::shared(communication::Event::Recall { letter: taken })).unwrap();
    pair.ana(Action::shared(communication::Event::Return { letter: given })).unwrap();
    for id in [taken, given] {
        assert!(pair.ana.state.world().letter_for(ANA, id).is_none());
    }
}

pub(super) fn talk(pair: &Pair) -> Talk {
    Talk {
        first: pair.now.day(0).plus(2),
        minute: 19 * 60,
        utc_offset: 0,
        length: 40,
        floor: 5,
        stop_word: "harbor".into(),
        changes: None,
    }
}

#[test]
fn weekly_talks_repeat_until_they_are_ended() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let proposed = talk(&pair);
    let first = proposed.first;
    let id = pair.ben(Action::shared(communication::Event::ProposeTalk(proposed.clone()))).unwrap();
    assert!(!pair.ana.state.world().communication.talks_on(id, first), "both have to agree");
    assert_eq!(
        pair.ben(Action::shared(communication::Event::AgreeTalk { talk: id })),
        Err(Refusal::NotForWriter)
    );
    pair.ana(Action::shared(communication::Event::AgreeTalk { talk: id })).unwrap();
    pair.ana(Action::shared(communication::Event::CancelTalk { talk: id, day: Some(first.plus(7)) }))
        .unwrap();
    let point = |heading, text: &str| {
        let point = AgendaPoint { heading, text: text.into() };
        Action::shared(communication::Event::AddPoint { talk: id, day: first, point })
    };
    pair.ben(point(AgendaHeading::OneIssue, "bills")).unwrap();
    pair.ana(point(AgendaHeading::Appreciation, "the soup")).unwrap();
    let agreed = pair.ben.state.world().communication.talk(id).unwrap();
    assert_eq!(agreed.next(pair.now), Some(first));
    assert_eq!(agreed.next(first.start(0).plus(20 * HOUR)), Some(first.plus(14)));
    assert_eq!(agreed.agenda(first)[0].1.text, "the soup");
    assert_eq!(
        [0, 4, 5, 10, 39, 40].map(|minutes| proposed.floor(minutes * MINUTE)),
        [Some(0), Some(0), Some(1), Some(0), Some(1), None]
    );
    pair.ben(Action::shared(communication::Event::CancelTalk { talk: id, day: None })).unwrap();
    assert_eq!(pair.ana.state.world().communication.talk(id).unwrap().next(pair.now), None);
}

#[test]
fn packets_are_limited_in_time_and_items() {
    let mut pair = Pair::open();
    let packet = |days: u64, items| {
        let until = START.plus(days * DAY);
        Action::private(communication::Event::Packet {
            items,
            questions: vec![],
            summary: "one page".into(),
            until,
        })
    };
    assert_eq!(pair.ana(packet(40, vec![])), Err(Refusal::OutOfRange));
    let nowhere = samples::events()[0].id;
    assert_eq!(pair.ana(packet(10, vec![nowhere])), Err(Refusal::NotFound));
    let id = pair.ana(packet(10, vec![])).unwrap();
    let open = |pair: &Pair, days: u64| {
        pair.ana.state.world().communication.open_packets(START.plus(days * DAY)).count()
    };
    assert_eq!((open(&pair, 9), open(&pair, 10)), (1, 0));
    pair.ana(Action::private(communication::Event::ClosePacket { packet: id })).unwrap();
    assert_eq!(open(&pair, 1), 0);
}

fn offer(items: Vec<amends_domain::id::EntryId>) -> Action {
    let sheet =
        communication::GuestSheet { version: 1, summary: "a hidden card".into(), ..Default::default() };
    Action::shared(communication::Event::OfferGuest(communication::GuestOffer { items, days: 14, sheet }))
}

fn agree(offer: amends_domain::id::EntryId, until: amends_domain::id::Millis) -> Action {
    let (key, append) = (communication::Half([1; 32]), communication::Half([2; 32]));
    Action::shared(communication::Event::AgreeGuest { offer, key, append, until })
}

#[test]
fn a_guest_needs_both_and_either_ends_it() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let id = pair.ben(offer(Vec::new())).unwrap();
    let until = pair.now.plus(14 * DAY);
    assert_eq!(pair.ben(agree(id, until)), Err(Refusal::NotForWriter));
    assert_eq!(pair.ana(agree(id, until.plus(DAY))), Err(Refusal::OutOfRange), "no longer than was proposed");
    pair.ana(agree(id, until)).unwrap();
    let open = |pair: &Pair| pair.ben.state.world().communication.guest(id).unwrap().is_open(pair.now);
    assert!(open(&pair));
    assert_eq!(pair.ana(agree(id, until)), Err(Refusal::AlreadyDone));
    // Ending passes with a closed channel, as all taking back does.
    pair.ana(Action::shared(consent::Event::Close)).unwrap();
    pair.ana(Action::shared(communication::Event::EndGuest { offer: id })).unwrap();
    assert!(!open(&pair));
    assert!(pair.ben.state.droppable().contains(&id), "and its words can go");
}

#[test]
fn only_what_both_share_goes_to_a_guest() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let content = Letter { purpose: Purpose::ForMe, text: "for me".into() };
    let own = pair.ben(Action::private(communication::Event::SaveLetter(Save::new(None, content)))).unwrap();
    assert_eq!(pair.ben(offer(vec![own])), Err(Refusal::StaysPrivate));
    let closed = pair.ben_with(dated(&pair, 9), rested).unwrap();
    assert_eq!(pair.ben(offer(vec![closed])), Err(Refusal::NotFound), "nothing that is closed to the other");
    pair.wait(DAY);
    let send =
        communication::Event::Send { incident: None, purpose: Purpose::ToSend, text: "Dear Ana".into() };
    let letter = pair.ben_with(Action::shared(send), rested).unwrap();
    let id = pair.ben(offer(vec![letter])).unwrap();
    pair.ana(Action::shared(communication::Event::Return { letter })).unwrap();
    let until = pair.now.plus(DAY);
    assert_eq!(pair.ana(agree(id, until)), Err(Refusal::NotFound), "what was given back goes to nobody");
}

#[test]
fn a_sheet_for_a_guest_has_words_and_at_most_thirty_days() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let with = |days, summary: &str, version| {
        let sheet = communication::GuestSheet { version, summary: summary.into(), ..Default::default() };
        let items = Vec::new();
        Action::shared(communication::Event::OfferGuest(communication::GuestOffer { items, days, sheet }))
    };
    assert_eq!(pair.ben(with(31, "a", 1)), Err(Refusal::OutOfRange));
    assert_eq!(pair.ben(with(0, "a", 1)), Err(Refusal::OutOfRange));
    assert_eq!(pair.ben(with(3, "a", 2)), Err(Refusal::OutOfRange));
    assert_eq!(pair.ben(with(3, " ", 1)), Err(Refusal::Empty));
}
