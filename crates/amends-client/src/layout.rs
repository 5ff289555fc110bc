//! What lies where in a store: kinds of records, names of values, ids. `docs/formats/vault.md` describes the same.

use amends_crypto::RecordKind;
use amends_domain::id::EventId;
use amends_store::RecordId;

/// Version of the layout described here, in the header of every vault.
pub(crate) const VAULT_VERSION: u8 = 1;

/// An event with its place in the chain of a device.
pub(crate) const ENTRY: RecordKind = RecordKind(1);
/// What is left of an entry whose words were erased.
pub(crate) const TOMBSTONE: RecordKind = RecordKind(2);
/// Who owns the vault.
pub(crate) const PROFILE: RecordKind = RecordKind(3);
/// Where the chains end.
pub(crate) const HEADS: RecordKind = RecordKind(4);
/// All events up to a position in one piece, to open faster.
pub(crate) const SNAPSHOT: RecordKind = RecordKind(5);
/// A text that is being written.
pub(crate) const DRAFT: RecordKind = RecordKind(6);
/// The seal at the end of a backup.
pub(crate) const BACKUP_END: RecordKind = RecordKind(7);

/// Where the chains of devices that were taken away end.
pub(crate) const CUTS: RecordKind = RecordKind(8);

/// Keys, own devices and pairs of sending and receiving.
pub(crate) const SYNC: RecordKind = RecordKind(9);
/// How far this device is in its mailboxes.
pub(crate) const SYNC_PLACES: RecordKind = RecordKind(10);
/// Where the relay is.
pub(crate) const RELAY: RecordKind = RecordKind(11);
/// What the relay asks of those who make a mailbox.
pub(crate) const RELAY_INVITE: RecordKind = RecordKind(12);

/// A picture.
pub(crate) const PICTURE: RecordKind = RecordKind(16);
/// Part of a picture that is not whole yet.
pub(crate) const PICTURE_PART: RecordKind = RecordKind(17);

pub(crate) const HEADER: &str = "vault";
pub(crate) const KEY_BY_PASSPHRASE: &str = "key/passphrase";
pub(crate) const KEY_BY_PHRASE: &str = "key/recovery";
pub(crate) const KEY_BY_PASSKEY: &str = "key/passkey";
/// How to ask for the secret of the passkey; not secret itself.
pub(crate) const PASSKEY_NAME: &str = "passkey";
pub(crate) const PROFILE_NAME: &str = "profile";
pub(crate) const HEADS_NAME: &str = "heads";
pub(crate) const CUTS_NAME: &str = "cuts";
pub(crate) const SYNC_NAME: &str = "sync";
pub(crate) const SYNC_PLACES_NAME: &str = "sync/places";
pub(crate) const RELAY_NAME: &str = "relay";
pub(crate) const RELAY_INVITE_NAME: &str = "relay/invite";
pub(crate) const SNAPSHOT_NAME: &str = "snapshot";
/// Set while removed bytes may still be in the file; the next opening tidies up.
pub(crate) const UNTIDY: &str = "untidy";
pub(crate) const DRAFT_PREFIX: &str = "draft/";

/// The id of the record that holds an event: it follows from the event, so a record cannot stand in for another.
pub(crate) fn record_id(event: EventId) -> RecordId {
    let bytes = [b"amends/1 entry".as_slice(), &event.device.0, &event.seq.to_be_bytes()].concat();
    let hash = amends_crypto::ChainHash::of(&bytes);
    RecordId(hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes"))
}
