//! Records on the wire: round trips, sizes, and every way in which one must not open.

use amends_crypto::{
    Control, MAX_WIRE_RECORD, OpenWireError, RequestId, SealWireError, SpaceKeys, SpaceRoot, WireContent,
};
use proptest::prelude::*;

use crate::rng;
use crate::world::{REQUEST, World};

#[test]
fn the_space_of_own_devices_works_the_same() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let members = amends_crypto::Members::new(&[&world.ana.list]).unwrap();
    let own = &world.ana.device.own;
    let keys = SpaceKeys { root: &world.ana.own_root, book: own, own, members: &members, me: world.ana.id };
    let record = keys.seal_entry(b"a draft", REQUEST, &mut rng).unwrap();
    let opened = crate::world::entry(keys.open(&record, REQUEST)).unwrap();
    assert_eq!((opened.author, opened.bytes.as_slice()), (world.ana.id, b"a draft".as_slice()));
}

#[test]
fn grants_and_device_lists_look_like_entries_and_open_with_the_root_alone() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let grant = world.rotate(&mut rng);
    let list = world.ana.list.records()[0].as_bytes().to_vec();
    let record = world.seal_control(Control::Grant(grant.as_bytes()), &mut rng);
    match world.pair_root.open_control(&record, REQUEST).unwrap() {
        Some(WireContent::Grant(bytes)) => assert_eq!(bytes.as_slice(), grant.as_bytes()),
        other => panic!("{other:?}"),
    }
    let record = world.seal_control(Control::ListRecord(&list), &mut rng);
    let opened = world.with_keys(&world.ben, &world.ben.device, |keys| keys.open(&record, REQUEST));
    assert!(matches!(opened.unwrap(), WireContent::ListRecord(bytes) if *bytes == list));
    let entry = world.seal_as_ana(b"x", &mut rng);
    assert!(world.pair_root.open_control(&entry, REQUEST).unwrap().is_none());
    assert_eq!(entry[..33], record[..33], "version and mailbox are all that they share in the clear");
}

#[test]
fn lengths_tell_little_and_have_a_limit() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let len = |n: usize, rng: &mut _| world.seal_as_ana(&vec![b'x'; n], rng).len();
    let yes = len(3, &mut rng);
    assert_eq!(yes, 1 + 32 + 16 + 24 + 256 + 16);
    assert_eq!(len(150, &mut rng), yes);
    assert!(len(157, &mut rng) > yes);
    let largest = 63_388;
    assert!(len(largest, &mut rng) <= MAX_WIRE_RECORD);
    let seal = |keys: &SpaceKeys<'_>| keys.seal_entry(&vec![0; largest + 1], REQUEST, &mut crate::rng());
    let too_large = world.with_keys(&world.ana, &world.ana.device, seal);
    assert_eq!(too_large.unwrap_err(), SealWireError::TooLarge);
}

#[test]
fn the_same_words_twice_are_different_bytes() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    assert_ne!(world.seal_as_ana(b"sorry", &mut rng), world.seal_as_ana(b"sorry", &mut rng));
}

#[test]
fn errors_say_what_to_do() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let record = world.seal_as_ana(b"x", &mut rng);
    let open = |record: &[u8]| world.open_as_ben(record).unwrap_err();
    let mut newer = record.clone();
    newer[0] = 2;
    assert_eq!(open(&newer), OpenWireError::NewerVersion);
    let mut mailbox = record.clone();
    mailbox[5] ^= 1;
    assert_eq!(open(&mailbox), OpenWireError::WrongMailbox);
    let mut key = record.clone();
    key[40] ^= 1;
    assert!(matches!(open(&key), OpenWireError::UnknownEpoch(_)));
    for len in [0, 1, 33, 49, 73, record.len() - 1] {
        assert_eq!(open(&record[..len]), OpenWireError::Unreadable, "cut to {len}");
    }
    let other = world.with_keys(&world.ben, &world.ben.device, |keys| keys.open(&record, RequestId([8; 16])));
    assert_eq!(other.unwrap_err(), OpenWireError::Unreadable);
}

#[test]
fn a_record_changed_in_any_byte_is_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let grant = world.rotate(&mut rng);
    world.ben_takes(&grant);
    let control = world.seal_control(Control::Grant(grant.as_bytes()), &mut rng);
    for record in [world.seal_as_ana(b"I was not at work.", &mut rng), control] {
        for at in 0..record.len() {
            let mut changed = record.clone();
            changed[at] ^= 1 << (at % 8);
            let opened = world.with_keys(&world.ben, &world.ben.device, |keys| keys.open(&changed, REQUEST));
            assert!(opened.is_err(), "byte {at}");
        }
    }
}

#[test]
fn mailboxes_tokens_and_spaces_of_two_roots_share_nothing() {
    let mut rng = rng();
    let (one, other) = (SpaceRoot::make(&mut rng), SpaceRoot::make(&mut rng));
    let (a, b) = (one.mailbox(), other.mailbox());
    assert_ne!(a.id, b.id);
    assert_ne!(one.space(), other.space());
    let all = [a.read.bytes(), a.append.bytes(), b.read.bytes(), b.append.bytes(), &a.id.0, &b.id.0];
    for (at, token) in all.iter().enumerate() {
        assert!(!all[at + 1..].contains(token));
    }
    assert!(amends_crypto::Token::matches(a.read.bytes(), &a.read.fingerprint()));
    assert!(!amends_crypto::Token::matches(a.append.bytes(), &a.read.fingerprint()));
    let again = SpaceRoot::from_bytes(&one.to_bytes());
    assert_eq!(again.mailbox().id, a.id);
}

#[test]
fn any_entry_comes_back() {
    let world = World::new(&mut rng());
    proptest!(|(body in proptest::collection::vec(any::<u8>(), 0..4_000))| {
        let record = world.seal_as_ana(&body, &mut rng());
        prop_assert_eq!(&*world.open_as_ben(&record).unwrap().bytes, &body);
    });
}

#[test]
fn any_bytes_are_refused_without_a_panic() {
    let world = World::new(&mut rng());
    proptest!(|(bytes in proptest::collection::vec(any::<u8>(), 0..700))| {
        prop_assert!(world.open_as_ben(&bytes).is_err());
    });
}
