//! What holds for all steps together.

use std::collections::BTreeMap;

use amends_domain::apologize::change;
use amends_domain::apologize::honesty::{self, Promise};
use amends_domain::id::Day;
use amends_domain::incident::kind::Kind;
use amends_domain::incident::{self, StageMark};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::prove::needs::{self};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_domain::versions::Save;
use amends_domain::{consent, export};

use crate::samples;
use crate::world::{ANA, BEN, Device, Pair, START, moment};

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
