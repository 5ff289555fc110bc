//! 1.3 Listening: rounds of two, turn by turn.

use amends_domain::admit::listening;
use amends_domain::incident::{StageMark, conditions};
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;

use crate::world::{Pair, START};

#[test]
fn rounds_go_turn_by_turn() {
    let (mut pair, incident) = Pair::at(StageMark::Hear);
    let round = pair.ana(Action::shared(listening::Event::OpenRound { incident })).unwrap();
    let say = |text: &str| Action::shared(listening::Event::Say { round, text: text.into() });
    assert_eq!(pair.ben(say("but I")), Err(Refusal::NotYours));
    let said = pair.ana(say("I count every receipt")).unwrap();
    assert_eq!(pair.ana(say("and")), Err(Refusal::TooEarly));
    let reflect = |text: &str| Action::shared(listening::Event::Reflect { said, text: text.into() });
    assert_eq!(pair.ana(reflect("me")), Err(Refusal::NotForWriter));
    let first = pair.ben(reflect("You are careful")).unwrap();
    assert_eq!(pair.ben(reflect("again")), Err(Refusal::TooEarly), "one at a time");
    let tap = |reflection, tap| Action::shared(listening::Event::Tap { reflection, tap });
    assert_eq!(pair.ben(tap(first, listening::Tap::Yes)), Err(Refusal::NotYours));
    pair.ana(tap(first, listening::Tap::NotQuite)).unwrap();
    let second = pair.ben(reflect("You have to check everything now")).unwrap();
    pair.ana(tap(second, listening::Tap::Yes)).unwrap();
    assert!(pair.ana(say("and the post")).is_ok());
    let met = conditions::conditions(pair.ana.state.world(), incident, StageMark::Hear);
    assert!(met[0].met);
    let round = pair.ana(Action::shared(listening::Event::OpenRound { incident })).unwrap();
    let said = pair.ana(Action::shared(listening::Event::Say { round, text: "x".into() })).unwrap();
    let reply = pair.ben(Action::shared(listening::Event::Reflect { said, text: "y".into() })).unwrap();
    pair.ana(tap(reply, listening::Tap::Stop)).unwrap();
    let more = Action::shared(listening::Event::Reflect { said, text: "z".into() });
    assert_eq!(pair.ben(more), Err(Refusal::TooLate), "stop is stop");
}

#[test]
fn ratio_is_shown_to_oneself_only() {
    let mut pair = Pair::open();
    let tally =
        listening::Tally { content: 1, feeling: 1, questions: 1, advice: 0, reasons: 0, parroting: 0 };
    let practice = listening::Event::Practice {
        prompt: listening::Prompt::Bank(amends_domain::bank::StatementId(3)),
        reply: "You could not see straight".into(),
        tally,
    };
    let before = pair.anas_view();
    pair.ben(Action::private(practice)).unwrap();
    let own = pair.ben.state.world().listening.own_practice(START);
    assert_eq!((own.reflections, own.questions), (2, 1));
    assert_eq!(pair.anas_view(), before);
}
