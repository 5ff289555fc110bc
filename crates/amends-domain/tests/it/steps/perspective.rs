//! 1.2 Perspective: coming back after a pause, warming up in private.

use amends_domain::admit::perspective;
use amends_domain::id::{DAY, HOUR, MINUTE};
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::refusal::Refusal;

use crate::world::{BEN, Pair, START, moment};

#[test]
fn pauses_have_a_time_to_come_back() {
    let mut pair = Pair::open();
    let pause = |length: u64, pair: &Pair| {
        Action::shared(perspective::Event::Pause { back_at: pair.now.plus(1000 + length) })
    };
    let (none, long) = (pause(0, &pair), pause(DAY + MINUTE, &pair));
    assert_eq!(pair.ana(none), Err(Refusal::OutOfRange));
    pair.now = START.plus(10_000);
    assert_eq!(pair.ana(long), Err(Refusal::OutOfRange));
    let usual = pause(perspective::USUAL_PAUSE, &pair);
    let id = pair.ana(usual).unwrap();
    let back_at = pair.ben.state.view_for(BEN, moment(pair.now)).back_at.unwrap();
    assert_eq!(back_at.since(pair.now), perspective::USUAL_PAUSE);
    assert_eq!(pair.ben(Action::shared(perspective::Event::Back { pause: id })), Err(Refusal::NotYours));
    pair.ana(Action::shared(perspective::Event::Back { pause: id })).unwrap();
    assert_eq!(pair.ben.state.view_for(BEN, moment(pair.now)).back_at, None);
}

#[test]
fn warm_up_counts_for_a_day_and_stays_private() {
    let mut pair = Pair::open();
    let lines = vec!["I once gave the wallet back".into()];
    pair.ben(Action::private(perspective::Event::WarmUp { value: perspective::Value::Honesty, lines }))
        .unwrap();
    let state = &pair.ben.state.world().perspective;
    assert!(state.warmed_up(pair.now) && !state.warmed_up(pair.now.plus(DAY)));
    assert!(!pair.anas_view().contains("wallet"));
}

#[test]
fn what_is_written_to_somebody_on_a_break_waits_until_they_are_back_and_they_may_write() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let line = || {
        let text = "I am home.".to_owned();
        Action::shared(contact::Event::Send { kind: ContactKind::Line, text, photo: None })
    };
    let back_at = pair.now.plus(HOUR);
    pair.ana(Action::shared(perspective::Event::Pause { back_at })).unwrap();
    assert_eq!(pair.ben(line()), Err(Refusal::BreakRuns));
    assert_ne!(pair.ana(line()), Err(Refusal::BreakRuns), "who takes the break may write");
    pair.wait(HOUR);
    pair.ben(line()).unwrap();
}
