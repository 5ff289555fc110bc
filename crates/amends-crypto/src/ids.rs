//! Names that cross between devices: plain bytes, each with its own type so that none is taken for another.
//!
//! None of them is secret against the members of a space. [`MailboxId`] is all that a relay needs to know.

/// Public bytes of a fixed length: CBOR byte string, shortened hexadecimal digits in `Debug`.
macro_rules! public_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({:02x}{:02x}{:02x}{:02x}..)", stringify!($name), self.0[0], self.0[1], self.0[2], self.0[3])
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let bytes = d.bytes()?.try_into();
                bytes.map(Self).map_err(|_| minicbor::decode::Error::message("byte string of another length"))
            }
        }
    };
}
pub(crate) use public_bytes;

public_bytes! {
    /// One person, as the event log names them.
    PersonId, 16
}
public_bytes! {
    /// The chain of events of one device in one space, as the event log names it.
    ChainId, 16
}
public_bytes! {
    /// A device in a device list: the first 16 bytes of a hash of its signing key.
    DeviceKeyId, 16
}
public_bytes! {
    /// A space: derived from its root, known to its members only.
    SpaceId, 16
}
public_bytes! {
    /// A mailbox at the relay.
    MailboxId, 32
}
public_bytes! {
    /// Which key a record on the wire was sealed with.
    KeyId, 16
}
public_bytes! {
    /// Chosen at random by the sender of a record, so that sending twice stores once.
    RequestId, 16
}
public_bytes! {
    /// Hash of a record of a device list.
    ListHash, 32
}
public_bytes! {
    /// Hash of the head of a grant: names an epoch.
    EpochId, 32
}

impl ListHash {
    /// What the first record of a list points to.
    pub const START: Self = Self([0; 32]);
}

/// BLAKE3 of `parts`, each with its length before it, under a name that keeps the uses apart.
pub(crate) fn hash_parts(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"amends/1 ").update(label.as_bytes()).update(&[0]);
    for part in parts {
        hasher.update(&(part.len() as u64).to_be_bytes()).update(part);
    }
    hasher.finalize().into()
}

/// The first sixteen bytes of [`hash_parts`].
pub(crate) fn short_hash(label: &str, parts: &[&[u8]]) -> [u8; 16] {
    let hash = hash_parts(label, parts);
    hash[..16].try_into().expect("16 of 32 bytes")
}
