//! A space: its root secret, and who its members are.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::derive::KeyRoot;
use crate::device_list::DeviceList;
use crate::ids::{DeviceKeyId, KeyId, MailboxId, PersonId, SpaceId};
use crate::mailbox::Mailbox;

/// The secret that all devices of a space share from its beginning. It leads to the mailbox and to the outer seal of
/// grants and device lists; it opens no entry.
pub struct SpaceRoot(KeyRoot);

impl SpaceRoot {
    /// Makes the root of a space that begins on this device.
    pub fn make(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(bytes.as_mut());
        Self(KeyRoot::new(bytes))
    }

    /// Takes over what [`Self::to_bytes`] gave, from the vault or from a pairing.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(KeyRoot::new(Zeroizing::new(*bytes)))
    }

    /// The 32 bytes, for the vault, a recovery note and own devices.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.bytes().clone()
    }

    /// The name of the space, which no relay learns.
    pub fn space(&self) -> SpaceId {
        SpaceId(self.0.derive_name(b"space", None))
    }

    /// The mailbox of the space.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::derive(self.0.bytes())
    }

    /// By which name a device asks the relay to be woken; of the space of own devices, so that they alone know it.
    pub fn wake_name(&self, device: DeviceKeyId) -> [u8; 16] {
        self.0.derive_name(b"wake", Some(device.0))
    }

    /// The name of [`Self::mailbox`] alone.
    pub(crate) fn mailbox_id(&self) -> MailboxId {
        MailboxId(*self.0.derive(b"mailbox", None))
    }

    pub(crate) fn control_key(&self) -> Zeroizing<[u8; 32]> {
        self.0.derive(b"control", None)
    }

    pub(crate) fn control_key_id(&self) -> KeyId {
        KeyId(self.0.derive_name(b"control key id", None))
    }
}

impl fmt::Debug for SpaceRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpaceRoot(hidden)")
    }
}

/// The device lists of all members of a space: one for the own devices, two for a pair.
#[derive(Debug, Clone)]
pub struct Members<'a>(Vec<&'a DeviceList>);

/// These lists do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MembersError {
    /// Nobody, or the same person twice.
    #[error("a space has different persons as members")]
    Persons,
    /// A key stands in two lists: somebody claims a device of somebody else.
    #[error("a device cannot belong to two persons")]
    SharedDevice,
}

impl<'a> Members<'a> {
    /// Members in any order.
    ///
    /// # Errors
    /// [`MembersError`].
    pub fn new(lists: &[&'a DeviceList]) -> Result<Self, MembersError> {
        let mut lists = lists.to_vec();
        lists.sort_by_key(|list| list.person());
        if lists.is_empty() || lists.windows(2).any(|two| two[0].person() == two[1].person()) {
            return Err(MembersError::Persons);
        }
        for (at, list) in lists.iter().enumerate() {
            if lists[at + 1..].iter().any(|other| list.shares_key_with(other)) {
                return Err(MembersError::SharedDevice);
            }
        }
        Ok(Self(lists))
    }

    /// Sorted by person.
    pub(crate) fn lists(&self) -> &[&'a DeviceList] {
        &self.0
    }

    /// The list of a person.
    pub fn list(&self, person: PersonId) -> Option<&'a DeviceList> {
        self.0.iter().copied().find(|list| list.person() == person)
    }
}
