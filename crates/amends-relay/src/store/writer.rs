//! The one thread that writes. It takes whatever waits, commits it as one group, and only then answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use amends_wire::{Code, Limits, Sealed, Seq, ServerFrame};
use rusqlite::{Connection, ErrorCode};

use super::chores::Chores;
use super::work::{Job, Outcome, Work};
use crate::directory::Directory;
use crate::log;
use crate::metrics::Metrics;
use crate::push::Push;

/// After a group of several jobs, the next commit begins no sooner than this after the last: larger groups, less work.
const PACE: Duration = Duration::from_millis(2);
const FEW: usize = 4;

/// How often the disk is tried while it does not work and nobody sends anything.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// When nine tenths of the largest database are used, a mailbox may hold this much and no more, in bytes: whoever fills the relay is
/// stopped before everybody is.
const SMALL: u64 = 4 << 20;
const LOOK: Duration = Duration::from_millis(500);

/// How long clients wait when the disk does not work.
const WAIT_FOR_DISK: u32 = 30;

/// Where jobs for the writer go.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Mutex<Queue>,
    filled: Condvar,
    most_bytes: usize,
    /// The last write went well.
    writes: AtomicBool,
}

#[derive(Debug, Default)]
struct Queue {
    jobs: Vec<Job>,
    bytes: usize,
    stop: bool,
    ended: bool,
}

impl Writer {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Hands over a job; it is answered after its commit, or at once where too much waits already.
    pub(crate) fn submit(&self, job: Job) {
        let mut queue = self.lock();
        if queue.stop || queue.ended || queue.bytes + job.work.len() > self.most_bytes {
            drop(queue);
            job.reply.refuse(job.about, Code::Unavailable, Some(1));
            return;
        }
        queue.bytes += job.work.len();
        queue.jobs.push(job);
        let first = queue.jobs.len() == 1;
        drop(queue);
        if first {
            self.filled.notify_one();
        }
    }

    /// Does the thread run, and did its last write go well?
    pub(crate) fn is_healthy(&self) -> bool {
        !self.lock().ended && self.writes.load(Ordering::Relaxed)
    }

    /// No more jobs; what waits is still written.
    pub(crate) fn stop(&self) {
        self.lock().stop = true;
        self.filled.notify_one();
    }

    /// Jobs, or none when `wait` is over or the end is near.
    fn next(&self, wait: Duration) -> (Vec<Job>, bool) {
        let mut queue = self.lock();
        if queue.jobs.is_empty() && !queue.stop && !wait.is_zero() {
            let waited = self.filled.wait_timeout(queue, wait);
            queue = waited.unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
        queue.bytes = 0;
        (std::mem::take(&mut queue.jobs), queue.stop)
    }
}

/// Says that the thread has ended, however it ended.
struct SaysEnd(Arc<Writer>);

impl Drop for SaysEnd {
    fn drop(&mut self) {
        let left = {
            let mut queue = self.0.lock();
            queue.ended = true;
            std::mem::take(&mut queue.jobs)
        };
        for job in left {
            job.reply.refuse(job.about, Code::Unavailable, Some(WAIT_FOR_DISK));
        }
    }
}

struct Thread {
    writer: Arc<Writer>,
    connection: Connection,
    directory: Arc<Directory>,
    metrics: Arc<Metrics>,
    limits: Limits,
    /// How devices are woken, where they are.
    push: Option<Push>,
    chores: Chores,
    complained: Option<Instant>,
    /// Whether room is scarce, and when that was looked at.
    scarce: (bool, Instant),
}

/// Starts the thread.
pub(crate) fn start(
    connection: Connection,
    directory: Arc<Directory>,
    metrics: Arc<Metrics>,
    limits: Limits,
    push: Option<Push>,
    most_bytes: usize,
) -> (Arc<Writer>, JoinHandle<()>) {
    let writer = Arc::new(Writer {
        queue: Mutex::default(),
        filled: Condvar::new(),
        most_bytes,
        writes: AtomicBool::new(true),
    });
    let chores = Chores::new(&connection, &limits);
    let mut thread = Thread {
        writer: Arc::clone(&writer),
        connection,
        directory,
        metrics,
        limits,
        push,
        chores,
        complained: None,
        scarce: (false, Instant::now()),
    };
    let handle = std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || {
            let _says_end = SaysEnd(Arc::clone(&thread.writer));
            thread.run();
        })
        .expect("a thread can be started");
    (writer, handle)
}

impl Thread {
    fn run(&mut self) {
        let mut busy_until = Instant::now();
        loop {
            let pause = busy_until.saturating_duration_since(Instant::now());
            if !pause.is_zero() {
                std::thread::park_timeout(pause);
            }
            let is_healthy = self.writer.writes.load(Ordering::Relaxed);
            let wait = if is_healthy { self.chores.wait() } else { self.chores.wait().min(TRY_AGAIN) };
            let (jobs, stop) = self.writer.next(wait);
            let begun = Instant::now();
            if jobs.is_empty() && stop {
                break;
            }
            if jobs.len() >= FEW {
                busy_until = begun + PACE;
            }
            if !jobs.is_empty() {
                self.commit(jobs);
            } else if !is_healthy {
                self.try_disk();
            }
            if let Err(error) = self.chores.step(&mut self.connection, &self.directory) {
                self.complain(&error);
            }
        }
        // The log is emptied into the database, so that a copy of the file is whole.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;");
    }

    /// Nobody sends anything, and the last write failed: is there room again?
    fn try_disk(&self) {
        let written = self.connection.execute("UPDATE clock SET last = last", []);
        self.writer.writes.store(written.is_ok(), Ordering::Relaxed);
    }

    fn look_for_room(&mut self) {
        if self.scarce.1.elapsed() >= LOOK {
            self.scarce = (self.is_scarce().unwrap_or(self.scarce.0), Instant::now());
        }
    }

    fn is_scarce(&self) -> rusqlite::Result<bool> {
        let number = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let used = number("page_count")? - number("freelist_count")?;
        Ok(used > number("max_page_count")? / 10 * 9)
    }

    /// All as one group; if the group fails, each on its own, so that one that frees room still succeeds.
    fn commit(&mut self, jobs: Vec<Job>) {
        self.metrics.commits.add(1);
        self.look_for_room();
        match self.try_group(&jobs) {
            Ok(outcomes) => {
                self.writer.writes.store(true, Ordering::Relaxed);
                for (job, outcome) in jobs.into_iter().zip(outcomes) {
                    self.finish(job, outcome);
                }
            }
            Err(_) if jobs.len() > 1 => {
                for job in jobs {
                    self.commit(vec![job]);
                }
            }
            Err(error) => {
                self.complain(&error);
                let code = if is_full(&error) { Code::Full } else { Code::Unavailable };
                for job in jobs {
                    self.metrics.refused(code);
                    job.reply.refuse(job.about, code, Some(WAIT_FOR_DISK));
                }
            }
        }
    }

    fn try_group(&self, jobs: &[Job]) -> rusqlite::Result<Vec<Outcome>> {
        let written = self.write_group(jobs);
        if written.is_err() {
            if !self.connection.is_autocommit() {
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            jobs.iter().filter_map(|job| job.work.mailbox()).for_each(|mailbox| mailbox.give_up_places());
        }
        written
    }

    fn write_group(&self, jobs: &[Job]) -> rusqlite::Result<Vec<Outcome>> {
        let mut limits = self.limits;
        if self.scarce.0 {
            (limits.records, limits.blobs) = (limits.records.min(SMALL), limits.blobs.min(SMALL));
        }
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let push = self.push.as_ref();
        let outcomes: Result<Vec<_>, _> =
            jobs.iter().map(|job| job.work.apply(&self.connection, &limits, push)).collect();
        let outcomes = outcomes?;
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(outcomes)
    }

    /// It is safe on the disk: says so.
    fn finish(&mut self, job: Job, outcome: Outcome) {
        let Job { reply, about, work } = job;
        match (outcome, work) {
            (Outcome::Appended(seq, total), Work::Publish { mailbox, rid, bytes }) => {
                self.metrics.records.add(1);
                let name = mailbox.name;
                mailbox.announce((seq, total), &reply, || ServerFrame::Rec {
                    mailbox: name,
                    seq: Seq(seq),
                    rid,
                    bytes: Sealed(bytes),
                });
                // Last: who has this answer may ask for the mailbox's last place at once.
                reply.answer(&ServerFrame::Ack { rid, seq: Seq(seq) });
            }
            (Outcome::Known(seq), Work::Publish { rid, .. }) => {
                reply.answer(&ServerFrame::Ack { rid, seq: Seq(seq) });
            }
            (Outcome::Refused(code), _) => {
                self.metrics.refused(code);
                reply.refuse(about, code, None);
            }
            (outcome, work) => {
                match (outcome, work.mailbox()) {
                    (Outcome::Created(stored), _) => self.directory.remember(stored),
                    (Outcome::Floor(floor, total), Some(mailbox)) => {
                        mailbox.raise_floor(floor, total);
                        self.chores.trim_soon();
                    }
                    _ => {}
                }
                reply.answer(&ServerFrame::Done { about });
            }
        }
    }

    /// Once a minute at most, and without anything of a person in it.
    fn complain(&mut self, error: &rusqlite::Error) {
        self.metrics.failures.add(1);
        self.writer.writes.store(false, Ordering::Relaxed);
        if self.complained.is_none_or(|last| last.elapsed() > Duration::from_secs(60)) {
            self.complained = Some(Instant::now());
            let advice = if is_full(error) {
                "no room is left; nothing that was acknowledged is lost, and nothing new is accepted until there is room"
            } else {
                "nothing that was acknowledged is lost; run `amends-relay doctor` if this goes on"
            };
            log::line(&format!("writing failed ({error}): {advice}"));
        }
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}
