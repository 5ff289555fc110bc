//! What every store must do, as plain functions; [`store_contract!`](crate::store_contract) makes a test of each.

use crate::{Change, CommitError, Position, RecordId, Store};

/// Makes one test per function of the contract. The expression gives a new, empty store, and something to be dropped
/// after it (the folder it lies in).
#[macro_export]
macro_rules! store_contract {
    ($new_store:expr) => {
        $crate::store_contract!(@each $new_store;
            an_empty_store_has_nothing
            records_come_back_in_order
            reading_goes_on_after_a_position
            an_id_is_used_once
            replacing_keeps_the_position
            removed_records_are_gone_and_positions_stay_unused
            changing_an_unknown_record_fails
            values_are_set_replaced_and_deleted
            names_are_found_by_prefix
            a_failing_commit_changes_nothing
            changes_of_one_commit_see_each_other
            bytes_of_any_length_and_value_come_back
            compacting_loses_nothing
        );
    };
    (@each $new_store:expr; $($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let (store, _guard) = $new_store;
                $crate::testing::contract::$name(store);
            }
        )*
    };
}

fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

fn append(number: u8) -> Change {
    Change::Append { id: id(number), bytes: vec![number; 300] }
}

fn put(name: &str, bytes: &[u8]) -> Change {
    Change::Put { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn delete(name: &str) -> Change {
    Change::Delete { name: name.to_owned() }
}

fn commit(store: &mut impl Store, changes: &[Change]) {
    store.commit(changes).expect("the commit is made");
}

/// Ids and first bytes of all records, in order.
fn all(store: &impl Store) -> Vec<(RecordId, Option<u8>)> {
    let records = store.read_after(Position::START, usize::MAX).expect("reading works");
    let positions: Vec<Position> = records.iter().map(|record| record.position).collect();
    assert!(positions.is_sorted_by(|a, b| a < b), "positions grow: {positions:?}");
    records.into_iter().map(|record| (record.id, record.bytes.first().copied())).collect()
}

fn value(store: &impl Store, name: &str) -> Option<Vec<u8>> {
    store.value(name).expect("reading works")
}

pub fn an_empty_store_has_nothing(store: impl Store) {
    assert_eq!(all(&store), []);
    assert_eq!(store.record(id(1)).expect("reading works"), None);
    assert_eq!(value(&store, "head"), None);
    assert_eq!(store.names("").expect("reading works"), [""; 0]);
    store.check().expect("an empty store is sound");
}

pub fn records_come_back_in_order(mut store: impl Store) {
    commit(&mut store, &[append(3), append(1)]);
    commit(&mut store, &[append(2)]);
    assert_eq!(all(&store), [(id(3), Some(3)), (id(1), Some(1)), (id(2), Some(2))]);
    let found = store.record(id(1)).expect("reading works").expect("it was appended");
    assert_eq!((found.id, found.bytes), (id(1), vec![1; 300]));
    store.check().expect("the store is sound");
}

pub fn reading_goes_on_after_a_position(mut store: impl Store) {
    let changes: Vec<Change> = (1..=10).map(append).collect();
    commit(&mut store, &changes);
    let mut seen = Vec::new();
    let mut after = Position::START;
    loop {
        let page = store.read_after(after, 4).expect("reading works");
        let Some(last) = page.last() else { break };
        after = last.position;
        seen.extend(page.iter().map(|record| record.bytes[0]));
    }
    assert_eq!(seen, (1..=10).collect::<Vec<u8>>());
    assert_eq!(store.read_after(Position::START, 0).expect("reading works"), []);
    assert_eq!(store.read_after(Position(1 << 40), 5).expect("reading works"), []);
}

pub fn an_id_is_used_once(mut store: impl Store) {
    commit(&mut store, &[append(1)]);
    let error = store.commit(&[append(1)]).expect_err("the id is taken");
    assert!(matches!(error, CommitError::DuplicateRecord(taken) if taken == id(1)), "{error:?}");
    let error = store.commit(&[append(2), append(2)]).expect_err("twice in one commit");
    assert!(matches!(error, CommitError::DuplicateRecord(taken) if taken == id(2)), "{error:?}");
    assert_eq!(all(&store), [(id(1), Some(1))]);
}

pub fn replacing_keeps_the_position(mut store: impl Store) {
    commit(&mut store, &[append(1), append(2), append(3)]);
    commit(&mut store, &[Change::Replace { id: id(2), bytes: vec![9] }]);
    assert_eq!(all(&store), [(id(1), Some(1)), (id(2), Some(9)), (id(3), Some(3))]);
}

pub fn removed_records_are_gone_and_positions_stay_unused(mut store: impl Store) {
    commit(&mut store, &[append(1), append(2)]);
    let last = store.read_after(Position::START, 9).expect("reading works")[1].position;
    commit(&mut store, &[Change::Remove { id: id(2) }]);
    assert_eq!(all(&store), [(id(1), Some(1))]);
    assert_eq!(store.record(id(2)).expect("reading works"), None);
    store.compact().expect("compacting works");
    commit(&mut store, &[append(2)]);
    let again = store.record(id(2)).expect("reading works").expect("appended again");
    assert!(again.position > last, "a reader that has read up to {last:?} must meet the new record");
}

pub fn changing_an_unknown_record_fails(mut store: impl Store) {
    for change in [Change::Replace { id: id(7), bytes: vec![1] }, Change::Remove { id: id(7) }] {
        let error = store.commit(&[append(1), change]).expect_err("there is no such record");
        assert!(matches!(error, CommitError::NoSuchRecord(unknown) if unknown == id(7)), "{error:?}");
    }
    assert_eq!(all(&store), []);
}

pub fn values_are_set_replaced_and_deleted(mut store: impl Store) {
    commit(&mut store, &[put("head", b"1"), put("empty", b"")]);
    commit(&mut store, &[put("head", b"22")]);
    assert_eq!(value(&store, "head"), Some(b"22".to_vec()));
    assert_eq!(value(&store, "empty"), Some(vec![]));
    commit(&mut store, &[delete("head"), delete("never there")]);
    assert_eq!(value(&store, "head"), None);
}

pub fn names_are_found_by_prefix(mut store: impl Store) {
    let names = ["draft/b", "draft/a", "drafty", "head", "draft/%", "Draft/x"];
    let changes: Vec<Change> = names.iter().map(|name| put(name, b"x")).collect();
    commit(&mut store, &changes);
    assert_eq!(store.names("draft/").expect("reading works"), ["draft/%", "draft/a", "draft/b"]);
    assert_eq!(store.names("draft/%").expect("reading works"), ["draft/%"]);
    assert_eq!(store.names("").expect("reading works").len(), names.len());
}

pub fn a_failing_commit_changes_nothing(mut store: impl Store) {
    commit(&mut store, &[append(1), append(2), put("head", b"1"), put("old", b"o")]);
    let before = all(&store);
    let changes = [
        append(3),
        Change::Replace { id: id(1), bytes: vec![8] },
        Change::Remove { id: id(2) },
        put("head", b"2"),
        put("new", b"n"),
        delete("old"),
        append(3),
    ];
    store.commit(&changes).expect_err("the last change cannot be made");
    assert_eq!(all(&store), before);
    assert_eq!(value(&store, "head"), Some(b"1".to_vec()));
    assert_eq!(value(&store, "new"), None);
    assert_eq!(value(&store, "old"), Some(b"o".to_vec()));
    commit(&mut store, &[append(3)]);
}

pub fn changes_of_one_commit_see_each_other(mut store: impl Store) {
    let replace = Change::Replace { id: id(1), bytes: vec![5] };
    commit(&mut store, &[append(1), replace, append(2), Change::Remove { id: id(2) }, append(2)]);
    assert_eq!(all(&store), [(id(1), Some(5)), (id(2), Some(2))]);
    commit(&mut store, &[]);
}

pub fn bytes_of_any_length_and_value_come_back(mut store: impl Store) {
    let bodies = [vec![], vec![0], (0..=255).collect(), vec![0xff; 1 << 20]];
    for (number, bytes) in bodies.iter().enumerate() {
        let id = id(number as u8);
        commit(&mut store, &[Change::Append { id, bytes: bytes.clone() }, put("last", bytes)]);
        assert!(store.record(id).expect("reading works").expect("appended").bytes == *bytes);
        assert!(value(&store, "last").as_ref() == Some(bytes));
    }
}

pub fn compacting_loses_nothing(mut store: impl Store) {
    let changes: Vec<Change> = (1..=50).map(append).collect();
    commit(&mut store, &changes);
    commit(&mut store, &[put("head", b"h")]);
    let removals: Vec<Change> = (1..=50).step_by(2).map(|n| Change::Remove { id: id(n) }).collect();
    commit(&mut store, &removals);
    let before = store.read_after(Position::START, usize::MAX).expect("reading works");
    store.compact().expect("compacting works");
    assert_eq!(store.read_after(Position::START, usize::MAX).expect("reading works"), before);
    assert_eq!(value(&store, "head"), Some(b"h".to_vec()));
    store.check().expect("the store is sound");
}

/// What was committed is there after closing and opening again. `reopen` closes the store and opens its files.
pub fn commits_survive_reopening<S: Store>(mut store: S, reopen: impl Fn(S) -> S) {
    commit(&mut store, &[append(1), append(2), put("head", b"1")]);
    let mut store = reopen(store);
    commit(&mut store, &[Change::Remove { id: id(2) }, append(3), put("head", b"2")]);
    let store = reopen(store);
    assert_eq!(all(&store), [(id(1), Some(1)), (id(3), Some(3))]);
    assert_eq!(value(&store, "head"), Some(b"2".to_vec()));
    store.check().expect("the store is sound");
}
