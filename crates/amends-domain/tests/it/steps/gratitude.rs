//! 3.5 Gratitude: notes, gifts, chores.

use amends_domain::admit::perspective;
use amends_domain::id::{DAY, HOUR};
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::gratitude::{self, GiftTiming, Whose};
use amends_domain::prove::needs::{self};
use amends_domain::refusal::Refusal;
use amends_domain::versions::Save;

use crate::world::{BEN, Pair};

#[test]
fn notes_appear_on_their_day() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let on = Some(pair.now.day(0).plus(3));
    let note = gratitude::Note { text: "You took my shift.".into(), spot: gratitude::Spot::Talk, on };
    pair.ben(Action::shared(gratitude::Event::SendNote(note))).unwrap();
    assert!(!pair.anas_view().contains("shift"));
    pair.wait(3 * DAY);
    assert!(pair.anas_view().contains("shift"));
    let print = gratitude::Note { text: "x".into(), spot: gratitude::Spot::Print, on: None };
    assert_eq!(pair.ben(Action::shared(gratitude::Event::SendNote(print))), Err(Refusal::StaysPrivate));
}

#[test]
fn gifts_after_a_conflict_or_with_a_request_are_hinted_at() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let timing = |pair: &Pair| gratitude::gift_timing(pair.ben.state.world(), pair.now);
    assert_eq!(timing(&pair), []);
    let back_at = pair.now.plus(HOUR);
    pair.ana(Action::shared(perspective::Event::Pause { back_at })).unwrap();
    assert_eq!(timing(&pair), [GiftTiming::AfterConflict]);
    pair.ben(Action::shared(needs::Event::Ask)).unwrap();
    assert_eq!(timing(&pair), [GiftTiming::AfterConflict, GiftTiming::JoinedToRequest]);
    pair.wait(3 * DAY);
    assert_eq!(timing(&pair), []);
    let gift = gratitude::Gift { what: "tea".into(), hope: "that you smile at me".into(), card: "x".into() };
    pair.ben(Action::private(gratitude::Event::SaveGift(Save::new(None, gift)))).unwrap();
    pair.ben(Action::shared(gratitude::Event::SendGift { text: "for cold days".into() })).unwrap();
    let view = pair.anas_view();
    assert!(view.contains("for cold days") && !view.contains("smile"), "what is hoped for stays private");
}

#[test]
fn own_share_comes_first() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let chore = |whose| Action::shared(gratitude::Event::AddChore { text: "bins".into(), whose });
    assert_eq!(pair.ben(chore(Whose::Ours)), Err(Refusal::OwnShareFirst));
    let mine = pair.ben(chore(Whose::Mine)).unwrap();
    assert!(pair.ben(chore(Whose::Ours)).is_ok());
    let day = pair.now.day(0);
    assert_eq!(
        pair.ana(Action::shared(gratitude::Event::DoneChore { chore: mine, day })),
        Err(Refusal::NotYours)
    );
    pair.ben(Action::shared(gratitude::Event::DoneChore { chore: mine, day })).unwrap();
    assert_eq!(pair.ana.state.world().gratitude.chores(BEN)[0].0, mine);
}
