//! Names and secrets of a fixed length. None of them can be read in a log.

use core::fmt;

use minicbor::decode::{self, Decode, Decoder};
use minicbor::encode::{self, Encode, Encoder, Write};

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $len]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: Write>(
                &self,
                encoder: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), encode::Error<W::Error>> {
                encoder.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(decoder: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let bytes = decoder.bytes()?;
                bytes.try_into().map(Self).map_err(|_| decode::Error::message("wrong length"))
            }
        }
    };
}

fixed_bytes!(
    /// Name of a mailbox: 32 bytes that only its members can know.
    MailboxId,
    32
);
fixed_bytes!(
    /// What lets its bearer read a mailbox, or append to it. The relay keeps only [`Token::hash`].
    Token,
    32
);
fixed_bytes!(
    /// BLAKE3 of a [`Token`].
    TokenHash,
    32
);
fixed_bytes!(
    /// Name of a record, chosen by the client: a second try with the same name stores nothing twice.
    Rid,
    16
);
fixed_bytes!(
    /// By which one device says how far it has stored a mailbox. Random, and another one in each mailbox.
    DeviceToken,
    16
);
fixed_bytes!(
    /// Name of a blob within its mailbox.
    BlobId,
    16
);
fixed_bytes!(
    /// Name of the relay's half of a key of something sealed to a date.
    ShareId,
    16
);

fixed_bytes!(
    /// Name of a wish to be woken, within its mailbox. Only own devices can know it.
    WakeId,
    16
);
fixed_bytes!(
    /// The public key by which a relay is known to push services: a point of P-256, uncompressed.
    PushKey,
    65
);

impl Token {
    /// What the relay keeps in place of the token.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(*blake3::hash(&self.0).as_bytes())
    }
}

impl TokenHash {
    /// Is this the hash of `token`? Takes the same time whatever the answer.
    #[must_use]
    pub fn is_of(&self, token: &Token) -> bool {
        blake3::hash(&token.0) == blake3::Hash::from_bytes(self.0)
    }
}
