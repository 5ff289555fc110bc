//! Pictures, letters with a date, guest bundles, and matching without telling.

use amends_crypto::{
    BLOB_PART, BlindingSecret, BlobError, BlobRef, GuestError, GuestKey, LetterShare, OpenLetterError,
    SealedBlob, SealedLetter, letter_opens_at, open_letter,
};
use proptest::prelude::*;

use crate::rng;
use crate::world::{DAY, NOW};

#[test]
fn a_picture_comes_back_and_shows_only_its_number_of_parts() {
    let mut rng = rng();
    for (len, n_parts) in [(0, 1), (1, 1), (65_528, 1), (65_529, 2), (300_000, 5), (1_000_000, 16)] {
        let value: Vec<u8> = (0..=250).cycle().take(len).collect();
        let SealedBlob { reference, parts } = SealedBlob::seal(&value, &mut rng).unwrap();
        assert_eq!((parts.len(), reference.n_parts()), (n_parts, n_parts as u32), "{len}");
        assert!(parts.iter().all(|part| part.len() == BLOB_PART + 16));
        let stored = BlobRef::from_bytes(&reference.to_bytes()).unwrap();
        assert_eq!(*stored.open(&parts).unwrap(), value);
        assert_eq!(stored.id(), reference.id());
    }
    let too_large = SealedBlob::seal(&vec![0; amends_crypto::MAX_BLOB + 1], &mut rng);
    assert_eq!(too_large.unwrap_err(), BlobError::TooLarge);
}

#[test]
fn parts_that_are_missing_swapped_changed_or_foreign_are_noticed() {
    let mut rng = rng();
    let value = vec![7; 200_000];
    let SealedBlob { reference, parts } = SealedBlob::seal(&value, &mut rng).unwrap();
    let other = SealedBlob::seal(&value, &mut rng).unwrap();
    assert_eq!(reference.open(&parts[..3]).unwrap_err(), BlobError::Missing);
    let wrong = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut parts = parts.clone();
        change(&mut parts);
        reference.open(&parts).unwrap_err()
    };
    assert_eq!(wrong(&|parts| parts.swap(0, 1)), BlobError::Unreadable);
    assert_eq!(wrong(&|parts| parts[2] = parts[1].clone()), BlobError::Unreadable);
    assert_eq!(wrong(&|parts| parts[0] = other.parts[0].clone()), BlobError::Unreadable);
    assert_eq!(wrong(&|parts| parts[3].truncate(65_551)), BlobError::Unreadable);
    assert_eq!(wrong(&|parts| parts[3].clear()), BlobError::Unreadable);
    for at in [0, 1, 65_535, 65_536, 65_551] {
        for part in 0..parts.len() {
            assert_eq!(wrong(&|parts| parts[part][at] ^= 1), BlobError::Unreadable, "part {part}, byte {at}");
        }
    }
    assert_eq!(other.reference.open(&parts).unwrap_err(), BlobError::Unreadable);
}

#[test]
fn a_letter_opens_with_both_halves_and_shows_its_day_before() {
    let mut rng = rng();
    let SealedLetter { letter, share } = SealedLetter::seal(b"Read this in a year.", 1_800_000_000, &mut rng);
    let stored = LetterShare::from_bytes(&share.to_bytes()).unwrap();
    assert_eq!(letter_opens_at(&letter), Ok((stored.id(), 1_800_000_000)));
    assert_eq!(stored.opens_at(), 1_800_000_000);
    assert_eq!(*open_letter(&letter, stored.half()).unwrap(), b"Read this in a year.");
    assert_eq!(open_letter(&letter, &[0; 32]).unwrap_err(), OpenLetterError::Unreadable);
    assert_ne!(stored.half(), stored.withdraw_token());
}

#[test]
fn every_changed_byte_of_a_letter_and_of_its_half_is_noticed() {
    let SealedLetter { letter, share } = SealedLetter::seal(b"later", 5, &mut rng());
    for at in 0..letter.len() {
        let mut changed = letter.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(open_letter(&changed, share.half()).is_err(), "byte {at}");
    }
    for at in 0..32 {
        let mut half = *share.half();
        half[at] ^= 0x80;
        assert!(open_letter(&letter, &half).is_err(), "byte {at} of the half");
    }
    let mut newer = letter;
    newer[2] = 2;
    assert_eq!(open_letter(&newer, share.half()).unwrap_err(), OpenLetterError::NewerVersion);
}

#[test]
fn a_guest_reads_the_bundle_until_its_day_and_nothing_else() {
    let mut rng = rng();
    let until = NOW + 14 * DAY;
    let (key, parts) = GuestKey::seal(b"three pages", until, &mut rng).unwrap();
    let guest = GuestKey::parse(&format!("https://relay.example/guest{}", *key.to_fragment())).unwrap();
    assert_eq!(guest.id(), key.id());
    assert_eq!(*guest.open(&parts, until).unwrap(), b"three pages");
    assert_eq!(guest.open(&parts, until + 1).unwrap_err(), GuestError::Expired);
    let (_, others) = GuestKey::seal(b"other pages", until, &mut rng).unwrap();
    assert_eq!(guest.open(&others, NOW).unwrap_err(), GuestError::Unreadable);
    assert_eq!(guest.open::<Vec<u8>>(&[], NOW).unwrap_err(), GuestError::Unreadable);
    let fragment = key.to_fragment();
    let mut other_hash = fragment.to_string();
    other_hash.replace_range(48..49, if &other_hash[48..49] == "A" { "B" } else { "A" });
    assert_eq!(GuestKey::parse(&other_hash).unwrap().open(&parts, NOW).unwrap_err(), GuestError::Unreadable);
    for text in ["", "#g1", "#1.a.b", "#g1.a.b", &fragment[..60]] {
        assert_eq!(GuestKey::parse(text).unwrap_err(), GuestError::BadLink, "{text}");
    }
    let newer = fragment.replace("#g1.", "#g2.");
    assert_eq!(GuestKey::parse(&newer).unwrap_err(), GuestError::NewerVersion);
}

#[test]
fn equal_labels_meet_and_others_do_not() {
    let mut rng = rng();
    let (ana, ben) = (BlindingSecret::make(&mut rng), BlindingSecret::make(&mut rng));
    let both = |label: &[u8]| ben.blind_again(&ana.blind(label)).unwrap();
    assert_eq!(both(b"swim"), ana.blind_again(&ben.blind(b"swim")).unwrap());
    assert_ne!(both(b"swim"), both(b"dance"));
    assert_ne!(ana.blind(b"swim"), ben.blind(b"swim"));
    let again = BlindingSecret::from_bytes(ana.to_bytes().as_ref()).unwrap();
    assert_eq!(again.blind(b"swim"), ana.blind(b"swim"));
    let filler = BlindingSecret::filler(&mut rng);
    assert!(ben.blind_again(&filler).is_some());
    assert_ne!(filler, BlindingSecret::filler(&mut rng));
}

#[test]
fn what_is_no_point_or_no_secret_is_refused() {
    let secret = BlindingSecret::make(&mut rng());
    assert_eq!(secret.blind_again(&[0; 32]), None, "the identity hides nothing");
    assert_eq!(secret.blind_again(&[0xff; 32]), None);
    for bytes in [[0; 32].as_slice(), &[0xff; 32], &[1; 31], &[]] {
        assert!(BlindingSecret::from_bytes(bytes).is_none());
    }
}

#[test]
fn the_place_of_a_guest_bundle_is_derived_as_it_is_written() {
    // Computed by another program, from docs/formats/hierarchy.md.
    let (mailbox, read) = GuestKey::of(&[5; 32]).place();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex(&mailbox), "cc1ee7907a168c28adfd3a846742e7b6fb5ba1e0828835f39548a971ffba32a0");
    assert_eq!(hex(read.as_ref()), "c0bcbf4ed68ff1705e2b165036796ba463c5287d87b12c29a1a2f5dfc9792057");
    assert_eq!(hex(&GuestKey::of(&[5; 32]).id()), "74ff8f0a4c81ae6d17d5083de0167571");
}

#[test]
fn every_device_seals_a_guest_bundle_to_the_same_bytes() {
    let (one, parts) = GuestKey::seal_with(&[5; 32], b"three pages", NOW).unwrap();
    let (other, again) = GuestKey::seal_with(&[5; 32], b"three pages", NOW).unwrap();
    assert_eq!((parts, &*one.to_fragment()), (again, &*other.to_fragment()));
}

#[test]
fn secrets_of_sending_do_not_show_in_debug_output() {
    let mut rng = rng();
    let world = crate::world::World::new(&mut rng);
    let (guest, _) = GuestKey::seal(b"x", NOW, &mut rng).unwrap();
    let letter = SealedLetter::seal(b"x", 1, &mut rng).share;
    let blob = SealedBlob::seal(b"x", &mut rng).unwrap().reference;
    let shown = format!(
        "{:?} {:?} {:?} {guest:?} {letter:?} {blob:?} {:?} {:?}",
        world.ana.device.keys,
        world.pair_root,
        crate::world::recovery(),
        BlindingSecret::make(&mut rng),
        world.pair_root.mailbox().read,
    );
    assert_eq!(shown.matches("(hidden)").count(), 8);
}

proptest! {
    #[test]
    fn any_bytes_as_point_are_handled(bytes in any::<[u8; 32]>()) {
        let secret = BlindingSecret::make(&mut rng());
        if let Some(point) = secret.blind_again(&bytes) {
            prop_assert!(secret.blind_again(&point).is_some());
        }
    }

    #[test]
    fn any_bytes_as_letter_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open_letter(&bytes, &[1; 32]).is_err());
    }
}
