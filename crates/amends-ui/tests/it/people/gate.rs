//! The eight questions: what follows, and that nothing of them is left.

use amends_domain::consent::Connection;
use amends_domain::event::{Body, Space};
use amends_domain::id::WEEK;
use amends_domain::safety::Event;
use amends_ui::{Answer, Door};

use crate::house::House;
use crate::words;

/// Answers, one letter each: y, n, s.
fn fields(answers: &str) -> Vec<(String, String)> {
    let value = |letter| match letter {
        'y' => "yes",
        'n' => "no",
        _ => "skip",
    };
    (1..)
        .zip(answers.chars())
        .map(|(number, letter)| (format!("a{number}"), value(letter).to_owned()))
        .collect()
}

fn send(house: &mut House, path: &str, answers: &str) -> Answer {
    let fields = fields(answers);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    house.post(path, &fields)
}

fn finish(house: &mut House, answers: &str) -> String {
    words(&send(house, "/safety/questions/9", answers).html)
}

/// Whether the part for two is closed here by the questions.
fn is_closed(house: &House) -> bool {
    house.vault().state().world().safety.closed_since().is_some()
}

#[test]
fn there_is_one_question_on_each_screen_and_the_answers_travel_in_the_form_alone() {
    let mut house = House::empty();
    assert!(house.read("/safety/questions").contains("Nobody else sees your answers"));
    let mut answers = String::new();
    for number in 1..=8 {
        let path = format!("/safety/questions/{number}");
        let answer = send(&mut house, &path, &answers);
        assert!(words(&answer.html).contains(&format!("Question {number} of 8")));
        assert_eq!(answer.html.matches("<h1").count(), 1);
        let carried = answer.html.matches("type=\"hidden\" name=\"a").count();
        assert_eq!(
            carried,
            (number - 1) + (number - 1_usize).saturating_sub(1),
            "on, and back to the one before"
        );
        assert!(!answer.path.contains('?') && answer.path == path, "no answer in an address");
        assert!(answer.effects.is_empty() && answer.said.is_none());
        answers.push(if number % 2 == 0 { 'y' } else { 'n' });
    }
}

#[test]
fn an_address_alone_never_shows_an_answer() {
    let mut house = House::solo();
    send(&mut house, "/safety/questions/5", "yyyy");
    for path in ["/safety/questions", "/safety/questions/5", "/safety/questions/9", "/safety/questions/open"]
    {
        let html = house.get(path).html;
        assert!(html.contains("/safety/questions/1") && !html.contains("name=\"a1\""), "{path}");
    }
}

#[test]
fn outcomes_are_as_the_evidence_has_them() {
    for (answers, said, closed) in [
        ("nnnnnnnn", "You can open the part for two", false),
        ("nynnnnnn", "stays closed. This is a case", true),
        ("nnynnnnn", "there are people who", true),
        ("nnnnynnn", "stays closed. This is a case", true),
        ("nnnnnynn", "No contact means no messages", true),
        ("ynnnnnnn", "stays closed for now. Read the help page first", true),
        ("nnnynnnn", "stays closed for now. Read the help page first", true),
        ("nnnnnnyn", "stays closed for now. Read the help page first", true),
        ("nnnnnnny", "Please talk to somebody first", true),
        ("ssssssss", "You left out a question", true),
        ("nnnnnnns", "You left out a question", true),
    ] {
        let (mut robin, mut kim) = House::couple();
        for house in [&mut robin, &mut kim] {
            let text = finish(house, answers);
            assert!(text.contains(said), "{answers}: {text}");
            assert_eq!(is_closed(house), closed, "{answers}");
        }
    }
}

#[test]
fn help_comes_at_once_the_most_urgent_first() {
    let mut house = House::solo();
    house.state.settings.country = Some("SE".into());
    let text = finish(&mut house, "nnynnnny");
    let crisis = text.find("Please talk to somebody first").unwrap();
    let force = text.find("If you used force").unwrap();
    assert!(crisis < force && text.find("112").unwrap() < crisis);
    assert!(text.contains("90101") || text.contains("When life feels unbearable"));
    assert!(house.get("/safety/letters").html.contains("are closed here"));
    assert!(house.vault().state().world().safety.tools_closed());
    let other = House::solo().read("/safety/letters");
    assert!(
        other.contains("The next step is to stop") && !other.contains("closed"),
        "nothing is closed: {other}"
    );
}

#[test]
fn it_works_without_a_vault_and_with_a_locked_one_and_is_then_only_told() {
    let mut empty = House::empty();
    assert!(finish(&mut empty, "nynnnnnn").contains("nothing was written"));
    assert_eq!(empty.door(), Door::Empty);
    let mut locked = House::solo();
    locked.session.lock(locked.now);
    let tidied = locked.disk.bytes();
    assert!(finish(&mut locked, "ynnnnnnn").contains("nothing was written"));
    assert!(locked.disk.bytes() == tidied, "not a byte more");
}

#[test]
fn what_is_written_says_open_or_closed_and_never_why() {
    let traces: Vec<(Vec<Body>, Vec<usize>)> = ["ynnnnnnn", "nynnnnnn", "nnnnnnny", "ssssssss", "nnnnnnns"]
        .iter()
        .map(|answers| {
            let mut house = House::solo();
            finish(&mut house, answers);
            (house.events().into_iter().map(|event| event.body).collect(), house.disk.sizes())
        })
        .collect();
    for trace in &traces {
        assert_eq!(trace.0, [Body::Safety(Event::Door { open: false })]);
        assert_eq!(*trace, traces[0], "afraid, hurt, in crisis and left out leave the same bytes");
    }
}

#[test]
fn nothing_of_it_is_kept_by_the_device() {
    let mut house = House::solo();
    let before = house.state.clone();
    for number in 1..=9 {
        let answer = send(&mut house, &format!("/safety/questions/{number}"), "yyyyyyyy");
        assert!(answer.effects.is_empty() && answer.said.is_none());
    }
    assert_eq!(house.state, before);
    assert_eq!(house.vault().drafts().count(), 0);
    let bytes = house.disk.bytes();
    assert!(!bytes.windows(4).any(|part| part == b"gate"));
}

#[test]
fn to_the_other_person_failing_skipping_and_not_answering_look_the_same() {
    for answers in
        ["ynnnnnnn", "nynnnnnn", "nnynnnnn", "nnnynnnn", "nnnnynnn", "nnnnnnyn", "nnnnnnny", "ssssssss"]
    {
        let (mut robin, mut kim) = House::couple();
        let shared = |house: &House| {
            house.events().into_iter().filter(|event| event.space == Space::Shared).collect::<Vec<_>>()
        };
        let (before, page) = (shared(&kim), robin.read("/"));
        finish(&mut kim, answers);
        assert_eq!(shared(&kim), before, "{answers}: nothing crosses");
        kim.hand_to(&mut robin);
        assert_eq!(robin.read("/"), page);
        // Four weeks on, the channel lapses in the same way as if nobody had answered.
        robin.wait(4 * WEEK);
        let connection = robin.vault().state().connection(robin.vault().me(), robin.now);
        assert_eq!(connection, Connection::NoAnswerYet);
    }
}

#[test]
fn a_court_order_stops_sending_both_ways_with_the_same_event_as_a_closed_door() {
    let (mut robin, mut kim) = House::couple();
    let open = kim.vault().state().world().consent.is_open(kim.vault().me(), kim.now);
    finish(&mut kim, "nnnnnynn");
    let closes = |house: &House| {
        house
            .events()
            .iter()
            .filter(|event| matches!(event.body, Body::Consent(amends_domain::consent::Event::Close)))
            .count()
    };
    assert_eq!(closes(&kim), usize::from(open));
    kim.hand_to(&mut robin);
    assert_eq!(robin.vault().state().connection(robin.vault().me(), robin.now), Connection::NoAnswerYet);
}

#[test]
fn the_part_for_two_opens_only_with_the_answers_in_hand_and_after_reading_where_that_is_due() {
    let (_, mut kim) = House::couple();
    let is_open = |house: &House| {
        let world = house.vault().state().world();
        world.safety.closed_since().is_none() && world.consent.is_open(world.me, house.now)
    };
    kim.post("/pace/close", &[]);
    assert!(!is_open(&kim));
    kim.post("/safety/questions/open", &[]);
    assert!(!is_open(&kim), "without answers nothing opens");
    finish(&mut kim, "ynnnnnnn");
    let answer = send(&mut kim, "/safety/questions/open", "ynnnnnnn");
    assert!(words(&answer.html).contains("Read first") && !is_open(&kim));
    let mut fields = fields("ynnnnnnn");
    fields.push(("read".into(), "yes".into()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = kim.post("/safety/questions/open", &fields);
    assert!(is_open(&kim), "{}", words(&answer.html));
    finish(&mut kim, "nynnnnnn");
    send(&mut kim, "/safety/questions/open", "nynnnnnn");
    assert!(!is_open(&kim), "where force was used, it does not open");
}

#[test]
fn who_answered_alone_finds_the_questions_again_when_somebody_is_there() {
    let (_, kim) = House::couple();
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    finish(&mut house, "nnnnnnnn");
    assert!(!house.read("/").contains("Eight questions"), "nobody is there yet");
    house.session.vault_mut().unwrap().pair_with(kim.vault().me()).unwrap();
    assert!(
        house.read("/").contains("Eight questions, only for you"),
        "or the part for two stays shut for ever"
    );
    assert!(house.read("/pair").contains("They open the part for two"));
    finish(&mut house, "nnnnnnny");
    assert!(!house.read("/").contains("Eight questions"), "closed by the answers: nobody asks again today");
}

#[test]
fn a_week_that_felt_less_safe_leads_to_the_questions_until_they_were_looked_at() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "injured_partner"), ("title", "The card")]);
    house.post("/look/patience/check-in", &[("do", "keep"), ("felt_safe", "2")]);
    house.wait(amends_domain::id::MINUTE);
    assert!(house.read("/").contains("Is this safe?"));
    finish(&mut house, "nnnnnnnn");
    assert!(!house.read("/").contains("Is this safe?"), "it was looked at");
}
