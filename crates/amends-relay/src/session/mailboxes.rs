//! Mailboxes: made, found, listened to, and left.

use std::sync::Arc;

use amends_wire::{About, Code, MailboxId, Seq, ServerFrame, Token, TokenHash};
use tokio::sync::oneshot;

use super::Session;
use crate::catch_up::catch_up;
use crate::mailbox::Mailbox;
use crate::store::Work;

impl Session {
    pub(super) async fn create(
        &self,
        about: About,
        name: MailboxId,
        read_hash: TokenHash,
        append_hash: TokenHash,
        invite: Option<Token>,
    ) {
        match self.relay.directory.find(&name, &self.relay.readers).await {
            Ok(Some(known)) if known.read_hash == read_hash && known.append_hash == append_hash => {
                self.outbox.answer(&ServerFrame::Done { about });
            }
            Ok(Some(_)) => self.refuse(about, Code::WrongToken, None),
            Ok(None) => {
                // An invite is looked at first: who has none takes nothing from those who have.
                match self.may_create(invite.as_ref()).await {
                    Err(error) => return self.unreadable(about, &error),
                    Ok(Err((code, wait))) => return self.refuse(about, code, wait),
                    Ok(Ok(())) => {}
                }
                match self.relay.take_new_mailbox() {
                    Ok(()) => {
                        let (_answered, answer) = oneshot::channel();
                        self.submit(about, Work::Create { name, read_hash, append_hash, invite, _answered });
                        // Nothing is ever sent; it ends with the answer.
                        let _ = answer.await;
                    }
                    Err(wait) => self.refuse(about, Code::TooMany, Some(wait)),
                }
            }
            Err(error) => self.unreadable(about, &error),
        }
    }

    async fn may_create(&self, invite: Option<&Token>) -> rusqlite::Result<Result<(), (Code, Option<u32>)>> {
        let asked =
            self.address.as_ref().map_or(Ok(()), |address| address.ask_for_mailbox(self.relay.ticker.now()));
        if let Err(wait) = asked {
            return Ok(Err((Code::TooMany, Some(wait))));
        }
        let is_welcome = match invite {
            _ if self.relay.settings.limits.open => true,
            None => false,
            Some(invite) => self.relay.readers.invite(invite.hash()).await?,
        };
        Ok(if is_welcome { Ok(()) } else { Err((Code::InviteNeeded, None)) })
    }

    pub(super) async fn sub(&mut self, about: About, name: &MailboxId, read: &Token, after: Seq) {
        let Some(mailbox) = self.mailbox(name, about).await else { return };
        if !self.allows(about, mailbox.may_read(read)) {
            return;
        }
        if !self.listens.iter().any(|one| one.name == *name) {
            if self.listens.len() >= self.relay.settings.limits.subscriptions as usize {
                return self.refuse(about, Code::TooMany, None);
            }
            self.listens.push(Arc::clone(&mailbox));
        }
        let ticket = self.relay.number();
        mailbox.listen(ticket, &self.outbox);
        // Where nothing is missing, nothing needs to be read.
        if !mailbox.go_live(ticket, after.0) {
            tokio::spawn(catch_up(
                Arc::clone(&self.relay),
                mailbox,
                Arc::clone(&self.outbox),
                ticket,
                after.0,
            ));
        }
    }

    pub(super) fn unsub(&mut self, name: &MailboxId) {
        self.listens.retain(|mailbox| {
            let stays = mailbox.name != *name;
            if !stays {
                mailbox.leave(&self.outbox);
            }
            stays
        });
    }

    /// The mailbox, or the answer that there is none.
    pub(super) async fn mailbox(&self, name: &MailboxId, about: About) -> Option<Arc<Mailbox>> {
        if let Some(known) = self.relay.directory.remembered(name) {
            return Some(known);
        }
        match Box::pin(self.relay.directory.find(name, &self.relay.readers)).await {
            Ok(Some(found)) => return Some(found),
            Ok(None) => self.refuse(about, Code::UnknownMailbox, None),
            Err(error) => self.unreadable(about, &error),
        }
        None
    }

    pub(super) async fn appendable(
        &self,
        name: &MailboxId,
        about: About,
        append: &Token,
    ) -> Option<Arc<Mailbox>> {
        let mailbox = self.mailbox(name, about).await?;
        self.allows(about, mailbox.may_append(append)).then_some(mailbox)
    }
}
