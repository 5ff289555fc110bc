//! 3.6 Patience: check-ins, the band, the review.

use amends_domain::id::{DAY, Day};
use amends_domain::permit::Action;
use amends_domain::prove::patience::{self, Item, ItemAnswer};

use crate::world::{ANA, Pair};

fn check_in(pair: &mut Pair, day: Day, item: Item, value: Option<u8>) {
    let answers = vec![ItemAnswer { item, value }];
    pair.ana(Action::private(patience::Event::CheckIn { day, answers, note: String::new() })).unwrap();
}

#[test]
fn draws_points_and_a_band_only_from_four_on() {
    let mut pair = Pair::open();
    let first = pair.now.day(0);
    for (week, value) in [Some(2), None, Some(8), Some(5)].into_iter().enumerate() {
        check_in(&mut pair, first.plus(7 * week as i32), Item::WordsMatched, value);
    }
    assert!(
        pair.ana.state.world().patience.chart(Item::WordsMatched).is_none(),
        "skipping is an answer, not a point"
    );
    check_in(&mut pair, first.plus(28), Item::WordsMatched, Some(6));
    let chart = pair.ana.state.world().patience.chart(Item::WordsMatched).unwrap();
    assert_eq!((chart.points.len(), chart.band), (4, (2, 8)));
}

#[test]
fn asks_some_weekly_and_some_monthly() {
    let mut pair = Pair::open();
    let day = pair.now.day(0);
    assert_eq!(pair.ana.state.world().patience.due(day).len(), 6);
    for item in patience::WEEKLY.into_iter().chain(patience::MONTHLY) {
        check_in(&mut pair, day, item, Some(5));
    }
    let due = |days| pair.ana.state.world().patience.due(day.plus(days));
    assert_eq!((due(1), due(7), due(28).len()), (vec![], patience::WEEKLY.to_vec(), 6));
}

#[test]
fn low_or_falling_safety_opens_the_door_silently() {
    let mut pair = Pair::open();
    let day = pair.now.day(0);
    let opens = |pair: &Pair| pair.ana.state.world().patience.opens_safety();
    check_in(&mut pair, day, Item::FeltSafe, Some(9));
    assert!(!opens(&pair));
    check_in(&mut pair, day.plus(28), Item::FeltSafe, Some(6));
    assert!(!opens(&pair));
    check_in(&mut pair, day.plus(56), Item::FeltSafe, Some(3));
    assert!(opens(&pair));
    check_in(&mut pair, day.plus(84), Item::FeltSafe, Some(9));
    check_in(&mut pair, day.plus(112), Item::FeltSafe, Some(5));
    assert!(opens(&pair), "four lower than before");
}

#[test]
fn offers_a_review_every_three_months() {
    let mut pair = Pair::open();
    let began = pair.now.day(0);
    let due = |pair: &Pair, days| pair.ana.state.world().patience.review_due(ANA, began, began.plus(days));
    assert!(!due(&pair, 90) && due(&pair, 91));
    pair.wait(100 * DAY);
    let review =
        patience::Event::Review { incident: None, decision: patience::Decision::NotYet, text: "wait".into() };
    pair.ana(Action::private(review)).unwrap();
    assert!(!due(&pair, 150) && due(&pair, 191));
    assert!(!pair.bens_view().contains("wait"));
}
