//! 1.1 Responsibility: what was done, told once, at the depth the reader chose.

use amends_domain::admit::responsibility::{self, Depth, DepthChoice, Disclosure, Field, Section};
use amends_domain::id::{Day, EntryId};
use amends_domain::incident::kind::Kind;
use amends_domain::incident::{self, StageMark, conditions};
use amends_domain::permission::DisclosureFor;
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;

use crate::world::{ANA, BEN, Pair};

fn field(section: Section, facts: &str) -> Field {
    Field {
        section,
        headline: String::new(),
        facts: facts.into(),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
        when: None,
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
fn lists_what_is_missing() {
    let mut disclosure =
        Disclosure { fields: vec![field(Section::What, "a card")], own_words: String::new() };
    assert_eq!(
        disclosure.missing(Kind::Money),
        [Section::Period, Section::Money, Section::WhoKnows, Section::Lies, Section::IsItOver]
    );
    disclosure.fields.push(Field { nothing: true, ..field(Section::Lies, "") });
    disclosure.fields.push(Field { known_by: Some(Day(20_800)), ..field(Section::Money, "") });
    assert_eq!(disclosure.missing(Kind::Money), [Section::Period, Section::WhoKnows, Section::IsItOver]);
    let when = Some("From last spring to May.".to_owned());
    disclosure.fields.push(Field { when, ..field(Section::Period, "") });
    assert_eq!(disclosure.missing(Kind::Money), [Section::WhoKnows, Section::IsItOver]);
}

#[test]
fn opens_section_by_section_and_only_grows() {
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
fn waits_until_it_is_said_whether_it_is_over() {
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
