//! Records on the wire: what a relay stores and passes on.
//!
//! ```text
//! record = version 1 | mailbox 32 | key id 16 | nonce 24 | XChaCha20-Poly1305( plain )
//! AAD    = "amends/1 wire" | version | mailbox | key id | request id
//! ```
//! An entry carries two MACs instead of a signature: one that every member can compute, so that nobody can prove to others
//! what was written, and one that only the author's own devices can compute, so that the partner cannot put words into
//! their chains. Grants and device lists travel under a key of the space's root, so that the relay tells nothing apart.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::epoch::{EpochBook, EpochSecret};
use crate::ids::{EpochId, KeyId, MailboxId, PersonId, RequestId, SpaceId, hash_parts};
use crate::padding::{pad, unpad};
use crate::space::{Members, SpaceRoot};
use crate::{aead, padded_len};

/// The version that records on the wire begin with.
pub const WIRE_VERSION: u8 = 1;
/// The largest record on the wire, in bytes.
pub const MAX_WIRE_RECORD: usize = 64 * 1024;

const MAILBOX_AT: usize = 1;
const KEY_ID_AT: usize = MAILBOX_AT + 32;
const SEALED_AT: usize = KEY_ID_AT + 16;
const MIN_LEN: usize = SEALED_AT + aead::NONCE_LEN + crate::PADDING_FLOOR + aead::TAG_LEN;
/// Author, name of the own MAC key, two MACs.
const ENTRY_AT: usize = 16 + 16 + 32 + 32;

/// Everything that sealing and opening in one space needs.
#[derive(Debug)]
pub struct SpaceKeys<'a> {
    /// The root of the space.
    pub root: &'a SpaceRoot,
    /// Its epochs.
    pub book: &'a EpochBook,
    /// The epochs of the space of own devices; the same book when that is the space.
    pub own: &'a EpochBook,
    /// The members of the space.
    pub members: &'a Members<'a>,
    /// Whose device this is.
    pub me: PersonId,
}

/// What a record on the wire holds.
#[derive(Debug)]
pub enum WireContent {
    /// An entry of a member.
    Entry(OpenedEntry),
    /// A record of a device list; [`crate::ListRecord::parse`] reads it.
    ListRecord(Zeroizing<Vec<u8>>),
    /// A grant; [`crate::Grant::parse`] reads it.
    Grant(Zeroizing<Vec<u8>>),
}

/// An entry whose MACs are right.
#[derive(Debug)]
pub struct OpenedEntry {
    /// Who wrote it. An entry that names another author inside must be refused.
    pub author: PersonId,
    /// The epoch it came under; ask [`crate::Admission::admits`] whether it counts.
    pub epoch: EpochId,
    /// The bytes, as their device wrote them.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// A record that only says how keys and devices change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control<'a> {
    /// Bytes of a record of a device list.
    ListRecord(&'a [u8]),
    /// Bytes of a grant.
    Grant(&'a [u8]),
}

/// A record cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealWireError {
    /// The record would be longer than [`MAX_WIRE_RECORD`].
    #[error("this is too large to be sent")]
    TooLarge,
    /// Devices or keys have changed: a new epoch comes first, in this space or among the own devices.
    #[error("new keys have to be handed out first")]
    RotationNeeded,
}

/// A record cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenWireError {
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// It is for another mailbox.
    #[error("this was sent to another mailbox")]
    WrongMailbox,
    /// Its epoch is unknown or locked here. Keep it and try again after the next grant.
    #[error("the key for this has not arrived")]
    UnknownEpoch(KeyId),
    /// It was changed, cut, moved to another request, or sealed with another key.
    #[error("this record cannot be read")]
    Unreadable,
    /// Its author is no member of the space.
    #[error("this was written by somebody who is not in this space")]
    NotAMember,
    /// No member wrote it for this space, epoch and author.
    #[error("this does not come from the person it names")]
    Forged,
    /// It names me as author and no device of mine wrote it: the partner did, or a device that was removed.
    #[error("this names you as its author, and none of your devices wrote it")]
    ForgedAsMine,
}

impl SpaceKeys<'_> {
    /// Seals an entry of this person under the current epoch.
    ///
    /// # Errors
    /// [`SealWireError`].
    pub fn seal_entry(
        &self,
        entry: &[u8],
        request: RequestId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, SealWireError> {
        let needed = SealWireError::RotationNeeded;
        let list = self.members.list(self.me).ok_or(needed)?;
        let own_members = Members::new(&[list]).map_err(|_| needed)?;
        let epoch = self.book.current(self.members).ok_or(needed)?;
        let own_epoch = self.own.current(&own_members).ok_or(needed)?;
        let secret = self.book.secret(epoch).ok_or(needed)?;
        let own = self.own.secret(own_epoch).ok_or(needed)?;

        let mac_id = own.self_mac_id(self.book.space());
        let message = mac_message(self.book.space(), epoch, self.me, mac_id, entry);
        let mut plain = Zeroizing::new(Vec::with_capacity(ENTRY_AT + entry.len() + 4));
        plain.extend_from_slice(&self.me.0);
        plain.extend_from_slice(&mac_id);
        plain.extend_from_slice(mac(&secret.pair_mac_key(self.me), &message).as_bytes());
        plain.extend_from_slice(mac(&own.self_mac_key(self.book.space()), &message).as_bytes());
        plain.extend_from_slice(entry);
        seal_frame(self.root.mailbox_id(), secret.key_id(), &secret.record_key(), request, &plain, rng)
    }

    /// Opens a record that came with this request id.
    ///
    /// # Errors
    /// [`OpenWireError`].
    pub fn open(&self, record: &[u8], request: RequestId) -> Result<WireContent, OpenWireError> {
        let frame = Frame::parse(record, self.root)?;
        if frame.key_id == self.root.control_key_id() {
            return frame.open_control(self.root, request);
        }
        let unknown = OpenWireError::UnknownEpoch(frame.key_id);
        let epoch = self.book.by_key(frame.key_id).ok_or(unknown)?;
        let secret = self.book.secret(epoch).ok_or(unknown)?;
        let mut plain = frame.open(&secret.record_key(), request)?;
        let author = self.check(epoch, secret, &plain)?;
        plain.drain(..ENTRY_AT);
        Ok(WireContent::Entry(OpenedEntry { author, epoch, bytes: plain }))
    }

    /// Checks both MACs as far as this person can; gives the author.
    fn check(&self, epoch: EpochId, secret: &EpochSecret, plain: &[u8]) -> Result<PersonId, OpenWireError> {
        let (head, entry) = plain.split_at_checked(ENTRY_AT).ok_or(OpenWireError::Unreadable)?;
        let part = |from: usize, to: usize| &head[from..to];
        let author = PersonId(part(0, 16).try_into().expect("16 bytes"));
        let mac_id = part(16, 32).try_into().expect("16 bytes");
        let message = mac_message(self.book.space(), epoch, author, mac_id, entry);
        if self.members.list(author).is_none() {
            return Err(OpenWireError::NotAMember);
        }
        if !is_mac(&secret.pair_mac_key(author), &message, part(32, 64)) {
            return Err(OpenWireError::Forged);
        }
        if author == self.me {
            let forged = OpenWireError::ForgedAsMine;
            let (own_epoch, own) = self.own.by_self_mac_id(self.book.space(), mac_id).ok_or(forged)?;
            let genuine = is_mac(&own.self_mac_key(self.book.space()), &message, part(64, 96));
            if !genuine || !self.is_as_new(own_epoch, epoch) {
                return Err(forged);
            }
        }
        Ok(author)
    }

    /// Whether the epoch of the own devices goes by a device list at least as new as the epoch of the space: a device that
    /// was removed knows older ones, and the partner knows newer ones of the space.
    fn is_as_new(&self, own_epoch: EpochId, epoch: EpochId) -> bool {
        let position =
            |book: &EpochBook, id| self.members.list(self.me)?.position(book.list_state(id, self.me)?);
        match (position(self.own, own_epoch), position(self.book, epoch)) {
            (Some(own), Some(of_space)) => own >= of_space,
            _ => false,
        }
    }
}

impl SpaceRoot {
    /// Seals a record that says how keys or devices change.
    ///
    /// # Errors
    /// [`SealWireError::TooLarge`].
    pub fn seal_control(
        &self,
        control: Control<'_>,
        request: RequestId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, SealWireError> {
        let plain = match control {
            Control::ListRecord(bytes) => [&[1], bytes].concat(),
            Control::Grant(bytes) => [&[2], bytes].concat(),
        };
        seal_frame(self.mailbox_id(), self.control_key_id(), &self.control_key(), request, &plain, rng)
    }

    /// Opens a record that says how keys or devices change, before there is any epoch; `None` for an entry.
    ///
    /// # Errors
    /// [`OpenWireError`].
    pub fn open_control(
        &self,
        record: &[u8],
        request: RequestId,
    ) -> Result<Option<WireContent>, OpenWireError> {
        let frame = Frame::parse(record, self)?;
        if frame.key_id != self.control_key_id() {
            return Ok(None);
        }
        frame.open_control(self, request).map(Some)
    }
}

struct Frame<'a> {
    mailbox: MailboxId,
    key_id: KeyId,
    sealed: &'a [u8],
}

impl<'a> Frame<'a> {
    fn parse(record: &'a [u8], root: &SpaceRoot) -> Result<Self, OpenWireError> {
        let version = *record.first().ok_or(OpenWireError::Unreadable)?;
        if version > WIRE_VERSION {
            return Err(OpenWireError::NewerVersion);
        }
        if version != WIRE_VERSION || record.len() < MIN_LEN || record.len() > MAX_WIRE_RECORD {
            return Err(OpenWireError::Unreadable);
        }
        let frame = Self {
            mailbox: MailboxId(record[MAILBOX_AT..KEY_ID_AT].try_into().expect("32 bytes")),
            key_id: KeyId(record[KEY_ID_AT..SEALED_AT].try_into().expect("16 bytes")),
            sealed: &record[SEALED_AT..],
        };
        if frame.mailbox == root.mailbox_id() { Ok(frame) } else { Err(OpenWireError::WrongMailbox) }
    }

    fn open(&self, key: &[u8; 32], request: RequestId) -> Result<Zeroizing<Vec<u8>>, OpenWireError> {
        let aad = associated_data(self.mailbox, self.key_id, request);
        let padded = aead::open(key, &aad, self.sealed).ok_or(OpenWireError::Unreadable)?;
        unpad(padded).ok_or(OpenWireError::Unreadable)
    }

    fn open_control(&self, root: &SpaceRoot, request: RequestId) -> Result<WireContent, OpenWireError> {
        let mut plain = self.open(&root.control_key(), request)?;
        let kind = *plain.first().ok_or(OpenWireError::Unreadable)?;
        plain.drain(..1);
        match kind {
            0 => Err(OpenWireError::Unreadable),
            1 => Ok(WireContent::ListRecord(plain)),
            2 => Ok(WireContent::Grant(plain)),
            _ => Err(OpenWireError::NewerVersion),
        }
    }
}

fn seal_frame(
    mailbox: MailboxId,
    key_id: KeyId,
    key: &[u8; 32],
    request: RequestId,
    plain: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealWireError> {
    if SEALED_AT + aead::NONCE_LEN + padded_len(4 + plain.len()) + aead::TAG_LEN > MAX_WIRE_RECORD {
        return Err(SealWireError::TooLarge);
    }
    let sealed = aead::seal(key, &associated_data(mailbox, key_id, request), &pad(plain), rng);
    Ok([[WIRE_VERSION].as_slice(), &mailbox.0, &key_id.0, &sealed].concat())
}

fn associated_data(mailbox: MailboxId, key_id: KeyId, request: RequestId) -> Vec<u8> {
    [b"amends/1 wire".as_slice(), &[WIRE_VERSION], &mailbox.0, &key_id.0, &request.0].concat()
}

fn mac_message(space: SpaceId, epoch: EpochId, author: PersonId, mac_id: [u8; 16], entry: &[u8]) -> [u8; 32] {
    hash_parts("entry", &[&space.0, &epoch.0, &author.0, &mac_id, entry])
}

fn mac(key: &[u8; 32], message: &[u8; 32]) -> blake3::Hash {
    blake3::keyed_hash(key, message)
}

fn is_mac(key: &[u8; 32], message: &[u8; 32], shown: &[u8]) -> bool {
    // `blake3::Hash` compares in constant time.
    <[u8; 32]>::try_from(shown).is_ok_and(|shown| mac(key, message) == blake3::Hash::from_bytes(shown))
}
