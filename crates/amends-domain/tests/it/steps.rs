//! The thirteen steps, each with what it gives and what it refuses.

use std::collections::BTreeMap;

use amends_domain::admit::responsibility::{self, Depth, DepthChoice, Disclosure, Field, Section};
use amends_domain::admit::{acceptance, listening, perspective};
use amends_domain::apologize::honesty::{self, Apology, ApologyPart, Outcome, Part, Promise, Response};
use amends_domain::apologize::{change, explanation};
use amends_domain::bank::{ActivityId, NeedId};
use amends_domain::consent;
use amends_domain::export;
use amends_domain::id::{BlobId, DAY, Day, EntryId, HOUR, MINUTE, WEEK};
use amends_domain::incident::kind::Kind;
use amends_domain::incident::{self, StageMark, conditions};
use amends_domain::permission::{DisclosureFor, LetterFor, PromiseFor};
use amends_domain::permit::{Action, Finding};
use amends_domain::prove::activities;
use amends_domain::prove::activities::blind::{self, Blinder, Token};
use amends_domain::prove::communication::{self, AgendaHeading, AgendaPoint, Letter, Purpose, Talk};
use amends_domain::prove::contact::{self, ContactKind, Photo};
use amends_domain::prove::gratitude::{self, GiftTiming, Whose};
use amends_domain::prove::needs::{self, Answer, Mark, Need};
use amends_domain::prove::patience::{self, Item, ItemAnswer};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_domain::versions::Save;

use crate::samples;
use crate::world::{ANA, BEN, Device, Pair, START, moment, pace};

fn field(section: Section, facts: &str) -> Field {
    Field {
        section,
        headline: String::new(),
        facts: facts.into(),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
    }
}

fn choose(pair: &mut Pair, incident: EntryId, depth: Depth) {
    let sections = [Section::What, Section::Money, Section::Lies, Section::OwnWords];
    let choices = sections.map(|section| DepthChoice { section, depth }).to_vec();
    pair.ana(Action::shared(responsibility::Event::Depth { incident, choices })).unwrap();
}

fn seal(pair: &mut Pair, incident: EntryId, fields: Vec<Field>) -> Result<EntryId, Refusal> {
    let content = Disclosure { fields, own_words: "I hid it from you.".into() };
    let action = Action::shared(responsibility::Event::Seal { incident, content });
    pair.ben_with(action, |local| local.telling_is_safe = true)
}

#[test]
fn responsibility_lists_what_is_missing() {
    let mut disclosure =
        Disclosure { fields: vec![field(Section::What, "a card")], own_words: String::new() };
    assert_eq!(
        disclosure.missing(Kind::Money),
        [Section::Period, Section::Money, Section::WhoKnows, Section::Lies, Section::IsItOver]
    );
    disclosure.fields.push(Field { nothing: true, ..field(Section::Lies, "") });
    disclosure.fields.push(Field { known_by: Some(Day(20_800)), ..field(Section::Money, "") });
    assert_eq!(disclosure.missing(Kind::Money), [Section::Period, Section::WhoKnows, Section::IsItOver]);
}

#[test]
fn responsibility_opens_section_by_section_and_only_grows() {
    let (mut pair, incident) = Pair::at(StageMark::StopAndTell);
    let early = seal(&mut pair, incident, vec![field(Section::Money, "4,000 on a card")]);
    assert_eq!(early, Err(Refusal::DepthNotChosen));
    choose(&mut pair, incident, Depth::Facts);
    let id = seal(&mut pair, incident, vec![field(Section::Money, "4,000 on a card")]).unwrap();
    let Some(DisclosureFor::Reader(reader)) = pair.ana.state.world().disclosure_for(ANA, id) else {
        panic!()
    };
    assert_eq!(reader.sections().collect::<Vec<_>>(), [Section::Money, Section::OwnWords]);
    assert!(reader.field(Section::Money).is_none() && reader.own_words().is_none());
    let (open, ask) = (reader.open(Section::Money), reader.ask(Section::Money, "Since when?".into()));
    pair.ana(open).unwrap();
    let question = pair.ana(ask).unwrap();
    let Some(DisclosureFor::Reader(reader)) = pair.ana.state.world().disclosure_for(ANA, id) else {
        panic!()
    };
    assert_eq!(reader.field(Section::Money).unwrap().facts, "4,000 on a card");
    assert!(reader.own_words().is_none());
    let Some(DisclosureFor::Author(author)) = pair.ben.state.world().disclosure_for(BEN, id) else {
        panic!()
    };
    let (answer, add) =
        (author.answer(question, "March.".into()), author.add(Section::Lies, "The bonus.".into()));
    pair.ben(answer).unwrap();
    pair.ben(add).unwrap();
    let sealed = pair.ana.state.world().responsibility.sealed(id).unwrap();
    assert_eq!(sealed.questions[0].answer.as_deref(), Some("March."));
    assert_eq!(sealed.additions.len(), 1);
    assert_eq!(sealed.content.fields.len(), 1, "what was sealed never changes");
    let forged = responsibility::Event::Add { disclosure: id, section: Section::Lies, text: "x".into() };
    assert_eq!(pair.ana(Action::shared(forged)), Err(Refusal::NotYours));
}

#[test]
fn responsibility_waits_until_it_is_said_whether_it_is_over() {
    let mut pair = Pair::open();
    let open = incident::Event::Open {
        kind: Kind::SerialLying,
        title: "Lies".into(),
        my_role: incident::Role::InvolvedPartner,
    };
    let incident = pair.ben(Action::shared(open)).unwrap();
    let early = seal(&mut pair, incident, vec![field(Section::What, "x")]);
    assert_eq!(early, Err(Refusal::StageClosed));
    pair.ana(Action::shared(incident::Event::MoveStage { incident, stage: StageMark::StopAndTell })).unwrap();
    assert_eq!(seal(&mut pair, incident, vec![field(Section::What, "x")]), Err(Refusal::TooEarly));
    let ending = incident::Event::Ending {
        incident,
        ending: incident::Ending::NotYet,
        health: incident::Risk::NotSure,
        money: incident::Risk::NoneKnown,
    };
    pair.ben(Action::shared(ending)).unwrap();
    choose(&mut pair, incident, Depth::Facts);
    assert!(seal(&mut pair, incident, vec![field(Section::What, "x")]).is_ok());
    let conditions = conditions::conditions(pair.ana.state.world(), incident, StageMark::StopAndTell);
    assert!(!conditions[0].met, "one field of five is not complete");
    assert!(
        responsibility::better_hour(23 * 60)
            && responsibility::better_hour(3 * 60)
            && !responsibility::better_hour(12 * 60)
    );
}

#[test]
fn perspective_pauses_have_a_time_to_come_back() {
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
fn perspective_warm_up_counts_for_a_day_and_stays_private() {
    let mut pair = Pair::open();
    let lines = vec!["I once gave the wallet back".into()];
    pair.ben(Action::private(perspective::Event::WarmUp { value: perspective::Value::Honesty, lines }))
        .unwrap();
    let state = &pair.ben.state.world().perspective;
    assert!(state.warmed_up(pair.now) && !state.warmed_up(pair.now.plus(DAY)));
    assert!(!pair.anas_view().contains("wallet"));
}

#[test]
fn listening_rounds_go_turn_by_turn() {
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
fn listening_ratio_is_shown_to_oneself_only() {
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

#[test]
fn acceptance_lays_both_side_by_side() {
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

#[test]
fn explanation_needs_a_choice_beside_each_reason() {
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

#[test]
fn change_plans_are_about_situations_and_cross_only_as_copies() {
    let (mut pair, incident) = Pair::at(StageMark::Change);
    let plan = |act: &str| change::Plan {
        trigger: None,
        if_situation: "the card offer comes".into(),
        then_act: act.into(),
        help: change::Help::Tell,
        review_on: None,
    };
    let save = Action::private(change::Event::SavePlan(Save::new(None, plan("shred it"))));
    let refused = pair.ben_with(save.clone(), |local| local.findings = &[Finding::ConditionOnPartner]);
    assert_eq!(refused, Err(Refusal::ConditionOnPartner));
    pair.ben(save).unwrap();
    assert!(!pair.anas_view().contains("shred it"));
    let share =
        |co_edit| Action::shared(change::Event::SharePlan { incident, content: plan("shred it"), co_edit });
    let fixed = pair.ben(share(false)).unwrap();
    let open = pair.ben(share(true)).unwrap();
    let edit =
        |id| Action::shared(change::Event::EditShared { plan: id, base: id, content: plan("burn it") });
    assert_eq!(pair.ana(edit(fixed)), Err(Refusal::NotYours));
    pair.ana(edit(open)).unwrap();
    assert_eq!(pair.ben.state.world().change.shared(open).unwrap().plan.current.then_act, "burn it");
    pair.ana(Action::shared(change::Event::Suggest { plan: fixed, text: "at the door".into() })).unwrap();
    pair.ben(Action::shared(change::Event::StopSharing { shared: open })).unwrap();
    assert!(pair.ana.state.world().change.shared(open).is_none());
    assert_eq!(change::HELP_ORDER.last(), Some(&change::Help::Partner));
}

#[test]
fn change_finds_calendar_events_that_touch_a_trigger() {
    let mut ben = Device::new(BEN, None, 2);
    let trigger = change::Trigger {
        sort: change::TriggerSort::Place,
        text: "the inn".into(),
        words: vec!["harbor inn".into(), " ".into()],
    };
    let id = ben
        .act(Action::private(change::Event::SaveTrigger(Save::new(None, trigger))), |_| {}, START)
        .unwrap();
    let change = &ben.state.world().change;
    assert_eq!(change.touched_by("Team dinner", "Harbor Inn, Quay 3").collect::<Vec<_>>(), [id]);
    assert_eq!(change.touched_by("Choir", "School").count(), 0);
}

#[test]
fn change_slips_are_told_within_a_day() {
    let (mut pair, incident) = Pair::at(StageMark::StopAndTell);
    let happened_at = pair.now;
    let slip = change::Event::Slip {
        incident,
        happened_at,
        what: "bought on credit".into(),
        next: "returned".into(),
    };
    pair.ben(Action::private(slip)).unwrap();
    let (_, slip) = pair.ben.state.world().change.slips().next().unwrap();
    assert_eq!(slip.tell_by().since(happened_at), DAY);
    assert!(!pair.anas_view().contains("bought on credit"));
    let tell =
        change::Event::TellSlip { incident, happened_at, what: "bought on credit".into(), next: "x".into() };
    pair.ben(Action::shared(tell)).unwrap();
    assert_eq!(pair.ana.state.world().change.told().count(), 1);
}

#[test]
fn honesty_apologies_come_in_the_order_of_weight_with_a_soft_lock() {
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
fn honesty_ledger_keeps_three_promises_open() {
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
fn honesty_promises_change_only_before_they_are_due() {
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
fn honesty_offers_end() {
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

#[test]
fn communication_letters_rest_for_a_night() {
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
fn communication_readers_open_hold_and_give_back() {
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

fn talk(pair: &Pair) -> Talk {
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
fn communication_weekly_talks_repeat_until_they_are_ended() {
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
fn communication_packets_are_limited_in_time_and_items() {
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

#[test]
fn needs_have_one_request_each_and_asking_is_rare() {
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

#[test]
fn contact_photos_are_small_and_messages_short() {
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
fn contact_muting_is_not_told() {
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
fn contact_deleting_does_not_refill_the_day() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let line =
        || Action::shared(contact::Event::Send { kind: ContactKind::Line, text: "hi".into(), photo: None });
    for _ in 0..2 {
        let id = pair.ben(line()).unwrap();
        pair.ben(Action::shared(amends_domain::entry::Event::Delete { target: id })).unwrap();
    }
    assert_eq!(pair.ben(line()), Err(Refusal::PaceReached));
}

/// Powers modulo a prime: enough to see that the protocol works; the real group is elsewhere.
struct Toy {
    secret: u64,
    random: u64,
    holds_back: bool,
}

const PRIME: u128 = 0xffff_ffff_ffff_ffc5;

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut base) = (1_u128, u128::from(base) % PRIME);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result as u64
}

fn token(value: u64) -> Token {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&value.to_le_bytes());
    Token(bytes)
}

impl Blinder for Toy {
    fn blind(&self, activity: ActivityId) -> Token {
        token(power(u64::from(activity.0) * 7919 + 3, self.secret))
    }

    fn blind_again(&self, other: &Token) -> Option<Token> {
        let value = u64::from_le_bytes(other.0[..8].try_into().ok()?);
        (value > 1).then(|| token(power(value, self.secret)))
    }

    fn filler(&mut self) -> Token {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        token(self.random | 2)
    }

    fn hold_back(&mut self) -> bool {
        self.holds_back
    }

    fn secret(&self) -> Vec<u8> {
        self.secret.to_le_bytes().to_vec()
    }
}

fn rated(pair: &mut Pair, ana: bool, ratings: &[(u16, activities::Rating)]) {
    for (activity, rating) in ratings {
        let rate =
            Action::private(activities::Event::Rate { activity: ActivityId(*activity), rating: *rating });
        if ana { pair.ana(rate) } else { pair.ben(rate) }.unwrap();
    }
}

#[test]
fn activities_show_mutual_matches_and_never_a_no() {
    use activities::Rating::{Love, No, Try};
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Try), (3, No), (5, Love)]);
    rated(&mut pair, false, &[(1, Try), (2, No), (3, Love), (5, Love)]);
    let mut ana = Toy { secret: 0x1234_5677, random: 5, holds_back: false };
    let mut ben = Toy { secret: 0x0bad_cafd, random: 9, holds_back: false };
    let (ana_secret, ana_tokens) = blind::begin(&pair.ana.state.world().activities, &mut ana);
    let (ben_secret, ben_tokens) = blind::begin(&pair.ben.state.world().activities, &mut ben);
    assert_eq!(
        (ana_tokens.len(), ben_tokens.len()),
        (blind::TOKENS, blind::TOKENS),
        "the number tells nothing"
    );
    pair.ana(Action::private(activities::Event::Secret { round: ana_secret })).unwrap();
    pair.ben(Action::private(activities::Event::Secret { round: ben_secret })).unwrap();
    let ana_offer = pair.ana(Action::shared(activities::Event::OfferTokens { tokens: ana_tokens })).unwrap();
    let ben_offer = pair.ben(Action::shared(activities::Event::OfferTokens { tokens: ben_tokens })).unwrap();
    let waiting: Vec<_> = pair.ben.state.world().activities.unanswered(BEN).map(|(id, _)| id).collect();
    assert_eq!(waiting, [ana_offer]);
    let reply = |state: &State, me, toy: &mut Toy| {
        let (offer, tokens) = state.world().activities.unanswered(me).next().unwrap();
        Action::shared(activities::Event::ReturnTokens { offer, tokens: blind::answer(tokens, toy) })
    };
    let from_ben = reply(&pair.ben.state, BEN, &mut ben);
    pair.ben(from_ben).unwrap();
    let from_ana = reply(&pair.ana.state, ANA, &mut ana);
    pair.ana(from_ana).unwrap();
    assert_ne!(ana_offer, ben_offer);
    let matches = |state: &State, me, toy: &Toy| {
        let activities = &state.world().activities;
        let (mine, theirs) = activities.latest_round(me).unwrap();
        blind::matches(activities.latest_secret().unwrap(), mine, theirs, toy)
    };
    let both = [ActivityId(1), ActivityId(5)];
    let mut found = matches(&pair.ana.state, ANA, &ana);
    found.sort();
    assert_eq!(found, both);
    let mut found = matches(&pair.ben.state, BEN, &ben);
    found.sort();
    assert_eq!(found, both);
    pair.ben(Action::private(activities::Event::Matched { activities: found })).unwrap();
    assert_eq!(pair.ben.state.world().activities.matches().count(), 2);
    let avoid = activities::Avoid { places: vec![], with_children: false, max_cost: 0, max_energy: 3 };
    pair.ben(Action::private(activities::Event::Avoid(avoid))).unwrap();
    assert_eq!(pair.ben.state.world().activities.matches().count(), 1, "the cooking costs something");
}

#[test]
fn activities_what_crosses_is_the_same_for_a_no_and_for_silence() {
    use activities::Rating::{Love, No, Try};
    let tokens = |ratings: &[(u16, activities::Rating)], holds_back| {
        let (mut pair, _) = Pair::at(StageMark::Reconnect);
        rated(&mut pair, true, ratings);
        let mut toy = Toy { secret: 0x1234_5677, random: 5, holds_back };
        blind::begin(&pair.ana.state.world().activities, &mut toy).1
    };
    assert_eq!(tokens(&[(1, Love), (2, No)], false), tokens(&[(1, Love)], false));
    assert_eq!(tokens(&[(1, Try)], false), tokens(&[(1, Love)], false), "love and try look the same");
    assert_eq!(tokens(&[(1, Love)], true), tokens(&[(1, No)], true), "held back looks like no");
}

#[test]
fn activities_time_without_the_subject_needs_an_agreed_talk() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ana(Action::shared(consent::Event::Pace(pace(3)))).unwrap();
    pair.ben(Action::shared(consent::Event::Pace(pace(3)))).unwrap();
    let proposed = talk(&pair);
    let day = proposed.first;
    let id = pair.ben(Action::shared(communication::Event::ProposeTalk(proposed))).unwrap();
    let start = pair.now.plus(HOUR);
    let propose = |activity| {
        let topic_free = Some(activities::TopicFree { talk: id, day });
        let proposal =
            activities::Proposal { activity, text: "a walk".into(), start, minutes: 60, topic_free };
        Action::shared(activities::Event::Propose(proposal))
    };
    assert_eq!(pair.ben(propose(None)), Err(Refusal::TalkDayMissing));
    pair.ana(Action::shared(communication::Event::AgreeTalk { talk: id })).unwrap();
    assert_eq!(pair.ben(propose(Some(ActivityId(9)))), Err(Refusal::NoMatch));
    let proposal = pair.ben(propose(None)).unwrap();
    assert!(pair.ana.state.world().activities.topic_free(start).is_none());
    pair.ana(Action::shared(activities::Event::Accept { proposal })).unwrap();
    assert!(pair.ana.state.world().activities.topic_free(start).is_some());
    assert!(pair.ana.state.world().activities.topic_free(start.plus(HOUR)).is_none());
}

#[test]
fn gratitude_notes_appear_on_their_day() {
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
fn gratitude_gifts_after_a_conflict_or_with_a_request_are_hinted_at() {
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
fn gratitude_own_share_comes_first() {
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

fn check_in(pair: &mut Pair, day: Day, item: Item, value: Option<u8>) {
    let answers = vec![ItemAnswer { item, value }];
    pair.ana(Action::private(patience::Event::CheckIn { day, answers, note: String::new() })).unwrap();
}

#[test]
fn patience_draws_points_and_a_band_only_from_four_on() {
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
fn patience_asks_some_weekly_and_some_monthly() {
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
fn patience_low_or_falling_safety_opens_the_door_silently() {
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
fn patience_offers_a_review_every_three_months() {
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

#[test]
fn solo_mode_has_all_steps_as_preparation_and_the_writer_moves() {
    let mut ben = Device::new(BEN, None, 2);
    let open = incident::Event::Open {
        kind: Kind::Relapse,
        title: "May".into(),
        my_role: incident::Role::InvolvedPartner,
    };
    let incident = ben.act(Action::private(open), |_| {}, START).unwrap();
    let intake = incident::Intake {
        nature: None,
        extent: Some(incident::Extent::Single),
        ongoing: None,
        came_out: Some(incident::CameOut::NotYet),
        hurt: None,
        reversible: None,
        legal_duty: None,
        relapse_prone: None,
    };
    ben.act(Action::private(incident::Event::Intake { incident, answers: intake }), |_| {}, START).unwrap();
    ben.act(
        Action::private(incident::Event::MoveStage { incident, stage: StageMark::Change }),
        |_| {},
        START,
    )
    .unwrap();
    let content = Promise { text: "meeting on Monday".into(), review_on: Day(20_780) };
    ben.act(Action::private(honesty::Event::Promise { incident, content }), |_| {}, START).unwrap();
    let view = ben.state.view_for(BEN, moment(START));
    assert_eq!((view.incidents[0].stage, view.incidents[0].open.len()), (StageMark::Change, 13));
    let shared = Action::shared(needs::Event::Ask);
    assert_eq!(ben.act(shared, |_| {}, START), Err(Refusal::NoPartner));
}

#[test]
fn the_doer_sees_only_what_is_open() {
    let (pair, _) = Pair::at(StageMark::Hear);
    let view = pair.ben.state.view_for(BEN, moment(pair.now));
    assert_eq!(view.incidents[0].open, ["responsibility", "perspective", "listening", "acceptance"]);
    assert!(view.incidents[0].next.is_empty());
    let view = pair.ana.state.view_for(ANA, moment(pair.now));
    assert_eq!(view.incidents[0].next[0].key, "condition-one-reflection");
}

#[test]
fn search_finds_own_words_in_their_newest_version() {
    let mut pair = Pair::open();
    let letter = |text: &str| Letter { purpose: Purpose::ForMe, text: text.into() };
    let save = communication::Event::SaveLetter(Save::new(None, letter("the old harbor")));
    let doc = pair.ben(Action::private(save)).unwrap();
    let save = Save { doc: Some(doc), base: Some(doc), incident: None, content: letter("the new Harbor") };
    pair.ben(Action::private(communication::Event::SaveLetter(save))).unwrap();
    let found = pair.ben.state.search("harbor");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].step, found[0].texts[0].as_str()), ("communication", "the new Harbor"));
    assert!(pair.ben.state.search("to_send").is_empty(), "names of kinds are no words");
    assert!(pair.ben.state.search(" ").is_empty());
}

#[test]
fn everything_own_is_exported_and_read_back() {
    let mut state = State::new(samples::events()[0].author, None);
    state.extend(samples::events());
    let json = export::to_json(&state);
    let back = export::from_json(&json).unwrap();
    assert_eq!((back.events.len(), back.skipped), (samples::events().len(), 0));
    assert!(json.contains("Private notes, not verified."));
    let markdown = export::to_markdown(&state, 0, |name| {
        BTreeMap::from([("communication", "Letters and talks")]).get(name).map(|label| label.to_string())
    });
    assert!(
        markdown.contains("# Letters and talks\n") && markdown.contains("- text: Dear you\n"),
        "{markdown}"
    );
    assert!(!markdown.contains("device"));
    assert!(export::from_json("{}").is_err());
    assert!(export::from_json("{\"format\":\"x\",\"version\":1,\"events\":[]}").is_err());
    let later = json.replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(matches!(export::from_json(&later), Err(export::ImportError::Later(2))));
    let damaged = json.replacen("\"delete\"", "\"deleet\"", 1);
    let back = export::from_json(&damaged).unwrap();
    assert_eq!((back.events.len(), back.skipped), (samples::events().len() - 1, 1));
}

#[test]
fn too_much_for_one_entry_is_refused_before_it_is_written() {
    let mut pair = Pair::open();
    let content = Letter { purpose: Purpose::ForMe, text: "x".repeat(60_000) };
    let save = Action::private(communication::Event::SaveLetter(Save::new(None, content)));
    assert_eq!(pair.ben(save), Err(Refusal::TooLong));
}

#[test]
fn nobody_is_flooded_through_other_tools() {
    let (mut pair, incident) = Pair::at(StageMark::Change);
    let slip = |pair: &mut Pair| {
        let happened_at = pair.now;
        pair.ben(Action::shared(change::Event::TellSlip {
            incident,
            happened_at,
            what: "x".into(),
            next: "y".into(),
        }))
    };
    let sent = (0..40).filter(|_| slip(&mut pair).is_ok()).count();
    assert!(sent <= usize::from(consent::MOST_TEXTS_PER_DAY), "{sent}");
    assert_eq!(slip(&mut pair), Err(Refusal::EnoughToday));
}
