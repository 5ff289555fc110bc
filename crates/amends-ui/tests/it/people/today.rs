//! Today and the path: two different homes.

use amends_domain::id::{DAY, WEEK};
use amends_domain::incident::{Event, Kind, Role};
use amends_domain::prove::patience::{self, Closing, Decision};
use amends_ui::Request;

use crate::house::House;
use crate::words;

fn named(house: &mut House, role: Role) {
    house.write(Event::Open { kind: Kind::Money, title: "The second card".into(), my_role: role });
}

/// Words of the part of a page that is its own.
fn main_of(html: &str) -> String {
    words(html.split_once("<main").map_or("", |(_, main)| main))
}

#[test]
fn without_a_vault_the_desk_comes_first_and_the_vault_beside_it() {
    let mut house = House::empty();
    let html = house.get("/").html;
    let (desk, vault) = (html.find("class=\"main-button\" href=\"/desk\""), html.find("href=\"/door\""));
    assert!(desk.is_some() && vault.is_some());
    assert!(
        !main_of(&html).contains("What kind of thing"),
        "no question before there is anything to keep it in"
    );
}

#[test]
fn a_locked_vault_says_so_and_shows_nothing_of_what_is_in_it() {
    let (mut robin, _) = House::couple();
    robin.session.lock(robin.now);
    let text = robin.read("/");
    assert!(text.contains("Your vault is locked"));
    assert!(!text.contains("second card"));
}

#[test]
fn with_an_empty_vault_there_is_one_thing_in_front_and_it_can_wait() {
    let mut house = House::solo();
    let html = house.get("/").html;
    assert!(main_of(&html).contains("Name what happened"));
    assert_eq!(html.matches("class=\"main-button\"").count(), 1, "one main thing");
}

#[test]
fn the_two_homes_have_different_words() {
    let (mut robin, mut kim) = House::couple();
    let (doer, hurt) = (main_of(&robin.get("/").html), main_of(&kim.get("/").html));
    assert!(doer.contains("what is in your own hands") && doer.contains("What you said you would do"));
    assert!(
        hurt.contains("at your pace")
            && hurt.contains("What may reach you")
            && hurt.contains("Yours to decide")
    );
    for words in ["Yours to decide", "What may reach you", "A look at your week", "ready for light things"] {
        assert!(!doer.contains(words), "the doer's home says {words}");
    }
    for words in ["What you said you would do", "in your own hands", "until you report"] {
        assert!(!hurt.contains(words), "the hurt partner's home says {words}");
    }
}

#[test]
fn nothing_in_front_is_said_only_where_nothing_else_waits() {
    let (mut robin, _) = House::couple();
    let text = main_of(&robin.get("/").html);
    assert!(text.contains("Open now") && !text.contains("Nothing waits here"), "{text}");
}

#[test]
fn what_came_in_says_what_it_is_and_on_which_day_not_at_which_hour() {
    let (_, mut kim) = House::couple();
    let text = main_of(&kim.get("/").html);
    assert!(
        text.contains("A gift card. Wednesday, 18 November") && text.contains("A note. Monday, 16 November")
    );
}

#[test]
fn the_doer_sees_nothing_of_the_others_questions_stage_or_weeks() {
    let (mut robin, mut kim) = House::couple();
    let before = main_of(&robin.get("/").html);
    // Kim answers the questions so that the part for two closes, and looks at the week.
    kim.write(amends_domain::safety::Event::Door { open: false });
    kim.post("/step/patience/check-in", &[("day", "2026-11-22")]);
    kim.hand_to(&mut robin);
    let html = robin.get("/").html;
    assert_eq!(main_of(&html), before);
    for words in ["check-in", "felt safe", "usually comes before", "ready for light things", "closed here"] {
        assert!(!main_of(&html).to_lowercase().contains(words), "{words}");
    }
}

#[test]
fn who_did_one_thing_and_was_hurt_in_another_gets_both() {
    let mut house = House::solo();
    named(&mut house, Role::InvolvedPartner);
    assert!(main_of(&house.get("/").html).contains("What you said you would do"));
    named(&mut house, Role::InjuredPartner);
    let both = main_of(&house.get("/").html);
    assert!(both.contains("What you said you would do") && both.contains("Yours to decide"));
    assert!(both.contains("Neither makes up for the other"));
}

#[test]
fn alone_it_claims_better_practice_and_no_more() {
    let mut house = House::solo();
    named(&mut house, Role::InvolvedPartner);
    let text = main_of(&house.get("/").html);
    assert!(text.contains("That is all we claim"));
    assert!(house.get("/").html.contains("/evidence#e23"));
}

#[test]
fn a_break_shows_only_when_it_ends() {
    let (mut robin, mut kim) = House::couple();
    kim.post("/pace/pause", &[("span", "40")]);
    kim.hand_to(&mut robin);
    let text = main_of(&robin.get("/").html);
    assert!(text.contains("Back at 20:40"), "{text}");
    assert!(!robin.get("/").html.contains("name=\"back\""), "only who asked for it comes back early");
    assert!(kim.get("/").html.contains("name=\"back\""));
    robin.wait(DAY);
    assert!(!main_of(&robin.get("/").html).contains("Back at"));
}

#[test]
fn nothing_is_asked_twice_and_nothing_is_counted() {
    let (mut robin, mut kim) = House::couple();
    for house in [&mut robin, &mut kim] {
        house.wait(3 * WEEK);
        let html = house.get("/").html;
        assert!(html.matches("class=\"main-button\"").count() <= 1);
        let text = main_of(&html).to_lowercase();
        for word in ["reminder", "overdue", "missed", "late ", "weeks ago", "days ago", "times"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn the_questions_come_again_after_four_weeks_on_the_own_page_only() {
    let (mut robin, mut kim) = House::couple();
    let other_before = main_of(&robin.get("/").html).contains("Eight questions");
    kim.post("/safety/questions/9", &NO);
    assert!(!main_of(&kim.get("/").html).contains("Eight questions"));
    kim.wait(4 * WEEK);
    assert!(main_of(&kim.get("/").html).contains("Eight questions"));
    assert_eq!(main_of(&robin.get("/").html).contains("Eight questions"), other_before);
}

const NO: [(&str, &str); 8] = [
    ("a1", "no"),
    ("a2", "no"),
    ("a3", "no"),
    ("a4", "no"),
    ("a5", "no"),
    ("a6", "no"),
    ("a7", "no"),
    ("a8", "no"),
];

#[test]
fn the_path_shows_thirteen_steps_and_says_when_the_closed_ones_open() {
    let (mut robin, _) = House::couple();
    let html = robin.get("/path").html;
    assert_eq!(html.matches("href=\"/step/").count(), 13);
    assert_eq!(html.matches("Opens later").count(), 0, "at the end of the story all steps are open");
    let mut house = House::solo();
    named(&mut house, Role::InvolvedPartner);
    assert!(house.read("/path").contains("You work on this alone"));
    assert!(!house.read("/path").contains("Opens later"));
}

#[test]
fn the_path_of_two_opens_step_by_step() {
    let (mut robin, mut kim) = House::couple();
    let id = kim.vault().state().world().incidents.iter().next().map(|(id, _)| id).unwrap();
    kim.share(Event::MoveStage { incident: id, stage: amends_domain::incident::StageMark::Hear });
    kim.hand_to(&mut robin);
    let text = robin.read("/path");
    assert!(text.contains("Opens later"));
    assert!(!text.contains("not there yet"), "why it is closed is for who moves it");
    robin.ask(&Request::get("/path"));
}

#[test]
fn after_words_about_own_force_letters_are_closed_and_the_page_says_where_to_turn() {
    let (mut robin, mut kim) = House::couple();
    robin.state.settings.country = Some("GB".into());
    robin.write(amends_domain::safety::Event::Tools { open: false });
    let html = robin.get("/").html;
    assert!(html.contains("href=\"/safety/letters\""));
    let page = robin.read("/safety/letters");
    assert!(page.contains("The next step is to stop") && page.contains("For people who used force"));
    assert!(page.contains("Nobody is told that they are closed, nor why"));
    robin.hand_to(&mut kim);
    assert!(!kim.read("/").contains("closed here"));
}

#[test]
fn where_the_other_stands_and_a_letter_that_closes_are_found_on_the_first_page_for_a_week() {
    let (mut robin, mut kim) = House::couple();
    let decision = Decision::Apart;
    robin.share(patience::Event::TellDecision { incident: None, decision, text: "I go in May.".into() });
    let content = Closing { text: "I thank you for the garden.".into(), keeps: Vec::new() };
    robin.share(patience::Event::SendClosing { content });
    robin.hand_to(&mut kim);
    let today = kim.read("/");
    assert!(
        today.contains("They told you where they stand") && today.contains("A letter that closes is here")
    );
    for words in ["I go in May", "Apart", "garden"] {
        assert!(!today.contains(words), "{words} stays behind its link");
    }
    assert!(kim.read("/look/patience/review").contains("I go in May."));
    assert!(!robin.read("/").contains("where they stand"), "the own word is no news");
    kim.wait(8 * DAY);
    assert!(!kim.read("/").contains("where they stand"));
}
