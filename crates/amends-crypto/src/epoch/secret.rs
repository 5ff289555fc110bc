//! The secret of one epoch, and the keys that come from it.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::derive::KeyRoot;
use crate::ids::{KeyId, PersonId, SpaceId};

/// 32 random bytes that every member device of a space holds during one epoch.
pub(crate) struct EpochSecret(KeyRoot);

impl EpochSecret {
    pub(crate) fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut());
        Self::new(bytes)
    }

    pub(crate) fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(KeyRoot::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &Zeroizing<[u8; 32]> {
        self.0.bytes()
    }

    /// Names the key on the wire.
    pub(crate) fn key_id(&self) -> KeyId {
        KeyId(self.0.derive_name(b"epoch key id", None))
    }

    /// Stands in the grant, so that nobody hands two secrets to two devices under one epoch.
    pub(crate) fn commitment(&self, space: SpaceId) -> [u8; 32] {
        *self.0.derive(b"epoch commitment", Some(space.0))
    }

    /// Encrypts entries.
    pub(crate) fn record_key(&self) -> Zeroizing<[u8; 32]> {
        self.0.derive(b"entry", None)
    }

    /// Encrypts the inside of the grant: what counts of earlier epochs, and their secrets.
    pub(crate) fn link_key(&self) -> Zeroizing<[u8; 32]> {
        self.0.derive(b"link", None)
    }

    /// Shows the partner that a member wrote it, as this author. Every member can compute it.
    pub(crate) fn pair_mac_key(&self, author: PersonId) -> Zeroizing<[u8; 32]> {
        self.0.derive(b"mac pair", Some(author.0))
    }

    /// Of the space of own devices: shows them that one of them wrote something into `space`.
    pub(crate) fn self_mac_key(&self, space: SpaceId) -> Zeroizing<[u8; 32]> {
        self.0.derive(b"mac self", Some(space.0))
    }

    /// Names [`Self::self_mac_key`] without telling the partner which epoch of the own devices it is.
    pub(crate) fn self_mac_id(&self, space: SpaceId) -> [u8; 16] {
        self.0.derive_name(b"mac self id", Some(space.0))
    }
}

impl fmt::Debug for EpochSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochSecret(hidden)")
    }
}
