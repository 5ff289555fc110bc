//! Epochs: who can read what, from when to when.

use amends_crypto::{
    ApplyGrantError, ChainId, Cut, DeviceList, EpochBook, Grant, GrantApplied, History, Members, Opener,
    ROTATE_AFTER_RECORDS, Rotation, RotationDue, Signer, SpaceRoot,
};

use proptest::prelude::*;

use crate::rng;
use crate::world::{DAY, Device, NOW, World, all_cuts, chains, recovery, rotate};

#[test]
fn both_partners_read_what_either_writes() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let record = world.seal_as_ana(b"I told you I had stopped. I had not.", &mut rng);
    let opened = world.open_as_ben(&record).unwrap();
    assert_eq!(
        (opened.author, opened.bytes.as_slice()),
        (world.ana.id, b"I told you I had stopped. I had not.".as_slice())
    );
    assert_eq!(world.open_as_ana(&record).unwrap().author, world.ana.id);
}

#[test]
fn a_new_device_reads_what_was_before() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let (old_own, old_pair) = (world.ana.rotate_own(&mut rng), world.rotate(&mut rng));
    world.ben_takes(&old_pair);
    let before = world.seal_as_ana(b"before", &mut rng);
    let mut laptop = world.link_device(3, &mut rng);
    let unknown =
        world.with_keys(&world.ana, &laptop, |keys| keys.open(&before, crate::world::REQUEST).is_err());
    assert!(unknown, "the old grant has not arrived yet");
    world.take(&mut laptop, &old_own, &old_pair);
    assert!(world.with_keys(&world.ana, &laptop, |keys| keys.open(&before, crate::world::REQUEST).is_ok()));
}

#[test]
fn history_that_is_withheld_opens_with_a_later_grant() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let old = world.rotate(&mut rng);
    let mut laptop = Device::new(3, &world.ana.own_root, &world.pair_root, &mut rng);
    world.ana.add(&laptop);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let keys = &world.ana.device.keys;
    let withheld =
        Rotation { members: &members, device: keys, cuts: all_cuts(), history: History::Withheld, at: NOW };
    let book = &mut world.ana.device.pair;
    let first = book.rotate(&withheld, &mut rng).unwrap();
    let later = rotate(book, &members, keys, all_cuts(), &mut rng);

    let opener = Opener::Device(&laptop.keys);
    assert_eq!(laptop.pair.apply(&old, &members, opener), Ok(GrantApplied::Locked));
    assert_eq!(laptop.pair.apply(&first, &members, opener), Ok(GrantApplied::Opened));
    assert!(!laptop.pair.is_open(old.epoch()));
    assert_eq!(laptop.pair.apply(&later, &members, opener), Ok(GrantApplied::Opened));
    assert!(laptop.pair.is_open(old.epoch()));
}

#[test]
fn a_removed_device_gets_no_new_secret() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let mut phone = world.link_device(3, &mut rng);
    world.ana.list.revoke(phone.keys.id(), Signer::Device(&world.ana.device.keys), NOW).unwrap();
    world.ana.rotate_own(&mut rng);
    let grant = world.rotate_after(all_cuts(), &mut rng);
    world.ben_takes(&grant);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let applied = phone.pair.apply(&grant, &members, Opener::Device(&phone.keys));
    assert_eq!(applied, Ok(GrantApplied::Locked));
    let record = world.seal_as_ana(b"after", &mut rng);
    assert!(world.with_keys(&world.ana, &phone, |keys| keys.open(&record, crate::world::REQUEST).is_err()));
}

#[test]
fn nothing_is_written_before_keys_follow_a_change_of_devices() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let laptop = Device::new(3, &world.ana.own_root, &world.pair_root, &mut rng);
    world.ana.add(&laptop);
    let sealed = world.with_keys(&world.ana, &world.ana.device, |keys| {
        keys.seal_entry(b"x", crate::world::REQUEST, &mut rng)
    });
    assert_eq!(sealed.unwrap_err(), amends_crypto::SealWireError::RotationNeeded);
}

#[test]
fn rotation_is_due_after_a_change_a_month_or_a_thousand_records() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let due = |world: &World, now, written| {
        let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
        world.ana.device.pair.rotation_due(&members, now, written)
    };
    assert_eq!(due(&world, NOW + 30 * DAY, ROTATE_AFTER_RECORDS), None);
    assert_eq!(due(&world, NOW + 30 * DAY + 1, 0), Some(RotationDue::Age));
    assert_eq!(due(&world, NOW - 31 * DAY, 0), Some(RotationDue::Age), "a clock was wrong");
    assert_eq!(due(&world, NOW, ROTATE_AFTER_RECORDS + 1), Some(RotationDue::Records));
    world.ana.device.keys.rekey(&mut rng);
    assert_eq!(due(&world, NOW, 0), None);
    world.ana.list.rekey(&world.ana.device.keys, NOW).unwrap();
    assert_eq!(due(&world, NOW, 0), Some(RotationDue::Members));
}

#[test]
fn a_copy_from_before_a_rekey_opens_nothing_new() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let copied = amends_crypto::DeviceKeys::from_bytes(&world.ana.device.keys.to_bytes()).unwrap();
    let mut copied_book = EpochBook::from_bytes(&world.ana.device.pair.to_bytes()).unwrap();
    world.ana.device.keys.rekey(&mut rng);
    world.ana.list.rekey(&world.ana.device.keys, NOW).unwrap();
    let grant = world.rotate_after(all_cuts(), &mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    assert_eq!(copied_book.apply(&grant, &members, Opener::Device(&copied)), Ok(GrantApplied::Locked));
}

#[test]
fn grants_to_the_key_before_open_until_it_is_forgotten() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    world.ben.device.keys.rekey(&mut rng);
    let grant = world.rotate(&mut rng);
    let stored = amends_crypto::DeviceKeys::from_bytes(&world.ben.device.keys.to_bytes()).unwrap();
    world.ben.device.keys.forget_previous();
    let again = world.rotate(&mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let book = &mut world.ben.device.pair;
    assert_eq!(book.apply(&grant, &members, Opener::Device(&stored)), Ok(GrantApplied::Opened));
    assert_eq!(
        book.apply(&again, &members, Opener::Device(&world.ben.device.keys)),
        Ok(GrantApplied::Locked)
    );
    assert_eq!(book.apply(&again, &members, Opener::Device(&stored)), Ok(GrantApplied::Opened));
    assert_eq!(book.apply(&again, &members, Opener::Device(&stored)), Ok(GrantApplied::Known));
}

#[test]
fn two_epochs_at_once_lead_to_one_on_all_devices_without_a_server() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let (ana, ben) = (&mut world.ana.device, &mut world.ben.device);
    let by_ana = rotate(&mut ana.pair, &members, &ana.keys, all_cuts(), &mut rng);
    let by_ben = rotate(&mut ben.pair, &members, &ben.keys, all_cuts(), &mut rng);
    ana.pair.apply(&by_ben, &members, Opener::Device(&ana.keys)).unwrap();
    ben.pair.apply(&by_ana, &members, Opener::Device(&ben.keys)).unwrap();
    assert_eq!(ana.pair.current(&members), ben.pair.current(&members));
    let next = rotate(&mut ana.pair, &members, &ana.keys, all_cuts(), &mut rng);
    assert_eq!(next.parents().len(), 2);
    ben.pair.apply(&next, &members, Opener::Device(&ben.keys)).unwrap();
    assert_eq!(ben.pair.current(&members), Some(next.epoch()));
}

#[test]
fn recovery_words_open_the_epochs_again() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let (old, new) = (world.rotate(&mut rng), world.rotate(&mut rng));
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let words = recovery();
    let mut book = EpochBook::new(world.pair_root.space());
    assert_eq!(book.apply(&new, &members, Opener::Recovery(&words)), Ok(GrantApplied::Opened));
    assert_eq!(book.apply(&old, &members, Opener::Recovery(&words)), Ok(GrantApplied::Opened));
    assert_eq!(book.current(&members), Some(new.epoch()));
}

#[test]
fn the_recovery_box_takes_notes_that_only_the_words_open() {
    let mut rng = rng();
    let left = recovery().derive_box();
    let stored = amends_crypto::RecoveryBox::from_bytes(&left.to_bytes()).unwrap();
    let note = stored.seal_note(b"device list, roots", &mut rng);
    assert_eq!(*recovery().open_note(&note).unwrap(), b"device list, roots");
    assert_eq!(stored.mailbox().id, recovery().derive_box().mailbox().id);
    assert_ne!(stored.mailbox().id, SpaceRoot::make(&mut rng).mailbox().id);
    for at in [0, 500, 1119, 1120, note.len() - 1] {
        let mut changed = note.clone();
        changed[at] ^= 1;
        assert!(recovery().open_note(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn events_that_the_maker_of_an_epoch_had_not_seen_come_again_under_the_new_one() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let chain = chains(1).shared;
    let old = world.rotate(&mut rng);
    let new = world.rotate_after(vec![Cut { chain, until: 5 }], &mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let admission = world.ana.device.pair.admission(&members);
    assert!(admission.admits(old.epoch(), chain, 4));
    assert!(!admission.admits(old.epoch(), chain, 5));
    assert!(!admission.admits(old.epoch(), ChainId([99; 16]), 0));
    assert!(admission.admits(new.epoch(), chain, 5));
}

#[test]
fn grants_tell_how_far_somebody_has_seen_each_chain_and_those_of_removed_devices_tell_nothing() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let mut phone = world.link_device(3, &mut rng);
    let chain = ChainId([77; 16]);
    for until in [5, 3] {
        world.rotate_after(vec![Cut { chain, until }], &mut rng);
    }
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let by_phone = rotate(&mut phone.pair, &members, &phone.keys, vec![Cut { chain, until: 9 }], &mut rng);
    world.ana.device.pair.apply(&by_phone, &members, Opener::Device(&world.ana.device.keys)).unwrap();
    let seen = |world: &World| {
        let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
        world.ana.device.pair.seen(&members).get(&chain).copied()
    };
    assert_eq!(seen(&world), Some(9));
    world.ana.list.revoke(phone.keys.id(), Signer::Device(&world.ana.device.keys), NOW).unwrap();
    assert_eq!(seen(&world), Some(5), "the furthest, of devices that count");
}

#[test]
fn what_a_removed_device_grants_later_admits_nothing_and_is_left_behind() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let mut phone = world.link_device(3, &mut rng);
    let lists_before = (world.ana.list.clone(), world.ben.list.clone());
    world.ana.list.revoke(phone.keys.id(), Signer::Device(&world.ana.device.keys), NOW).unwrap();
    let after_removal = world.rotate_after(all_cuts(), &mut rng);
    world.ben_takes(&after_removal);
    // Whoever has the phone begins an epoch by the list of before, in which the phone counts.
    let before = Members::new(&[&lists_before.0, &lists_before.1]).unwrap();
    let forged = rotate(&mut phone.pair, &before, &phone.keys, all_cuts(), &mut rng);
    assert_eq!(world.ben_takes(&forged), GrantApplied::Opened);

    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let ben = &mut world.ben.device;
    assert!(!ben.pair.admission(&members).admits(forged.epoch(), chains(3).shared, 0));
    assert_eq!(ben.pair.current(&members), Some(after_removal.epoch()));
    let next = rotate(&mut ben.pair, &members, &ben.keys, all_cuts(), &mut rng);
    assert!(!next.parents().contains(&forged.epoch()));
}

#[test]
fn a_book_survives_its_bytes() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    world.rotate_after(all_cuts(), &mut rng);
    let record = world.seal_as_ana(b"kept", &mut rng);
    world.ana.device.pair = EpochBook::from_bytes(&world.ana.device.pair.to_bytes()).unwrap();
    world.ana.device.own = EpochBook::from_bytes(&world.ana.device.own.to_bytes()).unwrap();
    assert_eq!(*world.open_as_ana(&record).unwrap().bytes, b"kept");
}

#[test]
fn grants_that_do_not_fit_are_told_apart() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let grant = world.rotate(&mut rng);
    let opener = Opener::Device(&world.ben.device.keys);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let alone = Members::new(&[&world.ben.list]).unwrap();
    let mut elsewhere = EpochBook::new(world.ana.own_root.space());
    assert_eq!(elsewhere.apply(&grant, &members, opener), Err(ApplyGrantError::OtherSpace));
    let mut book = EpochBook::new(world.pair_root.space());
    assert_eq!(book.apply(&grant, &alone, opener), Err(ApplyGrantError::OtherMembers));

    let first_only = DeviceList::from_records([world.ana.list.records()[0].as_bytes()]).unwrap();
    let behind = Members::new(&[&first_only, &world.ben.list]).unwrap();
    let laptop = Device::new(3, &world.ana.own_root, &world.pair_root, &mut rng);
    let mut longer = world.ana.list.clone();
    longer.add(laptop.keys.accept([3; 16]), Signer::Device(&world.ana.device.keys), NOW).unwrap();
    let ahead = Members::new(&[&longer, &world.ben.list]).unwrap();
    let ana = &mut world.ana.device;
    let grant = rotate(&mut ana.pair, &ahead, &ana.keys, vec![], &mut rng);
    assert_eq!(book.apply(&grant, &behind, opener), Err(ApplyGrantError::MissingList));
    assert_eq!(book.apply(&grant, &ahead, opener), Ok(GrantApplied::Opened));
}

#[test]
fn a_grant_changed_in_any_byte_is_refused_and_changes_nothing() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let grant = world.rotate(&mut rng).as_bytes().to_vec();
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let before = world.ben.device.pair.epochs().count();
    for at in 0..grant.len() {
        let mut changed = grant.clone();
        changed[at] ^= 1 << (at % 8);
        let opener = Opener::Device(&world.ben.device.keys);
        let applied = Grant::parse(&changed)
            .map_err(ApplyGrantError::from)
            .and_then(|grant| world.ben.device.pair.apply(&grant, &members, opener));
        assert!(applied.is_err(), "byte {at}");
    }
    assert_eq!(world.ben.device.pair.epochs().count(), before);
    let mut newer = grant;
    newer[1] = 2;
    assert_eq!(Grant::parse(&newer).unwrap_err(), amends_crypto::GrantParseError::NewerVersion);
}

#[test]
fn grants_lead_to_the_same_epochs_in_any_order() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let mut grants = Vec::new();
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let (ana, ben) = (&mut world.ana.device, &mut world.ben.device);
    for round in 0..4 {
        let by_ana = rotate(&mut ana.pair, &members, &ana.keys, all_cuts(), &mut rng);
        let by_ben = rotate(&mut ben.pair, &members, &ben.keys, all_cuts(), &mut rng);
        if round % 2 == 0 {
            ana.pair.apply(&by_ben, &members, Opener::Device(&ana.keys)).unwrap();
            ben.pair.apply(&by_ana, &members, Opener::Device(&ben.keys)).unwrap();
        }
        grants.extend([by_ana, by_ben]);
    }
    let book_of = |order: &[Grant]| {
        let mut book = EpochBook::new(world.pair_root.space());
        for grant in order {
            book.apply(grant, &members, Opener::Device(&world.ben.device.keys)).unwrap();
        }
        book
    };
    let expected = book_of(&grants);
    proptest!(ProptestConfig::with_cases(40), |(order in Just(grants.clone()).prop_shuffle())| {
        let book = book_of(&order);
        prop_assert_eq!(book.current(&members), expected.current(&members));
        prop_assert!(book.epochs().eq(expected.epochs()));
        for epoch in book.epochs() {
            prop_assert!(book.is_open(epoch));
            let (one, other) = (book.admission(&members), expected.admission(&members));
            for position in [0, 9, 10] {
                let chain = chains(1).shared;
                prop_assert_eq!(one.admits(epoch, chain, position), other.admits(epoch, chain, position));
            }
        }
    });
}
