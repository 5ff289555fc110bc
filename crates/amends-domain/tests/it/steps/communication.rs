//! 3.1 Communication: letters, the weekly talk, the counselor.

use amends_domain::id::{DAY, HOUR, MINUTE};
use amends_domain::incident::StageMark;
use amends_domain::permission::LetterFor;
use amends_domain::permit::Action;
use amends_domain::prove::communication::{self, AgendaHeading, AgendaPoint, Letter, Purpose, Talk};
use amends_domain::refusal::Refusal;
use amends_domain::versions::Save;

use crate::samples;
use crate::world::{ANA, BEN, Pair, START};

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

pub(super) fn talk(pair: &Pair) -> Talk {
    Talk {
        first: pair.now.day(0).plus(2),
        minute: 19 * 60,
        utc_offset: 0,
        length: 40,
        floor: 5,
        stop_word: "harbor".into(),
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
