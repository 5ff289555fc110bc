//! What is written, each as a few statements within the open transaction of a group.

use std::sync::Arc;

use amends_wire::{
    About, BlobId, Code, DeviceToken, Era, Limits, MailboxId, Rid, ShareId, Token, TokenHash, UnixSeconds,
};
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::oneshot;

use super::invites::random;
use super::read::{self, device_hash, signed, unsigned};
use super::wakes::{self, WakeHash, WakeNews, Wish};
use crate::clock;
use crate::mailbox::{Mailbox, Stored};
use crate::outbox::Outbox;
use crate::push::Push;

/// How many devices of a mailbox may say how far they are.
const MOST_DEVICES: i64 = 32;

/// Something to write, and whom to tell.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) reply: Arc<Outbox>,
    pub(crate) about: About,
    pub(crate) work: Work,
}

#[derive(Debug)]
pub(crate) enum Work {
    Create {
        name: MailboxId,
        read_hash: TokenHash,
        append_hash: TokenHash,
        invite: Option<Token>,
        /// Dropped when it is answered, so that what a client says next finds the mailbox.
        _answered: oneshot::Sender<()>,
    },
    Publish {
        mailbox: Arc<Mailbox>,
        rid: Rid,
        bytes: Vec<u8>,
    },
    Done {
        mailbox: Arc<Mailbox>,
        device: DeviceToken,
        up_to: u64,
    },
    Drop {
        mailbox: Arc<Mailbox>,
        up_to: u64,
    },
    SharePut {
        share: ShareId,
        withdraw_hash: TokenHash,
        release_at: UnixSeconds,
        bytes: Vec<u8>,
    },
    ShareWithdraw {
        share: ShareId,
        token: Token,
    },
    BlobPut {
        mailbox: Arc<Mailbox>,
        blob: BlobId,
        part: u32,
        bytes: Vec<u8>,
    },
    BlobDelete {
        mailbox: Arc<Mailbox>,
        blob: BlobId,
    },
    WakeSet {
        mailbox: Arc<Mailbox>,
        wish: Wish,
    },
    WakeClear {
        mailbox: Arc<Mailbox>,
        hash: WakeHash,
    },
    /// From the relay itself: how a knock stands.
    WakeNews {
        row: i64,
        hash: WakeHash,
        news: WakeNews,
        /// Dropped when it is answered.
        _answered: oneshot::Sender<()>,
    },
}

/// What came of it; told only after the commit.
#[derive(Debug)]
pub(crate) enum Outcome {
    Done,
    Refused(Code),
    /// Made, or there already with the same tokens.
    Created(Stored),
    /// Written at this place, with this sum of bytes.
    Appended(u64, u64),
    /// Was there before.
    Known(u64),
    /// Records up to a place are gone, with their sum of bytes.
    Floor(u64, u64),
}

impl Work {
    /// How many bytes wait with it.
    pub(crate) fn len(&self) -> usize {
        256 + match self {
            Self::Publish { bytes, .. } | Self::SharePut { bytes, .. } | Self::BlobPut { bytes, .. } => {
                bytes.len()
            }
            _ => 0,
        }
    }

    pub(crate) fn mailbox(&self) -> Option<&Arc<Mailbox>> {
        match self {
            Self::Publish { mailbox, .. }
            | Self::Done { mailbox, .. }
            | Self::Drop { mailbox, .. }
            | Self::BlobPut { mailbox, .. }
            | Self::BlobDelete { mailbox, .. }
            | Self::WakeSet { mailbox, .. }
            | Self::WakeClear { mailbox, .. } => Some(mailbox),
            _ => None,
        }
    }

    /// Writes it into the open transaction. `push` is there where this relay wakes devices.
    pub(crate) fn apply(
        &self,
        connection: &Connection,
        limits: &Limits,
        push: Option<&Push>,
    ) -> rusqlite::Result<Outcome> {
        if self.mailbox().is_some_and(|mailbox| mailbox.is_buried()) {
            return Ok(Outcome::Refused(Code::UnknownMailbox));
        }
        match self {
            Self::Create { name, read_hash, append_hash, invite, .. } => {
                create(connection, name, read_hash, append_hash, invite.as_ref(), limits.open)
            }
            Self::Publish { mailbox, rid, bytes } => {
                let outcome = publish(connection, mailbox, rid, bytes, limits.records)?;
                if let (Outcome::Appended(..), Some(push), true) = (&outcome, push, mailbox.has_wakes()) {
                    wakes::plan(connection, mailbox, push)?;
                }
                Ok(outcome)
            }
            Self::WakeSet { mailbox, wish } => wakes::set(connection, mailbox, wish),
            Self::WakeClear { mailbox, hash } => wakes::clear(connection, mailbox.row, hash),
            Self::WakeNews { row, hash, news, .. } => wakes::news(connection, *row, hash, *news),
            Self::Done { mailbox, device, up_to } => done(connection, mailbox, device, *up_to),
            Self::Drop { mailbox, up_to } => drop_to(connection, mailbox, *up_to),
            Self::SharePut { share, withdraw_hash, release_at, bytes } => {
                share_put(connection, share, withdraw_hash, *release_at, bytes)
            }
            Self::ShareWithdraw { share, token } => share_withdraw(connection, share, token),
            Self::BlobPut { mailbox, blob, part, bytes } => {
                blob_put(connection, mailbox.row, blob, *part, bytes, limits.blobs)
            }
            Self::BlobDelete { mailbox, blob } => {
                connection
                    .prepare_cached("DELETE FROM blob WHERE mailbox = ?1 AND blob = ?2")?
                    .execute(params![mailbox.row, &blob.0[..]])?;
                Ok(Outcome::Done)
            }
        }
    }
}

fn create(
    connection: &Connection,
    name: &MailboxId,
    read_hash: &TokenHash,
    append_hash: &TokenHash,
    invite: Option<&Token>,
    open: bool,
) -> rusqlite::Result<Outcome> {
    if let Some(found) = read::mailbox(connection, name)? {
        let same = found.read_hash == *read_hash && found.append_hash == *append_hash;
        return Ok(if same { Outcome::Created(found) } else { Outcome::Refused(Code::WrongToken) });
    }
    if !open && !use_invite(connection, invite)? {
        return Ok(Outcome::Refused(Code::InviteNeeded));
    }
    let era = u64::from_be_bytes(random()) >> 1;
    connection
        .prepare_cached(
            "INSERT INTO mailbox (name, read_hash, append_hash, era, day) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            &name.0[..],
            &read_hash.0[..],
            &append_hash.0[..],
            era.cast_signed(),
            clock::today()
        ])?;
    Ok(Outcome::Created(Stored {
        name: *name,
        row: connection.last_insert_rowid(),
        read_hash: *read_hash,
        append_hash: *append_hash,
        era: Era(era),
        head: 0,
        head_total: 0,
        floor: 0,
        floor_total: 0,
        has_wakes: false,
    }))
}

fn use_invite(connection: &Connection, invite: Option<&Token>) -> rusqlite::Result<bool> {
    let Some(invite) = invite else { return Ok(false) };
    let used = connection
        .prepare_cached("UPDATE invite SET left = left - 1 WHERE hash = ?1 AND left > 0")?
        .execute([&invite.hash().0[..]])?;
    Ok(used == 1)
}

fn publish(
    connection: &Connection,
    mailbox: &Mailbox,
    rid: &Rid,
    bytes: &[u8],
    most: u64,
) -> rusqlite::Result<Outcome> {
    if let Some((seq, total)) = mailbox.next_place(bytes.len(), most) {
        let written = connection
            .prepare_cached(
                "INSERT INTO record (mailbox, seq, total, day, rid, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (mailbox, rid) DO NOTHING",
            )?
            .execute(params![mailbox.row, signed(seq), signed(total), clock::today(), &rid.0[..], bytes])?;
        if written == 1 {
            mailbox.occupy((seq, total));
            return Ok(Outcome::Appended(seq, total));
        }
    }
    let known = connection
        .prepare_cached("SELECT seq FROM record WHERE mailbox = ?1 AND rid = ?2")?
        .query_row(params![mailbox.row, &rid.0[..]], |row| unsigned(row, 0))
        .optional()?;
    Ok(known.map_or(Outcome::Refused(Code::Full), Outcome::Known))
}

fn done(
    connection: &Connection,
    mailbox: &Mailbox,
    device: &DeviceToken,
    up_to: u64,
) -> rusqlite::Result<Outcome> {
    // A device cannot have stored what is not there yet.
    let up_to = signed(up_to.min(mailbox.head().0));
    let hash = device_hash(device);
    let n_others: i64 = connection
        .prepare_cached("SELECT count(*) FROM device WHERE mailbox = ?1 AND device <> ?2")?
        .query_row(params![mailbox.row, &hash[..]], |row| row.get(0))?;
    if n_others >= MOST_DEVICES {
        return Ok(Outcome::Refused(Code::Full));
    }
    connection
        .prepare_cached(
            "INSERT INTO device (mailbox, device, up_to, day) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET up_to = max(up_to, excluded.up_to), day = excluded.day",
        )?
        .execute(params![mailbox.row, &hash[..], up_to, clock::today()])?;
    connection
        .prepare_cached(
            "UPDATE mailbox SET done_to = (SELECT min(up_to) FROM device WHERE device.mailbox = ?1) WHERE id = ?1",
        )?
        .execute([mailbox.row])?;
    Ok(Outcome::Done)
}

fn drop_to(connection: &Connection, mailbox: &Mailbox, up_to: u64) -> rusqlite::Result<Outcome> {
    // What has not been written yet cannot be replaced by anything.
    raise_floor(connection, mailbox.row, up_to.min(mailbox.head().0))
        .map(|(floor, total)| Outcome::Floor(floor, total))
}

/// Records up to `floor` are gone from now on; their rows go later. Gives the place and the sum of bytes up to it.
pub(crate) fn raise_floor(connection: &Connection, row: i64, floor: u64) -> rusqlite::Result<(u64, u64)> {
    connection
        .prepare_cached(
            "UPDATE mailbox SET floor = ?2, floor_total = coalesce((SELECT total FROM record
             WHERE record.mailbox = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1), floor_total)
             WHERE id = ?1 AND floor < ?2",
        )?
        .execute(params![row, signed(floor)])?;
    connection
        .prepare_cached("SELECT floor, floor_total FROM mailbox WHERE id = ?1")?
        .query_row([row], |row| Ok((unsigned(row, 0)?, unsigned(row, 1)?)))
}

fn share_put(
    connection: &Connection,
    share: &ShareId,
    withdraw_hash: &TokenHash,
    release_at: UnixSeconds,
    bytes: &[u8],
) -> rusqlite::Result<Outcome> {
    let written = connection
        .prepare_cached(
            "INSERT INTO share (share, withdraw_hash, release_at, bytes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET release_at = excluded.release_at, bytes = excluded.bytes
             WHERE withdraw_hash = excluded.withdraw_hash",
        )?
        .execute(params![&share.0[..], &withdraw_hash.0[..], signed(release_at.0), bytes])?;
    Ok(if written == 1 { Outcome::Done } else { Outcome::Refused(Code::WrongToken) })
}

fn share_withdraw(connection: &Connection, share: &ShareId, token: &Token) -> rusqlite::Result<Outcome> {
    let hash: Option<[u8; 32]> = connection
        .prepare_cached("SELECT withdraw_hash FROM share WHERE share = ?1")?
        .query_row([&share.0[..]], |row| row.get(0))
        .optional()?;
    match hash {
        None => Ok(Outcome::Done),
        Some(hash) if !TokenHash(hash).is_of(token) => Ok(Outcome::Refused(Code::WrongToken)),
        Some(_) => {
            connection.prepare_cached("DELETE FROM share WHERE share = ?1")?.execute([&share.0[..]])?;
            Ok(Outcome::Done)
        }
    }
}

fn blob_put(
    connection: &Connection,
    row: i64,
    blob: &BlobId,
    part: u32,
    bytes: &[u8],
    most: u64,
) -> rusqlite::Result<Outcome> {
    let held: i64 = connection
        .prepare_cached("SELECT coalesce(sum(size), 0) FROM blob WHERE mailbox = ?1")?
        .query_row([row], |row| row.get(0))?;
    if held.cast_unsigned().saturating_add(bytes.len() as u64) > most {
        return Ok(Outcome::Refused(Code::Full));
    }
    connection
        .prepare_cached(
            "INSERT INTO blob (mailbox, blob, part, size, day, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (mailbox, blob, part) DO UPDATE SET size = excluded.size, day = excluded.day, bytes = excluded.bytes",
        )?
        .execute(params![row, &blob.0[..], part, bytes.len() as i64, clock::today(), bytes])?;
    Ok(Outcome::Done)
}
