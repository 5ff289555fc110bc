//! The tables, version by version. A step is never edited once released; a change is a new step at the end.

use rusqlite::{Connection, TransactionBehavior};

use super::OpenError;

/// "AMRL": marks a SQLite file as a relay's.
pub(crate) const APPLICATION_ID: i32 = 0x414d_524c;

/// Step `n` (counted from 0) leads from version `n` to version `n + 1`.
///
/// `record` is append-only in the order of its rowid, which keeps the newest pages of table and indexes in memory.
/// `total` counts the bytes of a mailbox up to and with a record, so that what a mailbox holds is one subtraction.
/// Up to `floor` records are gone for readers; up to `trimmed` their rows are gone too.
///
/// `wake`: `due` is when to knock, `waits` says that it was done and the device has not come since, `sent` when it was done last.
const STEPS: &[&str] = &[
    "
    CREATE TABLE mailbox (
        id          INTEGER PRIMARY KEY AUTOINCREMENT,
        name        BLOB NOT NULL UNIQUE CHECK (length(name) = 32),
        read_hash   BLOB NOT NULL CHECK (length(read_hash) = 32),
        append_hash BLOB NOT NULL CHECK (length(append_hash) = 32),
        era         INTEGER NOT NULL,
        day         INTEGER NOT NULL,
        floor       INTEGER NOT NULL DEFAULT 0,
        floor_total INTEGER NOT NULL DEFAULT 0,
        trimmed     INTEGER NOT NULL DEFAULT 0,
        done_to     INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX mailbox_to_trim ON mailbox (id) WHERE floor > trimmed;
    CREATE INDEX mailbox_done ON mailbox (id) WHERE done_to > floor;
    CREATE TABLE record (
        id      INTEGER PRIMARY KEY,
        mailbox INTEGER NOT NULL,
        seq     INTEGER NOT NULL,
        total   INTEGER NOT NULL,
        day     INTEGER NOT NULL,
        rid     BLOB NOT NULL,
        bytes   BLOB NOT NULL,
        UNIQUE (mailbox, seq),
        UNIQUE (mailbox, rid)
    ) STRICT;
    CREATE TABLE device (
        mailbox INTEGER NOT NULL,
        device  BLOB NOT NULL,
        up_to   INTEGER NOT NULL,
        day     INTEGER NOT NULL,
        PRIMARY KEY (mailbox, device)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE blob (
        id      INTEGER PRIMARY KEY,
        mailbox INTEGER NOT NULL,
        blob    BLOB NOT NULL,
        part    INTEGER NOT NULL,
        size    INTEGER NOT NULL,
        day     INTEGER NOT NULL,
        bytes   BLOB NOT NULL,
        UNIQUE (mailbox, blob, part)
    ) STRICT;
    CREATE INDEX blob_size ON blob (mailbox, size);
    CREATE TABLE share (
        share         BLOB NOT NULL PRIMARY KEY,
        withdraw_hash BLOB NOT NULL,
        release_at    INTEGER NOT NULL,
        bytes         BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE invite (
        hash BLOB NOT NULL PRIMARY KEY,
        left INTEGER NOT NULL,
        day  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE clock (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        last INTEGER NOT NULL
    ) STRICT;",
    "
    CREATE TABLE wake (
        mailbox      INTEGER NOT NULL,
        hash         BLOB NOT NULL CHECK (length(hash) = 32),
        endpoint     TEXT NOT NULL,
        from_minute  INTEGER NOT NULL,
        until_minute INTEGER NOT NULL,
        expires      INTEGER NOT NULL,
        due          INTEGER,
        waits        INTEGER NOT NULL DEFAULT 0,
        sent         INTEGER,
        failures     INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (mailbox, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX wake_due ON wake (due) WHERE due IS NOT NULL;
    CREATE INDEX wake_expires ON wake (expires);",
];

/// Brings the tables from whatever version they have to the newest; each step is one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let found = version(connection)?;
    let done = usize::try_from(found).map_err(|_| OpenError::NotARelay)?;
    let missing = STEPS.get(done..).ok_or(OpenError::NewerVersion(found))?;
    for (target, step) in (found + 1..).zip(missing) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", target)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Looks before anything is written: is it a relay's file, and one that this program understands?
pub(crate) fn check_mark(connection: &Connection) -> Result<(), OpenError> {
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found = version(connection)?;
    match (mark, found) {
        (0, 0) => Ok(()),
        (APPLICATION_ID, found) if found as usize <= STEPS.len() => Ok(()),
        (APPLICATION_ID, found) => Err(OpenError::NewerVersion(found)),
        _ => Err(OpenError::NotARelay),
    }
}

fn version(connection: &Connection) -> Result<u32, OpenError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
