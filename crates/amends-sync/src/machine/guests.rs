//! Sheets for a guest of both: each lies in a mailbox of its own, which holds nothing else, until it ends.
//!
//! Any device of the two gives the same bytes, looks once a day whether they are there, and takes them away when one of
//! the two ended it or its time is over.

use std::collections::BTreeMap;

use amends_crypto::GuestKey;
use amends_wire::{About, BlobId, ClientFrame, Code, MailboxId, Sealed, ServerFrame, Token};
use minicbor::{Decode, Encode};

use super::devices::DAY;
use super::{Log, Machine, ShareStanding, ShareTrouble};
use crate::log::GuestBundle;
use crate::notice::Outbox;

/// After a refusal this long passes before the next try, in milliseconds.
const ASK_AGAIN: u64 = 10 * 60 * 1000;

/// What this device knows of one sheet at the relay.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct KnownGuest {
    #[n(0)]
    given: bool,
    #[n(1)]
    withdrawn: bool,
    #[n(2)]
    looked: u64,
    #[n(3)]
    trouble: Option<ShareTrouble>,
    /// To take it away, also when its entry is gone from this device.
    #[n(4)]
    append: Token,
    #[n(5)]
    blob: BlobId,
    #[n(6)]
    not_before: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// So many answers are to come.
    Put(usize),
    Look,
    Delete,
}

/// All sheets that this device has to do with.
#[derive(Debug, Default)]
pub(super) struct Guests {
    pub(super) known: BTreeMap<MailboxId, KnownGuest>,
    asked: BTreeMap<MailboxId, Asked>,
}

impl Guests {
    pub(super) fn disconnected(&mut self) {
        self.asked.clear();
    }

    fn mailbox_of(&self, frame: &ServerFrame) -> Option<MailboxId> {
        let of_blob = |blob: &BlobId| {
            self.known.iter().find(|(_, known)| known.blob == *blob).map(|(mailbox, _)| *mailbox)
        };
        let found = match frame {
            ServerFrame::Done { about } | ServerFrame::Refused { about, .. } => match about {
                About::Mailbox(mailbox) => Some(*mailbox),
                About::Blob(blob, _) => of_blob(blob),
                _ => None,
            },
            ServerFrame::Blob { blob, .. } => of_blob(blob),
            _ => None,
        };
        found.filter(|mailbox| self.asked.contains_key(mailbox))
    }
}

impl Machine {
    /// How a sheet for a guest stands at the relay.
    pub fn guest_standing(&self, key: &[u8; 32]) -> ShareStanding {
        let mailbox = MailboxId(GuestKey::of(key).place().0);
        let known = self.guests.known.get(&mailbox);
        known.map_or_else(ShareStanding::default, |known| ShareStanding {
            is_given: known.given,
            is_withdrawn: known.withdrawn,
            trouble: known.trouble,
        })
    }

    /// Gives, looks for and takes away.
    pub(super) fn tend_guests<L: Log>(&mut self, now: u64, log: &L, out: &mut Outbox) {
        if !self.is_connected {
            return;
        }
        let is_live = self.pair.as_ref().is_some_and(|pair| pair.link.is_live());
        let all = log.guest_bundles(now);
        let mut here = Vec::new();
        for bundle in &all {
            let (mailbox, read) = GuestKey::of(&bundle.key).place();
            let (mailbox, read) = (MailboxId(mailbox), Token(*read));
            here.push(mailbox);
            match &bundle.sheet {
                Some(sheet) if is_live => self.keep_guest(now, mailbox, read, bundle, sheet, out),
                Some(_) => {}
                None => {
                    self.note_guest(mailbox, bundle);
                    self.delete_guest(now, mailbox, out);
                }
            }
        }
        let gone: Vec<MailboxId> =
            self.guests.known.keys().filter(|mailbox| !here.contains(mailbox)).copied().collect();
        for mailbox in gone {
            self.delete_guest(now, mailbox, out);
        }
    }

    fn note_guest(&mut self, mailbox: MailboxId, bundle: &GuestBundle) -> &mut KnownGuest {
        self.guests.known.entry(mailbox).or_insert_with(|| KnownGuest {
            given: false,
            withdrawn: false,
            looked: 0,
            trouble: None,
            append: Token(*bundle.append),
            blob: BlobId(GuestKey::of(&bundle.key).id()),
            not_before: 0,
        })
    }

    fn keep_guest(
        &mut self,
        now: u64,
        mailbox: MailboxId,
        read: Token,
        bundle: &GuestBundle,
        sheet: &[u8],
        out: &mut Outbox,
    ) {
        let known = self.note_guest(mailbox, bundle).clone();
        // What was taken away once stays so.
        let waits = known.not_before > now || self.guests.asked.contains_key(&mailbox);
        if waits || known.withdrawn {
            return;
        }
        if known.given && known.looked != now / DAY {
            self.guests.asked.insert(mailbox, Asked::Look);
            out.frames.push(ClientFrame::BlobGet { mailbox, read, blob: known.blob, part: 0 });
        }
        if known.given {
            return;
        }
        // The same bytes from every device: key, words and end say all of it.
        let Ok((_, parts)) = GuestKey::seal_with(&bundle.key, sheet, bundle.until) else { return };
        self.guests.asked.insert(mailbox, Asked::Put(parts.len() + 1));
        let (read_hash, append_hash) = (read.hash(), known.append.hash());
        out.frames.push(ClientFrame::Create { mailbox, read_hash, append_hash, invite: None });
        let (append, blob) = (known.append, known.blob);
        out.frames.extend((0..).zip(parts).map(|(part, bytes)| ClientFrame::BlobPut {
            mailbox,
            append,
            blob,
            part,
            bytes: Sealed(bytes),
        }));
    }

    fn delete_guest(&mut self, now: u64, mailbox: MailboxId, out: &mut Outbox) {
        let Some(known) = self.guests.known.get(&mailbox) else { return };
        let waits = known.not_before > now || self.guests.asked.contains_key(&mailbox);
        if known.withdrawn || waits {
            return;
        }
        let (append, blob) = (known.append, known.blob);
        self.guests.asked.insert(mailbox, Asked::Delete);
        out.frames.push(ClientFrame::BlobDelete { mailbox, append, blob });
    }

    /// An answer about a sheet. Gives whether it was for this device.
    pub(super) fn guest_frame(&mut self, now: u64, frame: &ServerFrame) -> bool {
        let Some(mailbox) = self.guests.mailbox_of(frame) else { return false };
        let Some(asked) = self.guests.asked.get(&mailbox).copied() else { return false };
        let Some(known) = self.guests.known.get_mut(&mailbox) else { return false };
        let is_gone =
            matches!(frame, ServerFrame::Refused { code: Code::UnknownItem | Code::UnknownMailbox, .. });
        let next = match (asked, frame) {
            (Asked::Put(n_left), ServerFrame::Done { .. }) if n_left > 1 => Some(Asked::Put(n_left - 1)),
            (Asked::Put(_), ServerFrame::Done { .. }) => {
                (known.given, known.looked, known.trouble) = (true, now / DAY, None);
                None
            }
            (Asked::Delete, ServerFrame::Done { .. }) => {
                (known.given, known.withdrawn) = (false, true);
                None
            }
            (Asked::Delete, _) if is_gone => {
                (known.given, known.withdrawn) = (false, true);
                None
            }
            (Asked::Look, ServerFrame::Blob { .. }) => {
                known.looked = now / DAY;
                None
            }
            (Asked::Look, _) if is_gone => {
                (known.given, known.looked) = (false, now / DAY);
                known.trouble = Some(ShareTrouble::Lost);
                None
            }
            _ => {
                known.not_before = now.saturating_add(ASK_AGAIN);
                None
            }
        };
        match next {
            Some(next) => drop(self.guests.asked.insert(mailbox, next)),
            None => drop(self.guests.asked.remove(&mailbox)),
        }
        true
    }
}
