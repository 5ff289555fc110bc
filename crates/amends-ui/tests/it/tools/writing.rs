//! The checks while one writes in a form with several boxes.

use amends_domain::view::Moment;
use amends_ui::{Live, Request, Visit};

use super::{Form, open};
use crate::house::House;
use crate::words;

fn live(house: &House, form: &Form) -> Live {
    let request = Request::post("/live", &form.sent(("", "")));
    let visit = Visit::new(&house.state).at(Moment { now: house.now, utc_offset: 0 });
    house.core.live(&request, &visit, &house.session)
}

#[test]
fn hints_are_found_in_every_box_and_marked_in_the_right_one() {
    let (robin, mut solo) = (House::couple().0, House::solo());
    drop(robin);
    let mut form = open(&mut solo, "/step/honesty/apology");
    form.set("parts.responsibility.text", "I hid the card from you \u{1F494}.");
    form.set("parts.regret.text", "I am sorry if I hurt you.");
    let live = live(&solo, &form);
    assert!(!live.marks.is_empty());
    let text: Vec<u16> = "I am sorry if I hurt you.".encode_utf16().collect();
    for mark in &live.marks {
        assert_eq!(mark.field, 2, "the third box of the apology is the regret: {:?}", live.marks);
        assert!((mark.end as usize) <= text.len() && mark.start < mark.end);
    }
    assert!(live.margin.contains("<article"));
    let parts = words(&live.margin);
    assert!(parts.contains("Not in it yet:") && parts.contains("What I do to make good"), "{parts}");
}

#[test]
fn the_page_shows_the_marks_without_a_script() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/honesty/apology");
    form.set("parts.regret.text", "I am sorry if I hurt you.");
    let html = solo.post(&form.action, &form.sent(("_do", "look"))).html;
    assert!(html.contains("<mark data-hint=\"1\">"));
}

#[test]
fn a_place_marked_not_here_rests_in_forms_too() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/honesty/apology");
    form.set("parts.regret.text", "I am sorry if I hurt you.");
    let first = live(&solo, &form);
    let value =
        first.margin.split("name=\"not-here\" value=\"").nth(1).map(|rest| &rest[..16]).expect("a hint");
    let value = value.to_owned();
    let html = solo.post(&form.action, &form.sent(("not-here", &value))).html;
    assert!(!html.contains("<mark "), "{}", words(&html));
    assert!(live(&solo, &form).marks.is_empty());
    assert_eq!(
        Form::find(&html, "tool").expect("the form").value("parts.regret.text"),
        "I am sorry if I hurt you."
    );
}

#[test]
fn what_who_was_hurt_writes_is_not_read() {
    let mut solo = House::solo();
    let html = solo.get("/step/acceptance/letter").html;
    assert!(!html.contains("data-checked") && !html.contains("id=\"margin\""));
}

#[test]
fn forms_leave_who_was_hurt_alone_until_they_ask_but_for_danger() {
    let (mut robin, mut kim) = House::couple();
    let fault = "I am sorry if I hurt you, but you made me do it.";
    for path in ["/step/communication/letter", "/step/contact/send", "/step/gratitude/note"] {
        let mut form = open(&mut kim, path);
        form.set("text", fault);
        let quiet = live(&kim, &form);
        assert!(quiet.marks.is_empty() && quiet.status.is_empty(), "{path}");
        assert!(words(&quiet.margin).contains("unless you ask") && !quiet.margin.contains("data-check="));
        let looked = kim.post(path, &form.sent(("_do", "look"))).html;
        assert!(!looked.contains("<mark "), "{path}: the Enter key asks for nothing");
        let asked = kim.post(path, &form.sent(("_do", "ask"))).html;
        assert!(asked.contains("<mark ") && !words(&asked).contains("unless you ask"), "{path}");
        let form = Form::find(&asked, "tool").expect("the form is still there");
        assert_eq!(form.value("text"), fault);
        assert!(!live(&kim, &form).marks.is_empty(), "{path}: hints stay on this page");
        kim.post(&format!("{path}/keep"), &form.sent(("", "")));
        let begun = kim.get(path).html;
        assert!(begun.contains("made me do it") && !begun.contains("<mark "), "{path}: quiet again");
        let mut form = open(&mut kim, path);
        form.set("text", "I am afraid you will hit me again.");
        assert!(live(&kim, &form).margin.contains("id=\"danger\""), "{path}");
    }
    let mut form = open(&mut robin, "/step/communication/letter");
    form.set("text", fault);
    assert!(!live(&robin, &form).marks.is_empty(), "who did it sees the hints at once");
}

#[test]
fn a_reply_is_read_beside_what_was_said() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/listening/practice");
    form.set("reply", "You waited, and nobody came. That was lonely. What did you do? Why?");
    assert!(live(&solo, &form).margin.len() > 20);
    super::send(&mut solo, &form);
    let event = serde_json::to_value(&solo.events()[0].body).expect("bodies encode");
    assert_eq!(event["listening"]["practice"]["tally"]["questions"], 2);
}

#[test]
fn danger_shows_help_in_a_form() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/communication/letter");
    form.set("text", "If you leave me I will kill myself.");
    let live = live(&solo, &form);
    assert!(live.margin.contains("id=\"danger\"") && live.marks.is_empty());
}
