//! Wishes of devices to be woken.

use std::sync::Arc;

use amends_wire::{About, Code, Endpoint, UnixSeconds, WakeId};

use super::Session;
use crate::mailbox::Mailbox;
use crate::push::{Hours, allowed};
use crate::store::{Wish, Work, wake_hash};

impl Session {
    pub(super) fn wake_set(
        &mut self,
        about: About,
        mailbox: Arc<Mailbox>,
        wake: WakeId,
        endpoint: Endpoint,
        (from, until): (u16, u16),
        expires: UnixSeconds,
    ) {
        let push = self.relay.waker.as_ref().map(|waker| &waker.push);
        if push.is_none_or(|push| allowed(&endpoint.0, push).is_none()) {
            return self.refuse(about, Code::UnknownItem, None);
        }
        if Hours::new(from, until).is_none() {
            return self.refuse(about, Code::BadFrame, None);
        }
        let hash = wake_hash(&wake);
        if !self.here.iter().any(|one| Arc::ptr_eq(one, &mailbox)) {
            if self.here.len() >= self.relay.settings.limits.subscriptions as usize {
                return self.refuse(about, Code::TooMany, None);
            }
            self.here.push(Arc::clone(&mailbox));
        }
        mailbox.come(self.number, hash);
        let wish = Wish { hash, endpoint: endpoint.0, from, until, expires };
        self.submit(about, Work::WakeSet { mailbox, wish });
    }
}
