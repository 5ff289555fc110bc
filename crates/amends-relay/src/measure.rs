//! How many records this disk and this processor can take, measured in a folder of its own that is removed afterwards.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use amends_wire::{About, MailboxId, Rid, Token};
use tokio::runtime::Runtime;

use crate::bucket::Tick;
use crate::outbox::{Outbox, Taken};
use crate::relay::{Relay, StartError};
use crate::settings::Settings;
use crate::store::{Job, Work, random};

/// Size of a record here, in bytes.
const RECORD: usize = 512;
const MAILBOXES: u32 = 2_000;

/// What was seen.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Number of records written and synchronized.
    pub records: u32,
    /// How long it took.
    pub wall: Duration,
    /// Mean time from handing over one record alone to its acknowledgment.
    pub alone: Duration,
}

/// Writes so many `records` of 512 bytes, `together` at a time, into mailboxes of a new database below `folder`.
///
/// # Errors
/// [`StartError`] if no database can be made there.
pub fn measure(folder: &Path, records: u32, together: u32) -> Result<Measured, StartError> {
    let data = folder.join(format!("measure-{}", std::process::id()));
    let mut settings = Settings::new(data.clone());
    settings.limits.open = true;
    settings.waiting_to_write = usize::MAX;
    settings.waiting_to_send_all = usize::MAX;
    let relay = Relay::open(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(StartError::Lock)?;
    let outbox = Arc::new(Outbox::new(usize::MAX, &relay.all_waiting, Tick(0)));
    let hash = Token([0; 32]).hash();
    let name = |n: u32| {
        let mut name = [0; 32];
        name[..4].copy_from_slice(&(n % MAILBOXES).to_be_bytes());
        MailboxId(name)
    };
    for n in 0..MAILBOXES {
        let (name, _answered) = (name(n), tokio::sync::oneshot::channel().0);
        let invite = None;
        hand_over(
            &relay,
            &outbox,
            Work::Create { name, read_hash: hash, append_hash: hash, invite, _answered },
        );
    }
    wait(&runtime, &outbox);
    let publish = |n: u32| {
        let mailbox = relay.directory.remembered(&name(n)).expect("it was just made");
        let rid = Rid(random());
        hand_over(&relay, &outbox, Work::Publish { mailbox, rid, bytes: vec![n as u8; RECORD] });
    };
    let begun = Instant::now();
    for first in (0..records).step_by(together as usize) {
        (first..records.min(first + together)).for_each(&publish);
        wait(&runtime, &outbox);
    }
    let wall = begun.elapsed();
    let begun = Instant::now();
    for n in 0..100 {
        publish(n);
        wait(&runtime, &outbox);
    }
    let alone = begun.elapsed() / 100;
    relay.close();
    // What cannot be removed is left for the operator, who knows where it is.
    let _ = std::fs::remove_dir_all(data);
    Ok(Measured { records, wall, alone })
}

fn hand_over(relay: &Relay, outbox: &Arc<Outbox>, work: Work) {
    outbox.ask();
    relay.writer.submit(Job { reply: Arc::clone(outbox), about: About::Frame, work });
}

/// Waits until everything is answered, and forgets the answers.
fn wait(runtime: &Runtime, outbox: &Outbox) {
    while !outbox.is_answered() {
        runtime.block_on(outbox.filled());
    }
    let _: Taken = outbox.take();
}
