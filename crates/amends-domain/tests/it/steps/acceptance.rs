//! 1.4 Acceptance: what it did to the other, both views side by side.

use amends_domain::admit::acceptance;
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;

use crate::world::Pair;

#[test]
fn lays_both_side_by_side() {
    let (mut pair, incident) = Pair::at(StageMark::Hear);
    let letter = acceptance::ImpactLetter { text: "I check the post first.".into(), feelings: vec![] };
    assert_eq!(
        pair.ben(Action::shared(acceptance::Event::ShareLetter { incident, content: letter.clone() })),
        Err(Refusal::WrongRole)
    );
    pair.ana(Action::shared(acceptance::Event::ShareLetter { incident, content: letter.clone() })).unwrap();
    let line = acceptance::ImpactLine {
        because_i: "hid the card".into(),
        you_now: "check".into(),
        feelings: vec![],
    };
    let content = acceptance::Impact { lines: vec![line] };
    pair.ben(Action::shared(acceptance::Event::ShareImpact { incident, content })).unwrap();
    let both = pair.ben.state.world().acceptance.side_by_side(incident);
    assert_eq!((both.letter, both.impact.is_some()), (Some(&letter), true));
}
