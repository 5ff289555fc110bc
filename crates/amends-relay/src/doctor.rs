//! Looks at a data folder and says what is wrong and what to do; works beside a running relay.

use std::path::Path;

use rusqlite::Connection;

use crate::store::{self, OpenError};
use crate::{acme, clock};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Is it as it should be?
    pub good: bool,
    /// What was found, and where it is not good, what to do.
    pub words: String,
}

impl Finding {
    pub(crate) fn good(words: impl Into<String>) -> Self {
        Self { good: true, words: words.into() }
    }

    pub(crate) fn bad(words: impl Into<String>) -> Self {
        Self { good: false, words: words.into() }
    }
}

/// Examines a data folder.
///
/// # Errors
/// [`OpenError`] where the database is of another program or of a newer version.
pub fn doctor(data: &Path) -> Result<Vec<Finding>, OpenError> {
    if let Some(missing) = missing(data) {
        return Ok(vec![missing]);
    }
    let mut findings = vec![privacy(data)];
    findings.extend(large_log(data));
    findings.extend(acme::examine(data));
    let connection = match store::reader(data) {
        Ok(connection) => connection,
        Err(OpenError::Database(error)) => {
            findings.push(unopened(&error));
            return Ok(findings);
        }
        Err(error) => return Err(error),
    };
    findings.push(match check(&connection) {
        Ok(None) => Finding::good("the database is whole"),
        Ok(Some(defect)) => damaged(&defect),
        Err(error) => damaged(&error.to_string()),
    });
    match counts(&connection) {
        Ok(words) => findings.push(Finding::good(words)),
        Err(error) => findings.push(damaged(&error.to_string())),
    }
    findings.push(time(&connection));
    Ok(findings)
}

/// Where there is nothing to look at.
fn missing(data: &Path) -> Option<Finding> {
    let file = store::file_of(data);
    match std::fs::metadata(&file) {
        Ok(found) if found.is_file() && found.len() > 0 => None,
        Ok(found) if found.is_file() => Some(Finding::bad(format!(
            "{} is empty: a relay that was ended at its very first start leaves it so. Start the relay; it makes the rest",
            file.display()
        ))),
        Ok(_) => Some(Finding::bad(format!("{} is no file: is this the right folder?", file.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Finding::bad(format!(
            "there is no {}: is this the right folder? `amends-relay serve` makes a new one",
            file.display()
        ))),
        Err(error) => Some(Finding::bad(format!(
            "{} cannot be looked at ({error}): run this as the user that the relay runs as",
            file.display()
        ))),
    }
}

fn unopened(error: &rusqlite::Error) -> Finding {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseCorrupt, NotADatabase, PermissionDenied, ReadOnly};
    match error.sqlite_error_code() {
        Some(CannotOpen | PermissionDenied | ReadOnly) => Finding::bad(format!(
            "the database cannot be opened ({error}): run this as the user that the relay runs as; if it is that user, is the \
             disk mounted for writing, and is there room on it?"
        )),
        Some(DatabaseCorrupt | NotADatabase) => damaged(&error.to_string()),
        _ => damaged(&format!("it cannot be opened: {error}")),
    }
}

/// The log is written back into the database all the time; when it is very large, something reads it for hours.
fn large_log(data: &Path) -> Option<Finding> {
    const LARGE: u64 = 512 << 20;
    let log = data.join("relay.sqlite-wal");
    let len = std::fs::metadata(log).map_or(0, |found| found.len());
    (len > LARGE).then(|| {
        Finding::bad(format!(
            "the log beside the database has {} MB: does a backup program hold the database open? Stop it, then restart the relay",
            len >> 20
        ))
    })
}

fn damaged(what: &str) -> Finding {
    Finding::bad(format!(
        "the database is damaged ({what}). Stop the relay, keep a copy of the folder, restore a backup and run \
         `amends-relay restored`; without a backup, start with an empty folder: the devices send again what they have"
    ))
}

/// Only the owner may look into the folder.
fn privacy(data: &Path) -> Finding {
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(data) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions());
        if mode & 0o077 != 0 {
            return Finding::bad(format!(
                "others on this machine may look into {0}: chmod 700 {0}",
                data.display()
            ));
        }
    }
    Finding::good("the data folder is private")
}

/// SQLite's own examination; gives the first defect.
fn check(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let first: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if first != "ok" {
        return Ok(Some(first));
    }
    let strangers: i64 = connection.query_row(
        "SELECT count(*) FROM record WHERE NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.id = record.mailbox)",
        [],
        |row| row.get(0),
    )?;
    Ok((strangers > 0).then(|| format!("{strangers} records belong to no mailbox")))
}

fn counts(connection: &Connection) -> rusqlite::Result<String> {
    let count = |table: &str| -> rusqlite::Result<i64> {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
    };
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let size: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    Ok(format!(
        "{} mailboxes, {} records, {} parts of blobs, {} shares, {} open invites, {:.1} MB",
        count("mailbox")?,
        count("record")?,
        count("blob")?,
        count("share")?,
        count("invite WHERE left > 0")?,
        (pages * size) as f64 / 1e6
    ))
}

fn time(connection: &Connection) -> Finding {
    let newest = connection.query_row(
        "SELECT max(day) FROM (SELECT day FROM record ORDER BY id DESC LIMIT 100)",
        [],
        |row| row.get::<_, Option<i64>>(0),
    );
    match newest {
        Ok(Some(day)) if day > clock::today() + 1 => Finding::bad(format!(
            "the newest record is from {} days in the future: is this machine's clock right?",
            day - clock::today()
        )),
        Ok(_) => Finding::good("the clock agrees with the records"),
        Err(error) => damaged(&error.to_string()),
    }
}

/// After a backup was restored: every mailbox begins a new life, so that devices notice that places are counted anew. The relay
/// must not run. Gives the number of mailboxes.
///
/// # Errors
/// [`OpenError`] if the database of this folder cannot be opened or written, or [`OpenError::Folder`] while a relay runs.
pub fn restored(data: &Path) -> Result<usize, OpenError> {
    let connection = store::open_writer(data, None)?;
    let lock = std::fs::File::create(data.join("lock")).map_err(OpenError::Folder)?;
    lock.try_lock().map_err(|error| OpenError::Folder(error.into()))?;
    // Some of those who asked to be woken have taken it back since; the others ask again when they come.
    connection.execute("DELETE FROM wake", [])?;
    Ok(connection.execute("UPDATE mailbox SET era = abs(random() % 4611686018427387904)", [])?)
}
