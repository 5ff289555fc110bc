//! 2.3 Honesty: apology, promises, offers.

use amends_domain::apologize::honesty::{self, Apology, ApologyPart, Outcome, Part, Promise, Response};
use amends_domain::id::DAY;
use amends_domain::incident::StageMark;
use amends_domain::permission::PromiseFor;
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;

use crate::world::{ANA, BEN, Pair};

#[test]
fn apologies_come_in_the_order_of_weight_with_a_soft_lock() {
    let (mut pair, incident) = Pair::at(StageMark::Hear);
    let content =
        Apology { parts: vec![ApologyPart { part: Part::Responsibility, text: "I hid it.".into() }] };
    assert_eq!(content.missing(), [Part::Repair, Part::Regret, Part::Explanation, Part::Repentance]);
    let give = Action::shared(honesty::Event::Give { incident, content });
    assert_eq!(pair.ben(give.clone()), Err(Refusal::BetterLater));
    assert!(pair.ben_with(give, |local| local.before_stage = true).is_ok());
    let content = Apology { parts: vec![ApologyPart { part: Part::Regret, text: "I am sorry.".into() }] };
    let empty = pair.ben_with(Action::shared(honesty::Event::Give { incident, content }), |local| {
        local.before_stage = true;
    });
    assert_eq!(empty, Err(Refusal::ResponsibilityMissing));
}

#[test]
fn ledger_keeps_three_promises_open() {
    let (mut pair, incident) = Pair::at(StageMark::OwnAndExplain);
    let review_on = pair.now.day(0).plus(7);
    let promise = |text: &str| {
        Action::shared(honesty::Event::Promise {
            incident,
            content: Promise { text: text.into(), review_on },
        })
    };
    let ids: Vec<_> = ["a", "b", "c"].map(|text| pair.ben(promise(text)).unwrap()).into();
    assert_eq!(pair.ben(promise("d")), Err(Refusal::ThreeOpen));
    let Some(PromiseFor::Partner(partner)) = pair.ana.state.world().promise_for(ANA, ids[0]) else {
        panic!()
    };
    assert!(partner.verifier().is_none(), "the doer reports first");
    let respond = honesty::Event::Respond { promise: ids[0], response: Response::Dispute };
    assert_eq!(pair.ana(Action::shared(respond)), Err(Refusal::TooEarly));
    let Some(PromiseFor::Doer(doer)) = pair.ben.state.world().promise_for(BEN, ids[0]) else { panic!() };
    let report = doer.report(Outcome::Kept);
    pair.ben(report.clone()).unwrap();
    assert_eq!(pair.ben(report), Err(Refusal::AlreadyDone));
    let Some(PromiseFor::Partner(partner)) = pair.ana.state.world().promise_for(ANA, ids[0]) else {
        panic!()
    };
    let verifier = partner.verifier().unwrap();
    pair.ana(verifier.dispute()).unwrap();
    assert_eq!(pair.ana(verifier.confirm()), Err(Refusal::AlreadyDone), "once");
    assert!(pair.ben(promise("d")).is_ok());
    assert_eq!(pair.ana.state.world().honesty.history(pair.now.day(0), 0).len(), 4);
    assert_eq!(pair.ana.state.world().honesty.history(pair.now.day(0).plus(200), 0).len(), 3);
}

#[test]
fn promises_change_only_before_they_are_due() {
    let (mut pair, incident) = Pair::at(StageMark::OwnAndExplain);
    let review_on = pair.now.day(0).plus(2);
    let content = Promise { text: "on Sunday".into(), review_on };
    let promise = pair.ben(Action::shared(honesty::Event::Promise { incident, content })).unwrap();
    let changed = |days: i32| {
        let outcome = Outcome::Renegotiated { text: "on Monday".into(), review_on: review_on.plus(days) };
        Action::shared(honesty::Event::Report { promise, outcome })
    };
    pair.ben(changed(1)).unwrap();
    let entry = pair.ana.state.world().honesty.promise(promise).unwrap();
    assert_eq!((entry.promise.text.as_str(), entry.earlier.len(), entry.is_open()), ("on Monday", 1, true));
    pair.wait(5 * DAY);
    assert_eq!(pair.ben(changed(9)), Err(Refusal::TooLate));
    pair.ben(Action::shared(honesty::Event::Report { promise, outcome: Outcome::Missed })).unwrap();
}

#[test]
fn offers_end() {
    let (mut pair, incident) = Pair::at(StageMark::OwnAndExplain);
    let today = pair.now.day(0);
    let offer = |until| {
        Action::shared(honesty::Event::Offer { incident, what: "the account, view only".into(), until })
    };
    assert_eq!(pair.ben(offer(today.plus(400))), Err(Refusal::OutOfRange), "no offer without an end");
    assert_eq!(pair.ana(offer(today.plus(30))), Err(Refusal::WrongRole), "offers go from the doer");
    let id = pair.ben(offer(today.plus(30))).unwrap();
    assert_eq!(pair.ana.state.world().honesty.offers(today).count(), 1);
    assert_eq!(pair.ana.state.world().honesty.offers(today.plus(31)).count(), 0);
    pair.ben(Action::shared(honesty::Event::EndOffer { offer: id })).unwrap();
    assert_eq!(pair.ana.state.world().honesty.offers(today).count(), 0);
}
