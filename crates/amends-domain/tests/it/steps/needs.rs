//! 3.2 Needs: what is asked for, and how often.

use amends_domain::bank::NeedId;
use amends_domain::consent;
use amends_domain::id::{DAY, WEEK};
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::needs::{self, Answer, Mark, Need};
use amends_domain::refusal::Refusal;

use crate::world::Pair;

#[test]
fn have_one_request_each_and_asking_is_rare() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let ask = Action::shared(needs::Event::Ask);
    pair.ben(ask.clone()).unwrap();
    assert_eq!(pair.ben(ask.clone()), Err(Refusal::AskedThisWeek));
    pair.wait(WEEK);
    pair.ana(Action::shared(needs::Event::DontKnow)).unwrap();
    assert_eq!(pair.ben(ask.clone()), Err(Refusal::SilenceAgreed));
    pair.wait(2 * WEEK - DAY);
    // The opt-in has to be fresh: the questions come every four weeks.
    pair.ana(Action::shared(consent::Event::OptIn)).unwrap();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    pair.wait(DAY);
    assert!(pair.ben(ask).is_ok());
    let shared = needs::Event::Share { need: Need::Word(NeedId(0)), mark: Mark::Now };
    let shared = pair.ana(Action::shared(shared)).unwrap();
    let request = |text: &str| Action::shared(needs::Event::Request { shared, text: text.into() });
    assert_eq!(pair.ben(request("x")), Err(Refusal::NotYours));
    let id = pair.ana(request("Tell me when you are late")).unwrap();
    assert_eq!(pair.ana(request("and more")), Err(Refusal::OneRequest));
    let answer = Answer::OtherOffer { text: "I call at six".into() };
    pair.ben(Action::shared(needs::Event::Answer { request: id, answer })).unwrap();
    let no = needs::Event::Share { need: Need::Own("closeness".into()), mark: Mark::NotFromYou };
    let no = pair.ana(Action::shared(no)).unwrap();
    let request = needs::Event::Request { shared: no, text: "x".into() };
    assert_eq!(pair.ana(Action::shared(request)), Err(Refusal::NotFromYou));
    assert_eq!(
        pair.ben(Action::shared(needs::Event::Remark { shared: no, mark: Mark::Now })),
        Err(Refusal::NotYours)
    );
}
