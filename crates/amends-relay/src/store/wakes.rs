//! Wishes to be woken: where to knock, within which hours, and what is planned.

use std::sync::Arc;

use amends_wire::{Code, MailboxId, UnixSeconds, WakeId};
use rusqlite::{Connection, Row, params};

use super::invites::random;
use super::read::{Readers, signed, unsigned};
use super::work::Outcome;
use crate::clock;
use crate::mailbox::Mailbox;
use crate::push::{Hours, Push, due};

/// How many wishes a mailbox holds.
const MOST_WAKES: i64 = 32;
/// How long a wish may last, in seconds.
const LONGEST: u64 = 400 * 86_400;

/// What stands for the name of a wish in the database.
pub(crate) type WakeHash = [u8; 32];

/// What stands for this name.
pub(crate) fn wake_hash(wake: &WakeId) -> WakeHash {
    *blake3::hash(&wake.0).as_bytes()
}

/// A wish as a client says it, looked through already.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) hash: WakeHash,
    pub(crate) endpoint: String,
    pub(crate) from: u16,
    pub(crate) until: u16,
    pub(crate) expires: UnixSeconds,
}

/// A knock whose time has come.
#[derive(Debug)]
pub(crate) struct DueWake {
    pub(crate) mailbox: MailboxId,
    pub(crate) row: i64,
    pub(crate) hash: WakeHash,
    pub(crate) endpoint: String,
    pub(crate) from: u16,
    pub(crate) until: u16,
    pub(crate) failures: u32,
}

/// How a knock stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WakeNews {
    /// It is sent at this moment, and none comes until the device is here again.
    Sent(u64),
    /// Another time, because now is outside of the hours.
    Again(u64),
    /// It did not go through; another time, and how often it failed.
    Failed(u64, u32),
    /// The device is here.
    Here,
    /// The address is gone.
    Gone,
}

/// The device is here, and wants this from now on.
pub(super) fn set(connection: &Connection, mailbox: &Mailbox, wish: &Wish) -> rusqlite::Result<Outcome> {
    let n_others: i64 = connection
        .prepare_cached("SELECT count(*) FROM wake WHERE mailbox = ?1 AND hash <> ?2")?
        .query_row(params![mailbox.row, &wish.hash[..]], |row| row.get(0))?;
    if n_others >= MOST_WAKES {
        return Ok(Outcome::Refused(Code::Full));
    }
    let expires = wish.expires.0.min(clock::unix_seconds() + LONGEST);
    connection
        .prepare_cached(
            "INSERT INTO wake (mailbox, hash, endpoint, from_minute, until_minute, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET endpoint = excluded.endpoint, from_minute = excluded.from_minute,
             until_minute = excluded.until_minute, expires = excluded.expires, due = NULL, waits = 0, failures = 0",
        )?
        .execute(params![mailbox.row, &wish.hash[..], wish.endpoint, wish.from, wish.until, signed(expires)])?;
    mailbox.may_wake();
    Ok(Outcome::Done)
}

pub(super) fn clear(connection: &Connection, row: i64, hash: &WakeHash) -> rusqlite::Result<Outcome> {
    connection
        .prepare_cached("DELETE FROM wake WHERE mailbox = ?1 AND hash = ?2")?
        .execute(params![row, &hash[..]])?;
    Ok(Outcome::Done)
}

/// A record came: plans one knock for each device that is not here and has none ahead of it or behind it.
pub(super) fn plan(connection: &Connection, mailbox: &Mailbox, push: &Push) -> rusqlite::Result<()> {
    let now = clock::unix_seconds();
    let mut statement = connection.prepare_cached(
        "SELECT hash, from_minute, until_minute, sent FROM wake
         WHERE mailbox = ?1 AND due IS NULL AND waits = 0 AND expires > ?2",
    )?;
    let read = |row: &Row<'_>| {
        let sent: Option<i64> = row.get(3)?;
        let hours = Hours::new(row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, hours, sent.map(i64::cast_unsigned)))
    };
    let found = statement.query_map(params![mailbox.row, signed(now)], read)?;
    let found: Vec<(WakeHash, Option<Hours>, _)> = found.collect::<Result<_, _>>()?;
    for (hash, hours, sent) in found {
        let Some(hours) = hours.filter(|_| !mailbox.is_here(&hash)) else { continue };
        let due = due(now, sent, hours, push, u64::from_be_bytes(random()));
        connection
            .prepare_cached("UPDATE wake SET due = ?3 WHERE mailbox = ?1 AND hash = ?2")?
            .execute(params![mailbox.row, &hash[..], signed(due)])?;
    }
    Ok(())
}

/// Writes down how a knock stands; of one that was cleared meanwhile nothing is written.
pub(super) fn news(
    connection: &Connection,
    row: i64,
    hash: &WakeHash,
    news: WakeNews,
) -> rusqlite::Result<Outcome> {
    const SQL: &str = "UPDATE wake SET due = ?3, waits = ?4, failures = ?5, sent = coalesce(?6, sent)
                       WHERE mailbox = ?1 AND hash = ?2";
    // Due, whether one was sent since the device was here, failures, when.
    let (due, waits, failures, sent) = match news {
        WakeNews::Sent(at) => (None, true, None, Some(at)),
        WakeNews::Failed(at, failures) => (Some(at), true, Some(failures), None),
        WakeNews::Again(at) => {
            let sql = "UPDATE wake SET due = ?3 WHERE mailbox = ?1 AND hash = ?2";
            connection.prepare_cached(sql)?.execute(params![row, &hash[..], signed(at)])?;
            return Ok(Outcome::Done);
        }
        WakeNews::Here => (None, false, None, None),
        WakeNews::Gone => return clear(connection, row, hash),
    };
    connection.prepare_cached(SQL)?.execute(params![
        row,
        &hash[..],
        due.map(signed),
        waits,
        failures.unwrap_or(0),
        sent.map(signed)
    ])?;
    Ok(Outcome::Done)
}

/// Wishes whose time is over.
pub(super) fn forget_old(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM wake WHERE expires <= ?1", [signed(clock::unix_seconds())])?;
    Ok(())
}

impl Readers {
    /// Knocks whose time has come, the oldest first.
    pub(crate) async fn due_wakes(self: &Arc<Self>, now: u64, most: u32) -> rusqlite::Result<Vec<DueWake>> {
        self.with(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT mailbox.name, wake.mailbox, hash, endpoint, from_minute, until_minute, failures
                 FROM wake JOIN mailbox ON mailbox.id = wake.mailbox
                 WHERE due <= ?1 AND expires > ?1 ORDER BY due LIMIT ?2",
            )?;
            let read = |row: &Row<'_>| {
                Ok(DueWake {
                    mailbox: MailboxId(row.get(0)?),
                    row: row.get(1)?,
                    hash: row.get(2)?,
                    endpoint: row.get(3)?,
                    from: row.get(4)?,
                    until: row.get(5)?,
                    failures: u32::try_from(unsigned(row, 6)?).unwrap_or(u32::MAX),
                })
            };
            statement.query_map(params![signed(now), most], read)?.collect()
        })
        .await
    }
}
