//! Two people choose light things, each for themselves, and what both would do appears: on two devices over a relay, and
//! on one that is handed over. Nobody does more than choose.

use amends_client::LocalRelay;
use amends_domain::id::{DAY, MINUTE};

use super::pair::{carry, hand, paired};
use crate::house::{House, PASSPHRASE};
use crate::words;

pub(super) fn opens_the_channel(house: &mut House) {
    let no: Vec<(String, &str)> = (1..=8).map(|number| (format!("a{number}"), "no")).collect();
    let no: Vec<(&str, &str)> = no.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    house.post("/safety/questions/open", &no);
}

fn chooses(house: &mut House, ratings: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = std::iter::once(("do", "rate")).chain(ratings.iter().copied()).collect();
    let answer = house.post("/look/activities/rate", &fields);
    assert!(words(&answer.html).contains("Nobody sees what you choose here"), "{}", words(&answer.html));
}

fn name_of(house: &House, number: u16) -> String {
    house.core.messages().text(&format!("activity-{number:02}"))
}

/// Whether the list shows the second and the fourth, which both chose, and nothing else.
fn shows_what_both_chose(house: &mut House) -> bool {
    let page = house.read("/look/activities");
    let list = page.split("What both of you would do").nth(1).unwrap().to_owned();
    let list = list.split("How this list comes about").next().unwrap().to_owned();
    (1..=6).all(|number| list.contains(&name_of(house, number)) == [2, 4].contains(&number))
}

const FIRST: [(&str, &str); 4] =
    [("activity-1", "love"), ("activity-2", "love"), ("activity-3", "no"), ("activity-4", "try")];
const SECOND: [(&str, &str); 4] =
    [("activity-2", "try"), ("activity-3", "love"), ("activity-4", "love"), ("activity-5", "no")];

#[test]
fn on_two_devices_what_both_would_do_appears_by_itself() {
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let [mut a, mut b] = paired(&mut relay, &mut open);
    opens_the_channel(&mut a);
    opens_the_channel(&mut b);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    chooses(&mut a, &FIRST);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    let alone = words(&b.get("/look/activities").html);
    assert!(alone.contains("Nothing here yet"), "nothing says that the other has chosen");
    chooses(&mut b, &SECOND);
    for _ in 0..3 {
        carry(&mut relay, &mut open, [&mut a, &mut b]);
        a.wait(DAY);
        b.wait(DAY);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(shows_what_both_chose(&mut a) && shows_what_both_chose(&mut b));
    for house in [&mut a, &mut b] {
        for page in ["/", "/step/activities", "/look/activities"] {
            let html = house.get(page).html;
            assert!(!html.contains("tokens") && !html.contains("offer_tokens"), "{page}");
        }
    }
}

#[test]
fn on_one_device_that_is_handed_over_it_appears_as_well() {
    let mut house = House::solo();
    house.post("/door/place", &[("place", "second")]);
    house.post("/door/make", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]);
    hand(&mut house, "first");
    house.post("/pair/invite", &[]);
    hand(&mut house, "second");
    house.post("/pair/here", &[]);
    for place in ["first", "second"] {
        hand(&mut house, place);
        opens_the_channel(&mut house);
    }
    for place in ["first", "second"] {
        hand(&mut house, place);
    }
    for (place, ratings) in [("first", FIRST), ("second", SECOND)] {
        hand(&mut house, place);
        chooses(&mut house, &ratings);
    }
    // A look now and then, the next day as well.
    for _ in 0..3 {
        for place in ["first", "second"] {
            hand(&mut house, place);
            house.wait(20 * MINUTE);
        }
        house.wait(DAY);
    }
    for place in ["first", "second"] {
        hand(&mut house, place);
        assert!(shows_what_both_chose(&mut house), "{place}");
    }
}
