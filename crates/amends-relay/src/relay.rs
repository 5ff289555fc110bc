//! Everything that connections share.

use std::collections::HashMap;
use std::fs::File;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use tokio::sync::Semaphore;

use crate::addresses::Addresses;
use crate::bucket::{Bucket, Ticker};
use crate::directory::Directory;
use crate::metrics::Metrics;
use crate::outbox::{AllWaiting, End, Outbox};
use crate::push::{Key, KeyError, Waker};
use crate::settings::Settings;
use crate::store::{self, OpenError, Readers, Writer};

/// Bytes of questions over HTTP that may be on their way, all together.
const BODIES: usize = 64 << 20;

/// Why a relay does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Another relay has the folder open.
    #[error("another relay runs with this data folder")]
    InUse,
    /// The lock file cannot be made.
    #[error("the data folder cannot be locked: {0}")]
    Lock(std::io::Error),
    /// The database cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The key for push services cannot be used.
    #[error(transparent)]
    PushKey(#[from] KeyError),
}

/// A relay with its database, without any listener.
#[derive(Debug)]
pub struct Relay {
    pub(crate) settings: Settings,
    pub(crate) ticker: Ticker,
    pub(crate) directory: Arc<Directory>,
    pub(crate) readers: Arc<Readers>,
    pub(crate) writer: Arc<Writer>,
    pub(crate) metrics: Arc<Metrics>,
    new_mailboxes: Mutex<Bucket>,
    pub(crate) all_waiting: Arc<AllWaiting>,
    /// KiB of answers over HTTP that may be on their way.
    pub(crate) answers: Arc<Semaphore>,
    /// KiB of questions over HTTP that may be on their way.
    pub(crate) bodies: Arc<Semaphore>,
    pub(crate) addresses: Addresses,
    /// Where devices are woken.
    pub(crate) waker: Option<Arc<Waker>>,
    connections: Mutex<HashMap<u64, Arc<Outbox>>>,
    next_number: AtomicU64,
    stopping: AtomicBool,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Held as long as the relay lives: places are counted in memory, so there can be only one.
    _lock: File,
}

impl Relay {
    /// Opens the data folder.
    ///
    /// # Errors
    /// [`StartError`] if another relay has the folder open, or its database or key cannot be used.
    pub fn open(settings: Settings) -> Result<Arc<Self>, StartError> {
        let connection = store::open_writer(&settings.data, settings.database)?;
        let lock = File::create(settings.data.join("lock")).map_err(StartError::Lock)?;
        lock.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => StartError::InUse,
            std::fs::TryLockError::Error(error) => StartError::Lock(error),
        })?;
        let waker = match settings.push.clone() {
            Some(push) => Some(Arc::new(Waker { key: Key::open(&settings.data)?, push })),
            None => None,
        };
        let readers = Arc::new(Readers::open(&settings.data)?);
        let directory = Arc::new(Directory::new(settings.remembered_mailboxes));
        let metrics = Arc::new(Metrics::default());
        let (writer, thread) = store::start(
            connection,
            Arc::clone(&directory),
            Arc::clone(&metrics),
            settings.limits,
            settings.push.clone(),
            settings.waiting_to_write,
        );
        let all_waiting = AllWaiting::new(settings.waiting_to_send_all);
        let answers =
            Arc::new(Semaphore::new((settings.waiting_to_send_all / 1024).min(Semaphore::MAX_PERMITS)));
        Ok(Arc::new(Self {
            settings,
            all_waiting,
            answers,
            bodies: Arc::new(Semaphore::new(BODIES / 1024)),
            addresses: Addresses::new(),
            waker,
            ticker: Ticker::start(),
            directory,
            readers,
            writer,
            metrics,
            new_mailboxes: Mutex::default(),
            connections: Mutex::default(),
            next_number: AtomicU64::new(1),
            stopping: AtomicBool::new(false),
            thread: Mutex::new(Some(thread)),
            _lock: lock,
        }))
    }

    fn connections(&self) -> MutexGuard<'_, HashMap<u64, Arc<Outbox>>> {
        self.connections.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes one of the mailboxes that may be made now.
    pub(crate) fn take_new_mailbox(&self) -> Result<(), u32> {
        let rate = self.settings.new_mailboxes_per_minute;
        let mut bucket = self.new_mailboxes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        bucket.take(self.ticker.now(), rate, rate)
    }

    /// A number that was not given before.
    pub(crate) fn number(&self) -> u64 {
        self.next_number.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn enter(&self, number: u64, outbox: &Arc<Outbox>) {
        self.connections().insert(number, Arc::clone(outbox));
        if self.stopping.load(Ordering::Acquire) {
            outbox.end(End::Stopping);
        }
    }

    pub(crate) fn exit(&self, number: u64) {
        let mut connections = self.connections();
        connections.remove(&number);
        if connections.capacity() > 4 * connections.len() + 64 {
            connections.shrink_to_fit();
        }
    }

    pub(crate) fn n_connections(&self) -> usize {
        self.connections().len()
    }

    /// Ends connections that have said nothing for too long.
    pub(crate) fn end_silent(&self) {
        let now = self.ticker.now();
        for outbox in self.connections().values() {
            let allowed = if outbox.is_greeted() { self.settings.silence } else { self.settings.greeting };
            if u128::from(outbox.silent_for(now)) > allowed.as_millis() {
                outbox.end(End::Silent);
            }
        }
    }

    /// Ends all connections; new ones end at once.
    pub(crate) fn end_all(&self) {
        self.stopping.store(true, Ordering::Release);
        self.connections().values().for_each(|outbox| outbox.end(End::Stopping));
    }

    /// Is everything in order?
    pub(crate) fn is_healthy(&self) -> bool {
        self.writer.is_healthy() && !self.stopping.load(Ordering::Acquire)
    }

    /// Writes what waits and closes the database. Blocks.
    pub fn close(&self) {
        self.end_all();
        self.writer.stop();
        let thread = self.thread.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A thread that panicked has said so, and has nothing more to write.
            let _ = thread.join();
        }
    }
}
