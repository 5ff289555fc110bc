//! The twelve rules that no feature may break. Each test fails when somebody breaks its rule.

use std::collections::BTreeSet;

use amends_domain::admit::responsibility::{self, Depth, DepthChoice, Disclosure, Field, Section};
use amends_domain::apologize::honesty::{self, Apology, ApologyPart, PARTS, Part};
use amends_domain::consent::{self, Connection};
use amends_domain::event::{Body, Event, Reach, Space};
use amends_domain::id::{DAY, WEEK};
use amends_domain::incident::{self, StageMark};
use amends_domain::permit::{Action, Finding};
use amends_domain::prove::communication::{self, Letter, Purpose, SenderSees};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::prove::patience;
use amends_domain::prove::{gratitude, needs};
use amends_domain::refusal::Refusal;
use amends_domain::safety::{self, Answer, Answers, Leaving, MyThings};
use amends_domain::state::{Applied, State};
use amends_domain::versions::Save;
use amends_domain::{entry, export};

use crate::samples;
use crate::world::{ANA, BEN, Device, Pair, START, deliver, gate_pass, moment, pace};

fn line(text: &str) -> Action {
    Action::shared(contact::Event::Send { kind: ContactKind::Line, text: text.into(), photo: None })
}

fn letter(text: &str) -> Action {
    Action::shared(communication::Event::Send { incident: None, purpose: Purpose::ToSend, text: text.into() })
}

/// Field names, kinds and refusal codes: everything that the crate calls something.
fn all_names() -> BTreeSet<String> {
    fn walk(value: &serde_json::Value, names: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    names.insert(name.clone());
                    walk(value, names);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    for event in samples::events() {
        walk(&serde_json::to_value(&event).unwrap(), &mut names);
    }
    let (pair, _) = Pair::at(StageMark::Reconnect);
    walk(&serde_json::from_str(&pair.bens_view()).unwrap(), &mut names);
    walk(&serde_json::from_str(&pair.anas_view()).unwrap(), &mut names);
    names
}

#[test]
fn rule_01_the_words_stay_the_writers() {
    // No event carries a text that the program made, and none a grade: what is shared is what was drafted.
    let (mut pair, incident) = Pair::at(StageMark::OwnAndExplain);
    let content =
        Apology { parts: vec![ApologyPart { part: Part::Responsibility, text: "I hid it.".into() }] };
    pair.ben(Action::shared(honesty::Event::Give { incident, content: content.clone() })).unwrap();
    let (_, _, given) = pair.ana.state.world().honesty.given().next().unwrap();
    assert_eq!(*given, content);
    for name in all_names() {
        for word in ["grade", "percent", "rating_of", "generated", "suggested_text", "template"] {
            assert!(!name.contains(word), "{name}");
        }
    }
}

#[test]
fn rule_02_what_the_checks_find_is_never_stored_or_sent() {
    // Hints belong to the moment of writing: findings decide in `permit` and leave no trace in the event.
    let (mut pair, _) = Pair::at(StageMark::Change);
    let shared = needs::Event::Share { need: needs::Need::Own("light".into()), mark: needs::Mark::Now };
    let shared = pair.ana(Action::shared(shared)).unwrap();
    let request = Action::shared(needs::Event::Request { shared, text: "Send me your password".into() });
    let refused = pair.ana_with(request.clone(), |local| local.findings = &[Finding::Passwords]);
    assert_eq!(refused, Err(Refusal::OpensHelp));
    let before = pair.ana.state.events().count();
    assert_eq!(pair.ana_with(request, |local| local.findings = &[Finding::Sex]), Err(Refusal::OpensHelp));
    assert_eq!(pair.ana.state.events().count(), before);
}

#[test]
fn rule_03_nothing_reaches_a_person_who_has_not_opted_in() {
    let mut pair = Pair::new();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    let before = pair.anas_view();
    for event in samples::events().into_iter().filter(|event| event.body.reach() != Reach::Own) {
        let result = pair.ben_with(Action::shared(event.body.clone()), |local| {
            local.without_rest = true;
            local.before_stage = true;
            local.telling_is_safe = true;
        });
        assert!(result.is_err() || amends_domain::texts::texts(&event.body).is_empty(), "{:?}", event.body);
    }
    assert_eq!(serde_json::from_str::<serde_json::Value>(&pair.anas_view()).unwrap()["incidents"], {
        serde_json::from_str::<serde_json::Value>(&before).unwrap()["incidents"].clone()
    });
}

#[test]
fn rule_03_a_changed_sender_cannot_deliver_either() {
    // The receiver's own app asks again: forged events are kept with a reason and shown nowhere.
    let mut pair = Pair::new();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    for event in samples::events() {
        let forged = Event { author: BEN, space: Space::Shared, ..event };
        let words = amends_domain::texts::texts(&forged.body);
        let applied = pair.ana.state.apply(forged.clone());
        if !words.is_empty() && !matches!(forged.body, Body::Unknown(_)) {
            assert!(matches!(applied, Applied::Rejected(_)), "{applied:?} {:?}", forged.body);
        }
    }
    let view = pair.anas_view();
    for event in samples::events() {
        for text in amends_domain::texts::texts(&event.body).iter().filter(|text| text.len() > 8) {
            assert!(!view.contains(text.as_str()), "{text}");
        }
    }
}

#[test]
fn rule_03_the_receiver_sets_number_hours_kinds_and_topics() {
    let (mut pair, incident) = Pair::at(StageMark::Reconnect);
    assert!(pair.ben(line("one")).is_ok());
    assert!(pair.ben(line("two")).is_ok());
    assert_eq!(pair.ben(line("three")), Err(Refusal::PaceReached));
    pair.wait(DAY);
    let mut hours = pace(3);
    (hours.from_minute, hours.to_minute) = (18 * 60, 20 * 60);
    pair.ana(Action::shared(consent::Event::Pace(hours))).unwrap();
    assert_eq!(pair.ben(line("at noon")), Err(Refusal::OutsideHours));
    let mut kinds = pace(3);
    kinds.kinds = vec![ContactKind::Thanks];
    pair.ana(Action::shared(consent::Event::Pace(kinds))).unwrap();
    assert_eq!(pair.ben(line("not a thank you")), Err(Refusal::KindNotWanted));
    let until = pair.now.plus(DAY);
    let close = consent::Event::CloseTopics { topics: vec![consent::Topic::Promises], until };
    pair.ana(Action::shared(close)).unwrap();
    let promise = honesty::Promise { text: "I call at six".into(), review_on: pair.now.day(0).plus(7) };
    let promise = Action::shared(honesty::Event::Promise { incident, content: promise });
    assert_eq!(pair.ben(promise.clone()), Err(Refusal::TopicClosed));
    pair.wait(DAY);
    assert!(pair.ben(promise).is_ok());
}

#[test]
fn rule_03_pausing_and_leaving_work_at_once_without_a_reason() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ana(Action::shared(consent::Event::Close)).unwrap();
    assert_eq!(pair.ben(line("hello")), Err(Refusal::NotOpen));
    assert_eq!(pair.ben.state.connection(BEN, pair.now), Connection::NoAnswerYet);
    pair.ana(Action::shared(consent::Event::Leave)).unwrap();
    assert_eq!(pair.ben(line("hello")), Err(Refusal::NotConnected));
    assert_eq!(pair.ben.state.connection(BEN, pair.now), Connection::NotConnected);
}

#[test]
fn rule_04_there_is_no_surveillance_in_the_format() {
    for name in all_names() {
        for word in [
            "location",
            "latitude",
            "presence",
            "online",
            "typing",
            "seen",
            "read_at",
            "opened_at",
            "exif",
            "camera",
        ] {
            assert!(!name.contains(word), "{name}");
        }
    }
}

#[test]
fn rule_04_opening_a_letter_cannot_be_noticed() {
    let run = |opens: bool| {
        let (mut pair, _) = Pair::at(StageMark::Change);
        let id = pair.ben_with(letter("Dear Ana"), |local| local.without_rest = true).unwrap();
        if opens {
            pair.ana(Action::private(communication::Event::OpenLetter { letter: id })).unwrap();
            pair.ana(Action::private(communication::Event::Hold { letter: id, until: None })).unwrap();
        } else {
            pair.wait(2000);
        }
        let before = pair.bens_view();
        pair.ben(Action::shared(communication::Event::Recall { letter: id })).unwrap();
        let sent = pair.ben.state.world().communication.delivered(id).unwrap().sender_sees();
        assert_eq!(sent, SenderSees::Recalled);
        let still_there = pair.ana.state.world().letter_for(ANA, id).is_some();
        (before, pair.bens_view(), still_there)
    };
    let (opened, unopened) = (run(true), run(false));
    assert_eq!(opened.0, unopened.0);
    assert_eq!(opened.1, unopened.1);
    assert!(opened.2 && !unopened.2, "a letter that was opened stays, one that was not goes unread");
}

#[test]
fn rule_04_opening_a_section_stays_on_the_readers_devices() {
    let open = responsibility::Event::OpenSection { disclosure: amends_id(), section: Section::Money };
    assert_eq!(Body::from(open).reach(), Reach::Own);
    for event in samples::events() {
        let reading = matches!(
            event.body,
            Body::Responsibility(responsibility::Event::OpenSection { .. })
                | Body::Communication(
                    communication::Event::OpenLetter { .. } | communication::Event::Hold { .. }
                )
        );
        if reading {
            let mut state = State::new(ANA, Some(BEN));
            let forged = Event { author: BEN, space: Space::Shared, ..event };
            assert_eq!(state.apply(forged), Applied::Rejected(Refusal::StaysPrivate));
        }
    }
}

fn amends_id() -> amends_domain::id::EntryId {
    samples::events()[0].id
}

#[test]
fn rule_05_no_scores_streaks_points_badges_or_forecasts() {
    for name in all_names() {
        for word in [
            "score",
            "streak",
            "badge",
            "level",
            "rank",
            "forecast",
            "predict_",
            "days_since",
            "average",
            "missed_days",
        ] {
            assert!(!name.contains(word), "{name}");
        }
    }
    // "points" are dots of a chart, of one person, for one chosen period.
    let (mut pair, _) = Pair::at(StageMark::Change);
    let day = pair.now.day(0);
    let answers = vec![patience::ItemAnswer { item: patience::Item::WordsMatched, value: Some(3) }];
    pair.ana(Action::private(patience::Event::CheckIn { day, answers, note: String::new() })).unwrap();
    assert!(!pair.bens_view().contains("words_matched"));
}

#[test]
fn rule_05_a_missed_day_is_shown_to_nobody() {
    let run = |days: u64| {
        let (mut pair, _) = Pair::at(StageMark::Reconnect);
        pair.ben(line("one")).unwrap();
        let day = pair.now;
        pair.wait(days * DAY);
        let view = pair.ana.state.view_for(ANA, moment(day.plus(10 * DAY)));
        serde_json::to_string(&view).unwrap()
    };
    assert_eq!(run(1), run(6));
}

#[test]
fn rule_06_forgiveness_is_no_stage_no_part_and_no_request() {
    assert_eq!(PARTS.len(), 5);
    let stages = (0..7).filter_map(StageMark::from_number);
    let words = stages.map(|stage| format!("{stage:?}")).chain(PARTS.iter().map(|part| format!("{part:?}")));
    for word in words.chain(all_names()) {
        assert!(!word.to_lowercase().contains("forgiv"), "{word}");
    }
    let codes = Refusal::ALL.iter().map(|refusal| refusal.code());
    assert!(codes.into_iter().all(|code| !code.contains("forgiv")));
}

#[test]
fn rule_06_check_ins_belong_to_the_one_who_answers() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let day = pair.now.day(0);
    let answers = vec![patience::ItemAnswer { item: patience::Item::FeltSafe, value: Some(2) }];
    let before = pair.bens_view();
    pair.ana(Action::private(patience::Event::CheckIn { day, answers, note: "low".into() })).unwrap();
    assert!(pair.ana.state.world().patience.opens_safety());
    assert_eq!(pair.bens_view(), before, "a low answer sends nothing to the other");
    let points = vec![patience::Point { day, value: 9 }];
    let share = patience::Event::ShareChart { item: patience::Item::FeltSafe, from: day, to: day, points };
    assert_eq!(
        pair.ana(Action::shared(share)),
        Err(Refusal::OutOfRange),
        "a chart shows the answers as they are"
    );
    let points = vec![patience::Point { day, value: 2 }];
    let share = patience::Event::ShareChart { item: patience::Item::FeltSafe, from: day, to: day, points };
    let chart = pair.ana(Action::shared(share)).unwrap();
    assert_eq!(pair.ben(Action::shared(patience::Event::StopChart { chart })), Err(Refusal::NotYours));
    pair.ana(Action::shared(patience::Event::StopChart { chart })).unwrap();
    assert_eq!(pair.ben.state.world().patience.charts().count(), 0);
}

/// Ana's answers at a time when the questions are due; `None` skips them.
fn gate_round(answers: Option<[Answer; 8]>) -> (String, Vec<Vec<u8>>) {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.wait(4 * WEEK);
    if let Some(given) = answers {
        let mut answers = Answers::default();
        given.iter().enumerate().for_each(|(place, answer)| answers.answer(place + 1, *answer));
        let verdict = answers.verdict();
        let open = pair.ana.state.world().consent.is_open(ANA, pair.now);
        let shared = verdict.shared_events(open);
        for body in verdict.own_events() {
            pair.ana(Action::private(body)).unwrap();
        }
        for body in shared {
            pair.ana(Action::shared(body)).unwrap();
        }
    }
    pair.now = START.plus(5 * WEEK);
    let crossed = pair.ben.state.events().filter(|event| event.author == ANA).map(Event::encode).collect();
    (pair.bens_view(), crossed)
}

#[test]
fn rule_07_a_failed_or_skipped_gate_looks_like_no_answer() {
    let skipped = gate_round(None);
    let json: serde_json::Value = serde_json::from_str(&skipped.0).unwrap();
    assert_eq!(json["connection"], "no_answer_yet");
    for bits in 1..256_u32 {
        let given =
            std::array::from_fn(|place| if bits >> place & 1 == 1 { Answer::Yes } else { Answer::No });
        assert_eq!(gate_round(Some(given)), skipped, "answers {bits:08b}");
    }
    let mut half = [Answer::No; 8];
    half[3] = Answer::Skipped;
    assert_eq!(gate_round(Some(half)), skipped);
}

#[test]
fn rule_07_closing_early_is_the_same_as_a_pause() {
    let mut answers = Answers::default();
    (1..=8).for_each(|number| answers.answer(number, Answer::No));
    answers.answer(6, Answer::Yes);
    assert_eq!(answers.verdict().shared_events(true), [Body::Consent(consent::Event::Close)]);
}

#[test]
fn rule_07_outcomes_of_the_gate() {
    use safety::{Couple, Help};
    let verdict = |yes: &[usize]| {
        let mut answers = Answers::default();
        (1..=8).for_each(|number| answers.answer(number, Answer::No));
        yes.iter().for_each(|number| answers.answer(*number, Answer::Yes));
        answers.verdict()
    };
    assert!(matches!(verdict(&[]).couple, Couple::Open(_)));
    for number in [2, 3, 5, 6] {
        let verdict = verdict(&[number]);
        assert!(matches!(verdict.couple, Couple::Closed), "{number}");
        assert!(verdict.help.contains(&Help::HelpPage) && verdict.help.contains(&Help::ExitPlan));
        assert_eq!(verdict.close_tools, number == 3);
        assert_eq!(verdict.close_both_ways, number == 6);
    }
    for number in [1, 4, 7, 8] {
        assert!(matches!(verdict(&[number]).couple, Couple::AfterReading(_)), "{number}");
    }
    assert!(verdict(&[3]).help.contains(&Help::StopUsingForce));
    assert_eq!(verdict(&[1, 2, 3, 8]).help[0], Help::CrisisLine);
    assert!(matches!(Answers::default().verdict().couple, Couple::Closed));
}

#[test]
fn rule_07_answers_leave_nothing_but_open_or_closed() {
    let events = |yes: &[usize]| {
        let mut answers = Answers::default();
        (1..=8).for_each(|number| answers.answer(number, Answer::No));
        yes.iter().for_each(|number| answers.answer(*number, Answer::Yes));
        answers.verdict().own_events()
    };
    let closed = vec![Body::Safety(safety::Event::Door { open: false })];
    for number in [1, 2, 4, 5, 6, 7, 8] {
        assert_eq!(events(&[number]), closed, "{number} looks like closing the door by oneself");
    }
    assert_eq!(format!("{:?}", Answers::default()), "Answers");
}

#[test]
fn rule_07_couple_mode_needs_a_gate_passed_just_now() {
    let mut ana = Device::new(ANA, Some(BEN), 1);
    let opt_in = Action::shared(consent::Event::OptIn);
    assert_eq!(ana.act(opt_in.clone(), |local| local.gate = None, START), Err(Refusal::GateDue));
    let pass = gate_pass();
    let mut local = ana.local(Space::Shared, START);
    local.gate = Some(&pass);
    assert!(ana.state.permit(opt_in, local).is_ok());
}

#[test]
fn rule_07_a_closed_door_holds_back_what_comes_and_what_goes() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ana(Action::private(safety::Event::Door { open: false })).unwrap();
    let before = pair.anas_view();
    pair.ben(line("are you there")).unwrap();
    assert_eq!(pair.anas_view(), before);
    assert_eq!(pair.ana(line("yes")), Err(Refusal::GateDue));
}

#[test]
fn rule_08_violence_is_not_an_incident_to_repair() {
    let mut ben = Device::new(BEN, None, 2);
    let open = incident::Event::Open {
        kind: incident::Kind::Violence,
        title: "that night".into(),
        my_role: incident::Role::InvolvedPartner,
    };
    assert_eq!(ben.act(Action::private(open), |_| {}, START), Err(Refusal::NotForThisTool));
}

#[test]
fn rule_08_who_used_force_has_no_letter_and_no_apology_tool() {
    let mut ben = Device::new(BEN, None, 2);
    let draft = Action::private(communication::Event::SaveLetter(Save::new(
        None,
        Letter { purpose: Purpose::ToSend, text: "I held you down".into() },
    )));
    let refused = ben.act(draft.clone(), |local| local.findings = &[Finding::UsedForce], START);
    assert_eq!(refused, Err(Refusal::ToolsClosed));
    ben.act(Action::private(safety::Event::Tools { open: false }), |_| {}, START).unwrap();
    assert_eq!(ben.act(draft, |_| {}, START), Err(Refusal::ToolsClosed));
    let apology = Action::private(honesty::Event::Save(Save::new(None, Apology { parts: vec![] })));
    assert_eq!(ben.act(apology, |_| {}, START), Err(Refusal::ToolsClosed));
}

#[test]
fn rule_08_the_table_stands_complete_whoever_does_it() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en/safety.ftl");
    let texts = std::fs::read_to_string(path).unwrap();
    let has = |key: &str| texts.lines().any(|line| line.starts_with(&format!("{key} = ")));
    for row in amends_guide::hurt_or_danger::ROWS {
        assert!(has(row.hurt) && has(row.danger), "{row:?}");
    }
    assert!(has(amends_guide::hurt_or_danger::RULE));
    for key in safety::gate::QUESTIONS {
        assert!(has(key), "{key}");
    }
}

#[test]
fn rule_09_drafts_never_cross() {
    for event in samples::events().into_iter().filter(|event| event.body.reach() == Reach::Own) {
        let mut ana = State::new(ANA, Some(BEN));
        let shared = Event { author: ANA, space: Space::Shared, ..event.clone() };
        assert_eq!(ana.apply(shared), Applied::Rejected(Refusal::StaysPrivate), "{:?}", event.body);
        let mut ben = State::new(BEN, Some(ANA));
        let foreign = Event { author: ANA, space: Space::Private, ..event };
        assert_eq!(ben.apply(foreign), Applied::Rejected(Refusal::ForeignPrivate));
        assert!(ben.view_for(BEN, moment(START)).entries.is_empty());
    }
}

#[test]
fn rule_09_leaving_is_always_possible() {
    let mut states =
        vec![Pair::new(), Pair::open(), Pair::at(StageMark::Safety).0, Pair::at(StageMark::Reconnect).0];
    let mut closed = Pair::open();
    closed.ana(Action::private(safety::Event::Door { open: false })).unwrap();
    closed.ben(Action::shared(consent::Event::Leave)).unwrap();
    states.push(closed);
    for mut pair in states {
        for how in [Leaving::Quiet, Leaving::Open] {
            let plan = safety::leave::leave(&pair.ana.state, how, MyThings::Erase, true);
            assert_eq!(plan.erase.len(), pair.ana.state.events().count());
            for (space, body) in plan.write {
                let removal = matches!(body, Body::Entry(entry::Event::AskRemoval { .. }));
                let done = pair.ana_with(Action { space, body }, |local| local.gate = None);
                assert!(done.is_ok() || removal, "{done:?}");
            }
            assert_eq!(pair.ana.state.connection(ANA, pair.now), Connection::NotConnected);
        }
    }
}

#[test]
fn rule_09_leaving_quietly_tells_nothing() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    let before = pair.bens_view();
    for (space, body) in safety::leave::leave(&pair.ana.state, Leaving::Quiet, MyThings::Keep, false).write {
        assert_eq!(space, Space::Private);
        pair.ana(Action { space, body }).unwrap();
    }
    assert_eq!(pair.bens_view(), before);
    assert_eq!(pair.ana(line("still here")), Err(Refusal::NotConnected));
}

#[test]
fn rule_10_own_entries_can_be_deleted_and_only_own_ones() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let id = pair.ben_with(letter("Dear Ana"), |local| local.without_rest = true).unwrap();
    assert!(pair.anas_view().contains("Dear Ana"));
    let delete = Action::shared(entry::Event::Delete { target: id });
    assert_eq!(pair.ana(delete.clone()), Err(Refusal::NotYours));
    let forged = Event { body: entry::Event::Delete { target: id }.into(), ..forge(&pair.ana) };
    pair.ben.state.apply(forged);
    assert!(pair.bens_view().contains("Dear Ana"), "a deletion by somebody else does not hold");
    pair.ben(delete).unwrap();
    assert!(!pair.anas_view().contains("Dear Ana") && !pair.bens_view().contains("Dear Ana"));
    assert!(pair.ben.state.droppable().contains(&id));
    pair.ben(Action::shared(entry::Event::Restore { target: id })).unwrap();
    assert!(pair.anas_view().contains("Dear Ana"), "undo");
}

fn forge(from: &Device) -> Event {
    let local = from.local(Space::Shared, START.plus(DAY));
    Event {
        id: local.id,
        author: from.person,
        at: local.at,
        space: Space::Shared,
        body: consent::Event::Close.into(),
    }
}

#[test]
fn rule_10_the_others_words_are_exported_only_with_their_consent() {
    let (mut pair, _) = Pair::at(StageMark::Change);
    let id = pair.ben_with(letter("Dear Ana"), |local| local.without_rest = true).unwrap();
    assert!(!export::to_json(&pair.ana.state).contains("Dear Ana"));
    assert!(!export::to_markdown(&pair.ana.state, 0, |_| None).contains("Dear Ana"));
    let packet = |items| {
        let until = START.plus(10 * DAY);
        Action::private(communication::Event::Packet {
            items,
            questions: vec![],
            summary: String::new(),
            until,
        })
    };
    assert_eq!(pair.ana(packet(vec![id])), Err(Refusal::CopyNotAllowed));
    pair.ben(Action::shared(entry::Event::AllowCopy { target: id, allowed: true })).unwrap();
    assert!(export::to_json(&pair.ana.state).contains("Dear Ana"));
    assert!(pair.ana(packet(vec![id])).is_ok());
    pair.ben(Action::shared(entry::Event::AllowCopy { target: id, allowed: false })).unwrap();
    assert!(!export::to_json(&pair.ana.state).contains("Dear Ana"));
}

#[test]
fn rule_11_no_text_of_ours_over_claims() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en");
    let files = [
        "bank-statements",
        "bank-hard-words",
        "bank-activities",
        "bank-words",
        "safety",
        "refusals",
        "domain",
    ];
    for file in files {
        let text = std::fs::read_to_string(folder.join(format!("{file}.ftl"))).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let words = line.to_lowercase();
            for claim in
                ["guarantee", "proven", "heals", "cure", "% of couples", "will trust you again", "win back"]
            {
                assert!(!words.contains(claim), "{file}: {line}");
            }
            for gendered in [" husband", " wife", "girlfriend", "boyfriend"] {
                assert!(!words.contains(gendered), "{file}: {line}");
            }
            assert!(!line.contains('!'), "{file}: {line}");
        }
    }
}

#[test]
fn rule_12_ending_well_is_open_at_every_stage() {
    for number in 0..6 {
        let (mut pair, incident) = Pair::at(StageMark::from_number(number).unwrap());
        let decision = patience::Event::TellDecision {
            incident: Some(incident),
            decision: patience::Decision::Apart,
            text: "I go".into(),
        };
        assert!(pair.ben(Action::shared(decision)).is_ok(), "stage {number}");
        let content = patience::Closing { text: "I wish you well.".into(), keeps: vec!["the photos".into()] };
        assert!(pair.ana(Action::shared(patience::Event::SendClosing { content })).is_ok());
    }
}

#[test]
fn stages_are_moved_by_the_hurt_partner_only_and_back_is_normal() {
    let (mut pair, incident) = Pair::at(StageMark::Hear);
    let to = |stage| Action::shared(incident::Event::MoveStage { incident, stage });
    assert_eq!(pair.ben(to(StageMark::Reconnect)), Err(Refusal::NotYoursToMove));
    let me = incident::Event::MyRole { incident, role: incident::Role::InjuredPartner };
    pair.ben(Action::shared(me)).unwrap();
    pair.ben(to(StageMark::Reconnect)).unwrap();
    let stage = |pair: &Pair| pair.ana.state.world().incidents.get(incident).unwrap().stage(ANA, Some(BEN));
    assert_eq!(stage(&pair), StageMark::Hear, "calling oneself hurt does not push the other forward");
    pair.ana(to(StageMark::Reconnect)).unwrap();
    assert_eq!(stage(&pair), StageMark::Reconnect);
    pair.ana(to(StageMark::Hear)).unwrap();
    assert_eq!(stage(&pair), StageMark::Hear);
    assert_eq!(pair.ben(line("hi")), Err(Refusal::StageClosed), "sharing the say does not unbind");
}

#[test]
fn gifts_dates_and_notes_stay_closed_until_light_things_are_wanted() {
    for number in 0..5 {
        let (mut pair, _) = Pair::at(StageMark::from_number(number).unwrap());
        let note = gratitude::Note { text: "thanks".into(), spot: gratitude::Spot::Today, on: None };
        assert_eq!(pair.ben(Action::shared(gratitude::Event::SendNote(note))), Err(Refusal::StageClosed));
        let card = gratitude::Event::SendGift { text: "for you".into() };
        assert_eq!(pair.ben(Action::shared(card)), Err(Refusal::StageClosed));
        assert_eq!(pair.ben(line("hello")), Err(Refusal::StageClosed));
    }
}

#[test]
fn depth_is_the_readers_choice() {
    let (mut pair, incident) = Pair::at(StageMark::StopAndTell);
    let field = |facts: &str| Field {
        section: Section::WithWhom,
        headline: "somebody from work".into(),
        facts: facts.into(),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
        when: None,
    };
    let seal = |facts: &str| {
        let content = Disclosure { fields: vec![field(facts)], own_words: String::new() };
        Action::shared(responsibility::Event::Seal { incident, content })
    };
    assert_eq!(pair.ben(seal("")), Err(Refusal::AskSafetyFirst));
    let choose = |depth| {
        let choices = vec![DepthChoice { section: Section::WithWhom, depth }];
        Action::shared(responsibility::Event::Depth { incident, choices })
    };
    let tell =
        |pair: &mut Pair, facts: &str| pair.ben_with(seal(facts), |local| local.telling_is_safe = true);
    assert_eq!(tell(&mut pair, ""), Err(Refusal::DepthNotChosen));
    pair.ana(choose(Depth::NotThat)).unwrap();
    assert_eq!(tell(&mut pair, ""), Err(Refusal::DepthNotWanted));
    pair.ana(choose(Depth::Headline)).unwrap();
    assert_eq!(tell(&mut pair, "all of it"), Err(Refusal::DepthNotWanted));
    assert!(tell(&mut pair, "").is_ok());
    pair.ana(choose(Depth::Facts)).unwrap();
    assert!(tell(&mut pair, "all of it").is_ok());
    assert_eq!(pair.ben(choose(Depth::Facts)), Err(Refusal::WrongRole));
}

#[test]
fn rule_03_a_clock_set_back_delivers_nothing() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ben(line("one")).unwrap();
    let last = pair.ben.state.events().last().unwrap().clone();
    pair.ana(Action::shared(consent::Event::Close)).unwrap();
    // Numbered after the last message, dated before it.
    let forged = |seq: u64, earlier: u64| Event {
        id: amends_domain::id::EventId { seq: last.id.seq + seq, ..last.id },
        at: amends_domain::id::Hlc(last.at.0 - (earlier << 16)),
        ..last.clone()
    };
    let applied = pair.ana.state.apply(forged(1, 500));
    assert_eq!(applied, Applied::Rejected(Refusal::Backdated));
    // Also when the honest one arrives after the forged one.
    let mut late = State::new(ANA, Some(BEN));
    late.apply(forged(1, 500));
    late.extend(pair.ana.state.events().cloned().collect::<Vec<_>>());
    assert_eq!(late, pair.ana.state);
}

#[test]
fn both_devices_agree_on_what_was_refused() {
    let (pair, _) = Pair::at(StageMark::Reconnect);
    let mut ben = pair.ben.clone();
    let mut laptop = Device::new(BEN, Some(ANA), 3);
    deliver(&ben, &mut laptop);
    let now = pair.now;
    // Two devices of Ben send two each while they do not see one another; the pace is two.
    for device in [&mut ben, &mut laptop] {
        device.act(line("one"), |_| {}, now.plus(5)).unwrap();
        device.act(line("two"), |_| {}, now.plus(6)).unwrap();
    }
    let mut ana = pair.ana.clone();
    deliver(&laptop, &mut ana);
    deliver(&ben, &mut ana);
    deliver(&laptop, &mut ben);
    assert_eq!(ana.state.world().contact.messages().count(), 2);
    let refused: Vec<_> = ana.state.rejected().collect();
    assert_eq!(refused.len(), 2);
    assert_eq!(refused, ben.state.rejected().collect::<Vec<_>>());
}
