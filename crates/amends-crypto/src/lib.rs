//! Keys and sealed records.
//!
//! Everything that lies on a disk or leaves the device goes through [`RecordKey::seal`]; every key comes from the
//! random [`VaultKey`], which is itself kept only wrapped: once by the passphrase and once by the recovery phrase.
//! Formats: `docs/formats/record.md` and `docs/formats/vault.md`.
//!
//! This crate has no clock, no files, no network and no source of randomness: the caller passes the generator in.
//! Secrets are overwritten when dropped and have no `Clone`, no readable `Debug` and no serialization.

mod aead;
mod blind;
mod blob;
mod cbor;
mod chain;
mod derive;
mod device;
mod device_list;
mod entry;
mod epoch;
mod guest;
mod ids;
mod kem;
mod letter;
mod mailbox;
mod padding;
mod pairing;
mod passphrase;
mod record;
mod recovery;
mod recovery_key;
mod sign;
mod space;
mod vault_key;
mod wrap;

pub use blind::BlindingSecret;
pub use blob::{BLOB_PART, BlobError, BlobRef, MAX_BLOB, SealedBlob};
pub use chain::ChainHash;
pub use device::{Acceptance, Chains, DeviceKeys, DevicePublic, StoredKeyError};
pub use device_list::{
    ActiveDevice, Applied, Change, DeviceList, LIST_VERSION, ListError, ListRecord, ListRecordError,
    MAX_DEVICES, MAX_LIST_RECORDS, Signer,
};
pub use entry::{
    Control, MAX_WIRE_RECORD, OpenWireError, OpenedEntry, SealWireError, SpaceKeys, WIRE_VERSION, WireContent,
};
pub use epoch::{
    Admission, ApplyGrantError, Cut, EpochBook, GRANT_VERSION, Grant, GrantApplied, GrantParseError, History,
    Opener, ROTATE_AFTER_DAYS, ROTATE_AFTER_RECORDS, Rotation, RotationDue,
};
pub use guest::{GuestError, GuestKey};
pub use ids::{ChainId, DeviceKeyId, EpochId, KeyId, ListHash, MailboxId, PersonId, RequestId, SpaceId};
pub use kem::{KEM_OVERHEAD, KEM_PUBLIC_LEN, KemPublic, OpenSealedError};
pub use letter::{LetterShare, OpenLetterError, SealedLetter, letter_opens_at, open_letter};
pub use mailbox::{Mailbox, Token};
pub use padding::{PADDING_FLOOR, padded_len};
pub use pairing::{
    Invite, Joining, MAX_PAIRING_PAYLOAD, OFFER_LASTS, Paired, PairingError, PairingLink, PairingPurpose,
};
pub use passphrase::{KdfCost, Passphrase, PassphraseTooShort, WeakCost};
pub use record::{MAX_BODY, OpenRecordError, Place, RECORD_VERSION, RecordKey, RecordKind, SealError};
pub use recovery::{PhraseError, RecoveryPhrase};
pub use recovery_key::{RecoveryBox, RecoveryKey, RecoveryPublic};
pub use sign::{Signature, VerifyKey};
pub use space::{Members, MembersError, SpaceRoot};
pub use vault_key::VaultKey;
pub use wrap::{UnwrapError, WrappedKey};

/// The generator every random value comes from.
pub use rand_core::CryptoRng;
/// Bytes that are overwritten when dropped.
pub use zeroize::Zeroizing;
