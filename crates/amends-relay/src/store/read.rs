//! Reading, on connections of its own, so that it never waits for a write.

use std::path::Path;
use std::sync::{Arc, Mutex};

use amends_wire::{BlobId, DeviceToken, Era, MailboxId, Rid, Sealed, Seq, ServerFrame, ShareId, TokenHash};
use axum::body::Bytes;
use rusqlite::{Connection, OptionalExtension, Row, params};
use tokio::sync::Semaphore;

use super::{OpenError, open};
use crate::mailbox::{Mailbox, Stored};

const CONNECTIONS: usize = 2;

/// A page ends after so many records or bytes.
const PAGE_RECORDS: usize = 256;
const PAGE_BYTES: usize = 128 * 1024;

/// Connections for reading, and a thread for each while it is used.
#[derive(Debug)]
pub(crate) struct Readers {
    idle: Mutex<Vec<Connection>>,
    free: Semaphore,
}

/// A page of records, ready to be sent.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) frames: Vec<Bytes>,
    /// Place of its last record.
    pub(crate) last: Option<u64>,
}

/// A share as it is stored.
#[derive(Debug)]
pub(crate) struct StoredShare {
    pub(crate) release_at: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Readers {
    pub(crate) fn open(data: &Path) -> Result<Self, OpenError> {
        let idle: Result<Vec<_>, _> = (0..CONNECTIONS).map(|_| open::reader(data)).collect();
        Ok(Self { idle: Mutex::new(idle?), free: Semaphore::new(CONNECTIONS) })
    }

    /// Runs `read` on a free connection, on a thread that may wait.
    pub(super) async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let _free = self.free.acquire().await.expect("the semaphore is never closed");
        let readers = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let connection = readers.pop().expect("a permit stands for a connection");
            let found = read(&connection);
            readers.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(connection);
            found
        });
        reading.await.expect("reading does not panic")
    }

    fn pop(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop()
    }

    pub(crate) async fn mailbox(self: &Arc<Self>, name: MailboxId) -> rusqlite::Result<Option<Stored>> {
        self.with(move |connection| mailbox(connection, &name)).await
    }

    /// Is this an invite by which a mailbox can still be made?
    pub(crate) async fn invite(self: &Arc<Self>, invite: TokenHash) -> rusqlite::Result<bool> {
        self.with(move |connection| {
            connection
                .prepare_cached("SELECT 1 FROM invite WHERE hash = ?1 AND left > 0")?
                .exists([&invite.0[..]])
        })
        .await
    }

    /// Records after a place.
    pub(crate) async fn page(self: &Arc<Self>, mailbox: &Arc<Mailbox>, after: u64) -> rusqlite::Result<Page> {
        let mailbox = Arc::clone(mailbox);
        self.with(move |connection| page(connection, &mailbox, after)).await
    }

    pub(crate) async fn share(self: &Arc<Self>, share: ShareId) -> rusqlite::Result<Option<StoredShare>> {
        self.with(move |connection| {
            connection
                .prepare_cached("SELECT release_at, bytes FROM share WHERE share = ?1")?
                .query_row([&share.0[..]], |row| {
                    Ok(StoredShare { release_at: unsigned(row, 0)?, bytes: row.get(1)? })
                })
                .optional()
        })
        .await
    }

    pub(crate) async fn blob(
        self: &Arc<Self>,
        row: i64,
        blob: BlobId,
        part: u32,
    ) -> rusqlite::Result<Option<Vec<u8>>> {
        self.with(move |connection| {
            connection
                .prepare_cached("SELECT bytes FROM blob WHERE mailbox = ?1 AND blob = ?2 AND part = ?3")?
                .query_row(params![row, &blob.0[..], part], |row| row.get(0))
                .optional()
        })
        .await
    }
}

/// What is stored of a mailbox.
pub(crate) fn mailbox(connection: &Connection, name: &MailboxId) -> rusqlite::Result<Option<Stored>> {
    const SQL: &str = "
        SELECT id, read_hash, append_hash, era, floor, floor_total,
               (SELECT seq FROM record WHERE record.mailbox = mailbox.id ORDER BY seq DESC LIMIT 1),
               (SELECT total FROM record WHERE record.mailbox = mailbox.id ORDER BY seq DESC LIMIT 1),
               EXISTS (SELECT 1 FROM wake WHERE wake.mailbox = mailbox.id)
        FROM mailbox WHERE name = ?1";
    let read = |row: &Row<'_>| {
        let (floor, floor_total) = (unsigned(row, 4)?, unsigned(row, 5)?);
        let head: Option<i64> = row.get(6)?;
        let total: Option<i64> = row.get(7)?;
        Ok(Stored {
            name: *name,
            row: row.get(0)?,
            read_hash: TokenHash(row.get(1)?),
            append_hash: TokenHash(row.get(2)?),
            era: Era(unsigned(row, 3)?),
            head: head.map_or(0, i64::cast_unsigned).max(floor),
            head_total: total.map_or(0, i64::cast_unsigned).max(floor_total),
            floor,
            floor_total,
            has_wakes: row.get(8)?,
        })
    };
    connection.prepare_cached(SQL)?.query_row([&name.0[..]], read).optional()
}

fn page(connection: &Connection, mailbox: &Mailbox, after: u64) -> rusqlite::Result<Page> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, rid, bytes FROM record WHERE mailbox = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let after = signed(after.max(mailbox.floor()));
    let mut rows = statement.query(params![mailbox.row, after, PAGE_RECORDS as i64])?;
    let (mut page, mut bytes) = (Page::default(), 0);
    while let Some(row) = rows.next()?
        && bytes < PAGE_BYTES
    {
        let seq = unsigned(row, 0)?;
        let record: Vec<u8> = row.get(2)?;
        let rid = Rid(row.get(1)?);
        let frame = ServerFrame::Rec { mailbox: mailbox.name, seq: Seq(seq), rid, bytes: Sealed(record) };
        let frame = frame.to_bytes();
        bytes += frame.len();
        page.frames.push(frame.into());
        page.last = Some(seq);
    }
    Ok(page)
}

/// What stands for a device in the database.
pub(crate) fn device_hash(device: &DeviceToken) -> [u8; 32] {
    *blake3::hash(&device.0).as_bytes()
}

/// SQLite has signed numbers only; places and sums never come near the end of them.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}
