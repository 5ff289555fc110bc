//! Erasing what is no longer needed, in small steps between commits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use amends_wire::{Limits, MailboxId};
use rusqlite::{Connection, OptionalExtension, params};

use super::clock_guard::ClockGuard;
use super::read::{signed, unsigned};
use super::wakes;
use super::work::raise_floor;
use crate::clock;
use crate::directory::Directory;
use crate::log;

/// Rows in one step.
const STEP: i64 = 500;
const EVERY: Duration = Duration::from_secs(3600);

/// What is looked at, in this order, once an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chore {
    /// Records that are too old.
    OldRecords,
    /// Their rows, which must go before the next look: it begins at the oldest row.
    TrimOld,
    /// Records that every device has, from the mailbox after this row on.
    DoneRecords(i64),
    /// Rows of records that are gone for readers.
    Trim,
    OldDevices,
    OldBlobs,
    OldShares,
    OldInvites,
    EmptyMailboxes,
}

#[derive(Debug)]
pub(crate) struct Chores {
    keep_days: i64,
    keep_done_days: i64,
    guard: ClockGuard,
    started: Instant,
    now: Option<Chore>,
    next_round: Instant,
    paused: bool,
    /// Is this a round in which things go by their age?
    erasing: bool,
}

impl Chores {
    pub(crate) fn new(connection: &Connection, limits: &Limits) -> Self {
        let last = connection.query_row("SELECT last FROM clock", [], |row| unsigned(row, 0)).optional();
        Self {
            keep_days: limits.keep_days.into(),
            keep_done_days: limits.keep_done_days.into(),
            guard: ClockGuard::new(last.unwrap_or_default(), clock::unix_seconds(), Duration::ZERO),
            started: Instant::now(),
            now: Some(Chore::Trim),
            next_round: Instant::now(),
            paused: false,
            erasing: false,
        }
    }

    /// Rows of dropped records shall go soon.
    pub(crate) fn trim_soon(&mut self) {
        self.now.get_or_insert(Chore::Trim);
    }

    /// How long the writer may sleep.
    pub(crate) fn wait(&self) -> Duration {
        match self.now {
            Some(_) => Duration::ZERO,
            None => self.next_round.saturating_duration_since(Instant::now()),
        }
    }

    /// A little of what is to do, if anything is.
    pub(crate) fn step(
        &mut self,
        connection: &mut Connection,
        directory: &Arc<Directory>,
    ) -> rusqlite::Result<()> {
        if self.now.is_none() && Instant::now() >= self.next_round {
            self.next_round = Instant::now() + EVERY;
            self.now = self.begin_round(connection, directory)?;
        }
        let Some(chore) = self.now.take() else { return Ok(()) };
        let ages = Ages { old: clock::today() - self.keep_days, done: clock::today() - self.keep_done_days };
        let transaction = connection.transaction()?;
        let (next, changed) = do_some(chore, &transaction, ages)?;
        transaction.commit()?;
        changed.apply(directory);
        // Outside of a round, only rows that are gone for readers already are removed.
        self.now = next.filter(|next| self.erasing || *next == Chore::Trim);
        self.erasing &= self.now.is_some();
        Ok(())
    }

    fn begin_round(
        &mut self,
        connection: &Connection,
        directory: &Directory,
    ) -> rusqlite::Result<Option<Chore>> {
        directory.forget_some();
        let wall = clock::unix_seconds();
        connection.execute(
            "INSERT INTO clock (only, last) VALUES (1, ?1) ON CONFLICT DO UPDATE SET last = excluded.last",
            [signed(wall)],
        )?;
        let may_erase = self.guard.may_erase(wall, self.started.elapsed());
        if !may_erase && !self.paused {
            log::line("the clock has jumped: nothing is erased until it has been steady for two days");
        }
        self.paused = !may_erase;
        self.erasing = may_erase;
        Ok(may_erase.then_some(Chore::OldRecords))
    }
}

/// Days before which something goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ages {
    pub(crate) old: i64,
    pub(crate) done: i64,
}

/// What memory must hear of after the commit.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    floors: Vec<(MailboxId, u64, u64)>,
    erased: Vec<MailboxId>,
}

impl Changed {
    fn apply(self, directory: &Directory) {
        for (name, floor, total) in self.floors {
            if let Some(mailbox) = directory.remembered(&name) {
                mailbox.raise_floor(floor, total);
            }
        }
        self.erased.iter().for_each(|name| directory.bury(name));
    }
}

/// One step of a chore; gives the next one.
pub(crate) fn do_some(
    chore: Chore,
    connection: &Connection,
    ages: Ages,
) -> rusqlite::Result<(Option<Chore>, Changed)> {
    let mut changed = Changed::default();
    let next = match chore {
        Chore::OldRecords => {
            let more = old_records(connection, ages.old, &mut changed)?;
            if more { Chore::TrimOld } else { Chore::DoneRecords(0) }
        }
        Chore::TrimOld => {
            if trim(connection)? {
                Chore::TrimOld
            } else {
                Chore::OldRecords
            }
        }
        Chore::DoneRecords(after) => match done_records(connection, ages.done, after, &mut changed)? {
            Some(last) => Chore::DoneRecords(last),
            None => Chore::Trim,
        },
        Chore::Trim => {
            if trim(connection)? {
                Chore::Trim
            } else {
                Chore::OldDevices
            }
        }
        Chore::OldDevices => {
            let sql = "DELETE FROM device WHERE day < ?1";
            connection.execute(sql, [ages.old])?;
            wakes::forget_old(connection)?;
            Chore::OldBlobs
        }
        Chore::OldBlobs => {
            let sql = "DELETE FROM blob WHERE id IN (SELECT id FROM blob WHERE day < ?1 LIMIT 50)";
            if connection.execute(sql, [ages.old])? == 50 { Chore::OldBlobs } else { Chore::OldShares }
        }
        Chore::OldShares => {
            let before = ages.old.saturating_mul(86_400);
            connection.execute("DELETE FROM share WHERE release_at < ?1", [before])?;
            Chore::OldInvites
        }
        Chore::OldInvites => {
            connection.execute("DELETE FROM invite WHERE left <= 0 OR day < ?1", [ages.old])?;
            Chore::EmptyMailboxes
        }
        Chore::EmptyMailboxes => {
            return Ok((
                empty_mailboxes(connection, ages.old, &mut changed)?.then_some(Chore::EmptyMailboxes),
                changed,
            ));
        }
    };
    Ok((Some(next), changed))
}

/// The oldest rows come first, so that only rows that go are looked at.
fn old_records(connection: &Connection, before: i64, changed: &mut Changed) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT mailbox, max(seq) FROM (SELECT mailbox, seq, day FROM record ORDER BY id LIMIT ?1)
         WHERE day < ?2 GROUP BY mailbox",
    )?;
    let found: Result<Vec<(i64, u64)>, _> =
        statement.query_map([STEP, before], |row| Ok((row.get(0)?, unsigned(row, 1)?)))?.collect();
    let found = found?;
    for (row, seq) in &found {
        raise(connection, *row, *seq, changed)?;
    }
    Ok(!found.is_empty())
}

fn done_records(
    connection: &Connection,
    before: i64,
    after: i64,
    changed: &mut Changed,
) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, (SELECT seq FROM record WHERE record.mailbox = mailbox.id AND seq <= done_to AND day < ?1
                     ORDER BY seq DESC LIMIT 1)
         FROM mailbox WHERE done_to > floor AND id > ?2 ORDER BY id LIMIT 50",
    )?;
    let found: Result<Vec<(i64, Option<i64>)>, _> =
        statement.query_map([before, after], |row| Ok((row.get(0)?, row.get(1)?)))?.collect();
    let found = found?;
    for (row, seq) in &found {
        if let Some(seq) = seq {
            raise(connection, *row, seq.cast_unsigned(), changed)?;
        }
    }
    Ok(found.last().map(|(row, _)| *row))
}

fn raise(connection: &Connection, row: i64, seq: u64, changed: &mut Changed) -> rusqlite::Result<()> {
    let name: Option<[u8; 32]> = connection
        .prepare_cached("SELECT name FROM mailbox WHERE id = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    match name {
        Some(name) => {
            let (floor, total) = raise_floor(connection, row, seq)?;
            changed.floors.push((MailboxId(name), floor, total));
        }
        None => {
            connection
                .execute("DELETE FROM record WHERE mailbox = ?1 AND seq <= ?2", params![row, signed(seq)])?;
        }
    }
    Ok(())
}

/// Rows up to the floor of one mailbox; `false` when there are no more anywhere.
fn trim(connection: &Connection) -> rusqlite::Result<bool> {
    let next = connection
        .prepare_cached("SELECT id, floor FROM mailbox WHERE floor > trimmed LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((row, floor)) = next else { return Ok(false) };
    let removed = connection
        .prepare_cached(
            "DELETE FROM record WHERE id IN (SELECT id FROM record WHERE mailbox = ?1 AND seq <= ?2 LIMIT ?3)",
        )?
        .execute([row, floor, STEP])?;
    if (removed as i64) < STEP {
        connection.prepare_cached("UPDATE mailbox SET trimmed = ?2 WHERE id = ?1")?.execute([row, floor])?;
    }
    Ok(true)
}

/// Mailboxes that were made long ago and hold nothing.
fn empty_mailboxes(connection: &Connection, before: i64, changed: &mut Changed) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name FROM mailbox WHERE day < ?1
         AND NOT EXISTS (SELECT 1 FROM record WHERE record.mailbox = mailbox.id)
         AND NOT EXISTS (SELECT 1 FROM device WHERE device.mailbox = mailbox.id)
         AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.mailbox = mailbox.id) LIMIT ?2",
    )?;
    let found: Result<Vec<(i64, [u8; 32])>, _> =
        statement.query_map([before, STEP], |row| Ok((row.get(0)?, row.get(1)?)))?.collect();
    let found = found?;
    for (row, name) in &found {
        connection.execute("DELETE FROM wake WHERE mailbox = ?1", [row])?;
        connection.execute("DELETE FROM mailbox WHERE id = ?1", [row])?;
        changed.erased.push(MailboxId(*name));
    }
    Ok(found.len() as i64 == STEP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::migrate;

    const TODAY: i64 = 20_000;
    const AGES: Ages = Ages { old: TODAY - 400, done: TODAY - 30 };

    fn tables() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection
    }

    /// A mailbox with one record of ten bytes for each day.
    fn mailbox(connection: &Connection, row: i64, made: i64, days: &[i64]) {
        let name = [row as u8; 32];
        connection
            .execute(
                "INSERT INTO mailbox (id, name, read_hash, append_hash, era, day) VALUES (?1, ?2, ?2, ?2, 1, ?3)",
                params![row, &name[..], made],
            )
            .unwrap();
        for (seq, day) in (1_i64..).zip(days) {
            connection
                .execute(
                    "INSERT INTO record (mailbox, seq, total, day, rid, bytes) VALUES (?1, ?2, ?2 * 10, ?3, ?4, zeroblob(10))",
                    params![row, seq, day, &seq.to_be_bytes()[..]],
                )
                .unwrap();
        }
    }

    fn a_round(connection: &Connection) -> Vec<MailboxId> {
        let (mut chore, mut erased) = (Some(Chore::OldRecords), Vec::new());
        let mut n_steps = 0;
        while let Some(next) = chore {
            let (then, changed) = do_some(next, connection, AGES).unwrap();
            erased.extend(changed.erased);
            chore = then;
            n_steps += 1;
            assert!(n_steps < 1_000, "a round ends");
        }
        erased
    }

    fn places(connection: &Connection, row: i64) -> Vec<i64> {
        let mut statement =
            connection.prepare("SELECT seq FROM record WHERE mailbox = ?1 ORDER BY seq").unwrap();
        statement.query_map([row], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    fn done(connection: &Connection, row: i64, up_to: i64) {
        connection.execute("UPDATE mailbox SET done_to = ?2 WHERE id = ?1", [row, up_to]).unwrap();
    }

    #[test]
    fn records_go_after_400_days_or_30_days_after_all_have_them() {
        let connection = tables();
        let days = [TODAY - 500, TODAY - 401, TODAY - 399, TODAY - 31, TODAY - 29, TODAY];
        mailbox(&connection, 1, TODAY - 500, &days);
        mailbox(&connection, 2, TODAY - 500, &days);
        mailbox(&connection, 3, TODAY - 500, &days);
        done(&connection, 2, 6);
        done(&connection, 3, 3);
        a_round(&connection);
        assert_eq!(places(&connection, 1), [3, 4, 5, 6], "nobody said done");
        assert_eq!(places(&connection, 2), [5, 6], "all have all");
        assert_eq!(places(&connection, 3), [4, 5, 6], "all have three");
    }

    #[test]
    fn places_and_sums_go_on_where_everything_went() {
        let connection = tables();
        mailbox(&connection, 1, TODAY - 500, &[TODAY - 450; 1_200]);
        connection
            .execute("INSERT INTO device (mailbox, device, up_to, day) VALUES (1, x'01', 1200, ?1)", [TODAY])
            .unwrap();
        assert!(a_round(&connection).is_empty(), "a device still comes");
        let stored = crate::store::read::mailbox(&connection, &MailboxId([1; 32])).unwrap().unwrap();
        assert_eq!((stored.head, stored.floor), (1_200, 1_200));
        assert_eq!((stored.head_total, stored.floor_total), (12_000, 12_000));
        assert!(places(&connection, 1).is_empty());
    }

    #[test]
    fn only_old_mailboxes_that_hold_nothing_are_erased() {
        let connection = tables();
        mailbox(&connection, 1, TODAY - 500, &[]);
        mailbox(&connection, 2, TODAY - 500, &[TODAY - 450]);
        mailbox(&connection, 3, TODAY - 500, &[TODAY - 10]);
        mailbox(&connection, 4, TODAY - 10, &[]);
        assert_eq!(a_round(&connection), [MailboxId([1; 32]), MailboxId([2; 32])]);
    }
}
