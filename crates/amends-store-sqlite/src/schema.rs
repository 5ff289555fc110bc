//! The tables, version by version. A step is never edited once released; a change is a new step at the end.

use rusqlite::{Connection, TransactionBehavior};

use crate::OpenError;

/// "AMND": marks a SQLite file as a vault.
pub(crate) const APPLICATION_ID: i32 = 0x414d_4e44;

/// Step `n` (counted from 0) leads from version `n` to version `n + 1`.
pub(crate) const STEPS: &[&str] = &[
    // Version 1. AUTOINCREMENT: a position is never used twice, also after its record was removed.
    "CREATE TABLE record (
         position INTEGER PRIMARY KEY AUTOINCREMENT,
         id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
         bytes    BLOB NOT NULL
     ) STRICT;
     CREATE TABLE value (
         name  TEXT NOT NULL PRIMARY KEY,
         bytes BLOB NOT NULL
     ) STRICT, WITHOUT ROWID;",
];

/// Brings the tables from whatever version they have to the newest; each step is one transaction.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), OpenError> {
    let found = version(connection)?;
    let done = usize::try_from(found).map_err(|_| OpenError::NotAVault)?;
    let Some(missing) = steps.get(done..) else {
        return Err(OpenError::NewerVersion(found));
    };
    for (target, step) in (found + 1..).zip(missing) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", target)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Version of the tables; 0 for a file without any.
pub(crate) fn version(connection: &Connection) -> Result<u32, OpenError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADD_NOTE: &str = "ALTER TABLE value ADD COLUMN note TEXT NOT NULL DEFAULT '';";

    fn at_version_one() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..1]).unwrap();
        connection.execute("INSERT INTO value (name, bytes) VALUES ('head', x'0102')", []).unwrap();
        connection
    }

    #[test]
    fn a_later_step_runs_once_and_keeps_what_is_there() {
        let mut connection = at_version_one();
        let steps = [STEPS[0], ADD_NOTE];
        migrate(&mut connection, &steps).unwrap();
        migrate(&mut connection, &steps).unwrap();
        assert_eq!(version(&connection).unwrap(), 2);
        let row = connection.query_row("SELECT bytes, note FROM value", [], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))
        });
        assert_eq!(row.unwrap(), (vec![1, 2], String::new()));
    }

    #[test]
    fn a_step_that_fails_leaves_the_old_version_whole() {
        let mut connection = at_version_one();
        let half_broken = "DROP TABLE value; CREATE TABLE nonsense (";
        assert!(migrate(&mut connection, &[STEPS[0], half_broken]).is_err());
        assert_eq!(version(&connection).unwrap(), 1);
        let n_values: u32 = connection.query_row("SELECT count(*) FROM value", [], |row| row.get(0)).unwrap();
        assert_eq!(n_values, 1);
    }

    #[test]
    fn tables_of_a_newer_version_are_left_alone() {
        let mut connection = at_version_one();
        migrate(&mut connection, &[STEPS[0], ADD_NOTE]).unwrap();
        let error = migrate(&mut connection, &STEPS[..1]).unwrap_err();
        assert!(matches!(error, OpenError::NewerVersion(2)), "{error:?}");
    }
}
