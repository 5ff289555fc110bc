//! Drafts: there again after a crash, gone when finished.

use amends_domain::id::Millis;
use amends_store::{Change, Store};

use crate::{NOW, create, letter, letters, open};

#[test]
fn a_draft_survives_a_crash() {
    let (mut vault, disk) = create();
    vault.save_draft("letter/new", "I", NOW).unwrap();
    vault.save_draft("letter/new", "I lied", Millis(NOW.0 + 1)).unwrap();
    vault.save_draft("disclosure", "It began", NOW).unwrap();
    // No locking: the program is gone.
    drop(vault);
    let vault = open(disk.clone());
    assert_eq!(vault.draft("letter/new").map(|draft| draft.text.as_str()), Some("I lied"));
    assert_eq!(vault.draft("letter/new").map(|draft| draft.saved_at), Some(Millis(NOW.0 + 1)));
    assert_eq!(
        vault.drafts().map(|draft| draft.key.as_str()).collect::<Vec<_>>(),
        ["disclosure", "letter/new"]
    );
    assert_eq!(disk.names("draft/").unwrap().len(), 2);
}

#[test]
fn an_unchanged_draft_is_not_written_again() {
    let (mut vault, disk) = create();
    vault.save_draft("letter/new", "I lied", NOW).unwrap();
    let name = disk.names("draft/").unwrap().remove(0);
    let before = disk.value(&name).unwrap();
    vault.save_draft("letter/new", "I lied", Millis(NOW.0 + 9)).unwrap();
    assert_eq!(disk.value(&name).unwrap(), before);
}

#[test]
fn finishing_takes_the_draft_away_in_the_same_moment() {
    let (mut vault, disk) = create();
    vault.save_draft("letter/new", "I lied", NOW).unwrap();
    vault.append(NOW, letter("I lied").finishing("letter/new")).unwrap();
    drop(vault);
    let vault = open(disk);
    assert_eq!((vault.drafts().count(), letters(&vault)), (0, vec!["I lied"]));
}

#[test]
fn a_discarded_draft_stays_away() {
    let (mut vault, disk) = create();
    vault.save_draft("letter/new", "I lied", NOW).unwrap();
    vault.discard_draft("letter/new").unwrap();
    vault.discard_draft("never there").unwrap();
    drop(vault);
    assert_eq!(open(disk.clone()).drafts().count(), 0);
    assert_eq!(disk.names("draft/").unwrap(), [""; 0]);
}

#[test]
fn an_unreadable_draft_is_counted_and_the_others_are_there() {
    let (mut vault, mut disk) = create();
    vault.save_draft("a", "first", NOW).unwrap();
    vault.save_draft("b", "second", NOW).unwrap();
    drop(vault);
    let name = disk.names("draft/").unwrap().remove(0);
    let strange = Change::Put { name: "draft/strange".to_owned(), bytes: vec![] };
    disk.commit(&[Change::Put { name, bytes: vec![1, 6, 0] }, strange]).unwrap();
    let vault = open(disk);
    assert_eq!(vault.drafts().count(), 1);
    let report = vault.doctor().unwrap();
    assert_eq!((report.n_drafts, report.n_unreadable_drafts), (1, 2));
}
