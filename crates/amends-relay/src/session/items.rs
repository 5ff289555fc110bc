//! What lies beside the records of a mailbox: shares with a date, and parts of pictures.

use amends_wire::{
    About, BlobId, Code, MAX_SHARE, MailboxId, Sealed, ServerFrame, ShareId, Token, TokenHash, UnixSeconds,
};

use super::Session;
use crate::clock;
use crate::mailbox::Mailbox;
use crate::store::Work;

/// A share may be sealed for so many years at most.
const MOST_YEARS: u64 = 20;

/// When a share's date is further away than this, a client asks again after this many seconds.
const ASK_AGAIN: u64 = 86_400;

impl Session {
    pub(super) fn share_put(
        &self,
        about: About,
        mailbox: &Mailbox,
        share: ShareId,
        withdraw_hash: TokenHash,
        release_at: UnixSeconds,
        bytes: Sealed,
    ) {
        if bytes.len() > MAX_SHARE {
            return self.refuse(about, Code::TooLarge, None);
        }
        if release_at.0 > clock::unix_seconds() + MOST_YEARS * 366 * 86_400 {
            return self.refuse(about, Code::TooLarge, None);
        }
        if self.may_publish(about, mailbox) {
            self.submit(about, Work::SharePut { share, withdraw_hash, release_at, bytes: bytes.0 });
        }
    }

    pub(super) async fn share_get(&self, about: About, share: ShareId) {
        match self.relay.readers.share(share).await {
            Ok(None) => self.refuse(about, Code::UnknownItem, None),
            Ok(Some(found)) => match found.release_at.saturating_sub(clock::unix_seconds()) {
                0 => self.outbox.answer(&ServerFrame::Share { share, bytes: Sealed(found.bytes) }),
                left => self.refuse(about, Code::NotYet, u32::try_from(left.min(ASK_AGAIN)).ok()),
            },
            Err(error) => self.unreadable(about, &error),
        }
    }

    pub(super) async fn blob_get(
        &self,
        about: About,
        name: &MailboxId,
        read: &Token,
        blob: BlobId,
        part: u32,
    ) {
        let Some(mailbox) = self.mailbox(name, about).await else { return };
        if !self.allows(about, mailbox.may_read(read)) {
            return;
        }
        match self.relay.readers.blob(mailbox.row, blob, part).await {
            Ok(Some(bytes)) => self.outbox.answer(&ServerFrame::Blob { blob, part, bytes: Sealed(bytes) }),
            Ok(None) => self.refuse(about, Code::UnknownItem, None),
            Err(error) => self.unreadable(about, &error),
        }
    }
}
