//! One record of a device list: a change, where it belongs, and who signed it.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::cbor;
use crate::device::{Acceptance, DevicePublic};
use crate::ids::{DeviceKeyId, ListHash, PersonId, hash_parts};
use crate::kem::KemPublic;
use crate::recovery_key::RecoveryPublic;
use crate::sign::Signature;

/// The version that list records are written with.
pub const LIST_VERSION: u8 = 1;

pub(super) const PURPOSE: &str = "device list";

/// What a record changes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Change {
    /// The first device, signed by itself; the beginning of every list.
    #[n(0)]
    Begin {
        /// The device.
        #[n(0)]
        device: DevicePublic,
        /// The recovery words, when there are some.
        #[n(1)]
        recovery: Option<RecoveryPublic>,
    },
    /// One more device, which agreed to it.
    #[n(1)]
    Add {
        /// The device and its agreement.
        #[n(0)]
        acceptance: Acceptance,
    },
    /// A device that counts no longer.
    #[n(2)]
    Revoke {
        /// Which.
        #[n(0)]
        device: DeviceKeyId,
    },
    /// Other recovery words, or none. The old ones are worthless from here on.
    #[n(3)]
    Recovery {
        /// The new ones.
        #[n(0)]
        recovery: Option<RecoveryPublic>,
    },
    /// The signer's next key for epoch secrets. Stands beside the chain: devices do this often and offline.
    #[n(4)]
    Rekey {
        /// One more than before.
        #[n(0)]
        generation: u64,
        /// The key.
        #[n(1)]
        kem: KemPublic,
    },
}

/// The signed part of a record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Body {
    /// Whose list.
    #[n(0)]
    pub(super) person: PersonId,
    /// The record before; [`ListHash::START`] for the first and for a rekey.
    #[n(1)]
    pub(super) previous: ListHash,
    /// Which device signed; nothing when the recovery key did.
    #[n(2)]
    pub(super) signer: Option<DeviceKeyId>,
    /// When, in milliseconds since 1970-01-01T00:00:00Z, as the signer's clock said. Shown, never relied on.
    #[n(3)]
    pub(super) at: u64,
    /// What.
    #[n(4)]
    pub(super) change: Change,
}

/// A record as it was written or received. Its hash is over the signed bytes as they were received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRecord {
    bytes: Vec<u8>,
    pub(super) hash: ListHash,
    pub(super) body: Body,
    pub(super) body_bytes: Vec<u8>,
    pub(super) signature: Signature,
}

/// Bytes are no record of a device list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListRecordError {
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// Something else, or cut.
    #[error("this is no record of a device list")]
    Malformed,
}

#[derive(Encode, Decode)]
struct Envelope(#[n(0)] u64, #[n(1)] ByteVec, #[n(2)] Signature);

#[derive(Decode)]
struct Version(#[n(0)] u64);

impl ListRecord {
    /// Signs a change.
    pub(super) fn sign(body: &Body, sign: impl FnOnce(&str, &[u8]) -> Signature) -> Self {
        let body_bytes = cbor::encode(body);
        let signature = sign(PURPOSE, &body_bytes);
        let bytes = cbor::encode(&Envelope(u64::from(LIST_VERSION), body_bytes.into(), signature));
        Self::parse(&bytes).expect("what was written is a record")
    }

    /// Reads received bytes. Whether the record counts is for [`crate::DeviceList::apply`] to say.
    ///
    /// # Errors
    /// [`ListRecordError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ListRecordError> {
        let Version(version) = cbor::decode(bytes).ok_or(ListRecordError::Malformed)?;
        if version > u64::from(LIST_VERSION) {
            return Err(ListRecordError::NewerVersion);
        }
        let Envelope(version, body_bytes, signature) =
            cbor::decode(bytes).ok_or(ListRecordError::Malformed)?;
        let body = cbor::decode(&body_bytes).ok_or(ListRecordError::Malformed)?;
        let hash = ListHash(hash_parts("device list record", &[&body_bytes]));
        // One form only, so that nobody makes a second record of the same signature.
        let written = cbor::encode(&Envelope(version, body_bytes.clone(), signature));
        if version != u64::from(LIST_VERSION) || written != bytes {
            return Err(ListRecordError::Malformed);
        }
        Ok(Self { bytes: written, hash, body, body_bytes: body_bytes.into(), signature })
    }

    /// The bytes to store and send.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Names the record.
    pub fn hash(&self) -> ListHash {
        self.hash
    }

    /// Whose list it belongs to.
    pub fn person(&self) -> PersonId {
        self.body.person
    }

    /// What it changes.
    pub fn change(&self) -> &Change {
        &self.body.change
    }

    /// Which device signed; `None` when it was the recovery key.
    pub fn signer(&self) -> Option<DeviceKeyId> {
        self.body.signer
    }

    /// When, in milliseconds since 1970-01-01T00:00:00Z, as the signer's clock said.
    pub fn at(&self) -> u64 {
        self.body.at
    }
}
