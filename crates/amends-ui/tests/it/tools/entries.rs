//! One entry as a page, what can be done with it, and taking it back.

use amends_domain::event::Event;

use super::{name, open, send};
use crate::house::House;
use crate::words;

/// Address of the newest entry of a kind.
fn newest(house: &House, kind: &str) -> String {
    let event = house.events().into_iter().rev().find(|event| name(event) == kind);
    let event = event.unwrap_or_else(|| panic!("there is no {kind}"));
    format!("/entry/{}", name_of(&event))
}

/// The name of an entry in addresses.
fn name_of(event: &Event) -> String {
    let id = serde_json::to_value(event.id).expect("ids encode");
    format!("{}-{}", id["device"].as_str().unwrap_or_default(), id["seq"])
}

#[test]
fn an_entry_reads_as_questions_and_answers() {
    let (mut robin, mut kim) = House::couple();
    let text = robin.read(&newest(&robin, "honesty/give"));
    assert!(text.contains("What I do to make good") && text.contains("350 a month"), "{text}");
    assert!(text.contains("from you,") && text.contains("for both of you"));
    let text = kim.read(&newest(&kim, "honesty/give"));
    assert!(text.contains("from them,") && !text.contains("Take it back"), "{text}");
}

#[test]
fn what_can_be_done_with_an_entry_leads_to_a_form_about_it() {
    let (mut robin, mut kim) = House::couple();
    let promise = newest(&robin, "honesty/promise");
    let token = promise.trim_start_matches("/entry/");
    let html = robin.get(&promise).html;
    assert!(html.contains(&format!("/step/honesty/report?entry={token}")), "{}", words(&html));
    assert!(!html.contains("/step/honesty/respond"));
    assert_eq!(open(&mut robin, &format!("/step/honesty/report?entry={token}")).value("promise"), token);
    assert!(!kim.get(&promise).html.contains("/step/honesty/report"));
    let seal = newest(&kim, "responsibility/seal");
    assert!(kim.get(&seal).html.contains("/step/responsibility/open?entry="));
}

#[test]
fn a_letter_that_was_not_opened_shows_no_words_and_the_way_to_open_it() {
    let (mut robin, mut kim) = House::couple();
    let mut form = open(&mut robin, "/step/communication/letter");
    form.set("purpose", "to_send");
    form.set("text", "The heron is back.");
    send(&mut robin, &form);
    // Ten in the morning of the next day.
    robin.wait(50_400_000);
    kim.wait(50_400_000);
    let mut form = open(&mut robin, "/step/communication/send");
    form.fill();
    let sent = send(&mut robin, &form);
    assert!(words(&sent.html).contains("Given to both of you."), "{}", words(&sent.html));
    robin.hand_to(&mut kim);
    let letter = newest(&kim, "communication/send");
    let page = kim.get(&letter).html;
    assert!(
        !page.contains("heron") && page.contains("/step/communication/open-letter?entry="),
        "{}",
        words(&page)
    );
    let token = letter.trim_start_matches("/entry/");
    let opening = open(&mut kim, &format!("/step/communication/open-letter?entry={token}"));
    let opened = send(&mut kim, &opening);
    assert_eq!(opened.path, letter, "somebody who opens a letter sees it");
    assert!(opened.html.contains("heron"));
    assert!(!robin.read(&newest(&robin, "communication/send")).contains("opened"), "the writer is not told");
}

#[test]
fn changing_a_document_makes_a_new_version_and_the_old_one_leads_to_it() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/change/plan");
    form.set("if_situation", "an offer comes");
    form.set("then_act", "I shred it");
    form.set("help", "tell");
    let first = send(&mut solo, &form).path;
    let first = first.split('?').next().expect("a path").to_owned();
    let token = first.trim_start_matches("/entry/");
    let change = format!("/step/change/plan?entry={token}");
    assert!(solo.get(&first).html.contains(&change));
    let mut form = open(&mut solo, &change);
    assert_eq!((form.value("then_act"), form.value("help")), ("I shred it", "tell"));
    form.set("then_act", "I shred it the same day");
    let second = send(&mut solo, &form).path;
    assert!(!second.starts_with(&first));
    let versions = solo.events();
    assert_eq!(versions[1].body.root(), Some(versions[0].id));
    assert_eq!(versions[1].body.base(), Some(versions[0].id));
    assert!(solo.read(&first).contains("There is a newer version"));
    let page = solo.get("/step/change").html;
    assert!(!page.contains(&format!("href=\"{first}\"")), "only the newest version is listed");
    assert_eq!(open(&mut solo, &change).value("then_act"), "I shred it the same day");
}

#[test]
fn an_own_entry_can_be_taken_back_and_put_back_and_only_by_a_form() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/acceptance/feelings");
    form.set("note", "Slept five hours.");
    let entry = send(&mut solo, &form).path;
    let entry = entry.split('?').next().expect("a path").to_owned();
    let before = solo.events().len();
    solo.get(&format!("{entry}/take-back"));
    assert_eq!(solo.events().len(), before);
    let taken = solo.post(&format!("{entry}/take-back"), &[]);
    assert!(taken.path.starts_with("/step/acceptance?taken="));
    assert!(!words(&taken.html).contains("Slept five hours") && words(&taken.html).contains("Put it back"));
    assert_eq!(solo.get(&entry).status, 404);
    let back = solo.post(&format!("{entry}/put-back"), &[]);
    assert!(words(&back.html).contains("Slept five hours"));
}

#[test]
fn nobody_takes_back_what_the_other_wrote() {
    let (_, mut kim) = House::couple();
    let apology = newest(&kim, "honesty/give");
    let before = kim.events().len();
    kim.post(&format!("{apology}/take-back"), &[]);
    assert_eq!(kim.events().len(), before);
}

#[test]
fn a_step_lists_what_is_there_newest_first_with_whose_it_is() {
    let (mut robin, _) = House::couple();
    let text = robin.read("/step/communication");
    assert!(text.contains("from you") && text.contains("from them") && text.contains("for you only"));
    let html = robin.get("/step/communication").html;
    let list = html.split("class=\"kept\"").nth(1).expect("a list");
    let tokens: Vec<&str> =
        list.split("href=\"/entry/").skip(1).filter_map(|part| part.split('"').next()).collect();
    let order = |token: &str| {
        let found = robin.events().into_iter().find(|event| name_of(event) == token);
        found.map(|event| event.order())
    };
    assert!(tokens.len() > 3 && tokens.is_sorted_by(|one, next| order(one) >= order(next)));
}

#[test]
fn no_words_stand_in_an_address_or_a_title() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/needs/mark");
    form.set("need.own", "Sunflower");
    form.set("mark", "now");
    let answer = send(&mut solo, &form);
    assert!(!answer.path.contains("Sunflower") && answer.html.contains("<title>Notes</title>"));
    for part in answer.html.split("href=\"").skip(1) {
        assert!(!part.split('"').next().unwrap_or_default().contains("Sunflower"));
    }
}
