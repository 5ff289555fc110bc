//! Looks at a data folder and says what is wrong and what to do; works beside a running relay.

use std::path::Path;

use rusqlite::Connection;

use crate::clock;
use crate::store::{self, OpenError};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Is it as it should be?
    pub good: bool,
    /// What was found, and where it is not good, what to do.
    pub words: String,
}

impl Finding {
    fn good(words: impl Into<String>) -> Self {
        Self { good: true, words: words.into() }
    }

    fn bad(words: impl Into<String>) -> Self {
        Self { good: false, words: words.into() }
    }
}

/// Examines a data folder.
///
/// # Errors
/// [`OpenError`] where there is no database that can be opened.
pub fn doctor(data: &Path) -> Result<Vec<Finding>, OpenError> {
    let connection = store::reader(data)?;
    let mut findings = vec![privacy(data)];
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
/// [`OpenError`]
pub fn restored(data: &Path) -> Result<usize, OpenError> {
    let connection = store::open_writer(data, None)?;
    let lock = std::fs::File::create(data.join("lock")).map_err(OpenError::Folder)?;
    lock.try_lock().map_err(|error| OpenError::Folder(error.into()))?;
    Ok(connection.execute("UPDATE mailbox SET era = abs(random() % 4611686018427387904)", [])?)
}
