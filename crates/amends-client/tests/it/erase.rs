//! Deleting: the words leave the disk.

use amends_client::NewEvent;
use amends_domain::entry;
use amends_domain::safety::{self, Leaving, MyThings};
use amends_store::{Position, Store};
use amends_store_sqlite::SqliteStore;

use crate::{NOW, create, create_on, letters, open, write};

#[test]
fn after_locking_a_deleted_entry_is_a_mark_without_words() {
    let (mut vault, disk) = create();
    write(&mut vault, "one");
    let second = write(&mut vault, "two");
    write(&mut vault, "three");
    let before = disk.read_after(Position::START, 9).unwrap();
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: second })).unwrap();
    let (locked, tidied) = vault.lock(NOW);
    tidied.unwrap();
    drop(locked);

    let after = disk.read_after(Position::START, 9).unwrap();
    assert_eq!((after.len(), after[1].id), (4, before[1].id));
    assert_ne!(after[1].bytes, before[1].bytes);
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    let vault = open(disk);
    assert_eq!(letters(&vault), ["one", "three"]);
    assert!(vault.state().event(second).is_none());
    let report = vault.doctor().unwrap();
    assert!(report.is_healthy(), "{report:?}");
    assert_eq!((report.n_erased, report.n_events, report.is_untidy), (1, 3, false));
}

#[test]
fn a_crash_after_deleting_erases_at_the_next_opening_but_one() {
    let (mut vault, disk) = create();
    let id = write(&mut vault, "gone");
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    drop(vault);
    // Opened after the crash: the deletion holds, the words go when this session ends.
    let vault = open(disk.clone());
    assert_eq!(letters(&vault), [""; 0]);
    vault.lock(NOW).1.unwrap();
    assert_eq!(open(disk).doctor().unwrap().n_erased, 1);
}

#[test]
fn leaving_with_everything_erased_leaves_marks_only() {
    let (mut vault, disk) = create();
    write(&mut vault, "one");
    write(&mut vault, "two");
    vault.save_draft("letter", "three", NOW).unwrap();
    vault.leave(NOW, safety::leave::leave(vault.state(), Leaving::Quiet, MyThings::Erase, false)).unwrap();
    drop(vault);
    let vault = open(disk.clone());
    assert_eq!((letters(&vault).len(), vault.drafts().count()), (0, 0));
    assert!(vault.state().world().consent.left_quietly());
    assert_eq!(vault.doctor().unwrap().n_erased, 2);
}

#[test]
fn erasing_forgets_the_snapshot_that_held_the_words() {
    let (mut vault, disk) = create();
    let id = write(&mut vault, "gone");
    for number in 0..300 {
        write(&mut vault, &format!("letter {number}"));
    }
    let (locked, _) = vault.lock(NOW);
    drop(locked);
    let old = disk.value("snapshot").unwrap().unwrap();
    let mut vault = open(disk.clone());
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    vault.erase(NOW).unwrap();
    assert_eq!(disk.value("snapshot").unwrap(), None);
    vault.lock(NOW).1.unwrap();
    assert_ne!(disk.value("snapshot").unwrap().unwrap(), old);
    let vault = open(disk);
    assert_eq!(letters(&vault).len(), 300);
    assert!(vault.doctor().unwrap().is_healthy());
}

#[test]
fn the_sealed_bytes_of_deleted_words_and_old_keys_are_gone_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.amends");
    let (mut vault, _) = create_on(SqliteStore::create(&path).unwrap());
    let id = write(&mut vault, "gone");
    vault.save_draft("letter", "gone too", NOW).unwrap();
    drop(vault);

    let store = SqliteStore::open(&path).unwrap();
    let draft = store.names("draft/").unwrap().remove(0);
    let traces = [
        store.read_after(Position::START, 9).unwrap().remove(0).bytes,
        store.value(&draft).unwrap().unwrap(),
        store.value("key/passphrase").unwrap().unwrap(),
    ];
    let n_found = || {
        let files: Vec<Vec<u8>> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| std::fs::read(e.unwrap().path()).unwrap())
            .collect();
        // The nonce and the first bytes of the ciphertext are enough to tell.
        let holds = |trace: &Vec<u8>| files.iter().any(|file| file.windows(40).any(|w| w == &trace[..40]));
        traces.iter().filter(|trace| holds(trace)).count()
    };
    assert_eq!(n_found(), 3);

    let mut vault = open(store);
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    vault.discard_draft("letter").unwrap();
    vault.change_passphrase(crate::PASSPHRASE, "another passphrase", amends_client::KdfCost::FLOOR).unwrap();
    let (locked, tidied) = vault.lock(NOW);
    tidied.unwrap();
    assert_eq!(n_found(), 0);
    drop(locked);
    assert_eq!(n_found(), 0);
}
