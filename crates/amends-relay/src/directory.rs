//! Which mailboxes are in memory. One mailbox is there at most once, because its last place is counted there.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use amends_wire::MailboxId;

use crate::mailbox::{Mailbox, Stored};
use crate::store::Readers;

#[derive(Debug)]
pub(crate) struct Directory {
    known: Mutex<HashMap<MailboxId, Arc<Mailbox>>>,
    /// Counts how often mailboxes were forgotten.
    forgotten: AtomicU64,
    most: usize,
}

impl Directory {
    pub(crate) fn new(most: usize) -> Self {
        Self { known: Mutex::default(), forgotten: AtomicU64::new(0), most }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<MailboxId, Arc<Mailbox>>> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The mailbox, if it is in memory.
    pub(crate) fn remembered(&self, name: &MailboxId) -> Option<Arc<Mailbox>> {
        self.lock().get(name).cloned()
    }

    /// The mailbox, from memory or from the disk.
    pub(crate) async fn find(
        &self,
        name: &MailboxId,
        readers: &Arc<Readers>,
    ) -> rusqlite::Result<Option<Arc<Mailbox>>> {
        loop {
            if let Some(known) = self.remembered(name) {
                return Ok(Some(known));
            }
            let before = self.forgotten.load(Ordering::Acquire);
            let Some(stored) = readers.mailbox(*name).await? else { return Ok(None) };
            let mut known = self.lock();
            // A mailbox that was remembered, written and forgotten meanwhile has moved on.
            if before == self.forgotten.load(Ordering::Acquire) {
                return Ok(Some(Arc::clone(Self::add(&mut known, stored))));
            }
        }
    }

    /// Remembers a mailbox that was just made.
    pub(crate) fn remember(&self, stored: Stored) {
        Self::add(&mut self.lock(), stored);
    }

    fn add(known: &mut HashMap<MailboxId, Arc<Mailbox>>, stored: Stored) -> &Arc<Mailbox> {
        known.entry(stored.name).or_insert_with(|| Arc::new(Mailbox::new(stored)))
    }

    /// Forgets mailboxes that nobody uses, once there are too many.
    pub(crate) fn forget_some(&self) {
        let mut known = self.lock();
        if known.len() > self.most {
            self.forgotten.fetch_add(1, Ordering::AcqRel);
            known.retain(|_, mailbox| Arc::strong_count(mailbox) > 1);
            known.shrink_to(self.most);
        }
    }

    /// Forgets a mailbox whose row was just erased; whoever still holds it can do nothing with it.
    pub(crate) fn bury(&self, name: &MailboxId) {
        let mut known = self.lock();
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        if let Some(mailbox) = known.remove(name) {
            mailbox.bury();
        }
    }

    /// How many are in memory.
    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }
}
