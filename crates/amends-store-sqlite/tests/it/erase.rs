//! Removed bytes are gone from the files of the vault.

use amends_store::{Change, RecordId, Store};
use amends_store_sqlite::SqliteStore;

use crate::{append, folder};

const SECRET: &[u8] = b"sealed bytes that must not be found again";

/// Whether any file in the folder holds the secret bytes.
fn found_in(folder: &std::path::Path) -> bool {
    let holds = |bytes: Vec<u8>| bytes.windows(SECRET.len()).any(|window| window == SECRET);
    std::fs::read_dir(folder).unwrap().any(|entry| holds(std::fs::read(entry.unwrap().path()).unwrap()))
}

fn secret_among_others(store: &mut SqliteStore) -> RecordId {
    let id = RecordId([200; 16]);
    let changes: Vec<Change> = (0..100).map(append).collect();
    store.commit(&changes).unwrap();
    store.commit(&[Change::Append { id, bytes: SECRET.to_vec() }]).unwrap();
    store.commit(&[Change::Put { name: "draft/1".into(), bytes: SECRET.to_vec() }]).unwrap();
    let changes: Vec<Change> = (100..200).map(append).collect();
    store.commit(&changes).unwrap();
    id
}

#[test]
fn a_removed_record_and_value_are_gone_after_compacting() {
    let (folder, path) = folder();
    let mut store = SqliteStore::create(&path).unwrap();
    let id = secret_among_others(&mut store);
    assert!(found_in(folder.path()));
    store.commit(&[Change::Remove { id }, Change::Delete { name: "draft/1".into() }]).unwrap();
    store.compact().unwrap();
    assert!(!found_in(folder.path()));
}

#[test]
fn a_replaced_record_and_value_are_gone_after_compacting() {
    let (folder, path) = folder();
    let mut store = SqliteStore::create(&path).unwrap();
    let id = secret_among_others(&mut store);
    let bytes = vec![0; 20];
    store
        .commit(&[Change::Replace { id, bytes }, Change::Put { name: "draft/1".into(), bytes: vec![1] }])
        .unwrap();
    store.compact().unwrap();
    assert!(!found_in(folder.path()));
}

#[test]
fn compacting_makes_the_file_smaller() {
    let (_folder, path) = folder();
    let mut store = SqliteStore::create(&path).unwrap();
    let id = RecordId([1; 16]);
    store.commit(&[Change::Append { id, bytes: vec![7; 1 << 20] }]).unwrap();
    store.compact().unwrap();
    let before = path.metadata().unwrap().len();
    store.commit(&[Change::Remove { id }]).unwrap();
    store.compact().unwrap();
    assert!(path.metadata().unwrap().len() < before / 10);
}
