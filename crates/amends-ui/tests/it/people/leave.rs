//! Leaving works in every state, with one form.

use amends_domain::consent::Connection;
use amends_domain::event::Body;
use amends_domain::id::WEEK;
use amends_domain::incident::StageMark;

use crate::house::House;
use crate::words;

const NOW: [(&str, &str); 3] = [("sure", "yes"), ("how", "quiet"), ("things", "keep")];

fn has_left(house: &House) -> bool {
    house.vault().state().world().consent.left_quietly()
}

#[test]
fn it_works_in_every_stage_and_behind_every_door() {
    let (robin, kim) = House::couple();
    let id = kim.vault().state().world().incidents.iter().next().map(|(id, _)| id).unwrap();
    drop((robin, kim));
    for number in 0..=5 {
        let (_, mut kim) = House::couple();
        let stage = StageMark::from_number(number).unwrap();
        kim.share(amends_domain::incident::Event::MoveStage { incident: id, stage });
        kim.post("/leave", &NOW);
        assert!(has_left(&kim), "stage {number}");
    }
    for prepare in [
        |house: &mut House| drop(house.post("/pace/close", &[])),
        |house: &mut House| drop(house.post("/pace/pause", &[("span", "1440")])),
        |house: &mut House| drop(house.post("/safety/questions/9", &[("a3", "yes")])),
        |house: &mut House| drop(house.post("/safety/questions/9", &[("a6", "yes")])),
        |house: &mut House| drop(house.post("/safety/questions/9", &[])),
        |house: &mut House| house.wait(10 * WEEK),
        |house: &mut House| {
            drop(house.post("/leave", &[("sure", "yes"), ("how", "open"), ("things", "keep")]))
        },
    ] {
        let (mut robin, mut kim) = House::couple();
        for house in [&mut robin, &mut kim] {
            prepare(house);
            house.post("/leave", &NOW);
            assert!(has_left(house));
        }
    }
    let mut alone = House::solo();
    alone.post("/leave", &NOW);
    assert!(has_left(&alone));
}

#[test]
fn leaving_openly_shows_not_connected_and_nothing_else() {
    let (mut robin, mut kim) = House::couple();
    let answer = kim.post("/leave", &[("sure", "yes"), ("how", "open"), ("things", "keep")]);
    assert!(words(&answer.html).contains("You have left"));
    kim.hand_to(&mut robin);
    assert_eq!(robin.vault().state().connection(robin.vault().me(), robin.now), Connection::NotConnected);
    assert!(robin.read("/").contains("Not connected. What you wrote is still here"));
}

#[test]
fn leaving_without_a_word_changes_nothing_for_the_other() {
    let (mut robin, mut kim) = House::couple();
    let page = robin.read("/");
    kim.post("/leave", &NOW);
    kim.hand_to(&mut robin);
    assert_eq!(robin.read("/"), page);
}

#[test]
fn with_erasing_nothing_of_it_is_left_here() {
    let (_, mut kim) = House::couple();
    kim.post("/leave", &[("sure", "yes"), ("how", "open"), ("things", "erase")]);
    let texts: Vec<String> =
        kim.events().iter().flat_map(|event| amends_domain::texts::texts(&event.body)).collect();
    assert_eq!(texts, Vec::<String>::new());
    assert_eq!(kim.vault().drafts().count(), 0);
}

#[test]
fn one_tick_guards_against_a_slip_of_the_finger() {
    let (_, mut kim) = House::couple();
    let answer = kim.post("/leave", &[("how", "open"), ("things", "erase")]);
    assert!(words(&answer.html).contains("Nothing was changed") && !has_left(&kim));
}

#[test]
fn locked_or_without_a_vault_the_page_says_what_holds_and_what_can_be_done() {
    let (_, mut kim) = House::couple();
    kim.session.lock(kim.now);
    let html = kim.get("/leave").html;
    assert!(words(&html).contains("nothing is sent and nothing is fetched") && html.contains("/keep/erase"));
    assert!(words(&kim.post("/leave", &NOW).html).contains("nothing is sent"));
    assert!(House::empty().read("/leave").contains("there is nothing to leave"));
}

#[test]
fn a_request_to_remove_words_is_shown_without_a_push_and_can_be_met() {
    let (mut robin, mut kim) = House::couple();
    let asks = [("sure", "yes"), ("how", "open"), ("things", "keep"), ("ask-removal", "yes")];
    kim.post("/leave", &asks);
    kim.hand_to(&mut robin);
    let theirs = |house: &House| {
        let me = house.vault().me();
        let named = |body: &Body| matches!(body, Body::Incident(_));
        let foreign = house.events().into_iter().filter(|event| event.author != me && !named(&event.body));
        foreign.flat_map(|event| amends_domain::texts::texts(&event.body)).collect::<Vec<String>>()
    };
    assert!(robin.read("/").contains("They asked you to remove what they sent"));
    assert!(robin.read("/leave/removal").contains("You do not have to"));
    assert!(!theirs(&robin).is_empty(), "nothing goes by itself");
    let answer = robin.post("/leave/removal", &[]);
    assert!(words(&answer.html).contains("Their words are removed from this device"));
    assert_eq!(theirs(&robin), Vec::<String>::new());
    assert!(!robin.read("/").contains("They asked you to remove"));
    assert!(robin.read("/incident").contains("second card"), "what happened keeps its name");
}
