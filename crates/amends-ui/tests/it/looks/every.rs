//! What holds for every one of these screens.

use amends_domain::admit::responsibility;
use amends_domain::event::Body;
use amends_domain::prove::communication;
use amends_guide::STEPS;
use amends_messages::Locale;
use amends_reader::Reader;
use amends_ui::{Core, Request, Shell, Visit};

use super::{count, last, name};
use crate::house::House;
use crate::{begun, words};

const BELOW: [&str; 31] = [
    "perspective/values",
    "perspective/hard-words",
    "listening/practice",
    "listening/together",
    "acceptance/feelings",
    "acceptance/letter",
    "change/week",
    "change/calendar",
    "honesty/promises",
    "communication/letters",
    "communication/write",
    "communication/counselor",
    "needs/board",
    "needs/control",
    "activities/rate",
    "activities/chosen",
    "activities/filter",
    "gratitude/note",
    "gratitude/gift",
    "gratitude/chores",
    "patience/check-in",
    "patience/controlled",
    "patience/review",
    "responsibility",
    "perspective",
    "listening",
    "acceptance",
    "explanation",
    "change",
    "honesty",
    "communication",
];

/// Addresses of all screens, those of single entries among them.
pub(super) fn paths(house: &House) -> Vec<String> {
    let mut all: Vec<String> = STEPS.iter().map(|step| format!("/look/{}", step.slug)).collect();
    all.extend(BELOW.iter().map(|path| format!("/look/{path}")));
    for event in house.events() {
        let id = name(event.id);
        match &event.body {
            Body::Responsibility(responsibility::Event::Seal { .. }) => {
                all.extend([
                    format!("/look/responsibility/{id}"),
                    format!("/look/responsibility/{id}/print"),
                ]);
            }
            Body::Listening(amends_domain::admit::listening::Event::OpenRound { .. }) => {
                all.push(format!("/look/listening/round/{id}"));
            }
            Body::Listening(amends_domain::admit::listening::Event::Practice { .. }) => {
                all.push(format!("/look/listening/noticed/{id}"));
            }
            Body::Communication(communication::Event::SaveLetter(save)) if save.doc.is_none() => {
                all.extend([
                    format!("/look/communication/write/{id}"),
                    format!("/look/communication/reread/{id}"),
                ]);
            }
            Body::Communication(communication::Event::Send { .. }) => {
                all.push(format!("/look/communication/letter/{id}"));
            }
            Body::Communication(communication::Event::ProposeTalk(_)) => {
                all.push(format!("/look/communication/talk/{id}"));
            }
            Body::Communication(communication::Event::Packet { .. }) => {
                all.push(format!("/look/communication/packet/{id}"));
            }
            Body::Incident(amends_domain::incident::Event::Open { .. }) => {
                all.push(format!("/look/responsibility/depth/{id}"));
            }
            _ => {}
        }
    }
    all
}

fn houses() -> [House; 3] {
    let (robin, kim) = House::couple();
    [robin, kim, House::solo()]
}

#[test]
fn looking_changes_nothing_and_every_screen_is_there_for_everybody() {
    for mut house in houses() {
        let before = count(&house);
        for path in paths(&house) {
            let answer = house.get(&path);
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.effects.is_empty(), "{path}");
            assert_eq!(answer.html.matches("<h1").count(), 1, "{path}");
            assert!(answer.html.contains("<title>Notes</title>"), "{path}");
            assert!(!answer.html.contains("style=\"") && !answer.html.contains(" onclick"), "{path}");
        }
        assert_eq!(count(&house), before);
    }
}

#[test]
fn without_an_open_vault_there_is_the_door() {
    let mut house = House::empty();
    for step in &STEPS {
        let read = house.read(&format!("/look/{}", step.slug));
        assert!(!read.contains("Not found"), "{}", step.slug);
        assert!(house.get(&format!("/look/{}", step.slug)).html.contains("/door"), "{}", step.slug);
    }
}

#[test]
fn every_box_and_button_has_a_name_and_nothing_goes_to_a_spell_checker() {
    for mut house in houses() {
        for path in paths(&house) {
            let html = house.get(&path).html;
            for tag in html.split("<textarea").skip(1) {
                let tag = tag.split('>').next().unwrap_or_default();
                assert!(
                    tag.contains("spellcheck=\"false\"") && tag.contains("autocomplete=\"off\""),
                    "{path}: {tag}"
                );
                let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
                assert!(html.contains(&format!("for=\"{id}\"")), "{path}: no label for {id}");
            }
            let main = html.split_once("<main").map_or("", |(_, main)| main);
            for form in main.split("<form").skip(1) {
                let head = form.split('>').next().unwrap_or_default();
                assert!(
                    head.contains("method=\"post\"") && head.contains("autocomplete=\"off\""),
                    "{path}: {head}"
                );
            }
            for svg in html.split("<svg").skip(1) {
                assert!(svg.contains("<title") && svg.contains("<desc"), "{path}");
            }
            let mut ids: Vec<&str> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: an id stands twice");
        }
    }
}

#[test]
fn no_screen_praises_counts_days_or_asks_for_forgiveness() {
    for mut house in houses() {
        for path in paths(&house) {
            let text = house.read(&path).to_lowercase();
            for phrase in [
                "please forgive",
                "forgive me",
                "days since",
                "streak",
                "score",
                "well done",
                "great job",
                "!",
            ] {
                assert!(!text.contains(phrase), "{path}: {phrase}");
            }
        }
    }
}

#[test]
fn no_screen_holds_words_that_are_in_no_message_file() {
    let (robin, _) = House::couple();
    let core = Core::with_locale(Reader::by_rules(), Shell::default(), Locale::Accented);
    let state = begun();
    let visit = Visit::new(&state).at(amends_domain::view::Moment { now: robin.now, utc_offset: 0 });
    let mut solo = House::solo();
    for path in paths(&solo) {
        let html = core.handle(&Request::get(&path), &visit, &mut solo.session).html;
        let text = words(&html);
        let left: Vec<&str> = text
            .split_whitespace()
            .filter(|word| word.len() > 3 && word.chars().all(|letter| letter.is_ascii_alphabetic()))
            .collect();
        assert!(left.is_empty(), "{path}: {left:?}");
    }
}

#[test]
fn an_unknown_place_or_a_forged_form_changes_nothing() {
    let (mut robin, _) = House::couple();
    let before = count(&robin);
    for path in ["/look/nothing", "/look/listening/nothing", "/look/listening/round/x", "/look/needs/board/1"]
    {
        assert_eq!(robin.get(path).status, 404, "{path}");
    }
    for step in &STEPS {
        let path = format!("/look/{}", step.slug);
        for wish in ["", "nothing", "keep"] {
            assert!(robin.post(&path, &[("do", wish)]).status < 500);
        }
    }
    assert_eq!(count(&robin), before);
    let letter = last(&robin, |body| matches!(body, Body::Communication(communication::Event::Send { .. })));
    let answer = robin.post(&format!("/look/communication/letter/{}", name(letter)), &[("do", "open")]);
    assert!(words(&answer.html).contains("Only the other person can do that"), "own letters are not opened");
    assert_eq!(count(&robin), before);
}

#[test]
fn hints_follow_while_one_writes_and_what_is_begun_is_there_again() {
    let mut house = House::solo();
    let html = house.get("/look/honesty").html;
    let field = |name: &str| {
        let rest = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert!(html.contains("data-live") && html.contains("data-keep=\"/look/honesty/keep\""));
    let genre = field("live-genre");
    let fields = [
        ("live-genre", genre.as_str()),
        ("live-box", "responsibility"),
        ("live-box", "repair"),
        ("do", "save"),
    ];
    let words = [("responsibility", "I lied to you in May."), ("repair", "I am sorry if I hurt you.")];
    let request = Request::post("/live", &[fields.as_slice(), &words].concat());
    let visit = Visit::new(&house.state);
    let live = house.core.live(&request, &visit, &house.session);
    assert!(live.margin.contains("data-check=\"conditional-apology\""));
    assert!(live.marks.iter().all(|mark| mark.field == 1), "the hint is in the second box");
    house.post("/look/honesty/keep", &[fields.as_slice(), &words].concat());
    assert_eq!(count(&house), 0, "nothing is written yet");
    assert!(house.get("/look/honesty").html.contains("I lied to you in May."));
    house.post("/look/honesty", &[("do", "save"), words[0], words[1]]);
    assert!(house.vault().drafts().next().is_none(), "sent, and so no longer begun");
}

#[test]
fn the_page_of_a_step_leads_to_its_screen() {
    let (mut robin, _) = House::couple();
    for step in &STEPS {
        let html = robin.get(&format!("/step/{}", step.slug)).html;
        assert!(html.contains(&format!("href=\"/look/{}\"", step.slug)), "{}", step.slug);
    }
}
