//! Who owns the vault, and under which ids this device writes.

use amends_crypto::CryptoRng;
use amends_domain::event::{Event, Space};
use amends_domain::id::{DeviceId, PersonId};
use minicbor::{Decode, Encode};

/// Person, partner once paired, and one device id for each space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Profile {
    #[n(0)]
    pub(crate) person: PersonId,
    #[n(1)]
    pub(crate) partner: Option<PersonId>,
    #[n(2)]
    pub(crate) private_device: DeviceId,
    #[n(3)]
    pub(crate) shared_device: DeviceId,
}

impl Profile {
    /// New device ids for `person`.
    pub(crate) fn make(person: PersonId, partner: Option<PersonId>, rng: &mut dyn CryptoRng) -> Self {
        Self {
            person,
            partner,
            private_device: DeviceId(make_id(rng)),
            shared_device: DeviceId(make_id(rng)),
        }
    }

    /// When the stored profile cannot be read: private events are always one's own, so their author is the owner.
    /// The device ids are new, so that no number of the old chains is used twice.
    pub(crate) fn guess<'a>(
        events: impl Iterator<Item = &'a Event>,
        rng: &mut dyn CryptoRng,
    ) -> Option<Self> {
        let mut authors = events.map(|event| (event.space, event.author));
        let (_, person) = authors.find(|(space, _)| *space == Space::Private)?;
        Some(Self::make(person, None, rng))
    }

    pub(crate) fn device(&self, space: Space) -> DeviceId {
        match space {
            Space::Private => self.private_device,
            Space::Shared => self.shared_device,
        }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

pub(crate) fn make_id(rng: &mut dyn CryptoRng) -> [u8; 16] {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    id
}
