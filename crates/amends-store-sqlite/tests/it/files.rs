//! Files that are no vault, are damaged, or come from another version.

use std::fs;
use std::path::Path;

use amends_store::{Position, RecordId, Store};
use amends_store_sqlite::{OpenError, SqliteStore};

use crate::{append, folder};

fn open(path: &Path) -> OpenError {
    SqliteStore::open(path).unwrap_err()
}

#[test]
fn no_file_an_existing_file_and_a_folder() {
    let (folder, path) = folder();
    assert!(matches!(open(&path), OpenError::Missing));
    assert!(matches!(open(folder.path()), OpenError::NotAVault));
    fs::write(&path, b"a letter").unwrap();
    assert!(matches!(SqliteStore::create(&path), Err(OpenError::Exists)));
    assert_eq!(fs::read(&path).unwrap(), b"a letter");
}

#[test]
fn files_that_are_no_vault_are_not_touched() {
    let (_folder, path) = folder();
    let other_database = {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE note (text)").unwrap();
        drop(connection);
        fs::read(&path).unwrap()
    };
    for content in [vec![], b"a letter".to_vec(), vec![0; 8192], other_database] {
        fs::write(&path, &content).unwrap();
        let error = open(&path);
        assert!(matches!(error, OpenError::NotAVault), "{} bytes: {error:?}", content.len());
        assert_eq!(fs::read(&path).unwrap(), content);
    }
}

#[test]
fn a_newer_vault_is_not_touched() {
    let (_folder, path) = folder();
    drop(SqliteStore::create(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(open(&path), OpenError::NewerVersion(99)));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_cut_off_anywhere_is_an_error_and_never_a_panic() {
    let (_folder, path) = folder();
    {
        let mut store = SqliteStore::create(&path).unwrap();
        let changes: Vec<_> = (0..200).map(append).collect();
        store.commit(&changes).unwrap();
        store.compact().unwrap();
    }
    let whole = fs::read(&path).unwrap();
    for len in (0..whole.len()).step_by(1_371) {
        fs::write(&path, &whole[..len]).unwrap();
        let outcome = SqliteStore::open(&path).map(|store| store.check());
        assert!(!matches!(outcome, Ok(Ok(()))), "cut to {len} of {} bytes", whole.len());
    }
    fs::write(&path, &whole).unwrap();
    SqliteStore::open(&path).unwrap().check().unwrap();
}

#[test]
fn an_overwritten_page_is_found_by_the_check() {
    let (_folder, path) = folder();
    {
        let mut store = SqliteStore::create(&path).unwrap();
        let changes: Vec<_> = (0..200).map(append).collect();
        store.commit(&changes).unwrap();
        store.compact().unwrap();
    }
    let mut bytes = fs::read(&path).unwrap();
    bytes[4 * 4096..5 * 4096].fill(0xee);
    fs::write(&path, &bytes).unwrap();
    let outcome = SqliteStore::open(&path).map(|store| store.check());
    assert!(!matches!(outcome, Ok(Ok(()))), "{outcome:?}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, path) = folder();
    let mut store = SqliteStore::create(&path).unwrap();
    store.commit(&[append(1)]).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[test]
fn the_first_released_file_opens() {
    let (_folder, path) = folder();
    fs::write(&path, include_bytes!("../files/tables-1.sqlite")).unwrap();
    let mut store = SqliteStore::open(&path).unwrap();
    store.check().unwrap();
    let records = store.read_after(Position::START, 9).unwrap();
    let found: Vec<_> = records.iter().map(|r| (r.position.0, r.id.0[0], r.bytes.len())).collect();
    // Records 1 to 3 were written, then 2 was removed.
    assert_eq!(found, [(1, 1, 300), (3, 3, 300)]);
    assert_eq!(store.value("head").unwrap(), Some(b"golden".to_vec()));
    store.commit(&[append(2)]).unwrap();
    assert_eq!(store.record(RecordId([2; 16])).unwrap().unwrap().position, Position(4));
}
