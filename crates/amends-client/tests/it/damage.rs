//! Damaged, cut, swapped and foreign records: the rest stays readable, and what is wrong is counted.

use amends_client::{LockedVault, Reason, UnlockError, Vault};
use amends_store::{Change, Position, Store, StoredRecord};

use crate::{Disk, PASSPHRASE, create, letters, new_vault, open, rng, write};

const TEXTS: [&str; 5] = ["one", "two", "three", "four", "five"];

/// A closed vault with five letters.
fn five_letters() -> Disk {
    let (mut vault, disk) = create();
    for text in TEXTS {
        write(&mut vault, text);
    }
    disk
}

fn records(disk: &Disk) -> Vec<StoredRecord> {
    disk.read_after(Position::START, 99).unwrap()
}

fn change(disk: &Disk, change: Change) {
    disk.clone().commit(&[change]).unwrap();
}

fn replace(disk: &Disk, index: usize, bytes: Vec<u8>) {
    change(disk, Change::Replace { id: records(disk)[index].id, bytes });
}

#[test]
fn one_unreadable_record_hides_nothing_else() {
    for index in 0..5 {
        let disk = five_letters();
        let mut bytes = records(&disk)[index].bytes.clone();
        bytes[100] ^= 1;
        replace(&disk, index, bytes);
        let mut vault = open(disk.clone());
        let rest: Vec<&str> =
            TEXTS.iter().copied().enumerate().filter(|(i, _)| *i != index).map(|(_, t)| t).collect();
        assert_eq!(letters(&vault), rest);
        let [set_aside] = vault.quarantined() else { panic!("one record is set aside") };
        assert_eq!((set_aside.position, set_aside.reason), (index as u64 + 1, Reason::Unreadable));
        let report = vault.doctor().unwrap();
        assert!(!report.is_healthy());
        assert_eq!((report.n_events, report.n_missing, report.n_broken), (4, 1, 0));
        // The vault can still be written, and what is written is there.
        write(&mut vault, "six");
        drop(vault);
        assert_eq!(letters(&open(disk)).last(), Some(&"six"));
    }
}

#[test]
fn every_kind_of_bad_record_is_set_aside_with_its_reason() {
    let newer = |bytes: &[u8]| [&[2], &bytes[1..]].concat();
    let whole = |disk: &Disk| records(disk)[2].bytes.clone();
    type Spoil = fn(&[u8]) -> Vec<u8>;
    let cases: [(&str, Spoil, Reason); 6] = [
        ("empty", |_| vec![], Reason::Unreadable),
        ("one byte", |_| vec![1], Reason::Unreadable),
        ("cut off", |bytes| bytes[..bytes.len() - 1].to_vec(), Reason::Unreadable),
        ("zeros", |bytes| vec![0; bytes.len()], Reason::Unreadable),
        ("relabelled as a tombstone", |bytes| [&[1, 2], &bytes[2..]].concat(), Reason::Unreadable),
        ("newer version", newer, Reason::NewerVersion),
    ];
    for (name, spoil, reason) in cases {
        let disk = five_letters();
        replace(&disk, 2, spoil(&whole(&disk)));
        let vault = open(disk);
        assert_eq!(vault.quarantined().iter().map(|q| q.reason).collect::<Vec<_>>(), [reason], "{name}");
        assert_eq!(letters(&vault), ["one", "two", "four", "five"], "{name}");
    }
}

#[test]
fn records_that_changed_places_do_not_pass_as_each_other() {
    let disk = five_letters();
    let [second, fourth] = [1, 3].map(|index| records(&disk)[index].bytes.clone());
    replace(&disk, 1, fourth);
    replace(&disk, 3, second);
    let vault = open(disk);
    assert_eq!(vault.quarantined().len(), 2);
    assert_eq!(letters(&vault), ["one", "three", "five"]);
}

#[test]
fn a_record_of_another_vault_is_set_aside() {
    let disk = five_letters();
    let other = Disk::default();
    let (mut vault, _) = Vault::create(other.clone(), new_vault(), rng(7)).unwrap();
    write(&mut vault, "not mine");
    let stranger = records(&other)[0].clone();
    change(&disk, Change::Append { id: stranger.id, bytes: stranger.bytes });
    let vault = open(disk);
    assert_eq!((vault.quarantined().len(), letters(&vault).len()), (1, 5));
}

#[test]
fn records_taken_out_are_missed_in_the_middle_and_at_the_end() {
    for (index, n_taken) in [(0, 1), (2, 2), (4, 1), (0, 5)] {
        let disk = five_letters();
        let all = records(&disk);
        for record in &all[index..index + n_taken] {
            change(&disk, Change::Remove { id: record.id });
        }
        let vault = open(disk.clone());
        let report = vault.doctor().unwrap();
        assert_eq!(report.n_missing, n_taken as u64, "{n_taken} from {index}");
        assert_eq!(letters(&vault).len(), 5 - n_taken);
        drop(vault);
        let mut vault = open(disk.clone());
        write(&mut vault, "six");
        drop(vault);
        assert_eq!(letters(&open(disk)).last(), Some(&"six"), "{n_taken} from {index}");
    }
}

#[test]
fn a_lost_or_spoilt_value_costs_at_most_its_own_content() {
    for name in ["heads", "profile", "snapshot"] {
        for bytes in [None, Some(vec![1, 4, 0, 0]), Some(vec![])] {
            let disk = five_letters();
            change(
                &disk,
                match bytes {
                    None => Change::Delete { name: name.to_owned() },
                    Some(bytes) => Change::Put { name: name.to_owned(), bytes },
                },
            );
            let mut vault = open(disk.clone());
            assert_eq!(letters(&vault), TEXTS, "{name}");
            write(&mut vault, "six");
            drop(vault);
            assert_eq!(letters(&open(disk)).len(), 6, "{name}");
        }
    }
}

#[test]
fn without_heads_the_number_of_an_unreadable_last_record_is_not_used_again() {
    let disk = five_letters();
    replace(&disk, 4, vec![0; 300]);
    change(&disk, Change::Delete { name: "heads".to_owned() });
    let mut vault = open(disk.clone());
    write(&mut vault, "six");
    drop(vault);
    assert_eq!(letters(&open(disk)), ["one", "two", "three", "four", "six"]);
}

#[test]
fn a_spoilt_header_says_that_the_vault_is_damaged() {
    let disk = five_letters();
    change(&disk, Change::Put { name: "vault".to_owned(), bytes: vec![0xff] });
    assert!(matches!(LockedVault::find(disk), Err(UnlockError::Damaged)));
}

#[test]
fn a_vault_without_keys_says_that_it_is_damaged() {
    let disk = five_letters();
    change(&disk, Change::Delete { name: "key/passphrase".to_owned() });
    let failed = LockedVault::find(disk).unwrap().unlock(PASSPHRASE, rng(2)).unwrap_err();
    assert!(matches!(failed.reason, UnlockError::Damaged));
}
