//! What one connection, or one request, may ask and is answered.

mod items;
mod mailboxes;
mod wakes;

use std::sync::Arc;

use amends_wire::{About, ClientFrame, Code, MAX_BLOB_PART, MAX_RECORD, Rid, Sealed, ServerFrame, VERSION};

use crate::addresses::Address;
use crate::bucket::{Bucket, Tick};
use crate::mailbox::Mailbox;
use crate::outbox::{End, Outbox};
use crate::relay::Relay;
use crate::store::{Job, Work, wake_hash};

/// Questions other than records, for one connection: at once, and each minute.
const BURST: u32 = 1_200;
const PER_MINUTE: u32 = 600;

/// How long a client waits when the relay cannot read its disk.
const WAIT_FOR_DISK: u32 = 30;

#[derive(Debug)]
pub(crate) struct Session {
    relay: Arc<Relay>,
    number: u64,
    pub(crate) outbox: Arc<Outbox>,
    listens: Vec<Arc<Mailbox>>,
    /// Mailboxes whose wishes say that the device is here.
    here: Vec<Arc<Mailbox>>,
    address: Option<Arc<Address>>,
    bucket: Bucket,
    /// Which version of the frames was agreed on.
    version: u32,
}

impl Session {
    pub(crate) fn new(relay: &Arc<Relay>, address: Option<Arc<Address>>) -> Self {
        let outbox =
            Arc::new(Outbox::new(relay.settings.waiting_to_send, &relay.all_waiting, relay.ticker.now()));
        let number = relay.number();
        relay.enter(number, &outbox);
        Self {
            relay: Arc::clone(relay),
            number,
            outbox,
            listens: Vec::new(),
            here: Vec::new(),
            address,
            bucket: Bucket::default(),
            version: 0,
        }
    }

    /// Takes one frame as bytes. `false`: the connection shall end after what waits is sent.
    pub(crate) async fn hear(&mut self, bytes: &[u8]) -> bool {
        match ClientFrame::from_bytes(bytes) {
            Ok(frame) => self.handle(frame).await,
            Err(_) => self.bad_frame(),
        }
    }

    /// What was sent is not a frame, or not in its place.
    pub(crate) fn bad_frame(&self) -> bool {
        self.outbox.ask();
        self.refuse(About::Frame, Code::BadFrame, None);
        false
    }

    /// Takes one frame.
    pub(crate) async fn handle(&mut self, frame: ClientFrame) -> bool {
        let now = self.relay.ticker.now();
        self.outbox.hear(now);
        if !self.outbox.is_greeted() && !matches!(frame, ClientFrame::Hello { .. }) {
            return self.bad_frame();
        }
        if frame.since() > self.version.max(1) {
            return self.bad_frame();
        }
        self.outbox.ask();
        match frame {
            ClientFrame::Hello { version } => return self.greet(version),
            ClientFrame::Ping => self.outbox.answer(&ServerFrame::Pong),
            ClientFrame::Pub { mailbox, append, rid, bytes } => {
                let about = About::Record(rid);
                if bytes.len() > MAX_RECORD {
                    self.refuse(about, Code::TooLarge, None);
                } else if let Some(mailbox) = self.relay.directory.remembered(&mailbox)
                    && mailbox.may_append(&append).is_ok()
                {
                    self.publish(about, mailbox, rid, bytes);
                } else {
                    // A stranger's, or one that was not used for long: a look at the disk has its price.
                    match self.take_question(now) {
                        Err(wait) => self.refuse(about, Code::TooMany, Some(wait)),
                        Ok(()) => {
                            if let Some(mailbox) = Box::pin(self.appendable(&mailbox, about, &append)).await {
                                self.publish(about, mailbox, rid, bytes);
                            }
                        }
                    }
                }
            }
            other => {
                let about = other.about();
                match self.take_question(now) {
                    Err(wait) => self.refuse(about, Code::TooMany, Some(wait)),
                    // Boxed: an idle connection keeps no room for what is rare.
                    Ok(()) => Box::pin(self.handle_rare(other, about)).await,
                }
            }
        }
        true
    }

    /// Takes one from the questions that this connection, and whoever it is from, may ask now.
    fn take_question(&mut self, now: Tick) -> Result<(), u32> {
        self.bucket.take(now, BURST, PER_MINUTE)?;
        self.address.as_ref().map_or(Ok(()), |address| address.ask(now))
    }

    fn publish(&self, about: About, mailbox: Arc<Mailbox>, rid: Rid, bytes: Sealed) {
        if self.may_publish(about, &mailbox) {
            self.submit(about, Work::Publish { mailbox, rid, bytes: bytes.0 });
        }
    }

    async fn handle_rare(&mut self, frame: ClientFrame, about: About) {
        match frame {
            ClientFrame::Create { mailbox, read_hash, append_hash, invite } => {
                self.create(about, mailbox, read_hash, append_hash, invite).await;
            }
            ClientFrame::Sub { mailbox, read, after } => self.sub(about, &mailbox, &read, after).await,
            ClientFrame::Unsub { mailbox } => {
                self.unsub(&mailbox);
                self.outbox.settle();
            }
            ClientFrame::Done { mailbox, read, device, up_to } => {
                if let Some(mailbox) = self.mailbox(&mailbox, about).await
                    && self.allows(about, mailbox.may_read(&read))
                {
                    self.submit(about, Work::Done { mailbox, device, up_to: up_to.0 });
                }
            }
            ClientFrame::Drop { mailbox, append, up_to } => {
                if let Some(mailbox) = self.appendable(&mailbox, about, &append).await {
                    self.submit(about, Work::Drop { mailbox, up_to: up_to.0 });
                }
            }
            ClientFrame::SharePut { mailbox, append, share, withdraw_hash, release_at, bytes } => {
                if let Some(mailbox) = self.appendable(&mailbox, about, &append).await {
                    self.share_put(about, &mailbox, share, withdraw_hash, release_at, bytes);
                }
            }
            ClientFrame::ShareGet { share } => self.share_get(about, share).await,
            ClientFrame::ShareWithdraw { share, token } => {
                self.submit(about, Work::ShareWithdraw { share, token });
            }
            ClientFrame::BlobPut { mailbox, append, blob, part, bytes } => {
                if bytes.len() > MAX_BLOB_PART {
                    self.refuse(about, Code::TooLarge, None);
                } else if let Some(mailbox) = self.appendable(&mailbox, about, &append).await {
                    self.submit(about, Work::BlobPut { mailbox, blob, part, bytes: bytes.0 });
                }
            }
            ClientFrame::BlobGet { mailbox, read, blob, part } => {
                self.blob_get(about, &mailbox, &read, blob, part).await;
            }
            ClientFrame::BlobDelete { mailbox, append, blob } => {
                if let Some(mailbox) = self.appendable(&mailbox, about, &append).await {
                    self.submit(about, Work::BlobDelete { mailbox, blob });
                }
            }
            ClientFrame::WakeSet { mailbox, read, wake, endpoint, from, until, expires } => {
                if let Some(mailbox) = self.mailbox(&mailbox, about).await
                    && self.allows(about, mailbox.may_read(&read))
                {
                    self.wake_set(about, mailbox, wake, endpoint, (from, until), expires);
                }
            }
            ClientFrame::WakeClear { mailbox, read, wake } => {
                if let Some(mailbox) = self.mailbox(&mailbox, about).await
                    && self.allows(about, mailbox.may_read(&read))
                {
                    self.submit(about, Work::WakeClear { mailbox, hash: wake_hash(&wake) });
                }
            }
            ClientFrame::Hello { .. } | ClientFrame::Ping | ClientFrame::Pub { .. } => {
                self.refuse(about, Code::BadFrame, None);
            }
        }
    }

    fn greet(&mut self, version: u32) -> bool {
        if !(1..=VERSION).contains(&version) {
            self.refuse(About::Frame, Code::NewerVersion, None);
            return false;
        }
        self.version = version;
        self.outbox.greet();
        let limits = self.relay.settings.limits;
        let waker = self.relay.waker.as_ref().filter(|_| version >= 2);
        let push_key = waker.map(|waker| waker.key.public());
        self.outbox.answer(&ServerFrame::Welcome { version, limits, push_key });
        true
    }

    fn allows(&self, about: About, right: Result<(), Code>) -> bool {
        right.map_err(|code| self.refuse(about, code, None)).is_ok()
    }

    fn may_publish(&self, about: About, mailbox: &Mailbox) -> bool {
        let limits = &self.relay.settings.limits;
        mailbox
            .take(self.relay.ticker.now(), limits.burst, limits.per_minute)
            .map_err(|wait| self.refuse(about, Code::TooMany, Some(wait)))
            .is_ok()
    }

    fn submit(&self, about: About, work: Work) {
        self.relay.writer.submit(Job { reply: Arc::clone(&self.outbox), about, work });
    }

    fn refuse(&self, about: About, code: Code, wait: Option<u32>) {
        self.relay.metrics.refused(code);
        self.outbox.refuse(about, code, wait);
    }

    fn unreadable(&self, about: About, error: &rusqlite::Error) {
        unreadable(&self.relay, &self.outbox, about, error);
    }
}

/// The disk does not give what it should.
pub(crate) fn unreadable(relay: &Relay, outbox: &Outbox, about: About, error: &rusqlite::Error) {
    relay.metrics.failures.add(1);
    relay.metrics.refused(Code::Unavailable);
    crate::log::line(&format!("reading failed ({error}): run `amends-relay doctor`"));
    outbox.refuse(about, Code::Unavailable, Some(WAIT_FOR_DISK));
}

impl Drop for Session {
    fn drop(&mut self) {
        self.outbox.end(End::Gone);
        for mailbox in &self.listens {
            mailbox.leave(&self.outbox);
        }
        for mailbox in &self.here {
            mailbox.go(self.number);
        }
        self.relay.exit(self.number);
    }
}
