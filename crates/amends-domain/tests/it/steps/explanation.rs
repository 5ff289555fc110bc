//! 2.1 Explanation: a reason never stands without a choice.

use amends_domain::apologize::explanation;
use amends_domain::consent;
use amends_domain::id::DAY;
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;

use crate::world::Pair;

#[test]
fn needs_a_choice_beside_each_reason() {
    let (mut pair, incident) = Pair::at(StageMark::OwnAndExplain);
    let page = |choice: &str, chose: &str| explanation::Explanation {
        wanted: String::new(),
        feared: String::new(),
        told_myself: String::new(),
        turning_point: String::new(),
        chose: chose.into(),
        rows: vec![explanation::Row { reason: "I was lonely".into(), choice: choice.into() }],
    };
    let share = |content| Action::shared(explanation::Event::Share { incident, content });
    assert_eq!(pair.ben(share(page("", "I chose to lie"))), Err(Refusal::ChoiceMissing));
    assert_eq!(pair.ben(share(page("and I chose to lie", ""))), Err(Refusal::ChoiceMissing));
    let until = pair.now.plus(DAY);
    let closed = consent::Event::CloseTopics { topics: vec![consent::Topic::Causes], until };
    pair.ana(Action::shared(closed)).unwrap();
    let good = share(page("and I chose to lie", "I chose to lie"));
    assert_eq!(pair.ben(good.clone()), Err(Refusal::TopicClosed), "no causes when the partner said not now");
    pair.wait(DAY);
    assert!(pair.ben(good).is_ok());
}
