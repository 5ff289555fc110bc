//! The SQLite store fulfils the contract, keeps other programs out, and leaves nothing behind.

#![allow(clippy::unwrap_used, reason = "tests")]

mod erase;
mod files;
mod killed;
mod locking;

use std::path::PathBuf;

use amends_store::{Change, RecordId};
use amends_store_sqlite::SqliteStore;
use tempfile::TempDir;

/// A folder that goes away at the end of the test, and the path of a vault file in it.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.amends");
    (folder, path)
}

fn append(number: u8) -> Change {
    Change::Append { id: RecordId([number; 16]), bytes: vec![number; 300] }
}

mod contract {
    use super::*;

    amends_store::store_contract!({
        let (folder, path) = folder();
        (SqliteStore::create(&path).unwrap(), folder)
    });

    #[test]
    fn commits_survive_reopening() {
        let (_folder, path) = folder();
        let reopen = |store: SqliteStore| {
            drop(store);
            SqliteStore::open(&path).unwrap()
        };
        amends_store::testing::contract::commits_survive_reopening(
            SqliteStore::create(&path).unwrap(),
            reopen,
        );
    }
}
