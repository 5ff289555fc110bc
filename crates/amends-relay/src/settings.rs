//! What the operator decides. There is no secret among it.

use std::path::PathBuf;
use std::time::Duration;

use amends_wire::Limits;

use crate::push::Push;

/// How this relay runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the database.
    pub data: PathBuf,
    /// Folder of the web app's bundle.
    pub app: Option<PathBuf>,
    /// What clients are told and held to.
    pub limits: Limits,
    /// Most connections at one time.
    pub connections: usize,
    /// Most connections at one time from one address that is not this machine.
    pub connections_per_address: usize,
    /// A proxy in front names the address of a client last in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Mailboxes that may be made each minute by all clients together; as many at once.
    pub new_mailboxes_per_minute: u32,
    /// Most bytes that may wait to be written to the disk.
    pub waiting_to_write: usize,
    /// Most bytes that may wait for one connection before it counts as too slow.
    pub waiting_to_send: usize,
    /// Most bytes that may wait for all connections together before those with much waiting are let go.
    pub waiting_to_send_all: usize,
    /// How long a connection may take to accept what is sent.
    pub send_timeout: Duration,
    /// How long a connection may say nothing.
    pub silence: Duration,
    /// How long a new connection may take to say hello, or to send a request.
    pub greeting: Duration,
    /// Most mailboxes kept in memory while nobody listens to them.
    pub remembered_mailboxes: usize,
    /// Largest database in bytes; `None` for as much as the disk holds.
    pub database: Option<u64>,
    /// Whether and how devices are woken when something waits; `None` for not at all.
    pub push: Option<Push>,
}

impl Settings {
    /// The usual settings over this folder.
    #[must_use]
    pub fn new(data: PathBuf) -> Self {
        Self {
            data,
            app: None,
            limits: Limits {
                record: u32::try_from(amends_wire::MAX_RECORD).expect("64 KiB"),
                burst: 300,
                per_minute: 60,
                blobs: 1 << 30,
                records: 256 << 20,
                keep_days: 400,
                keep_done_days: 30,
                subscriptions: 64,
                open: false,
            },
            connections: 20_000,
            connections_per_address: 256,
            behind_proxy: false,
            new_mailboxes_per_minute: 600,
            waiting_to_write: 64 << 20,
            waiting_to_send: 1 << 20,
            waiting_to_send_all: 256 << 20,
            send_timeout: Duration::from_secs(15),
            silence: Duration::from_secs(600),
            greeting: Duration::from_secs(10),
            remembered_mailboxes: 100_000,
            database: None,
            push: None,
        }
    }
}
