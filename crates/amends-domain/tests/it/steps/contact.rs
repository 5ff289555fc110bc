//! 3.3 Contact: pace, caps, muting.

use amends_domain::consent;
use amends_domain::id::{BlobId, DAY};
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::contact::{self, ContactKind, Photo};
use amends_domain::refusal::Refusal;

use crate::world::{BEN, Pair};

#[test]
fn photos_are_small_and_messages_short() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let send = |bytes, text: String| {
        let photo = Photo { blob: BlobId([1; 16]), bytes, width: 8, height: 8, alt: String::new() };
        Action::shared(contact::Event::Send { kind: ContactKind::Photo, text, photo: Some(photo) })
    };
    assert_eq!(pair.ben(send(contact::LARGEST_PHOTO + 1, String::new())), Err(Refusal::PhotoTooLarge));
    assert_eq!(pair.ben(send(10, "x".repeat(501))), Err(Refusal::TooLong));
    pair.ben(send(10, String::new())).unwrap();
    let none = contact::Event::Send { kind: ContactKind::Photo, text: "x".into(), photo: None };
    assert_eq!(pair.ben(Action::shared(none)), Err(Refusal::OutOfRange));
    let contact = &pair.ben.state.world().contact;
    assert_eq!((contact.own_days_of_last_seven(BEN, pair.now.day(0), 0), contact.own_in_a_row(BEN)), (1, 1));
}

#[test]
fn muting_is_not_told() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let before = pair.bens_view();
    let until = pair.now.plus(DAY);
    pair.ana(Action::private(consent::Event::Mute { kinds: vec![ContactKind::Line], until })).unwrap();
    assert_eq!(pair.bens_view(), before);
    pair.ben(Action::shared(contact::Event::Send {
        kind: ContactKind::Line,
        text: "hello there".into(),
        photo: None,
    }))
    .unwrap();
    assert!(!pair.anas_view().contains("hello there"));
    pair.wait(DAY);
    assert!(pair.anas_view().contains("hello there"));
}

#[test]
fn deleting_does_not_refill_the_day() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let line =
        || Action::shared(contact::Event::Send { kind: ContactKind::Line, text: "hi".into(), photo: None });
    for _ in 0..2 {
        let id = pair.ben(line()).unwrap();
        pair.ben(Action::shared(amends_domain::entry::Event::Delete { target: id })).unwrap();
    }
    assert_eq!(pair.ben(line()), Err(Refusal::PaceReached));
}
