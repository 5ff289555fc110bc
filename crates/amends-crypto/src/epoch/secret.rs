//! The secret of one epoch, and the keys that come from it.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::derive::derive_key;
use crate::ids::{KeyId, PersonId, SpaceId};

/// 32 random bytes that every member device of a space holds during one epoch.
pub(crate) struct EpochSecret(pub(crate) Zeroizing<[u8; 32]>);

impl EpochSecret {
    pub(crate) fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// Names the key on the wire.
    pub(crate) fn key_id(&self) -> KeyId {
        KeyId(self.short(b"epoch key id", b""))
    }

    /// Stands in the grant, so that nobody hands two secrets to two devices under one epoch.
    pub(crate) fn commitment(&self, space: SpaceId) -> [u8; 32] {
        *self.derive(b"epoch commitment", &space.0)
    }

    /// Encrypts entries.
    pub(crate) fn record_key(&self) -> Zeroizing<[u8; 32]> {
        self.derive(b"entry", b"")
    }

    /// Encrypts the inside of the grant: what counts of earlier epochs, and their secrets.
    pub(crate) fn link_key(&self) -> Zeroizing<[u8; 32]> {
        self.derive(b"link", b"")
    }

    /// Shows the partner that a member wrote it, as this author. Every member can compute it.
    pub(crate) fn pair_mac_key(&self, author: PersonId) -> Zeroizing<[u8; 32]> {
        self.derive(b"mac pair", &author.0)
    }

    /// Of the space of own devices: shows them that one of them wrote something into `space`.
    pub(crate) fn self_mac_key(&self, space: SpaceId) -> Zeroizing<[u8; 32]> {
        self.derive(b"mac self", &space.0)
    }

    /// Names [`Self::self_mac_key`] without telling the partner which epoch of the own devices it is.
    pub(crate) fn self_mac_id(&self, space: SpaceId) -> [u8; 16] {
        self.short(b"mac self id", &space.0)
    }

    fn derive(&self, label: &[u8], context: &[u8]) -> Zeroizing<[u8; 32]> {
        derive_key(self.0.as_ref(), label, context)
    }

    fn short(&self, label: &[u8], context: &[u8]) -> [u8; 16] {
        self.derive(label, context)[..16].try_into().expect("16 of 32 bytes")
    }
}

impl fmt::Debug for EpochSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochSecret(hidden)")
    }
}
