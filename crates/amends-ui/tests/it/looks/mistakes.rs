//! Every form outside the tools, sent empty and with what does not fit: where nothing comes of it, the page says what to do,
//! and what was typed is still there.

use std::collections::BTreeSet;

use amends_ui::Answer;

use super::every::paths;
use crate::house::House;
use crate::tools::Form;
use crate::words;

const DOORS: [&str; 14] = [
    "/door/make",
    "/door/device",
    "/door/phrase",
    "/door/keys",
    "/keep",
    "/you",
    "/pair",
    "/pair/join",
    "/devices",
    "/devices/join",
    "/pace/amount",
    "/pace/mute",
    "/incident/new",
    "/guest",
];
const TYPED: &str = "Qqqq two";

#[derive(Debug, Clone, Copy)]
enum Way {
    Empty,
    Wrong,
}

fn fill_in(form: &mut Form, way: Way) {
    for control in &mut form.controls {
        control.is_on = false;
        // A browser sends the first of a list where none is chosen.
        if control.kind == "select" && control.value.is_empty() {
            control.value = control.options.first().cloned().unwrap_or_default();
        }
        control.value = match (way, control.kind.as_str()) {
            (_, "hidden" | "radio" | "checkbox" | "select") => continue,
            (Way::Empty, _) | (_, "file") => String::new(),
            (Way::Wrong, "number") => "99999".to_owned(),
            (Way::Wrong, "date") => "2026-02-31".to_owned(),
            (Way::Wrong, "time") => "25:61".to_owned(),
            (Way::Wrong, _) => TYPED.to_owned(),
        };
    }
}

/// The button that does something: not the one that only looks at the words.
fn button(form: &Form) -> (String, String) {
    let does = |(name, _): &&(String, String)| name != "look" && name != "not-here";
    form.buttons.iter().rfind(does).cloned().unwrap_or_default()
}

fn faults(house: &House, before: usize, answer: &Answer, sent: &Form) -> Vec<String> {
    if house.events().len() != before || answer.file.is_some() {
        return Vec::new();
    }
    let html = &answer.html;
    let mut found = Vec::new();
    if !html.contains("role=\"alert\"") {
        found.push("nothing is said".to_owned());
    }
    if words(html).contains("This form is not known here") {
        found.push("it is said that the form is not known".to_owned());
    }
    let back: Vec<Form> = Form::all(html).into_iter().filter(|form| form.action == sent.action).collect();
    let secret =
        |kind: &str| ["hidden", "radio", "checkbox", "select", "file", "password", "submit"].contains(&kind);
    for control in sent.controls.iter().filter(|control| !secret(&control.kind) && control.value == TYPED) {
        if !back
            .iter()
            .any(|form| form.names().contains(&control.name.as_str()) && form.value(&control.name) == TYPED)
        {
            found.push(format!("{} is lost", control.name));
        }
    }
    found
}

#[test]
fn every_other_form_with_a_mistake_says_what_to_do_and_keeps_what_was_typed() {
    let (robin, kim) = House::couple();
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for mut house in [House::solo(), robin, kim] {
        let mut pages = paths(&house);
        pages.extend(DOORS.map(str::to_owned));
        for path in pages {
            let count = Form::all(&house.get(&path).html).len();
            for (at, way) in (0..count).flat_map(|at| [(at, Way::Empty), (at, Way::Wrong)]) {
                let Some(mut form) = Form::all(&house.get(&path).html).into_iter().nth(at) else { continue };
                let asks = form.controls.iter().any(|control| {
                    ["text", "textarea", "date", "time", "number", "password", "radio"]
                        .contains(&control.kind.as_str())
                });
                if !asks || form.action.ends_with("/place") {
                    continue;
                }
                fill_in(&mut form, way);
                let before = house.events().len();
                let pressed = button(&form);
                let answer = house.post(&form.action, &form.sent((&pressed.0, &pressed.1)));
                let names = form.names().join(" ");
                for fault in faults(&house, before, &answer, &form) {
                    if seen.insert(format!("{} {names} {way:?}: {fault}", form.action)) {
                        wrong.push(format!("{path} -> {} [{names}] {way:?}: {fault}", form.action));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}
