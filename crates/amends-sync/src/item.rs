//! What a record of a space holds, once it is opened.

use amends_crypto::{ChainHash, ChainId, DeviceKeyId, PersonId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// One link of a chain, byte for byte as its author's device wrote it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Piece {
    /// Its number in the chain.
    #[n(0)]
    pub position: u64,
    /// Whether its words were erased, and only their place in the chain is left.
    #[n(1)]
    pub erased: bool,
    /// The bytes.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

impl core::fmt::Debug for Piece {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Piece({}, {} bytes)", self.position, self.bytes.len())
    }
}

/// Which space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Which {
    /// That of one person's own devices.
    #[n(0)]
    Own,
    /// That of both persons.
    #[n(1)]
    Pair,
}

/// Part of a picture, as it goes over. All parts but the last have [`PART_BYTES`] bytes.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PicturePart {
    /// Which part of the picture, from 0 on.
    #[n(0)]
    pub number: u32,
    /// How many there are.
    #[n(1)]
    pub n_parts: u32,
    /// BLAKE3 of the whole picture.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub hash: [u8; 32],
    /// The bytes of this part.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// So many bytes of a picture go into one record.
pub const PART_BYTES: usize = 40 * 1024;

impl PicturePart {
    /// All parts of a picture, in order.
    pub fn split(picture: &[u8]) -> Vec<Self> {
        let hash = *ChainHash::of(picture).as_bytes();
        let n_parts = u32::try_from(picture.len().div_ceil(PART_BYTES)).unwrap_or(u32::MAX);
        let parts = (0..n_parts).zip(picture.chunks(PART_BYTES));
        parts.map(|(number, bytes)| Self { number, n_parts, hash, bytes: bytes.to_vec() }).collect()
    }
}

impl core::fmt::Debug for PicturePart {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PicturePart({} of {})", self.number, self.n_parts)
    }
}

/// What a record holds. Numbers that a later version adds are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Item {
    /// Entries of the author's own chains in this space.
    #[n(0)]
    Entries {
        #[n(0)]
        chain: ChainId,
        #[n(1)]
        pieces: Vec<Piece>,
    },
    /// Own devices only: entries of any chain of any space, for a device that has no history yet.
    #[n(1)]
    History {
        #[n(0)]
        space: Which,
        #[n(1)]
        author: PersonId,
        #[n(2)]
        chain: ChainId,
        #[n(3)]
        pieces: Vec<Piece>,
        /// Whether they are not at the relay yet, in the mailbox of their space.
        #[n(4)]
        waits: Option<bool>,
    },
    /// Own devices only: a second device lets a new one have the history at once.
    #[n(2)]
    Approve {
        #[n(0)]
        device: DeviceKeyId,
    },
    /// Own devices only: this device is there, and is to have the history.
    #[n(3)]
    Newcomer {
        #[n(0)]
        device: DeviceKeyId,
        /// Who let it in.
        #[n(1)]
        by: DeviceKeyId,
        /// When, in milliseconds since 1970-01-01T00:00:00Z.
        #[n(2)]
        at: u64,
    },
    /// Own devices only: a pair began; all they need of it.
    #[n(4)]
    Pair(#[n(0)] ByteVec),
    /// Part of the picture that an entry of the pair names. Among own devices it is history.
    #[n(5)]
    Picture {
        #[n(0)]
        author: PersonId,
        /// The entry that names it.
        #[n(1)]
        chain: ChainId,
        #[n(2)]
        position: u64,
        #[n(3)]
        part: PicturePart,
    },
}

impl Item {
    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_goes_in_parts_that_are_full_but_for_the_last() {
        let picture = vec![7; 2 * PART_BYTES + 1];
        let parts = PicturePart::split(&picture);
        let of = |part: &PicturePart| (part.number, part.n_parts, part.bytes.len());
        assert_eq!(
            parts.iter().map(of).collect::<Vec<_>>(),
            [(0, 3, PART_BYTES), (1, 3, PART_BYTES), (2, 3, 1)]
        );
        let item = Item::Picture {
            author: PersonId([1; 16]),
            chain: ChainId([2; 16]),
            position: 3,
            part: parts[1].clone(),
        };
        assert_eq!(Item::decode(&item.encode()), Some(item));
        assert!(PicturePart::split(&[]).is_empty());
    }

    #[test]
    fn an_item_of_a_later_version_is_not_taken_for_another_one() {
        assert_eq!(Item::decode(&[0x82, 6, 0x81, 0]), None);
    }
}
