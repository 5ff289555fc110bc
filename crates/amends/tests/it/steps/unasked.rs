//! Somebody who did harm in one incident and was hurt in another: what they write decides whether anything is said about
//! it unasked. Words of danger are always answered with help.

use serde_json::{Value, json};

use crate::stdout;
use crate::vault::Owner;

const FAULT: &str = "I'm sorry if I hurt you, but you were never home.";
const DANGER: &str = "I am afraid you will hit me again.";
const LEFT_ALONE: &str = "Nothing is said about them unless you ask";

/// Somebody who was hurt in the first incident and did harm in the second.
fn both() -> Owner {
    let owner = Owner::new();
    owner.succeeds(&["incident", "--tool", "open"], "5\nThe second card\n2\nkeep\n");
    owner.succeeds(&["incident", "--tool", "open"], "5\nThe bet\n1\nkeep\n");
    owner
}

/// What is said to a tool that is answered like this and left; then the same to words of danger.
fn said(owner: &Owner, step: &str, tool: &str, answers: impl Fn(&str) -> String) -> String {
    // What was typed is kept: without the part about danger it is begun anew.
    let runs = |text: &str| {
        let kept = owner.lists(step)["drafts"].as_array().is_some_and(|drafts| !drafts.is_empty());
        let anew = if kept { "no\n" } else { "" };
        stdout(&owner.runs(&[step, "--tool", tool], &format!("{anew}{}leave\n", answers(text))))
    };
    let help = runs(&format!("{FAULT} {DANGER}"));
    assert!(help.contains("an abuse help line listens") && !help.contains("Why:"), "{help}");
    let said = runs(FAULT);
    assert_ne!(said.contains("Why:"), said.contains(LEFT_ALONE), "{said}");
    assert_eq!(said.contains("keep, edit, leave or look?"), said.contains(LEFT_ALONE), "{said}");
    said
}

#[test]
fn a_letter_takes_the_side_its_writer_has_in_its_incident() {
    let owner = both();
    for (incident, told) in [("2", true), ("1", false), ("-", false)] {
        let text = said(&owner, "communication", "letter", |text| format!("{incident}\nfor_me\n{text}\n\n"));
        assert_eq!(text.contains("Why:"), told, "{incident}: {text}");
    }
    let looked =
        stdout(&owner.runs(
            &["communication", "--tool", "letter"],
            &format!("no\n1\nfor_me\n{FAULT}\n\nlook\nleave\n"),
        ));
    assert!(looked.contains(LEFT_ALONE) && looked.contains("Why:"), "until they ask: {looked}");
}

#[test]
fn words_that_were_left_alone_are_not_when_they_turn_out_to_be_about_the_other_incident() {
    let owner = both();
    let answers = format!("1\nfor_me\n{FAULT}\n\nedit\n1\n2\nleave\n");
    let text = stdout(&owner.runs(&["communication", "--tool", "letter"], &answers));
    let (before, after) = text.split_once("keep, edit, leave or look?").expect("it was asked");
    assert!(before.contains(LEFT_ALONE) && !before.contains("Why:"), "{before}");
    assert!(after.contains("Why:") && !after.contains(LEFT_ALONE), "{after}");
}

#[test]
fn a_tool_of_who_did_harm_gives_hints_at_once_but_not_about_what_was_done_to_its_writer() {
    let owner = both();
    for (incident, told) in [("-", true), ("2", true), ("1", false)] {
        let text = said(&owner, "honesty", "apology", |text| format!("{incident}\n{text}\n\n\n\n\n\n"));
        assert_eq!(text.contains("Why:"), told, "{incident}: {text}");
        assert_eq!(text.contains("Not in it yet:"), told, "{incident}: nor of what is missing: {text}");
    }
}

#[test]
fn a_promise_in_words_that_were_left_alone_is_not_pointed_at() {
    for (incident, told) in [("2", true), ("1", false)] {
        let answers = format!("{incident}\nfor_me\nI will show you the account on Friday.\n\nkeep\n");
        let text = both().succeeds(&["communication", "--tool", "letter"], &answers);
        assert_eq!(text.contains("There is a promise in it"), told, "{incident}: {text}");
    }
}

#[test]
fn programs_get_hints_where_people_get_them_and_danger_always() {
    let owner = both();
    let incidents = owner.lists("incident");
    let named = |title: &str| {
        let all = incidents["entries"].as_array().expect("a list");
        let found = all.iter().find(|entry| entry["content"]["title"] == title);
        found.expect("it was opened")["id"].clone()
    };
    let writes = |incident: Value, text: &str, look: bool| -> Value {
        let content = json!({ "purpose": "for_me", "text": text });
        let event = json!({ "save_letter": { "incident": incident, "content": content } });
        let action = json!({ "event": event, "look": look }).to_string();
        serde_json::from_str(owner.succeeds(&["communication", "--json"], &action).trim()).expect("JSON")
    };
    let n_hints = |answer: &Value| answer["hints"].as_array().map_or(0, Vec::len);
    assert!(n_hints(&writes(named("The bet"), FAULT, false)) > 0);
    let alone = writes(named("The second card"), FAULT, false);
    assert!(n_hints(&alone) == 0 && alone.get("danger").is_none(), "{alone}");
    assert!(n_hints(&writes(named("The second card"), FAULT, true)) > 0);
    let afraid = writes(named("The second card"), DANGER, false);
    assert_eq!((n_hints(&afraid), &afraid["danger"][0]["kind"]), (0, &json!("fear")), "{afraid}");
    assert!(afraid["danger"][0]["text"].as_str().is_some_and(|text| text.contains("help line")), "{afraid}");
}
