//! Question by question: answers, hints, keep, edit, leave, a kill in between.

use std::io::{Read as _, Write as _};

use crate::stdout;
use crate::vault::Owner;

fn open_incident(owner: &Owner) {
    let answers = "5\nThe second card\n1\nkeep\n";
    let text = owner.succeeds(&["incident", "--tool", "open"], answers);
    assert!(text.contains("Kept."), "{text}");
}

#[test]
fn a_letter_gets_at_most_three_hints_and_is_kept_edited_or_left() {
    let owner = Owner::new();
    let bad = "I'm sorry if I hurt you, but you were never home. You always do this. I promise I will never ever lie again.";
    let output = owner.runs(&["communication", "--tool", "letter"], &format!("for_me\n{bad}\n\nleave\n"));
    assert_eq!(output.status.code(), Some(1), "nothing was written");
    let text = stdout(&output);
    let n_hints = text.matches("Why:").count();
    assert!((1..=3).contains(&n_hints), "{text}");
    assert!(text.contains("What you typed is kept here."), "{text}");
    let list = owner.lists("communication");
    assert_eq!(list["entries"].as_array().map(Vec::len), Some(0), "left is not kept as an entry");
    assert!(list["drafts"][0]["text"].as_str().is_some_and(|text| text.contains(bad)), "{list}");

    // Go on, write the text again, keep.
    let text = owner.succeeds(
        &["communication", "--tool", "letter"],
        "yes\nedit\n2\nI hid the letters. I will show you the account on Sunday.\n\nkeep\n",
    );
    assert!(text.contains("Kept."), "{text}");
    let list = owner.lists("communication");
    assert_eq!(
        list["entries"][0]["content"]["content"]["text"],
        "I hid the letters. I will show you the account on Sunday."
    );
    assert_eq!(list["drafts"].as_array().map(Vec::len), Some(0), "what is finished is no draft");
}

#[test]
fn who_was_hurt_gets_hints_only_when_they_ask_and_help_at_once() {
    let letter = |text: &str, then: &str| {
        let owner = Owner::new();
        owner.succeeds(&["incident", "--tool", "open"], "5\nThe second card\n2\nkeep\n");
        let answers = format!("for_me\n{text}\n\n{then}leave\n");
        stdout(&owner.runs(&["communication", "--tool", "letter"], &answers))
    };
    let fault = "I'm sorry if I hurt you, but you were never home.";
    let text = letter(fault, "");
    assert!(!text.contains("Why:") && text.contains("Nothing is said about them unless you ask"), "{text}");
    let text = letter(fault, "look\n");
    assert!(text.contains("Why:"), "{text}");
    let text = letter("I am afraid you will hit me again.", "");
    assert!(text.contains("an abuse help line listens") && !text.contains("Why:"), "{text}");
}

#[test]
fn a_new_version_keeps_what_enter_alone_passes_over() {
    let owner = Owner::new();
    open_incident(&owner);
    owner.succeeds(&["explanation", "--tool", "page"], "Quiet.\n\nA fight.\n\nIt is only once.\n\nAt the bank.\n\nI signed.\n\nI was broke.\nI hid it.\n/\nTwice.\n\nI asked nobody.\n\n\nkeep\n");
    let text =
        owner.succeeds(&["explanation", "--tool", "page"], "1\n\nMore than a fight.\n\n\n\n\n\n\n\nkeep\n");
    assert!(text.contains("Kept."), "{text}");
    let list = owner.lists("explanation");
    assert_eq!(list["entries"].as_array().map(Vec::len), Some(1), "one page, in its newest version");
    let page = &list["entries"][0]["content"]["content"];
    assert_eq!((&page["wanted"], &page["feared"]), (&"Quiet.".into(), &"More than a fight.".into()));
    assert_eq!(page["rows"][0]["reason"], "I was broke.\nI hid it.\n\nTwice.");
}

#[test]
fn what_was_typed_survives_a_kill() {
    let owner = Owner::new();
    open_incident(&owner);
    let mut child = owner.starts(&["honesty", "--tool", "apology"]);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"I took the money from our account.\nTwice.\n\nI pay it back by").expect("a pipe");
    stdin.write_all(b" June.\n").expect("a pipe");
    // The prompt after the last whole line shows that the line is on the disk.
    let mut answered = child.stdout.take().expect("a pipe");
    let (mut text, mut byte) = (String::new(), [0]);
    let done = |text: &str| {
        text.split_once("[What I do to make good]").is_some_and(|(_, rest)| rest.matches("> ").count() >= 2)
    };
    while !done(&text) && answered.read(&mut byte).expect("a pipe") == 1 {
        text.push(char::from(byte[0]));
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");

    let text = owner.succeeds(&["honesty", "--tool", "apology"], "yes\n\nI am sorry.\n\n\n\nkeep\n");
    assert!(text.contains("You began this before") && text.contains("Kept."), "{text}");
    assert!(text.contains("Not in it yet:\n  - Why, without excuse\n  - What will be different"), "{text}");
    let list = owner.lists("honesty");
    let parts = &list["entries"][0]["content"]["content"]["parts"];
    assert_eq!(parts[0]["text"], "I took the money from our account.\nTwice.");
    assert_eq!((&parts[1]["part"], &parts[1]["text"]), (&"repair".into(), &"I pay it back by June.".into()));
    assert_eq!(parts[2]["part"], "regret");
}

#[test]
fn tools_for_two_say_plainly_that_nobody_is_here_yet() {
    let owner = Owner::new();
    open_incident(&owner);
    let output = owner.runs(&["contact", "--tool", "send"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("There is no partner here yet"), "{}", stdout(&output));
    let menu = owner.succeeds(&["honesty"], "\n");
    assert!(
        menu.contains("Open now:") && menu.contains("Give the apology: There is no partner here yet"),
        "{menu}"
    );
}

#[test]
fn a_plan_that_hangs_on_the_partner_is_refused_and_stays_a_draft() {
    let owner = Owner::new();
    open_incident(&owner);
    let answers = "If you shout at me\n\nI leave the room.\n\n2\n\nkeep\nleave\n";
    let output = owner.runs(&["change", "--tool", "plan"], answers);
    assert_eq!(output.status.code(), Some(1));
    let list = owner.lists("change");
    assert_eq!(list["entries"].as_array().map(Vec::len), Some(0), "{}", stdout(&output));
    assert_eq!(list["drafts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn practice_counts_what_was_given_back() {
    let owner = Owner::new();
    let reply = "It sounds as if you felt alone. Why did you not call?";
    let text = owner.succeeds(&["listening", "--tool", "practice"], &format!("7\n{reply}\n\nkeep\n"));
    assert!(text.contains("Kept.") && text.contains("questions 1. Only you see this."), "{text}");
    let practice = &owner.lists("listening")["entries"][0]["content"];
    assert_eq!((&practice["prompt"]["bank"], &practice["tally"]["questions"]), (&7.into(), &1.into()));
}

#[test]
fn safety_answers_leave_nothing_behind_but_open_or_closed() {
    let owner = Owner::new();
    let bare = Owner::without_vault()
        .runs_bare(&["safety", "--country", "SE"], "no\nyes\nno\nno\nno\nno\nno\nyes\n");
    assert_eq!(bare.status.code(), Some(0));
    let text = stdout(&bare);
    assert!(text.contains("The part for two stays closed.") && text.contains("Sweden"), "{text}");
    assert!(text.contains("Please talk to somebody first, today."), "{text}");

    let calm = owner.succeeds(&["safety"], &"no\n".repeat(8));
    assert!(calm.contains("You can open the part for two"), "{calm}");
    let skipped = owner.succeeds(&["safety"], "");
    assert!(skipped.contains("The part for two stays closed."), "{skipped}");
    let export = owner.succeeds(&["export"], "");
    assert!(!export.contains("gate") && !export.contains("afraid"), "{export}");
}

#[test]
fn a_slip_says_by_when_it_is_told() {
    let owner = Owner::new();
    open_incident(&owner);
    let text = owner.succeeds(
        &["change", "--tool", "slip"],
        "2026-11-01 20:00\nI wrote to them.\n\nI block the number.\n\nkeep\n",
    );
    assert!(text.contains("Tell it by 2 November 2026, 20:00"), "{text}");
}

#[test]
fn the_calendar_shows_what_touches_a_trigger() {
    let owner = Owner::new();
    open_incident(&owner);
    owner.succeeds(&["change", "--tool", "trigger"], "2\nThe bar at the harbor\n\nharbor\n\nkeep\n");
    let at =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs()
            + 5 * 86_400;
    let day = amends_domain::id::Millis(at * 1000).day(0).to_string().replace('-', "");
    let file = owner.path("work.ics");
    let event = |uid: &str, title: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{day}T180000Z\r\nDTEND:{day}T190000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        )
    };
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}{}END:VCALENDAR\r\n",
        event("a", "Party at the Harbor"),
        event("b", "Dentist")
    );
    std::fs::write(&file, calendar).expect("it can be written");
    let file = crate::vault::text_of(&file);
    let text = owner.succeeds(
        &["change", "--calendar", file],
        "1\n\n\n\nMy old team\nMy brother\nThe last bus\nKim\nkeep\n",
    );
    assert!(text.contains("Party at the Harbor") && !text.contains("Dentist"), "{text}");
    let list = owner.lists("change");
    let check = list["entries"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["event"] == "event_check").cloned());
    let check = check.expect("it was kept");
    assert_eq!(check["content"]["content"]["title"], "Party at the Harbor");
    assert_eq!(check["content"]["content"]["who_comes"], "My brother");
}
