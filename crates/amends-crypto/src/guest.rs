//! A guest key: a link that opens one sealed bundle, chosen and fixed when it was made, until a day.
//!
//! The day is kept by the reader's program and by the relay, which deletes the bundle. Somebody who saved the sealed bytes
//! and the link can still open them later, as with anything that was shown once.

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use minicbor::bytes::ByteSlice;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::blob::{BlobError, open_parts, seal_parts};
use crate::cbor;
use crate::derive::derive_key;
use crate::ids::short_hash;

/// Opens one bundle. It stands after the `#` of an address, which browsers never send.
pub struct GuestKey {
    key: Zeroizing<[u8; 32]>,
    hash: [u8; 16],
}

/// A bundle does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GuestError {
    /// The text is no guest link.
    #[error("this link is not complete")]
    BadLink,
    /// Made by a newer version of the program.
    #[error("this was made by a newer version of Amends")]
    NewerVersion,
    /// Its day has passed.
    #[error("this link has ended")]
    Expired,
    /// Parts are missing, were changed, or belong to another link.
    #[error("this cannot be read")]
    Unreadable,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Bundle<'a> {
    #[n(0)]
    version: u64,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[n(1)]
    until: u64,
    #[b(2)]
    items: &'a ByteSlice,
}

impl GuestKey {
    /// Seals `items` until `until` (milliseconds since 1970-01-01T00:00:00Z): the key, and parts for the relay.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`].
    pub fn seal(
        items: &[u8],
        until: u64,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(Self, Vec<Vec<u8>>), BlobError> {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut());
        Self::seal_with(&key, items, until)
    }

    /// The same with a key that was drawn before: for every device that has key, items and end, the same bytes. A key is for
    /// one bundle only.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`].
    pub fn seal_with(key: &[u8; 32], items: &[u8], until: u64) -> Result<(Self, Vec<Vec<u8>>), BlobError> {
        let key = Zeroizing::new(*key);
        let bundle = cbor::encode_secret(&Bundle { version: 1, until, items: items.into() });
        let parts = seal_parts(&key, &bundle)?;
        let hash = short_hash("guest bundle", &[&bundle]);
        Ok((Self { key, hash }, parts))
    }

    /// The place that belongs to a key; it cannot check what lies there.
    pub fn of(key: &[u8; 32]) -> Self {
        Self { key: Zeroizing::new(*key), hash: [0; 16] }
    }

    /// The mailbox in which the bundle lies, which holds nothing else, and the token to read it.
    pub fn place(&self) -> ([u8; 32], Zeroizing<[u8; 32]>) {
        let derive = |label: &[u8]| derive_key(self.key.as_ref(), label, b"");
        (*derive(b"guest mailbox"), derive(b"guest read"))
    }

    /// The name of the bundle at the relay.
    pub fn id(&self) -> [u8; 16] {
        derive_key(self.key.as_ref(), b"guest id", b"")[..16].try_into().expect("16 of 32 bytes")
    }

    /// Text for the address after its path.
    pub fn to_fragment(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(Base64UrlUnpadded::encode_string(self.key.as_ref()));
        Zeroizing::new(["#g1.", &key, ".", &Base64UrlUnpadded::encode_string(&self.hash)].concat())
    }

    /// Reads a link, or only the part from its `#` on.
    ///
    /// # Errors
    /// [`GuestError::BadLink`] or [`GuestError::NewerVersion`].
    pub fn parse(text: &str) -> Result<Self, GuestError> {
        let bad = GuestError::BadLink;
        let fragment = text.trim().rsplit('#').next().and_then(|fragment| fragment.strip_prefix('g'));
        let mut parts = fragment.ok_or(bad)?.split('.');
        let version: u64 = parts.next().and_then(|version| version.parse().ok()).ok_or(bad)?;
        if version > 1 {
            return Err(GuestError::NewerVersion);
        }
        let (Some(key), Some(hash), None, 1) = (parts.next(), parts.next(), parts.next(), version) else {
            return Err(bad);
        };
        let mut guest = Self { key: Zeroizing::new([0; 32]), hash: [0; 16] };
        let key = Base64UrlUnpadded::decode(key, guest.key.as_mut()).map_err(|_| bad)?.len();
        let hash = Base64UrlUnpadded::decode(hash, &mut guest.hash).map_err(|_| bad)?.len();
        if (key, hash) == (32, 16) { Ok(guest) } else { Err(bad) }
    }

    /// Opens the bundle; `now` in milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`GuestError`].
    pub fn open<P: AsRef<[u8]>>(&self, parts: &[P], now: u64) -> Result<Zeroizing<Vec<u8>>, GuestError> {
        self.open_until(parts, now).map(|(items, _)| items)
    }

    /// The same, with the day it ends (milliseconds since 1970-01-01T00:00:00Z).
    ///
    /// # Errors
    /// [`GuestError`].
    pub fn open_until<P: AsRef<[u8]>>(
        &self,
        parts: &[P],
        now: u64,
    ) -> Result<(Zeroizing<Vec<u8>>, u64), GuestError> {
        #[derive(Decode)]
        #[cbor(map)]
        struct Version(#[n(0)] u64);

        let unreadable = GuestError::Unreadable;
        let bytes = open_parts(&self.key, parts).map_err(|_| unreadable)?;
        if short_hash("guest bundle", &[&bytes]) != self.hash {
            return Err(unreadable);
        }
        let Version(version) = cbor::decode(&bytes).ok_or(unreadable)?;
        if version > 1 {
            return Err(GuestError::NewerVersion);
        }
        let bundle: Bundle = cbor::decode(&bytes).filter(|_| version == 1).ok_or(unreadable)?;
        let items = Zeroizing::new(bundle.items.to_vec());
        if now > bundle.until { Err(GuestError::Expired) } else { Ok((items, bundle.until)) }
    }
}

impl fmt::Debug for GuestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuestKey(hidden)")
    }
}
