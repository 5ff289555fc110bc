//! Records that must not open, each wrong in one respect; and none of them may stop the program.

use amends_crypto::{OpenRecordError, Place, RecordKey, RecordKind, VaultKey};
use proptest::prelude::*;

use crate::reference::Parts;
use crate::{PLACE, record_key, rng};

const BODY: &[u8] = b"I said I was at work. I was not.";

fn good() -> Vec<u8> {
    record_key().seal(PLACE, BODY, &mut rng()).unwrap()
}

fn open(record: &[u8]) -> OpenRecordError {
    record_key().open(PLACE, record).unwrap_err()
}

#[test]
fn records_wrong_in_one_respect_do_not_open() {
    let with = |change: fn(&mut Parts)| {
        let mut parts = Parts::of(BODY, 256);
        change(&mut parts);
        parts.seal()
    };
    let cases = [
        ("other version in front", with(|p| p.version = 0)),
        ("other kind in front", with(|p| p.kind = 2)),
        ("sealed for another version", with(|p| p.aad_version = 0)),
        ("MAC of zeros", with(|p| p.mac = Some([0; 32]))),
        ("MAC of ones", with(|p| p.mac = Some([0xff; 32]))),
        ("length beyond the record", with(|p| p.body_len = 221)),
        ("length at the limit of the number", with(|p| p.body_len = u32::MAX)),
        ("length shorter than the body", with(|p| p.body_len -= 1)),
        ("length into the padding", with(|p| p.body_len += 1)),
        ("padding not zero", with(|p| p.padding[10] = 1)),
        ("last byte of padding not zero", with(|p| *p.padding.last_mut().unwrap() = 0x80)),
        ("padded below the floor", with(|p| p.padding.truncate(100))),
        ("not padded", with(|p| p.padding.clear())),
        ("padded to a length that is no Padmé length", with(|p| p.padding.push(0))),
        ("padded to the next Padmé length", with(|p| p.padding.resize(p.padding.len() + 16, 0))),
    ];
    for (name, record) in cases {
        assert_eq!(open(&record), OpenRecordError::Unreadable, "{name}");
    }
}

#[test]
fn a_record_of_a_newer_version_says_so() {
    let mut record = good();
    record[0] = 2;
    assert_eq!(open(&record), OpenRecordError::NewerVersion);
    record[0] = 255;
    assert_eq!(open(&record), OpenRecordError::NewerVersion);
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    let record = good();
    for len in 0..record.len() {
        assert_eq!(open(&record[..len]), OpenRecordError::Unreadable, "cut to {len}");
    }
    for at in 1..record.len() {
        let mut changed = record.clone();
        changed[at] ^= 1;
        assert_eq!(open(&changed), OpenRecordError::Unreadable, "byte {at}");
    }
    let longer = [record, vec![0]].concat();
    assert_eq!(open(&longer), OpenRecordError::Unreadable);
}

#[test]
fn a_record_moved_to_another_place_does_not_open() {
    let record = good();
    let mut id = PLACE.id;
    id[15] ^= 1;
    for place in [Place { id, ..PLACE }, Place { kind: RecordKind(2), ..PLACE }] {
        assert_eq!(record_key().open(place, &record).unwrap_err(), OpenRecordError::Unreadable);
    }
    let mut relabelled = record;
    relabelled[1] = 2;
    let place = Place { kind: RecordKind(2), ..PLACE };
    assert_eq!(record_key().open(place, &relabelled).unwrap_err(), OpenRecordError::Unreadable);
}

#[test]
fn another_key_does_not_open() {
    let mut rng = rng();
    let _first = VaultKey::make(&mut rng);
    let other = RecordKey::derive(&VaultKey::make(&mut rng));
    assert_eq!(other.open(PLACE, &good()).unwrap_err(), OpenRecordError::Unreadable);
}

#[test]
fn sealing_the_same_text_twice_gives_different_bytes_of_the_same_length() {
    let mut rng = rng();
    let first = record_key().seal(PLACE, b"yes", &mut rng).unwrap();
    let second = record_key().seal(PLACE, b"no, never again in my life", &mut rng).unwrap();
    let third = record_key().seal(PLACE, b"yes", &mut rng).unwrap();
    assert_ne!(first, third);
    assert_eq!(first.len(), second.len());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(record_key().open(PLACE, &bytes).is_err());
    }

    #[test]
    fn any_body_comes_back(body in proptest::collection::vec(any::<u8>(), 0..5_000)) {
        let record = record_key().seal(PLACE, &body, &mut rng()).unwrap();
        prop_assert_eq!(&*record_key().open(PLACE, &record).unwrap(), &body);
    }
}
