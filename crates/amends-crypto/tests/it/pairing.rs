//! Pairing: both sides agree, and nobody between them can make it look so.

use amends_crypto::{Invite, Joining, OFFER_LASTS, Paired, PairingError, PairingLink, PairingPurpose};

use crate::rng;
use crate::world::NOW;

struct Offered {
    invite: Invite,
    link: PairingLink,
    offer: Vec<u8>,
}

fn offered(rng: &mut impl amends_crypto::CryptoRng) -> Offered {
    let invite = Invite::make(PairingPurpose::Partner, NOW, rng);
    let offer = invite.seal_offer(rng);
    let link = PairingLink::parse(&invite.link().to_fragment()).unwrap();
    Offered { invite, link, offer }
}

fn words(paired: &Paired) -> String {
    paired.safety_words().join(" ")
}

#[test]
fn both_sides_share_a_space_and_four_words() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    assert_eq!(Joining::purpose_of(&link, &offer), Ok(PairingPurpose::Partner));
    let (joining, join) = Joining::begin(&link, &offer, b"Ben's list", NOW, &mut rng).unwrap();
    let (ana, reveal) = invite.answer(&join, NOW + 1, &mut rng).unwrap();
    let ben = joining.finish(&reveal).unwrap();
    assert_eq!(ana.joiner_payload(), Some(b"Ben's list".as_slice()));
    assert_eq!(words(&ana), words(&ben));
    assert_eq!(ana.space_root().space(), ben.space_root().space());
    let payload = ana.seal_payload(b"Ana's list", &mut rng).unwrap();
    assert_eq!(*ben.open_payload(&payload).unwrap(), b"Ana's list");
    assert_eq!(invite.link().pairing(), link.pairing());
    assert_eq!(invite.link().mailbox().id, link.mailbox().id);
}

#[test]
fn a_pairing_goes_on_after_a_restart_on_both_sides() {
    let mut rng = rng();
    let Offered { invite, link, offer } = offered(&mut rng);
    let mut invite = Invite::from_bytes(&invite.to_bytes()).unwrap();
    let (joining, join) = Joining::begin(&link, &offer, b"", NOW, &mut rng).unwrap();
    let joining = Joining::from_bytes(&joining.to_bytes()).unwrap();
    let (ana, reveal) = invite.answer(&join, NOW, &mut rng).unwrap();
    let ben = joining.finish(&reveal).unwrap();
    let ana = Paired::from_bytes(&ana.to_bytes());
    assert_eq!(words(&ana), words(&ben));
}

#[test]
fn an_invitation_is_answered_once_also_after_a_restart() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    let (_, join) = Joining::begin(&link, &offer, b"", NOW, &mut rng).unwrap();
    let (_, second) = Joining::begin(&link, &offer, b"", NOW, &mut rng).unwrap();
    invite.answer(&join, NOW, &mut rng).unwrap();
    assert_eq!(invite.answer(&second, NOW, &mut rng).unwrap_err(), PairingError::Used);
    let mut invite = Invite::from_bytes(&invite.to_bytes()).unwrap();
    assert_eq!(invite.answer(&second, NOW, &mut rng).unwrap_err(), PairingError::Used);
}

#[test]
fn a_link_stands_for_a_day() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    let late = NOW + OFFER_LASTS + 1;
    let joined = Joining::begin(&link, &offer, b"", late, &mut rng);
    assert_eq!(joined.unwrap_err(), PairingError::Expired);
    let (_, join) = Joining::begin(&link, &offer, b"", NOW + OFFER_LASTS, &mut rng).unwrap();
    assert_eq!(invite.answer(&join, late, &mut rng).unwrap_err(), PairingError::Expired);
    assert!(invite.answer(&join, NOW + OFFER_LASTS, &mut rng).is_ok());
}

#[test]
fn an_offer_in_place_of_the_true_one_is_refused() {
    let mut rng = rng();
    let Offered { link, invite, .. } = offered(&mut rng);
    // Somebody who read the link makes an offer with the same secret and a key of their own.
    let fragment = invite.link().to_fragment();
    let (start, hash) = fragment.rsplit_once('.').unwrap();
    let other = Invite::make(PairingPurpose::Partner, NOW, &mut rng);
    let other_hash = other.link().to_fragment().rsplit_once('.').unwrap().1.to_owned();
    assert_ne!(hash, other_hash);
    let swapped = PairingLink::parse(&format!("{start}.{other_hash}")).unwrap();
    let offer = invite.seal_offer(&mut rng);
    let joined = Joining::begin(&swapped, &offer, b"", NOW, &mut rng);
    assert_eq!(joined.unwrap_err(), PairingError::OtherOffer);
    let foreign = other.seal_offer(&mut rng);
    let joined = Joining::begin(&link, &foreign, b"", NOW, &mut rng);
    assert_eq!(joined.unwrap_err(), PairingError::Unreadable);
}

#[test]
fn somebody_who_joins_first_with_a_stolen_link_gets_other_words() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    let (thief, theirs) = Joining::begin(&link, &offer, b"thief", NOW, &mut rng).unwrap();
    let (ben, join) = Joining::begin(&link, &offer, b"Ben", NOW, &mut rng).unwrap();
    let (ana, reveal) = invite.answer(&theirs, NOW, &mut rng).unwrap();
    assert!(thief.finish(&reveal).is_ok());
    assert_eq!(ben.finish(&reveal).unwrap_err(), PairingError::Unreadable);
    assert_eq!(invite.answer(&join, NOW, &mut rng).unwrap_err(), PairingError::Used);
    assert_eq!(ana.joiner_payload(), Some(b"thief".as_slice()));
}

#[test]
fn changed_bytes_of_every_message_are_noticed_and_do_not_use_the_invitation_up() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    for at in 0..offer.len() {
        let mut changed = offer.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(Joining::begin(&link, &changed, b"", NOW, &mut rng).is_err(), "offer, byte {at}");
    }
    let (joining, join) = Joining::begin(&link, &offer, b"Ben", NOW, &mut rng).unwrap();
    for at in (0..join.len()).step_by(7) {
        let mut changed = join.clone();
        changed[at] ^= 1 << (at % 8);
        let answered = invite.answer(&changed, NOW, &mut rng);
        assert_eq!(answered.unwrap_err(), PairingError::Unreadable, "join, byte {at}");
    }
    let (ana, reveal) = invite.answer(&join, NOW, &mut rng).unwrap();
    for at in (0..reveal.len()).step_by(7) {
        let mut changed = reveal.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(joining.finish(&changed).is_err(), "reveal, byte {at}");
    }
    let ben = joining.finish(&reveal).unwrap();
    let payload = ana.seal_payload(b"Ana", &mut rng).unwrap();
    for at in 0..payload.len() {
        let mut changed = payload.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(ben.open_payload(&changed).is_err(), "payload, byte {at}");
    }
}

#[test]
fn links_are_read_as_people_paste_them() {
    let mut rng = rng();
    let fragment = offered(&mut rng).invite.link().to_fragment();
    assert_eq!(fragment.len(), 69);
    for text in [
        format!("https://relay.example/j{}", *fragment),
        format!(" {} \n", *fragment),
        fragment[1..].to_owned(),
    ] {
        assert_eq!(PairingLink::parse(&text).unwrap().to_fragment(), fragment);
    }
    let newer = fragment.replace("#1.", "#2.");
    assert_eq!(PairingLink::parse(&newer).unwrap_err(), PairingError::NewerVersion);
    let cases = ["", "#", "#1", "#1.", "#1..", "#1.a.b", "#0.a.b", "https://relay.example/j"];
    for text in cases.into_iter().chain([&fragment[..68], &fragment[..40]]) {
        assert_eq!(PairingLink::parse(text).unwrap_err(), PairingError::BadLink, "{text}");
    }
}

#[test]
fn what_is_too_large_for_a_pairing_says_so() {
    let mut rng = rng();
    let Offered { mut invite, link, offer } = offered(&mut rng);
    let large = vec![0; amends_crypto::MAX_PAIRING_PAYLOAD + 1];
    let joined = Joining::begin(&link, &offer, &large, NOW, &mut rng);
    assert_eq!(joined.unwrap_err(), PairingError::TooLarge);
    let (_, join) = Joining::begin(&link, &offer, &large[1..], NOW, &mut rng).unwrap();
    assert!(join.len() <= 64 * 1024);
    let (ana, _) = invite.answer(&join, NOW, &mut rng).unwrap();
    assert_eq!(ana.seal_payload(&large, &mut rng).unwrap_err(), PairingError::TooLarge);
    assert!(ana.seal_payload(&large[1..], &mut rng).unwrap().len() <= 64 * 1024);
}
