//! What waits to be sent to one connection. An empty one takes no memory of its own.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use amends_wire::{About, Code, ServerFrame};
use axum::body::Bytes;
use tokio::sync::Notify;

use crate::bucket::Tick;

/// A page of old records is fetched only when no more than this waits.
const ROOM_FOR_A_PAGE: usize = 128 * 1024;

/// So much waits only for who reads slowly.
const MUCH: usize = 32 * 1024;

/// What waits in all outboxes together.
#[derive(Debug)]
pub(crate) struct AllWaiting {
    bytes: AtomicUsize,
    most: usize,
}

impl AllWaiting {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { bytes: AtomicUsize::new(0), most })
    }

    fn add(&self, bytes: usize) -> bool {
        self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes <= self.most
    }

    fn subtract(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

#[derive(Debug)]
pub(crate) struct Outbox {
    all: Arc<AllWaiting>,
    waiting: Mutex<Waiting>,
    /// Something waits, or the connection shall end.
    filled: Notify,
    /// What waited has been taken.
    drained: Notify,
    most: usize,
    /// When the client was heard last, in ticks.
    heard: AtomicU64,
    greeted: AtomicBool,
}

#[derive(Debug, Default)]
struct Waiting {
    frames: VecDeque<Bytes>,
    bytes: usize,
    unanswered: usize,
    end: Option<End>,
}

/// Why a connection is ended from this side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    TooSlow,
    Silent,
    Stopping,
    Gone,
}

/// What a connection finds in its outbox.
#[derive(Debug)]
pub(crate) enum Taken {
    Frames(VecDeque<Bytes>),
    End(End),
}

impl Outbox {
    pub(crate) fn new(most: usize, all: &Arc<AllWaiting>, now: Tick) -> Self {
        Self {
            all: Arc::clone(all),
            waiting: Mutex::default(),
            filled: Notify::new(),
            drained: Notify::new(),
            most,
            heard: AtomicU64::new(now.0),
            greeted: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Adds a frame. Where too much waits already, the connection ends: a client that reads again catches up from the disk.
    pub(crate) fn push(&self, frame: Bytes) {
        self.add(frame, 0);
    }

    /// Adds the answer to a question that [`Self::ask`] counted.
    pub(crate) fn answer(&self, frame: &ServerFrame) {
        self.add(frame.to_bytes().into(), 1);
    }

    pub(crate) fn refuse(&self, about: About, code: Code, wait: Option<u32>) {
        self.answer(&ServerFrame::Refused { about, code, wait });
    }

    fn add(&self, frame: Bytes, answers: usize) {
        let mut waiting = self.lock();
        waiting.unanswered = waiting.unanswered.saturating_sub(answers);
        if waiting.end.is_some() {
            return;
        }
        waiting.bytes += frame.len();
        let all_fits = self.all.add(frame.len());
        waiting.frames.push_back(frame);
        // Where memory is short, those go first for whom much waits.
        if waiting.bytes > self.most || (!all_fits && waiting.bytes > MUCH) {
            self.all.subtract(waiting.bytes);
            *waiting = Waiting { end: Some(End::TooSlow), ..Waiting::default() };
        }
        drop(waiting);
        self.filled.notify_one();
    }

    /// Counts a question whose answer comes later.
    pub(crate) fn ask(&self) {
        self.lock().unanswered += 1;
    }

    /// Counts a question as answered by frames that were pushed.
    pub(crate) fn settle(&self) {
        let mut waiting = self.lock();
        waiting.unanswered = waiting.unanswered.saturating_sub(1);
        drop(waiting);
        self.filled.notify_one();
    }

    /// Ends the connection; the first reason counts.
    pub(crate) fn end(&self, end: End) {
        let mut waiting = self.lock();
        waiting.end.get_or_insert(end);
        drop(waiting);
        self.filled.notify_one();
        self.drained.notify_waiters();
    }

    pub(crate) fn is_over(&self) -> bool {
        self.lock().end.is_some()
    }

    /// Is every question answered, or is there so much to take that the rest waits for that?
    pub(crate) fn is_settled(&self) -> bool {
        let waiting = self.lock();
        waiting.unanswered == 0 || waiting.bytes >= ROOM_FOR_A_PAGE || waiting.end.is_some()
    }

    /// Is every question answered?
    pub(crate) fn is_answered(&self) -> bool {
        self.lock().unanswered == 0
    }

    /// Waits until there may be something to take.
    pub(crate) async fn filled(&self) {
        self.filled.notified().await;
    }

    /// Takes everything that waits.
    pub(crate) fn take(&self) -> Taken {
        let mut waiting = self.lock();
        if waiting.frames.is_empty()
            && let Some(end) = waiting.end
        {
            return Taken::End(end);
        }
        self.all.subtract(std::mem::take(&mut waiting.bytes));
        let frames = std::mem::take(&mut waiting.frames);
        drop(waiting);
        self.drained.notify_waiters();
        Taken::Frames(frames)
    }

    /// Waits until there is room for a page; `false` where the connection is over.
    pub(crate) async fn has_room(&self) -> bool {
        loop {
            let drained = self.drained.notified();
            {
                let waiting = self.lock();
                if waiting.end.is_some() {
                    return false;
                }
                if waiting.bytes < ROOM_FOR_A_PAGE {
                    return true;
                }
            }
            drained.await;
        }
    }

    pub(crate) fn hear(&self, now: Tick) {
        self.heard.store(now.0, Ordering::Relaxed);
    }

    pub(crate) fn greet(&self) {
        self.greeted.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_greeted(&self) -> bool {
        self.greeted.load(Ordering::Relaxed)
    }

    /// Milliseconds since the client was heard.
    pub(crate) fn silent_for(&self, now: Tick) -> u64 {
        now.0.saturating_sub(self.heard.load(Ordering::Relaxed))
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.all.subtract(self.lock().bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_memory_is_short_those_go_for_whom_much_waits() {
        let all = AllWaiting::new(3 * MUCH);
        let few = Outbox::new(usize::MAX, &all, Tick(0));
        let much = Outbox::new(usize::MAX, &all, Tick(0));
        much.push(Bytes::from(vec![0; 3 * MUCH]));
        few.push(Bytes::from(vec![0; 100]));
        assert!(!few.is_over() && !much.is_over());
        much.push(Bytes::from(vec![0; 100]));
        assert!(!few.is_over() && much.is_over());
        drop((few, much));
        assert_eq!(all.bytes.load(Ordering::Relaxed), 0, "all is given back");
    }

    #[test]
    fn a_reader_that_does_not_read_is_let_go_and_its_frames_too() {
        let outbox = Outbox::new(1000, &AllWaiting::new(usize::MAX), Tick(0));
        outbox.push(Bytes::from(vec![0; 600]));
        assert!(!outbox.is_over());
        outbox.push(Bytes::from(vec![0; 600]));
        assert!(matches!(outbox.take(), Taken::End(End::TooSlow)));
        outbox.push(Bytes::from(vec![0; 10]));
        assert!(matches!(outbox.take(), Taken::End(End::TooSlow)));
    }

    #[test]
    fn what_was_answered_before_the_end_is_still_sent() {
        let outbox = Outbox::new(1000, &AllWaiting::new(usize::MAX), Tick(0));
        outbox.ask();
        assert!(!outbox.is_settled());
        outbox.answer(&ServerFrame::Pong);
        assert!(outbox.is_settled());
        outbox.end(End::Stopping);
        assert!(matches!(outbox.take(), Taken::Frames(frames) if frames.len() == 1));
        assert!(matches!(outbox.take(), Taken::End(End::Stopping)));
    }
}
