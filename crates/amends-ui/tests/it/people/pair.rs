//! Beginning a pair, on two devices over a relay and on one handed over; and the own devices.

use amends_client::{Connection, Input, LocalRelay, Output, Stage};
use amends_domain::consent;
use amends_domain::id::{DAY, MINUTE};
use amends_ui::Place;
use amends_wire::{ServerFrame, UnixSeconds};

use super::matching::opens_the_channel;
use crate::house::{House, PASSPHRASE};
use crate::words;

const RELAY: &str = "https://relay.example/";

/// Brings frames between houses and a relay until nothing moves.
pub(super) fn carry(relay: &mut LocalRelay, open: &mut [Option<Connection>; 2], houses: [&mut House; 2]) {
    carry_past(relay, open, houses, &mut |_| true);
}

/// The same with a relay that shows the second house only some of the records of others.
fn carry_past(
    relay: &mut LocalRelay,
    open: &mut [Option<Connection>; 2],
    houses: [&mut House; 2],
    shows: &mut dyn FnMut(&ServerFrame) -> bool,
) {
    let [a, b] = houses;
    for _ in 0..40 {
        for (at, house) in [&mut *a, &mut *b].into_iter().enumerate() {
            house.wait(MINUTE);
            give(relay, &mut open[at], house, Input::Tick);
            while let Some(frames) =
                open[at].map(|open| relay.take_frames(open)).filter(|frames| !frames.is_empty())
            {
                let is_shown = |frame: &Vec<u8>| at == 0 || shows(&ServerFrame::from_bytes(frame).unwrap());
                let frames = frames.into_iter().filter(is_shown).collect();
                give(relay, &mut open[at], house, Input::Frames(frames));
            }
        }
    }
}

fn give(relay: &mut LocalRelay, open: &mut Option<Connection>, house: &mut House, input: Input) {
    let now = house.now;
    for output in house.session.vault_mut().unwrap().sync_input(now, input).unwrap() {
        match output {
            Output::Connect => {
                *open = Some(relay.connect());
                give(relay, open, house, Input::Connected);
            }
            Output::Send(frame) => relay.frame(open.unwrap(), UnixSeconds(now.0 / 1_000), &frame),
            Output::Disconnect | Output::Notice(_) => {}
        }
    }
}

/// Two people with a device and an empty vault each.
pub(super) fn two() -> [House; 2] {
    let (mut a, mut b) = (House::solo(), House::empty());
    b.post("/door/make", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]);
    for house in [&mut a, &mut b] {
        house.post("/pair/relay", &[("address", RELAY)]);
    }
    assert_ne!(a.vault().me(), b.vault().me());
    [a, b]
}

/// Two people who have compared their words over this relay.
pub(super) fn paired(relay: &mut LocalRelay, open: &mut [Option<Connection>; 2]) -> [House; 2] {
    let [mut a, mut b] = two();
    let link = link_of(&a.post("/pair/invite", &[]).html);
    b.post("/pair/join", &[("link", &link)]);
    carry(relay, open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        house.post("/pair/words", &[]);
    }
    carry(relay, open, [&mut a, &mut b]);
    [a, b]
}

pub(super) fn link_of(html: &str) -> String {
    let from = html.find("https://relay.example/#1.").unwrap();
    html[from..].chars().take_while(|c| !c.is_whitespace() && *c != '<' && *c != '"').collect()
}

#[test]
fn an_invitation_is_a_link_its_picture_and_fixed_words_that_ask_for_nothing() {
    let mut house = House::solo();
    house.post("/pair/relay", &[("address", RELAY)]);
    house.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "The lighthouse")]);
    let answer = house.post("/pair/invite", &[]);
    let text = words(&answer.html);
    assert!(text.contains("You do not have to") && text.contains("If you do not answer, nothing happens"));
    assert!(answer.html.contains("<svg class=\"qr\" role=\"img\" aria-label="));
    assert!(!text.contains("lighthouse"), "no word of the one who invites");
    assert!(!answer.path.contains('#'), "the link is in no address of ours");
    house.session.lock(house.now);
    house.session.unlock(PASSPHRASE).unwrap();
    assert!(house.vault().drafts().count() == 0, "the link is kept nowhere");
}

#[test]
fn both_see_the_same_four_words_and_only_then_they_are_connected() {
    let [mut a, mut b] = two();
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let link = link_of(&a.post("/pair/invite", &[]).html);
    b.post("/pair/join", &[("link", &link)]);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    let Some(Stage::Compare(shown)) = a.vault().pairing() else { panic!("words to compare") };
    for house in [&mut a, &mut b] {
        let text = house.read("/pair");
        assert!(shown.iter().all(|word| text.contains(word)) && text.contains("Are they the same?"));
        assert!(house.vault().state().world().partner.is_none(), "not before both have said so");
    }
    for house in [&mut a, &mut b] {
        house.post("/pair/words", &[]);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        assert!(house.read("/pair").contains("The part for two opens for each of you alone"));
    }
    assert_eq!(a.vault().state().world().partner, Some(b.vault().me()));
    let before = b.events().len();
    a.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "x"), ("for", "both")]);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert_eq!(b.events().len(), before, "nothing arrives before the receiver has opened");
}

#[test]
fn who_has_not_opened_their_half_reads_that_it_is_shut_also_when_the_other_has() {
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let [mut a, mut b] = paired(&mut relay, &mut open);
    opens_the_channel(&mut a);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        assert!(house.read("/pair").contains("The part for two opens for each of you alone"));
    }
    opens_the_channel(&mut b);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        assert!(!house.read("/pair").contains("The part for two opens"));
    }
}

#[test]
fn words_that_differ_end_it_and_nothing_has_happened() {
    let [mut a, mut b] = two();
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let link = link_of(&a.post("/pair/invite", &[]).html);
    b.post("/pair/join", &[("link", &link)]);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    let text = words(&b.post("/pair/cancel", &[]).html);
    assert!(text.contains("Nothing has happened"));
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(a.vault().state().world().partner.is_none() && b.vault().state().world().partner.is_none());
}

#[test]
fn a_bad_link_is_said_in_plain_words() {
    let mut house = House::solo();
    house.post("/pair/relay", &[("address", RELAY)]);
    let unusable = "This link is not whole, or it is not a link of Amends";
    let newer = "This was written by a newer version of Amends";
    let links =
        [("", unusable), ("hello", unusable), ("https://relay.example/#1.abc", unusable), ("#9.x.y", newer)];
    for (link, said) in links {
        let text = words(&house.post("/pair/join", &[("link", link)]).html);
        assert!(text.contains(said), "{link}");
    }
}

/// Hands the device over; the other person unlocks.
pub(super) fn hand(house: &mut House, place: &str) {
    house.wait(MINUTE);
    house.post("/hand-over", &[("place", place)]);
    house.wait(MINUTE);
    let answer = house.post("/door", &[("passphrase", PASSPHRASE)]);
    assert!(house.session.vault().is_some(), "{}", words(&answer.html));
}

#[test]
fn on_one_device_they_pair_by_handing_it_over_and_what_one_shares_reaches_the_other() {
    let mut house = House::solo();
    let first = house.vault().me();
    house.post("/door/place", &[("place", "second")]);
    house.post("/door/make", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]);
    let second = house.vault().me();
    assert_eq!(house.session.place(), Place::Second);
    hand(&mut house, "first");
    assert!(words(&house.post("/pair/invite", &[]).html).contains("Now hand the device over"));
    hand(&mut house, "second");
    assert!(house.read("/pair").contains("invites you"));
    house.post("/pair/here", &[]);
    hand(&mut house, "first");
    assert_eq!(house.vault().state().world().partner, Some(second));
    hand(&mut house, "second");
    assert_eq!(house.vault().state().world().partner, Some(first));
    assert!(!house.read("/pair").contains("invites you"), "it was taken");
    for place in ["first", "second"] {
        hand(&mut house, place);
        let no: Vec<(String, &str)> = (1..=8).map(|number| (format!("a{number}"), "no")).collect();
        let no: Vec<(&str, &str)> = no.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        house.post("/safety/questions/open", &no);
    }
    for place in ["first", "second", "first"] {
        hand(&mut house, place);
    }
    let form =
        [("kind", "money"), ("role", "involved_partner"), ("title", "The second card"), ("for", "both")];
    let answer = house.post("/incident/new", &form);
    assert!(words(&answer.html).contains("For both of you"), "{}", words(&answer.html));
    hand(&mut house, "second");
    assert!(house.read("/incident").contains("The second card"));
    let opened = |body: &amends_domain::event::Body| {
        matches!(body, amends_domain::event::Body::Consent(consent::Event::OptIn))
    };
    assert_eq!(house.events().iter().filter(|event| opened(&event.body)).count(), 2);
}

#[test]
fn own_devices_ask_for_the_passphrase_again_and_show_nothing_of_the_other_person() {
    let [mut a, mut b] = two();
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let wrong = words(&a.post("/devices/invite", &[("passphrase", "not this one")]).html);
    assert!(wrong.contains("does not open your vault"), "{wrong}");
    let link = link_of(&a.post("/devices/invite", &[("passphrase", PASSPHRASE)]).html);
    assert!(a.read("/pair").contains("This waits for your other device"));
    let joined = b.post("/devices/join", &[("link", &link)]);
    assert!(words(&joined.html).contains("both show four words"), "{}", words(&joined.html));
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        house.post("/pair/words", &[]);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(a.read("/").contains("A device of yours is new"), "for seven days");
    let html = a.get("/devices").html;
    assert!(words(&html).contains("Another device of yours"));
    let device = html
        .split("name=\"device\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    a.post("/devices/remove", &[("device", &device), ("passphrase", PASSPHRASE)]);
    assert!(!a.read("/devices").contains("Another device of yours"));
    a.wait(8 * amends_domain::id::DAY);
    assert!(!a.read("/").contains("A device of yours is new"));
}

#[test]
fn the_relay_is_an_https_address_kept_in_the_vault_and_a_link_brings_it_along() {
    let mut house = House::solo();
    for bad in ["relay.example", "http://relay.example/", "https://", "https://a b/", "javascript:alert(1)"] {
        let text = words(&house.post("/pair/relay", &[("address", bad)]).html);
        assert!(text.contains("This address does not work"), "{bad}");
        assert!(house.vault().relay_address().unwrap().is_none());
    }
    house.post("/pair/join", &[("link", "https://other.example/#1.abc")]);
    assert!(house.vault().relay_address().unwrap().is_none(), "not from a link that cannot be used");
    let mut inviter = House::solo();
    inviter.post("/pair/relay", &[("address", "https://relay.example")]);
    assert_eq!(inviter.vault().relay_address().unwrap().as_deref(), Some(RELAY));
    let link = link_of(&inviter.post("/pair/invite", &[]).html);
    house.post("/pair/join", &[("link", &link)]);
    assert_eq!(house.vault().relay_address().unwrap().as_deref(), Some(RELAY));
}

#[test]
fn a_newcomer_says_at_the_door_that_they_have_it_on_another_device() {
    let (mut a, mut b) = (House::solo(), House::empty());
    a.post("/pair/relay", &[("address", RELAY)]);
    assert!(b.read("/door").contains("I already have Amends on another device"));
    let twice = [("passphrase", PASSPHRASE), ("again", PASSPHRASE)];
    let bad_link = [&twice[..], &[("link", "https://relay.example/#1.abc")]].concat();
    let bad = words(&b.post("/door/device", &bad_link).html);
    assert!(bad.contains("This link is not whole"), "{bad}");
    assert!(
        b.session.vault().is_none() && b.read("/door").contains("Make a vault"),
        "no vault is left behind"
    );
    let link = link_of(&a.post("/devices/invite", &[("passphrase", PASSPHRASE)]).html);
    let other = [("passphrase", PASSPHRASE), ("again", "another one"), ("link", &link)];
    assert!(words(&b.post("/door/device", &other).html).contains("not the same"));
    let answer = b.post("/door/device", &[&twice[..], &[("link", &link)]].concat());
    assert!(words(&answer.html).contains("Your recovery words"), "this device has its own");
    assert_eq!(b.vault().relay_address().unwrap().as_deref(), Some(RELAY), "the link names the relay");
    let next = words(&b.post("/door/kit", &[("later", "yes")]).html);
    assert!(next.contains("This waits for your other device"), "{next}");
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        assert!(house.read("/pair").contains("between two devices of your own"));
        house.post("/pair/words", &[]);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    for house in [&mut a, &mut b] {
        assert!(house.read("/devices").contains("Another device of yours"));
    }
    assert_eq!(a.vault().me(), b.vault().me(), "one person");
}

#[test]
fn who_was_invited_and_has_no_vault_comes_back_to_the_invitation() {
    let mut house = House::empty();
    assert!(house.get("/pair/join").html.contains("/door?next=/pair/join"));
    assert!(house.get("/door?next=/pair/join").html.contains("/door/make?next=/pair/join"));
    let fields = [("passphrase", PASSPHRASE), ("again", PASSPHRASE), ("next", "/pair/join")];
    assert!(words(&house.post("/door/make", &fields).html).contains("Your recovery words"));
    let answer = house.post("/door/kit", &[("later", "yes"), ("next", "/pair/join")]);
    assert!(words(&answer.html).contains("Somebody gave you a link"));
}

#[test]
fn what_does_not_come_for_days_is_said_quietly_and_without_blame_until_it_is_there() {
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let [mut a, mut b] = paired(&mut relay, &mut open);
    for house in [&mut a, &mut b] {
        opens_the_channel(house);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    a.post("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "The ring"), ("for", "both")]);
    let mut hidden = None;
    let mut shows = |frame: &ServerFrame| match frame {
        ServerFrame::Rec { mailbox, seq, .. } => *hidden.get_or_insert((*mailbox, *seq)) != (*mailbox, *seq),
        _ => true,
    };
    for day in 0..4 {
        carry_past(&mut relay, &mut open, [&mut a, &mut b], &mut shows);
        assert_eq!(b.read("/").contains("Something has not come to this device yet"), day == 3, "day {day}");
        relay.disconnect(open[1].take().unwrap());
        b.session.vault_mut().unwrap().sync_input(b.now, Input::Disconnected).unwrap();
        for house in [&mut a, &mut b] {
            house.wait(DAY);
        }
    }
    let text = b.read("/pair");
    assert!(text.contains("It does not mean that anybody did something wrong"), "{text}");
    assert!(text.contains("You do not have to do anything"), "{text}");
    assert!(!a.read("/").contains("Something has not come"), "the other side has all");
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(b.read("/incident").contains("The ring"));
    assert!(!b.read("/").contains("Something has not come"));
}

#[test]
fn the_writer_of_a_letter_with_a_day_is_told_when_half_of_its_key_stays_here() {
    use amends_domain::prove::communication::{Event, Purpose};
    let (mut relay, mut open) = (LocalRelay::new(1), [None, None]);
    let [mut a, mut b] = paired(&mut relay, &mut open);
    for house in [&mut a, &mut b] {
        opens_the_channel(house);
    }
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    let (purpose, opens_at) = (Purpose::ToSend, a.now.plus(9 * DAY));
    let text = "the blue gate in the rain".to_owned();
    let letter = Event::SendSealed { incident: None, purpose, opens_at, letter: Default::default(), text };
    let now = a.now;
    let vault = a.session.vault_mut().unwrap();
    let new = amends_client::NewEvent::shared(letter);
    vault.append_knowing(now, new, |local| local.without_rest = true).unwrap();
    assert!(!a.read("/").contains("Half of the key"), "it goes with the next connection");
    a.wait(DAY + MINUTE);
    b.wait(DAY + MINUTE);
    assert!(a.read("/").contains("Half of the key of a letter is still on this device"));
    carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(!a.read("/").contains("Half of the key") && !b.read("/").contains("Half of the key"));
}
