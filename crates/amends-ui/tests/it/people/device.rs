//! One device, two people.

use amends_client::DEMO_PASSPHRASE;
use amends_ui::{Door, Place};

use crate::house::House;
use crate::words;

#[test]
fn handing_over_locks_the_first_vault_and_shows_the_other_door() {
    let mut house = House::shared_device();
    let robin = house.vault().me();
    let html = house.get("/hand-over?for=listening").html;
    assert!(words(&html).contains("Your vault locks first") && html.contains("value=\"second\""));
    let answer = house.post("/hand-over", &[("place", "second"), ("for", "listening")]);
    assert_eq!((house.door(), house.session.place()), (Door::Locked, Place::Second));
    assert!(words(&answer.html).contains("Hand over the device now"));
    assert!(answer.html.contains("name=\"next\" value=\"/look/listening\""));
    assert!(!answer.html.contains("second card"), "nothing of the first person is left on the screen");
    house.session.unlock(DEMO_PASSPHRASE).unwrap();
    assert_ne!(house.vault().me(), robin);
    house.post("/hand-over", &[("place", "first")]);
    assert_eq!((house.door(), house.session.place()), (Door::Locked, Place::First));
}

#[test]
fn a_place_that_is_not_there_or_a_demonstration_is_not_gone_to() {
    let mut house = House::shared_device();
    for place in ["third", "demo-one", "nowhere", ""] {
        house.post("/hand-over", &[("place", place)]);
        assert_eq!((house.door(), house.session.place()), (Door::Open, Place::First), "{place}");
    }
}

#[test]
fn with_one_vault_the_page_says_so() {
    assert!(House::solo().read("/hand-over").contains("There is one vault on this device"));
}
