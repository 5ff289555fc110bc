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
