//! The store in memory fulfils the contract; the failing store fails as told.

use amends_store::testing::{Fault, FaultStore, Shared};
use amends_store::{Change, CommitError, CompactError, MemoryStore, Store};

amends_store::store_contract!((MemoryStore::default(), ()));

mod behind_a_wrapper {
    use super::*;

    amends_store::store_contract!((
        FaultStore::new(Shared::new(MemoryStore::default()), Fault::KilledBefore, 1_000),
        ()
    ));
}

fn put(store: &mut impl Store, name: &str) -> Result<(), CommitError> {
    store.commit(&[Change::Put { name: name.to_owned(), bytes: vec![1] }])
}

#[test]
fn killed_before_a_write_leaves_it_out_and_killed_after_keeps_it() {
    for (fault, expected) in [(Fault::KilledBefore, vec!["a"]), (Fault::KilledAfter, vec!["a", "b"])] {
        let disk = Shared::new(MemoryStore::default());
        let mut store = FaultStore::new(disk.clone(), fault, 1);
        assert!(put(&mut store, "a").is_ok());
        assert!(!store.has_struck());
        assert!(matches!(put(&mut store, "b"), Err(CommitError::Failed(_))));
        assert!(store.has_struck());
        assert!(matches!(put(&mut store, "c"), Err(CommitError::Failed(_))));
        assert!(store.names("").is_err() && store.compact().is_err());
        assert_eq!(disk.names("").unwrap(), expected);
    }
}

#[test]
fn a_full_disk_still_reads() {
    let mut store = FaultStore::new(MemoryStore::default(), Fault::DiskFull, 1);
    assert!(put(&mut store, "a").is_ok());
    assert!(matches!(put(&mut store, "b"), Err(CommitError::Full)));
    assert!(matches!(store.compact(), Err(CompactError::Full)));
    assert_eq!(store.names("").unwrap(), ["a"]);
}
