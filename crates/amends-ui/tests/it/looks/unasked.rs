//! What who was hurt writes is left alone until they ask; danger is answered with help, asked or not.

use amends_domain::admit::listening;
use amends_domain::event::Body;
use amends_domain::view::Moment;
use amends_ui::{Live, Request, Visit};

use super::{count, last, name};
use crate::house::House;
use crate::tools::Form;
use crate::words;

const WRITE: &str = "/look/communication/write";
const FAULT: &str = "I am sorry if I hurt you, but you made me do it.";
const DANGER: &str = "I am afraid you will hit me again.";
const LEFT_ALONE: &str = "Nothing is said about them unless you ask";

/// The hints that come while one writes.
fn live(house: &House, form: &Form) -> Live {
    let visit = Visit::new(&house.state).at(Moment { now: house.now, utc_offset: 0 });
    house.core.live(&Request::post("/live", &form.sent(("", ""))), &visit, &house.session)
}

/// The form whose words are read.
fn read(html: &str) -> Form {
    Form::all(html).into_iter().find(|form| form.names().contains(&"live-genre")).expect("a page to write on")
}

/// The same with words in one box.
fn filled(html: &str, field: &str, text: &str) -> Form {
    let mut form = read(html);
    form.set(field, text);
    form
}

fn has_hints(html: &str) -> bool {
    html.contains("data-check=") || html.contains("<mark ")
}

/// Pages where kim writes to robin, each with its box.
fn places(robin: &mut House, kim: &mut House) -> Vec<(String, &'static str)> {
    let opened = robin.post("/look/listening", &[("do", "open")]).path;
    let round = opened.split('?').next().unwrap_or_default().to_owned();
    robin.post(&round, &[("do", "say"), ("text", "I was scared to tell you.")]);
    robin.hand_to(kim);
    let id = last(kim, |body| matches!(body, Body::Listening(listening::Event::OpenRound { .. })));
    assert_eq!(round, format!("/look/listening/round/{}", name(id)));
    vec![
        (WRITE.to_owned(), "text"),
        ("/look/contact".to_owned(), "text"),
        ("/look/gratitude/note".to_owned(), "text"),
        ("/look/gratitude/gift".to_owned(), "card"),
        ("/look/acceptance".to_owned(), "because-0"),
        ("/look/explanation".to_owned(), "wanted"),
        ("/look/honesty".to_owned(), "regret"),
        ("/look/honesty/promises".to_owned(), "text"),
        (round, "text"),
    ]
}

#[test]
fn who_was_hurt_gets_no_hint_before_they_ask_and_then_gets_them_live() {
    let (mut robin, mut kim) = House::couple();
    for (path, field) in places(&mut robin, &mut kim) {
        let before = count(&kim);
        let form = filled(&kim.get(&path).html, field, FAULT);
        let quiet = live(&kim, &form);
        assert!(quiet.marks.is_empty() && quiet.status.is_empty(), "{path}");
        assert!(!has_hints(&quiet.margin) && words(&quiet.margin).contains(LEFT_ALONE), "{path}");
        assert!(quiet.margin.contains("name=\"look\" value=\"yes\" class=\"with-script\""), "{path}");
        let asked = kim.post(&path, &form.sent(("look", "yes"))).html;
        assert_eq!(count(&kim), before, "{path}: asking writes nothing");
        assert!(has_hints(&asked) && !words(&asked).contains(LEFT_ALONE), "{path}");
        let form = read(&asked);
        assert_eq!(form.value(field), FAULT, "{path}: the words are still there");
        assert!(!live(&kim, &form).marks.is_empty(), "{path}: hints stay on this page");
        assert!(words(&kim.read(&path)).contains(LEFT_ALONE), "{path}: the next page is quiet again");
    }
}

#[test]
fn who_did_it_gets_the_hints_at_once_as_before() {
    let (mut robin, _) = House::couple();
    for path in [WRITE, "/look/contact", "/look/gratitude/note"] {
        let html = robin.get(path).html;
        assert!(!words(&html).contains(LEFT_ALONE) && !html.contains("live-asked"), "{path}");
        let form = filled(&html, "text", FAULT);
        assert!(has_hints(&live(&robin, &form).margin), "{path}");
        let looked = robin.post(path, &form.sent(("look", "yes"))).html;
        assert!(has_hints(&looked) && !looked.contains("live-asked"), "{path}");
    }
}

#[test]
fn words_of_danger_are_answered_with_help_without_being_asked() {
    let (_, mut kim) = House::couple();
    let form = filled(&kim.get(WRITE).html, "text", &format!("{FAULT} {DANGER}"));
    let told = live(&kim, &form);
    assert!(told.margin.contains("id=\"danger\"") && told.marks.is_empty() && !has_hints(&told.margin));
    let said = words(&told.margin);
    assert!(said.contains("Nothing else is said about your words") && !said.contains("hints come back"));
    assert_eq!(told.status, "These words speak of danger. Help is shown beside the text.");
    let page = kim.post(WRITE, &form.sent(("", ""))).html;
    assert!(page.contains("id=\"danger\"") && !has_hints(&page), "nor without a script");
}

#[test]
fn what_went_wrong_with_a_form_is_no_reason_to_speak_of_its_words() {
    let (_, mut kim) = House::couple();
    let mut form = filled(&kim.get("/look/gratitude/note").html, "text", FAULT);
    form.set("on", "some day");
    let again = kim.post("/look/gratitude/note", &form.sent(("keep", "yes"))).html;
    assert!(again.contains("role=\"alert\"") && !has_hints(&again) && words(&again).contains(LEFT_ALONE));
    let enter = kim.post("/look/gratitude/note", &form.sent(("", ""))).html;
    assert!(!has_hints(&enter), "the Enter key asks for nothing");
    let button = enter.split("data-live").nth(1).and_then(|form| form.split("<button ").nth(1));
    assert!(button.is_some_and(|button| button.starts_with("class=\"unseen\"")), "{button:?}");
}

#[test]
fn a_letter_that_was_begun_is_quiet_again_when_it_is_opened() {
    let (_, mut kim) = House::couple();
    let form = filled(&kim.get(WRITE).html, "text", FAULT);
    let asked = read(&kim.post(WRITE, &form.sent(("look", "yes"))).html);
    kim.post(&format!("{WRITE}/keep"), &asked.sent(("", "")));
    let opened = kim.get(WRITE).html;
    assert!(opened.contains("you made me do it") && !has_hints(&opened));
}
