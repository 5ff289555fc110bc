//! A mailbox in memory: its tokens' hashes, its last place, and who listens.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use amends_wire::{Code, Era, MailboxId, Seq, ServerFrame, Token, TokenHash};
use axum::body::Bytes;

use crate::bucket::{Bucket, Tick};
use crate::outbox::Outbox;
use crate::store::WakeHash;

#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(crate) name: MailboxId,
    pub(crate) row: i64,
    pub(crate) read_hash: TokenHash,
    pub(crate) append_hash: TokenHash,
    pub(crate) era: Era,
    /// Last place and sum of bytes including what is being written; only the writer uses them.
    tail: AtomicU64,
    total: AtomicU64,
    /// Its row was erased.
    buried: AtomicBool,
    /// Somebody may want to be woken; only the writer uses it.
    wakes: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Last place that is safe on the disk, and the sum of bytes up to it.
    head: u64,
    head_total: u64,
    /// Up to here records are gone.
    floor: u64,
    floor_total: u64,
    bucket: Bucket,
    listeners: Vec<Listener>,
    /// Devices that would be woken if they were not here: number of their connection, and what stands for their wish.
    here: Vec<(u64, WakeHash)>,
}

#[derive(Debug)]
struct Listener {
    ticket: u64,
    outbox: Arc<Outbox>,
    /// Has it been sent everything up to `head`?
    live: bool,
}

/// What the database knows of a mailbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) name: MailboxId,
    pub(crate) row: i64,
    pub(crate) read_hash: TokenHash,
    pub(crate) append_hash: TokenHash,
    pub(crate) era: Era,
    pub(crate) head: u64,
    pub(crate) head_total: u64,
    pub(crate) floor: u64,
    pub(crate) floor_total: u64,
    pub(crate) has_wakes: bool,
}

impl Mailbox {
    pub(crate) fn new(stored: Stored) -> Self {
        let Stored { name, row, read_hash, append_hash, era, head, head_total, floor, floor_total, .. } =
            stored;
        Self {
            name,
            row,
            read_hash,
            append_hash,
            era,
            tail: AtomicU64::new(head),
            total: AtomicU64::new(head_total),
            buried: AtomicBool::new(false),
            wakes: AtomicBool::new(stored.has_wakes),
            state: Mutex::new(State { head, head_total, floor, floor_total, ..State::default() }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn may_read(&self, token: &Token) -> Result<(), Code> {
        if self.read_hash.is_of(token) { Ok(()) } else { Err(Code::WrongToken) }
    }

    pub(crate) fn may_append(&self, token: &Token) -> Result<(), Code> {
        if self.append_hash.is_of(token) { Ok(()) } else { Err(Code::WrongToken) }
    }

    /// Takes one from what may be appended now.
    pub(crate) fn take(&self, now: Tick, burst: u32, per_minute: u32) -> Result<(), u32> {
        self.lock().bucket.take(now, burst, per_minute)
    }

    // --- the writer's side ---

    /// The place and the sum of bytes that the next record will have; `None` where the mailbox is full.
    pub(crate) fn next_place(&self, len: usize, most: u64) -> Option<(u64, u64)> {
        let total = self.total.load(Ordering::Relaxed).saturating_add(len as u64);
        let floor_total = self.lock().floor_total;
        let fits = total.saturating_sub(floor_total) <= most;
        fits.then(|| (self.tail.load(Ordering::Relaxed) + 1, total))
    }

    /// The record lies at this place in the open transaction.
    pub(crate) fn occupy(&self, (seq, total): (u64, u64)) {
        self.tail.store(seq, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// The open transaction failed.
    pub(crate) fn give_up_places(&self) {
        let state = self.lock();
        self.tail.store(state.head, Ordering::Relaxed);
        self.total.store(state.head_total, Ordering::Relaxed);
    }

    /// The record is safe: those who listen hear it, but for the connection that sent it.
    pub(crate) fn announce(
        &self,
        (seq, total): (u64, u64),
        sender: &Arc<Outbox>,
        frame: impl FnOnce() -> ServerFrame,
    ) {
        let mut state = self.lock();
        (state.head, state.head_total) = (seq, total);
        let mut others =
            state.listeners.iter().filter(|one| one.live && !Arc::ptr_eq(&one.outbox, sender)).peekable();
        if others.peek().is_some() {
            let bytes = Bytes::from(frame().to_bytes());
            others.for_each(|one| one.outbox.push(bytes.clone()));
        }
    }

    /// Somebody wants to be woken.
    pub(crate) fn may_wake(&self) {
        self.wakes.store(true, Ordering::Relaxed);
    }

    /// May somebody want to be woken?
    pub(crate) fn has_wakes(&self) -> bool {
        self.wakes.load(Ordering::Relaxed)
    }

    pub(crate) fn bury(&self) {
        self.buried.store(true, Ordering::Release);
    }

    pub(crate) fn is_buried(&self) -> bool {
        self.buried.load(Ordering::Acquire)
    }

    /// Records up to `floor` are gone.
    pub(crate) fn raise_floor(&self, floor: u64, floor_total: u64) {
        let mut state = self.lock();
        state.floor = state.floor.max(floor);
        state.floor_total = state.floor_total.max(floor_total);
    }

    // --- the listeners' side ---

    /// Last place that is safe on the disk.
    pub(crate) fn head(&self) -> Seq {
        Seq(self.lock().head)
    }

    /// Up to here records are gone.
    pub(crate) fn floor(&self) -> u64 {
        self.lock().floor
    }

    /// Begins to listen, in place of an earlier time of the same connection; new records come only after [`Self::go_live`].
    pub(crate) fn listen(&self, ticket: u64, outbox: &Arc<Outbox>) {
        let mut state = self.lock();
        state.listeners.retain(|one| !Arc::ptr_eq(&one.outbox, outbox));
        state.listeners.push(Listener { ticket, outbox: Arc::clone(outbox), live: false });
    }

    /// Does this listening still count?
    pub(crate) fn listens(&self, ticket: u64) -> bool {
        self.lock().listeners.iter().any(|one| one.ticket == ticket)
    }

    /// If everything up to the head has been sent, tells so, and from now on new records come by themselves. `false` also for
    /// somebody who listens no more.
    pub(crate) fn go_live(&self, ticket: u64, sent: u64) -> bool {
        let mut state = self.lock();
        if state.head > sent {
            return false;
        }
        let seq = Seq(state.head);
        let Some(one) = state.listeners.iter_mut().find(|one| one.ticket == ticket) else { return false };
        one.live = true;
        one.outbox.answer(&ServerFrame::UpToDate { mailbox: self.name, seq, era: self.era });
        true
    }

    /// The device of this wish is here with this connection.
    pub(crate) fn come(&self, connection: u64, wake: WakeHash) {
        let mut state = self.lock();
        if !state.here.contains(&(connection, wake)) {
            state.here.push((connection, wake));
        }
    }

    /// Is the device of this wish here?
    pub(crate) fn is_here(&self, wake: &WakeHash) -> bool {
        self.lock().here.iter().any(|(_, here)| here == wake)
    }

    /// The connection is over, and whoever was here with it gone.
    pub(crate) fn go(&self, connection: u64) {
        let mut state = self.lock();
        state.here.retain(|(here, _)| *here != connection);
        if state.here.is_empty() {
            state.here = Vec::new();
        }
    }

    /// Listens no more.
    pub(crate) fn leave(&self, outbox: &Arc<Outbox>) {
        let mut state = self.lock();
        state.listeners.retain(|one| !Arc::ptr_eq(&one.outbox, outbox));
        if state.listeners.is_empty() {
            state.listeners = Vec::new();
        }
    }
}
