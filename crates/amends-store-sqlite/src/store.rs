//! The store itself: statements on two tables.

use amends_store::{Change, CommitError, CompactError, Position, ReadError, RecordId, Store, StoredRecord};
use rusqlite::{Connection, Error, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior};

use crate::error::{commit_error, compact_error, read_error};

/// A vault file that is open. Dropping it closes the file and lets the next program in.
#[derive(Debug)]
pub struct SqliteStore {
    pub(crate) connection: Connection,
}

impl Store for SqliteStore {
    fn commit(&mut self, changes: &[Change]) -> Result<(), CommitError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(commit_error)?;
        for change in changes {
            apply(&transaction, change)?;
        }
        transaction.commit().map_err(commit_error)
    }

    fn read_after(&self, after: Position, limit: usize) -> Result<Vec<StoredRecord>, ReadError> {
        let query = "SELECT position, id, bytes FROM record WHERE position > ?1 ORDER BY position LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare(query).map_err(read_error)?;
        let rows = statement.query_map((number(after), limit), stored).map_err(read_error)?;
        rows.collect::<Result<_, _>>().map_err(read_error)
    }

    fn record(&self, id: RecordId) -> Result<Option<StoredRecord>, ReadError> {
        let query = "SELECT position, id, bytes FROM record WHERE id = ?1";
        self.connection.query_row(query, [id.0], stored).optional().map_err(read_error)
    }

    fn value(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let query = "SELECT bytes FROM value WHERE name = ?1";
        self.connection.query_row(query, [name], |row| row.get(0)).optional().map_err(read_error)
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, ReadError> {
        let query = "SELECT name FROM value WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name";
        let mut statement = self.connection.prepare(query).map_err(read_error)?;
        let rows = statement.query_map([prefix], |row| row.get(0)).map_err(read_error)?;
        rows.collect::<Result<_, _>>().map_err(read_error)
    }

    /// Writes the file anew without the free pages, then moves everything out of the write-ahead log and cuts it to
    /// nothing, so that no removed byte is left in either file.
    fn compact(&mut self) -> Result<(), CompactError> {
        self.connection.execute_batch("VACUUM").map_err(compact_error)?;
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(compact_error)?;
        match busy {
            0 => Ok(()),
            _ => Err(CompactError::Failed("the write-ahead log is in use".into())),
        }
    }

    fn check(&self) -> Result<(), ReadError> {
        let report: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(read_error)?;
        if report == "ok" { Ok(()) } else { Err(ReadError::Damaged(report.into())) }
    }
}

fn apply(transaction: &Transaction<'_>, change: &Change) -> Result<(), CommitError> {
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| -> Result<usize, Error> {
        transaction.prepare_cached(sql)?.execute(params)
    };
    match change {
        Change::Append { id, bytes } => {
            match run("INSERT INTO record (id, bytes) VALUES (?1, ?2)", &[&id.0, bytes]) {
                Err(error) if is_duplicate(&error) => return Err(CommitError::DuplicateRecord(*id)),
                other => other.map_err(commit_error)?,
            };
        }
        Change::Replace { id, bytes } => {
            let n = run("UPDATE record SET bytes = ?2 WHERE id = ?1", &[&id.0, bytes]);
            exactly_one(*id, n)?;
        }
        Change::Remove { id } => exactly_one(*id, run("DELETE FROM record WHERE id = ?1", &[&id.0]))?,
        Change::Put { name, bytes } => {
            let sql = "INSERT INTO value (name, bytes) VALUES (?1, ?2)
                       ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes";
            run(sql, &[name, bytes]).map_err(commit_error)?;
        }
        Change::Delete { name } => {
            run("DELETE FROM value WHERE name = ?1", &[name]).map_err(commit_error)?;
        }
    }
    Ok(())
}

fn exactly_one(id: RecordId, n_changed: Result<usize, Error>) -> Result<(), CommitError> {
    match n_changed.map_err(commit_error)? {
        0 => Err(CommitError::NoSuchRecord(id)),
        _ => Ok(()),
    }
}

fn is_duplicate(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

fn stored(row: &Row<'_>) -> Result<StoredRecord, Error> {
    let position: i64 = row.get(0)?;
    // Positions begin at 1 and only SQLite hands them out.
    Ok(StoredRecord {
        position: Position(position.unsigned_abs()),
        id: RecordId(row.get(1)?),
        bytes: row.get(2)?,
    })
}

fn number(position: Position) -> i64 {
    i64::try_from(position.0).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append(number: u8, len: usize) -> Change {
        Change::Append { id: RecordId([number; 16]), bytes: vec![number; len] }
    }

    #[test]
    fn a_full_disk_is_told_as_such_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::create(&folder.path().join("vault")).unwrap();
        store.commit(&[append(1, 300)]).unwrap();
        // SQLite answers the same at this limit as on a full disk.
        store.connection.execute_batch("PRAGMA max_page_count = 10").unwrap();
        let error = store.commit(&[append(2, 300), append(3, 1 << 20)]).unwrap_err();
        assert!(matches!(error, CommitError::Full), "{error:?}");
        assert_eq!(store.read_after(Position::START, 9).unwrap().len(), 1);
        store.connection.execute_batch("PRAGMA max_page_count = 100000").unwrap();
        store.commit(&[append(2, 300)]).unwrap();
        store.check().unwrap();
    }

    #[test]
    fn the_settings_that_keep_data_safe_are_on() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&folder.path().join("vault")).unwrap();
        let text = |name: &str| -> String {
            store.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
        };
        let number = |name: &str| -> i64 {
            store.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
        };
        assert_eq!((text("journal_mode"), text("locking_mode")), ("wal".into(), "exclusive".into()));
        assert_eq!((number("synchronous"), number("secure_delete")), (2, 1));
    }
}
