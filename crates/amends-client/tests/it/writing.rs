//! Writing events and reading them again.

use amends_client::{AppendError, NewEvent};
use amends_domain::entry;
use amends_domain::event::Space;
use amends_domain::id::Millis;
use amends_domain::refusal::Refusal;
use amends_store::{Position, Store};

use crate::{NOW, create, letter, letters, open, write};

#[test]
fn what_was_written_is_there_after_closing_and_opening() {
    let (mut vault, disk) = create();
    write(&mut vault, "I lied about the money.");
    write(&mut vault, "It began in March.");
    let before = vault.state().clone();
    drop(vault);
    let vault = open(disk);
    assert_eq!(letters(&vault), ["I lied about the money.", "It began in March."]);
    assert_eq!(*vault.state(), before);
    assert!(vault.doctor().unwrap().is_healthy());
}

#[test]
fn a_snapshot_changes_nothing_but_the_time_it_takes() {
    let (mut vault, disk) = create();
    for number in 0..300 {
        write(&mut vault, &format!("letter {number}"));
    }
    let before = vault.state().clone();
    let (_, tidied) = vault.lock(NOW);
    tidied.unwrap();
    assert!(disk.value("snapshot").unwrap().is_some());
    let mut vault = open(disk.clone());
    assert_eq!(*vault.state(), before);
    write(&mut vault, "after the snapshot");
    drop(vault);
    let vault = open(disk);
    assert_eq!(letters(&vault).len(), 301);
    let report = vault.doctor().unwrap();
    assert!(report.is_healthy() && report.has_snapshot && report.n_events == 301, "{report:?}");
}

#[test]
fn what_a_rule_refuses_is_not_written() {
    let (mut vault, disk) = create();
    let to_nobody = entry::Event::AskRemoval { targets: vec![vault.next_id(Space::Private)] };
    let error = vault.append(NOW, NewEvent::shared(to_nobody)).unwrap_err();
    assert!(matches!(error, AppendError::Refused(Refusal::NoPartner)), "{error:?}");
    let error = vault.append(NOW, NewEvent::shared(letter("mine").action.body)).unwrap_err();
    assert!(matches!(error, AppendError::Refused(Refusal::StaysPrivate)), "{error:?}");
    assert_eq!(disk.read_after(Position::START, 9).unwrap(), []);
    assert_eq!(vault.state().events().count(), 0);
}

#[test]
fn a_clock_set_back_does_not_change_the_order() {
    let (mut vault, disk) = create();
    write(&mut vault, "first");
    vault.append(Millis(NOW.0 - 1_000_000), letter("second")).unwrap();
    drop(vault);
    assert_eq!(letters(&open(disk)), ["first", "second"]);
}

#[test]
fn nothing_readable_lies_in_the_store() {
    let (mut vault, disk) = create();
    write(&mut vault, "I lied about the money.");
    vault.save_draft("letter/new", "I lied about the money, and", NOW).unwrap();
    let mut stored: Vec<Vec<u8>> =
        disk.read_after(Position::START, 9).unwrap().into_iter().map(|record| record.bytes).collect();
    for name in disk.names("").unwrap() {
        assert!(!name.contains("letter"), "{name}");
        stored.extend(disk.value(&name).unwrap());
    }
    assert!(stored.iter().all(|bytes| !bytes.windows(5).any(|window| window == b"money")));
}

#[test]
fn short_and_long_entries_look_alike_on_the_disk() {
    let (mut vault, disk) = create();
    write(&mut vault, "No.");
    write(&mut vault, "I don't want to talk about it this week, maybe later.");
    let sizes: Vec<usize> =
        disk.read_after(Position::START, 9).unwrap().iter().map(|r| r.bytes.len()).collect();
    assert_eq!(sizes[0], sizes[1]);
}
