//! Every form of the program, sent empty and with wrong values: it says what to do, at the field and above, and keeps
//! what was typed.

use std::collections::BTreeSet;

use amends_ui::forms;

use super::dom::Tag;
use super::{Form, send, tags};
use crate::house::House;
use crate::words;

/// Ways to fill a form in wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Empty,
    /// Words where words go; numbers, days and times that do not exist; nothing chosen.
    Wrong,
}

fn fill_in(form: &mut Form, way: Way) {
    for control in &mut form.controls {
        control.is_on = false;
        control.value = match (way, control.kind.as_str()) {
            (_, "hidden" | "radio" | "checkbox") => continue,
            (Way::Empty, _) | (_, "select") => String::new(),
            (Way::Wrong, "number") => "99999".to_owned(),
            (Way::Wrong, "date") => "2026-02-31".to_owned(),
            (Way::Wrong, "time") => "25:61".to_owned(),
            (Way::Wrong, "datetime-local") => "2026-02-31T25:61".to_owned(),
            (Way::Wrong, _) => "Qqqq \"two\" <b>".to_owned(),
        };
    }
}

/// What is wrong with the page that answers a mistake.
fn faults(html: &str, sent: &Form) -> Vec<String> {
    let all = tags(html);
    let mut found = Vec::new();
    let with_id = |id: &str| all.iter().find(|tag| tag.get("id") == id);
    let focus = all.iter().filter(|tag| tag.has("data-focus") && tag.get("role") == "alert").count();
    if focus != 1 {
        found.push(format!("{focus} reports take the focus"));
    }
    let links: Vec<&str> =
        all.iter().filter_map(|tag| tag.get("href").strip_prefix("#f-")).filter(|_| true).collect();
    for name in links {
        let Some(place) = with_id(&format!("f-{name}")) else {
            found.push(format!("a link leads nowhere: {name}"));
            continue;
        };
        let wrong = format!("wrong-{name}");
        if !place.get("aria-describedby").split(' ').any(|id| id == wrong) {
            found.push(format!("{name} is not tied to its message"));
        }
        if with_id(&wrong).is_none_or(|said| said.text.trim().is_empty()) {
            found.push(format!("{name} has no message"));
        }
        let is_control = |tag: &Tag| ["input", "textarea", "select"].contains(&tag.name.as_str());
        if is_control(place) && place.get("aria-invalid") != "true" {
            found.push(format!("{name} is not marked"));
        }
    }
    match Form::find(html, "tool") {
        None => found.push("the form is gone".to_owned()),
        Some(back) => {
            let typed = sent.controls.iter().filter(|control| {
                !["hidden", "radio", "checkbox", "submit"].contains(&control.kind.as_str())
            });
            for control in typed.filter(|control| back.value(&control.name) != control.value) {
                found.push(format!("{} lost {:?}", control.name, control.value));
            }
        }
    }
    found
}

#[test]
fn every_form_with_a_mistake_says_what_to_do_and_keeps_what_was_typed() {
    let mut wrong = Vec::new();
    let mut reached = BTreeSet::new();
    let (robin, kim) = House::couple();
    for (who, mut house) in [("doer", robin), ("hurt", kim), ("alone", House::solo())] {
        for path in forms() {
            for way in [Way::Empty, Way::Wrong] {
                let Some(mut form) = Form::find(&house.get(&path).html, "tool") else { continue };
                fill_in(&mut form, way);
                let before = house.events().len();
                let answer = send(&mut house, &form);
                if house.events().len() > before || answer.path != path {
                    // Nothing was asked for that cannot be left out: then it is no mistake.
                    continue;
                }
                reached.insert(path.clone());
                let found = faults(&answer.html, &form);
                wrong.extend(found.into_iter().map(|fault| format!("{who} {path} {way:?}: {fault}")));
                assert!(!words(&answer.html).contains("Kept."), "{path}");
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
    assert!(reached.len() > forms().len() / 2, "only {reached:?}");
}
