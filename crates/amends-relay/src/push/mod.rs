//! Waking devices (docs/adr/0013): one knock without a word, at a push service, some time after a record came for a device that
//! is not here.
//!
//! What is planned lies in the database, so that it outlives a restart. That a knock was sent is on the disk before it is sent: a relay
//! that is killed in between wakes nobody twice.

mod endpoint;
mod key;
mod pace;
mod send;
mod settings;

use std::sync::Arc;

use amends_wire::ServerFrame;
use axum::http::Uri;
use tokio::sync::oneshot;

pub(crate) use endpoint::allowed;
pub(crate) use key::Key;
pub use key::KeyError;
pub(crate) use pace::{Hours, due};
pub use settings::{ContactError, Push};

use self::send::{Came, Sender};
use crate::clock;
use crate::outbox::{Outbox, Taken};
use crate::relay::Relay;
use crate::store::{self, DueWake, Job, WakeNews, Work};

/// After so many failures in a row the relay gives up, until the device comes by.
const TRIES: u32 = 3;
/// So many at one look; the others follow at the next.
const AT_ONCE: u32 = 64;

/// What a relay that wakes devices has for it.
#[derive(Debug)]
pub(crate) struct Waker {
    pub(crate) push: Push,
    pub(crate) key: Key,
}

/// Looks now and then for what is due; never ends. Where the relay wakes nobody, waits only.
pub(crate) async fn keep_waking(relay: &Arc<Relay>) {
    let Some(waker) = &relay.waker else { return std::future::pending().await };
    let sender = Sender::new();
    loop {
        tokio::time::sleep(waker.push.look).await;
        // A disk that cannot be read now is read at the next look; others complain of it.
        let found = relay.readers.due_wakes(clock::unix_seconds(), AT_ONCE).await.unwrap_or_default();
        for wake in found {
            wake_one(relay, waker, &sender, wake).await;
        }
    }
}

/// Whom to ask and for how long they may keep it; or what is to be done instead.
fn look_at(relay: &Relay, waker: &Waker, wake: &DueWake, now: u64) -> Result<(Uri, Hours, u64), WakeNews> {
    // Both were looked at when the device asked; the operator may have changed since what is allowed.
    let address = allowed(&wake.endpoint, &waker.push).ok_or(WakeNews::Gone)?;
    let hours = Hours::new(wake.from, wake.until).ok_or(WakeNews::Gone)?;
    // Outside of them when the relay was off at the time.
    let left = hours.left(now).ok_or_else(|| WakeNews::Again(hours.next(now, lot())))?;
    let mailbox = relay.directory.remembered(&wake.mailbox);
    if mailbox.is_some_and(|mailbox| mailbox.is_here(&wake.hash)) {
        return Err(WakeNews::Here);
    }
    Ok((address, hours, left))
}

async fn wake_one(relay: &Arc<Relay>, waker: &Arc<Waker>, sender: &Sender, wake: DueWake) {
    let now = clock::unix_seconds();
    let (address, hours, left) = match look_at(relay, waker, &wake, now) {
        Ok(found) => found,
        Err(instead) => {
            write(relay, &wake, instead).await;
            return;
        }
    };
    if !write(relay, &wake, WakeNews::Sent(now)).await {
        return;
    }
    let waker_there = Arc::clone(waker);
    let sender = sender.clone();
    let knocking = tokio::task::spawn_blocking(move || {
        let note = waker_there.key.note(&endpoint::origin(&address), &waker_there.push.contact, now)?;
        Some(sender.knock(&address, &note, left))
    });
    match knocking.await.ok().flatten() {
        Some(Came::Taken) => relay.metrics.woken.add(1),
        Some(Came::Gone) => {
            write(relay, &wake, WakeNews::Gone).await;
        }
        Some(Came::Failed) | None => {
            relay.metrics.not_woken.add(1);
            let failures = wake.failures + 1;
            if failures < TRIES {
                let wait = waker.push.again.as_secs() << wake.failures;
                let news = WakeNews::Failed(hours.next(now + wait, lot()), failures);
                write(relay, &wake, news).await;
            }
        }
    }
}

fn lot() -> u64 {
    u64::from_be_bytes(store::random())
}

/// Writes down how it stands; says whether that is safe on the disk.
async fn write(relay: &Arc<Relay>, wake: &DueWake, news: WakeNews) -> bool {
    let (written, answer) = oneshot::channel();
    let nobody = Arc::new(Outbox::new(usize::MAX, &relay.all_waiting, relay.ticker.now()));
    let about = amends_wire::About::Frame;
    let work = Work::WakeNews { row: wake.row, hash: wake.hash, news, _answered: written };
    relay.writer.submit(Job { reply: Arc::clone(&nobody), about, work });
    // Nothing is ever sent; it ends when it was written, or could not be.
    let _ = answer.await;
    let Taken::Frames(answers) = nobody.take() else { return false };
    answers.iter().any(|answer| matches!(ServerFrame::from_bytes(answer), Ok(ServerFrame::Done { .. })))
}
