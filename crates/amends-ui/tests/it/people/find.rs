//! Own words again: search, drafts, taking back, what was deleted.

use amends_domain::event::{Body, Space};
use amends_domain::prove::communication::{Event, Letter, Purpose};
use amends_domain::versions::Save;

use crate::house::House;
use crate::words;

fn letter(house: &mut House, text: &str) {
    house.write(Event::SaveLetter(Save::new(None, Letter { purpose: Purpose::ForMe, text: text.into() })));
}

#[test]
fn search_finds_own_words_and_no_address_holds_them() {
    let (mut robin, _) = House::couple();
    letter(&mut robin, "Something about a lighthouse.");
    let answer = robin.post("/search", &[("words", "lighth")]);
    assert!(words(&answer.html).contains("Something about a lighthouse"));
    assert_eq!(answer.path, "/search");
    let answer = robin.post("/search", &[("words", "zebra")]);
    assert!(words(&answer.html).contains("Nothing of yours holds"));
    assert!(
        robin.get("/search?words=lighth").html.matches("lighthouse").count() == 0,
        "only what is sent is looked for"
    );
}

#[test]
fn after_every_write_there_is_a_way_to_take_it_back() {
    let mut house = House::solo();
    let answer = house.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "The card")]);
    assert!(answer.html.contains("action=\"/undo\"") && words(&answer.html).contains("Take that back"));
    assert!(!house.get("/incident").html.contains("action=\"/undo\""), "offered once, not for ever");
    assert!(house.read("/undo").contains("The card"));
    house.post("/undo", &[]);
    assert_eq!(house.vault().state().world().incidents.iter().count(), 0);
    assert!(house.read("/trash").contains("The card"));
}

#[test]
fn what_was_deleted_comes_back_until_the_vault_is_locked() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "The card")]);
    house.post("/undo", &[]);
    let html = house.get("/trash").html;
    let entry = html
        .split("name=\"entry\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    house.post("/trash", &[("entry", &entry)]);
    assert_eq!(house.vault().state().world().incidents.iter().count(), 1);
    house.post("/undo", &[]);
    house.session.lock(house.now);
    house.session.unlock(crate::house::PASSPHRASE).unwrap();
    assert!(house.read("/trash").contains("Nothing is deleted now"));
}

#[test]
fn drafts_are_listed_with_the_place_where_they_go_on_and_thrown_away_only_when_sure() {
    let (_, mut kim) = House::couple();
    let html = kim.get("/drafts").html;
    assert!(words(&html).contains("Dear Robin"));
    let key = html
        .split("name=\"key\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let asked = kim.post("/drafts", &[("key", &key)]);
    assert!(words(&asked.html).contains("cannot be taken back") && kim.vault().draft(&key).is_some());
    kim.post("/drafts", &[("key", &key), ("sure", "yes")]);
    assert!(kim.vault().draft(&key).is_none());
}

#[test]
fn the_own_name_for_the_other_stays_here_and_is_no_draft() {
    let (mut robin, mut kim) = House::couple();
    kim.post("/you", &[("name", "R.")]);
    assert!(kim.get("/you").html.contains("value=\"R.\""));
    assert!(!kim.read("/drafts").contains("R. "));
    assert!(
        kim.events()
            .iter()
            .all(|event| event.space == Space::Private || !matches!(&event.body, Body::Unknown(_)))
    );
    kim.hand_to(&mut robin);
    kim.post("/pace/close", &[]);
    robin.post("/pace/close", &[]);
    robin.hand_to(&mut kim);
    assert!(kim.read("/").contains("R.: no answer yet") || kim.read("/").contains("R."));
    kim.post("/you", &[("name", "")]);
    assert!(kim.vault().draft("own/other-name").is_none());
}
