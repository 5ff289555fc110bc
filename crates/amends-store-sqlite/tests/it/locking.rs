//! Two programs cannot have one vault open.

use std::process::{Command, Stdio};

use amends_store::{Position, Store};
use amends_store_sqlite::{OpenError, SqliteStore};

use crate::{append, folder};

#[test]
fn a_second_opening_is_refused_at_once_and_allowed_after_the_first_is_closed() {
    let (_folder, path) = folder();
    let mut first = SqliteStore::create(&path).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(OpenError::InUse)));
    first.commit(&[append(1)]).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(OpenError::InUse)));
    drop(first);
    let second = SqliteStore::open(&path).unwrap();
    assert_eq!(second.read_after(Position::START, 9).unwrap().len(), 1);
    drop(second);
    SqliteStore::open(&path).unwrap();
}

#[test]
fn another_process_is_refused_too() {
    let (_folder, path) = folder();
    let mut first = SqliteStore::create(&path).unwrap();
    first.commit(&[append(1)]).unwrap();
    // This test program, run again, is the other process.
    let other = Command::new(std::env::current_exe().unwrap())
        .args(["locking::as_another_process", "--exact", "--nocapture"])
        .env("AMENDS_TEST_VAULT", &path)
        .stdout(Stdio::piped())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&other.stdout).contains("refused: InUse"), "{other:?}");
}

/// What the other process does; on its own it has nothing to do.
#[test]
fn as_another_process() {
    let Some(path) = std::env::var_os("AMENDS_TEST_VAULT") else { return };
    let error = SqliteStore::open(path.as_ref()).unwrap_err();
    println!("refused: {error:?}");
}
