//! The grant: one device hands the secret of a new epoch to every device of every member.
//!
//! ```text
//! grant  = [version, body, signature]         body = {head, boxes, inside}
//! head   : space, depth, parents, device lists, signer, time, commitment, key id      epoch id = hash of head
//! boxes  : for each recipient the secret, sealed to its key for this epoch
//! inside : sealed with the secret: what counts of earlier epochs, and their secrets
//! ```

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::cbor;
use crate::ids::{ChainId, DeviceKeyId, EpochId, KeyId, ListHash, PersonId, SpaceId, hash_parts};
use crate::sign::Signature;

/// The version that grants are written with.
pub const GRANT_VERSION: u8 = 1;

pub(super) const PURPOSE: &str = "grant";

/// Which record of a device list a grant goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ListState {
    #[n(0)]
    pub(crate) person: PersonId,
    #[n(1)]
    pub(crate) head: ListHash,
}

/// What names an epoch.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Head {
    #[n(0)]
    pub(crate) space: SpaceId,
    /// 0 without parents, otherwise one more than the deepest parent.
    #[n(1)]
    pub(crate) depth: u32,
    #[n(2)]
    pub(crate) parents: Vec<EpochId>,
    /// Sorted by person.
    #[n(3)]
    pub(crate) lists: Vec<ListState>,
    #[n(4)]
    pub(crate) signer: DeviceKeyId,
    /// Milliseconds since 1970-01-01T00:00:00Z by the signer's clock.
    #[n(5)]
    pub(crate) at: u64,
    #[n(6)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) commitment: [u8; 32],
    #[n(7)]
    pub(crate) key_id: KeyId,
}

/// The secret, sealed to one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct SecretBox {
    #[n(0)]
    pub(super) recipient: DeviceKeyId,
    /// Of the recipient's key.
    #[n(1)]
    pub(super) generation: u64,
    #[n(2)]
    pub(super) sealed: ByteVec,
}

#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct Body {
    #[n(0)]
    pub(super) head: ByteVec,
    /// Sorted by recipient.
    #[n(1)]
    pub(super) boxes: Vec<SecretBox>,
    #[n(2)]
    pub(super) inside: ByteVec,
}

/// Up to which event of a chain earlier epochs count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Cut {
    /// The chain.
    #[n(0)]
    pub chain: ChainId,
    /// The first position that does not count.
    #[n(1)]
    pub until: u64,
}

/// The secret of an earlier epoch.
#[derive(Encode, Decode)]
pub(super) struct Link {
    #[n(0)]
    pub(super) epoch: EpochId,
    #[n(1)]
    pub(super) secret: cbor::Secret,
}

#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct Inside {
    #[n(0)]
    pub(super) cuts: Vec<Cut>,
    #[n(1)]
    pub(super) links: Vec<Link>,
}

/// A grant as it was written or received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    bytes: Vec<u8>,
    pub(super) epoch: EpochId,
    pub(super) head: Head,
    pub(super) boxes: Vec<SecretBox>,
    pub(super) inside: Vec<u8>,
    pub(super) body_bytes: Vec<u8>,
    pub(super) signature: Signature,
}

/// Bytes are no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GrantParseError {
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// Something else, or cut.
    #[error("this is no grant of keys")]
    Malformed,
}

#[derive(Encode, Decode)]
struct Envelope(#[n(0)] u64, #[n(1)] ByteVec, #[n(2)] Signature);

#[derive(Decode)]
struct Version(#[n(0)] u64);

impl Grant {
    pub(super) fn sign(body: &Body, sign: impl FnOnce(&str, &[u8]) -> Signature) -> Self {
        let body_bytes = cbor::encode(body);
        let signature = sign(PURPOSE, &body_bytes);
        let bytes = cbor::encode(&Envelope(u64::from(GRANT_VERSION), body_bytes.into(), signature));
        Self::parse(&bytes).expect("what was written is a grant")
    }

    /// Reads received bytes. Whether the grant counts is for [`crate::EpochBook::apply`] to say.
    ///
    /// # Errors
    /// [`GrantParseError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, GrantParseError> {
        let malformed = GrantParseError::Malformed;
        let Version(version) = cbor::decode(bytes).ok_or(malformed)?;
        if version > u64::from(GRANT_VERSION) {
            return Err(GrantParseError::NewerVersion);
        }
        let Envelope(version, body_bytes, signature) = cbor::decode(bytes).ok_or(malformed)?;
        let body: Body = cbor::decode(&body_bytes).ok_or(malformed)?;
        let head: Head = cbor::decode(&body.head).ok_or(malformed)?;
        if version != u64::from(GRANT_VERSION) {
            return Err(malformed);
        }
        Ok(Self {
            bytes: bytes.to_vec(),
            epoch: epoch_id(&body.head),
            head,
            boxes: body.boxes,
            inside: body.inside.into(),
            body_bytes: body_bytes.into(),
            signature,
        })
    }

    /// The bytes to store and send.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The epoch it begins.
    pub fn epoch(&self) -> EpochId {
        self.epoch
    }

    /// The device that made it.
    pub fn signer(&self) -> DeviceKeyId {
        self.head.signer
    }

    /// Epochs it follows.
    pub fn parents(&self) -> &[EpochId] {
        &self.head.parents
    }
}

pub(super) fn epoch_id(head: &[u8]) -> EpochId {
    EpochId(hash_parts("epoch", &[head]))
}

/// What a box is sealed for: this epoch and this recipient.
pub(super) fn box_info(epoch: EpochId, recipient: DeviceKeyId) -> Vec<u8> {
    [b"amends/1 epoch".as_slice(), &epoch.0, &recipient.0].concat()
}
