//! Undo.

use amends_client::NewEvent;
use amends_client::testing::opt_in;
use amends_domain::entry;

use crate::{NOW, create, letters, open, write};

#[test]
fn undo_takes_back_what_was_written_last() {
    let (mut vault, disk) = create();
    let first = write(&mut vault, "keep");
    let second = write(&mut vault, "oops");
    assert_eq!(vault.undoable().map(|event| event.id), Some(second));
    assert_eq!(vault.undo(NOW).unwrap(), Some(second));
    assert_eq!(letters(&vault), ["keep"]);
    assert_eq!(vault.undo(NOW).unwrap(), Some(first));
    assert_eq!(vault.undo(NOW).unwrap(), None);
    drop(vault);
    assert_eq!(letters(&open(disk)), [""; 0]);
}

#[test]
fn undoing_a_deletion_brings_the_words_back() {
    let (mut vault, disk) = create();
    let id = write(&mut vault, "wait");
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    assert_eq!(letters(&vault), [""; 0]);
    vault.undo(NOW).unwrap();
    assert_eq!(letters(&vault), ["wait"]);
    drop(vault);
    assert_eq!(letters(&open(disk)), ["wait"]);
}

#[test]
fn what_has_an_opposite_is_undone_by_it() {
    let (mut vault, _) = create();
    opt_in(&mut vault, NOW);
    let me = vault.me();
    assert!(vault.state().world().consent.is_open(me, NOW));
    vault.undo(NOW).unwrap();
    assert!(!vault.state().world().consent.is_open(me, vault.state().last_clock().time()));
}

#[test]
fn there_is_nothing_to_undo_after_opening() {
    let (mut vault, disk) = create();
    write(&mut vault, "yesterday");
    drop(vault);
    let mut vault = open(disk);
    assert_eq!(vault.undo(NOW).unwrap(), None);
    assert_eq!(letters(&vault), ["yesterday"]);
}
