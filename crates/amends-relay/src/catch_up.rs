//! Sends a listener what it missed, page by page and no faster than it reads, and then lets it hear what is new.

use std::sync::Arc;

use amends_wire::About;

use crate::mailbox::Mailbox;
use crate::outbox::Outbox;
use crate::relay::Relay;
use crate::session::unreadable;

/// Ends when the listener has everything, or listens no more.
pub(crate) async fn catch_up(
    relay: Arc<Relay>,
    mailbox: Arc<Mailbox>,
    outbox: Arc<Outbox>,
    ticket: u64,
    after: u64,
) {
    let mut sent = after;
    while outbox.has_room().await && mailbox.listens(ticket) {
        // Looked up before the page: what is committed later than this is found by the next look.
        let head = mailbox.head().0;
        match relay.readers.page(&mailbox, sent).await {
            Err(error) => {
                unreadable(&relay, &outbox, About::Mailbox(mailbox.name), &error);
                return mailbox.leave(&outbox);
            }
            Ok(page) => {
                sent = page.last.unwrap_or_else(|| sent.max(head));
                page.frames.into_iter().for_each(|frame| outbox.push(frame));
            }
        }
        if mailbox.go_live(ticket, sent) {
            return;
        }
    }
    outbox.settle();
}
