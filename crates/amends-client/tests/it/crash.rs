//! Stopped at every single write: nothing acknowledged is lost, nothing is half done, the vault opens.

use amends_client::{KdfCost, LockedVault, NewEvent, Trouble, Vault};
use amends_domain::entry;
use amends_store::Store;
use amends_store::testing::{Fault, FaultStore};

use crate::{Disk, NOW, PASSPHRASE, create, letter, letters, new_vault, open, rng};

const OTHER: &str = "seven blue lamps";

/// What the vault told its user.
#[derive(Debug, Default, PartialEq)]
struct Told {
    letters: Vec<&'static str>,
    draft: Option<&'static str>,
    n_done: usize,
}

/// A session with every kind of write. Stops at the first error and says what was acknowledged until then.
fn session(vault: &mut Vault<impl Store>, told: &mut Told) -> Result<(), Trouble> {
    let append = |vault: &mut Vault<_>, told: &mut Told, text| {
        let id = vault.append(NOW, letter(text)).map_err(|error| Trouble::from(&error))?;
        told.letters.push(text);
        Ok::<_, Trouble>(id)
    };
    let step = |told: &mut Told| told.n_done += 1;

    let first = append(vault, told, "one")?;
    step(told);
    vault.save_draft("letter", "tw", NOW).map_err(|error| Trouble::from(&error))?;
    told.draft = Some("tw");
    step(told);
    vault.save_draft("letter", "two", NOW).map_err(|error| Trouble::from(&error))?;
    told.draft = Some("two");
    step(told);
    vault.append(NOW, letter("two").finishing("letter")).map_err(|error| Trouble::from(&error))?;
    told.letters.push("two");
    told.draft = None;
    step(told);
    vault
        .append(NOW, NewEvent::private(entry::Event::Delete { target: first }))
        .map_err(|error| Trouble::from(&error))?;
    told.letters.retain(|text| *text != "one");
    step(told);
    vault.erase(NOW).map_err(|error| Trouble::from(&error))?;
    step(told);
    append(vault, told, "three")?;
    step(told);
    vault.undo(NOW).map_err(|error| Trouble::from(&error))?;
    told.letters.retain(|text| *text != "three");
    step(told);
    append(vault, told, "four")?;
    step(told);
    Ok(())
}

/// What is on the disk, as an owner who opens it sees it.
fn seen(disk: &Disk) -> (Vec<String>, Option<String>) {
    let vault = open(disk.clone());
    let report = vault.doctor().unwrap();
    assert!(report.is_healthy(), "{report:?}");
    let letters = letters(&vault).into_iter().map(str::to_owned).collect();
    (letters, vault.draft("letter").map(|draft| draft.text.clone()))
}

/// Runs the session with a fault after `n_writes` writes; gives what was told and what is there, or none when the
/// session ended before the fault.
fn run(fault: Fault, n_writes: usize) -> Option<(Told, Trouble, Disk)> {
    let (vault, disk) = create();
    drop(vault);
    let store = FaultStore::new(disk.clone(), fault, n_writes);
    let mut vault = open(store);
    let mut told = Told::default();
    session(&mut vault, &mut told).err().map(|trouble| (told, trouble, disk))
}

/// What the user would have been told had the session stopped after `n_done` whole steps.
fn told_after(n_done: usize) -> (Vec<String>, Option<String>) {
    let texts: [&[&str]; 10] = [
        &[],
        &["one"],
        &["one"],
        &["one"],
        &["one", "two"],
        &["two"],
        &["two"],
        &["two", "three"],
        &["two"],
        &["two", "four"],
    ];
    let draft = match n_done {
        2 => Some("tw"),
        3 => Some("two"),
        _ => None,
    };
    (texts[n_done].iter().map(|text| (*text).to_owned()).collect(), draft.map(str::to_owned))
}

#[test]
fn killed_before_any_write_everything_acknowledged_is_there_and_nothing_else() {
    let mut n_faults = 0;
    while let Some((told, trouble, disk)) = run(Fault::KilledBefore, n_faults) {
        assert_eq!(trouble, Trouble::DiskFailed);
        assert_eq!(seen(&disk), told_after(told.n_done), "killed before write {n_faults}");
        n_faults += 1;
    }
    assert!(n_faults >= 10, "every write of the session was hit: {n_faults}");
}

#[test]
fn killed_after_any_write_it_is_done_whole_though_nobody_was_told() {
    let mut n_faults = 0;
    while let Some((told, _, disk)) = run(Fault::KilledAfter, n_faults) {
        let (there, before, after) = (seen(&disk), told_after(told.n_done), told_after(told.n_done + 1));
        assert!(there == before || there == after, "killed after write {n_faults}: {there:?}");
        n_faults += 1;
    }
    assert!(n_faults >= 10, "every write of the session was hit: {n_faults}");
}

#[test]
fn on_a_full_disk_the_error_says_so_and_everything_before_is_there() {
    let mut n_faults = 0;
    while let Some((told, trouble, disk)) = run(Fault::DiskFull, n_faults) {
        assert_eq!(trouble, Trouble::DiskFull);
        assert_eq!(seen(&disk), told_after(told.n_done), "full at write {n_faults}");
        n_faults += 1;
    }
    assert!(n_faults >= 10, "every write of the session was hit: {n_faults}");
}

#[test]
fn on_a_full_disk_reading_goes_on_and_writing_works_again_when_there_is_room() {
    let (vault, disk) = create();
    drop(vault);
    let mut vault = open(FaultStore::new(disk.clone(), Fault::DiskFull, 1));
    vault.append(NOW, letter("one")).unwrap();
    assert_eq!(Trouble::from(&vault.append(NOW, letter("two")).unwrap_err()), Trouble::DiskFull);
    assert_eq!(Trouble::from(&vault.save_draft("letter", "two", NOW).unwrap_err()), Trouble::DiskFull);
    assert_eq!(letters(&vault), ["one"]);
    assert_eq!(vault.search("one", 9).len(), 1);
    assert!(vault.export_json(NOW).unwrap().contains("one"));
    drop(vault);
    let mut vault = open(disk);
    vault.append(NOW, letter("two")).unwrap();
    assert_eq!(letters(&vault), ["one", "two"]);
}

#[test]
fn after_a_write_of_unknown_fate_the_vault_asks_to_be_opened_again() {
    let (vault, disk) = create();
    drop(vault);
    let mut vault = open(FaultStore::new(disk.clone(), Fault::KilledAfter, 0));
    assert_eq!(Trouble::from(&vault.append(NOW, letter("one")).unwrap_err()), Trouble::DiskFailed);
    assert_eq!(Trouble::from(&vault.append(NOW, letter("two")).unwrap_err()), Trouble::MustReopen);
    drop(vault);
    assert_eq!(letters(&open(disk)), ["one"]);
}

#[test]
fn making_a_vault_is_done_whole_or_not_at_all() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter, Fault::DiskFull] {
        let disk = Disk::default();
        assert!(Vault::create(FaultStore::new(disk.clone(), fault, 0), new_vault(), rng(1)).is_err());
        match fault {
            Fault::KilledAfter => assert_eq!(letters(&open(disk)), [""; 0]),
            _ => assert!(disk.names("").unwrap().is_empty()),
        }
    }
}

#[test]
fn a_change_of_passphrase_stopped_anywhere_leaves_one_that_opens() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter, Fault::DiskFull] {
        for n_writes in 0..3 {
            let (vault, disk) = create();
            drop(vault);
            let mut vault = open(FaultStore::new(disk.clone(), fault, n_writes));
            let changed = vault.change_passphrase(PASSPHRASE, OTHER, KdfCost::FLOOR);
            drop(vault);
            let opens = |passphrase: &str| {
                LockedVault::find(disk.clone()).unwrap().unlock(passphrase, rng(2)).is_ok()
            };
            assert_ne!(opens(PASSPHRASE), opens(OTHER), "{fault:?} at {n_writes}");
            assert!(changed.is_err() || opens(OTHER), "{fault:?} at {n_writes}");
        }
    }
}
