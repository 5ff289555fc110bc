//! A machine as bytes: keys and devices in one part, places in mailboxes in another, because the second changes often.

use std::collections::BTreeMap;

use amends_crypto::{
    ChainId, DeviceKeyId, DeviceKeys, DeviceList, EpochBook, PersonId, RecoveryBox, SpaceId, SpaceRoot,
    Zeroizing,
};
use amends_wire::{MailboxId, Rid, ShareId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::Machine;
use super::guests::KnownGuest;
use super::newcomers::Newcomer;
use super::removed::Revoked;
use super::shares::Known;
use crate::coverage::Coverage;
use crate::item::Which;
use crate::link::{Link, Place};
use crate::notice::Aside;
use crate::space::{Chapter, ControlRecord, Missing, Space, access};

const VERSION: u8 = 1;

/// Keys, devices, and what waits to be sent.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    me: PersonId,
    #[n(2)]
    device: ByteVec,
    #[n(3)]
    own: Vec<ByteVec>,
    #[n(4)]
    other: Option<Vec<ByteVec>>,
    #[n(5)]
    home: StoredSpace,
    #[n(6)]
    pair: Option<StoredSpace>,
    #[n(7)]
    left: Vec<SpaceId>,
    #[n(8)]
    removed: bool,
    #[n(9)]
    newcomers: BTreeMap<DeviceKeyId, Newcomer>,
    #[n(10)]
    revoked: BTreeMap<DeviceKeyId, Revoked>,
    #[n(11)]
    recovery: Option<ByteVec>,
    #[n(12)]
    aside: BTreeMap<Aside, u64>,
    #[n(13)]
    left_at: u64,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct StoredSpace {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    root: [u8; 32],
    #[n(1)]
    book: ByteVec,
    /// Kind (0 list record, 1 grant) and bytes.
    #[n(2)]
    control: Vec<(u8, ByteVec)>,
    #[n(3)]
    grants: Vec<ByteVec>,
    #[n(4)]
    notes: Vec<(Rid, ByteVec)>,
    #[n(5)]
    history: Vec<(Which, PersonId, ChainId, u64, u64, u64)>,
    #[n(6)]
    attempt: u64,
    #[n(7)]
    album: Option<Vec<StoredPicture>>,
}

/// A picture of the history that is being handed over.
#[derive(Encode, Decode)]
struct StoredPicture {
    #[n(0)]
    author: PersonId,
    #[n(1)]
    chain: ChainId,
    #[n(2)]
    position: u64,
    /// Its next part.
    #[n(3)]
    from: u64,
    #[n(4)]
    round: u64,
}

/// Where the device is in its mailboxes.
#[derive(Default, Encode, Decode)]
#[cbor(map)]
struct StoredPlaces {
    #[n(0)]
    version: u8,
    #[n(1)]
    home: Option<StoredPlace>,
    #[n(2)]
    pair: Option<StoredPlace>,
    #[n(3)]
    shares: Option<BTreeMap<ShareId, Known>>,
    #[n(4)]
    guests: Option<BTreeMap<MailboxId, KnownGuest>>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct StoredPlace {
    #[n(0)]
    space: SpaceId,
    #[n(1)]
    place: Place,
    #[n(2)]
    coverage: BTreeMap<ChainId, Coverage>,
    #[n(3)]
    written: u64,
    #[n(4)]
    held_since: Option<u64>,
    #[n(5)]
    gap_day: u64,
    #[n(6)]
    was_live: bool,
    #[n(7)]
    pictures: Option<BTreeMap<ChainId, Coverage>>,
    #[n(8)]
    missing: Option<Missing>,
}

impl Machine {
    /// Whether keys or devices changed since [`Self::keys_stored`].
    pub(crate) fn keys_changed(&self) -> bool {
        self.changed || self.spaces().any(|space| space.changed)
    }

    pub(crate) fn keys_stored(&mut self) {
        self.changed = false;
        self.spaces_mut().for_each(|space| space.changed = false);
    }

    /// Keys and devices, for the vault, which seals them.
    pub(crate) fn keys_to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let stored = Stored {
            version: VERSION,
            me: self.me,
            device: self.device.to_bytes().to_vec().into(),
            own: records(&self.own),
            other: self.other.as_ref().map(records),
            home: StoredSpace::of(&self.home),
            pair: self.pair.as_ref().map(StoredSpace::of),
            left: self.left.clone(),
            removed: self.removed,
            newcomers: self.newcomers.clone(),
            revoked: self.revoked.clone(),
            recovery: self.keeper.as_ref().map(|keeper| keeper.kept.to_bytes().to_vec().into()),
            left_at: self.keeper.as_ref().map_or(0, |keeper| keeper.left_at),
            aside: self.aside.clone(),
        };
        Zeroizing::new(minicbor::to_vec(&stored).expect("writing to memory cannot fail"))
    }

    /// Places in mailboxes, for the vault, which seals them.
    pub(crate) fn places_to_bytes(&self) -> Vec<u8> {
        let places = StoredPlaces {
            version: VERSION,
            home: Some(StoredPlace::of(&self.home)),
            pair: self.pair.as_ref().map(StoredPlace::of),
            shares: Some(self.shares.known.clone()).filter(|known| !known.is_empty()),
            guests: Some(self.guests.known.clone()).filter(|known| !known.is_empty()),
        };
        minicbor::to_vec(&places).expect("writing to memory cannot fail")
    }

    /// A machine of both parts. Without the second, mailboxes are read from their beginning.
    pub(crate) fn from_bytes(keys: &[u8], places: Option<&[u8]>) -> Option<Self> {
        let stored: Stored = minicbor::decode(keys).ok()?;
        if stored.version != VERSION {
            return None;
        }
        let places: StoredPlaces = places.and_then(|bytes| minicbor::decode(bytes).ok()).unwrap_or_default();
        let device = DeviceKeys::from_bytes(&stored.device).ok()?;
        let own = list(&stored.own)?;
        let home = stored.home.into_space(Which::Own, places.home)?;
        let recovery = match stored.recovery {
            Some(bytes) => Some(RecoveryBox::from_bytes(&bytes).ok()?),
            None => None,
        };
        let mut machine = Self::of_parts(stored.me, device, own, home, recovery);
        if let Some(keeper) = &mut machine.keeper {
            keeper.left_at = stored.left_at;
        }
        machine.other = match stored.other {
            Some(records) => Some(list(&records)?),
            None => None,
        };
        machine.pair = match stored.pair {
            Some(pair) => Some(pair.into_space(Which::Pair, places.pair)?),
            None => None,
        };
        machine.shares.known = places.shares.unwrap_or_default();
        machine.guests.known = places.guests.unwrap_or_default();
        machine.left = stored.left;
        machine.removed = stored.removed;
        machine.newcomers = stored.newcomers;
        machine.revoked = stored.revoked;
        machine.aside = stored.aside;
        machine.keys_stored();
        Some(machine)
    }
}

impl StoredSpace {
    fn of(space: &Space) -> Self {
        let control = space.control.iter().map(|record| match record {
            ControlRecord::List(bytes) => (0, bytes.clone().into()),
            ControlRecord::Grant(bytes) => (1, bytes.clone().into()),
        });
        let chapter = |chapter: &Chapter| {
            (chapter.space, chapter.author, chapter.chain, chapter.from, chapter.to, chapter.round)
        };
        let picture = |chapter: &Chapter| {
            let Chapter { author, chain, from, round, .. } = *chapter;
            chapter.picture.map(|position| StoredPicture { author, chain, position, from, round })
        };
        Self {
            root: *space.root.to_bytes(),
            book: space.book.to_bytes().to_vec().into(),
            control: control.collect(),
            grants: space.grants.iter().map(|bytes| bytes.clone().into()).collect(),
            notes: space.notes.iter().map(|(rid, bytes)| (*rid, bytes.clone().into())).collect(),
            history: space.history.iter().filter(|chapter| chapter.picture.is_none()).map(chapter).collect(),
            album: Some(space.history.iter().filter_map(picture).collect()),
            attempt: space.attempt,
        }
    }

    fn into_space(self, which: Which, place: Option<StoredPlace>) -> Option<Space> {
        let root = SpaceRoot::from_bytes(&self.root);
        let place = place.filter(|place| place.space == root.space());
        let at = place.as_ref().map_or_else(|| Place::new(None), |place| place.place.clone());
        let link = Link::new(access(&root), at);
        let mut space = Space::new(which, root, Place::new(None));
        space.link = link;
        space.book = EpochBook::from_bytes(&self.book).ok()?;
        space.control = self
            .control
            .into_iter()
            .map(|(kind, bytes)| match kind {
                0 => ControlRecord::List(bytes.into()),
                _ => ControlRecord::Grant(bytes.into()),
            })
            .collect();
        space.grants = self.grants.into_iter().map(Vec::from).collect();
        space.notes = self.notes.into_iter().map(|(rid, bytes)| (rid, bytes.into())).collect();
        let chapter = |(space, author, chain, from, to, round)| Chapter {
            space,
            author,
            chain,
            from,
            to,
            picture: None,
            round,
        };
        let picture = |StoredPicture { author, chain, position, from, round }| Chapter {
            space: Which::Pair,
            author,
            chain,
            from,
            to: u64::MAX,
            picture: Some(position),
            round,
        };
        let album = self.album.into_iter().flatten().map(picture);
        space.history = self.history.into_iter().map(chapter).chain(album).collect();
        space.attempt = self.attempt;
        if let Some(place) = place {
            space.coverage = place.coverage;
            space.pictures = place.pictures.unwrap_or_default();
            space.written = place.written;
            space.held_since = place.held_since;
            space.gap_day = place.gap_day;
            space.missing = place.missing;
            space.was_live = place.was_live;
        }
        Some(space)
    }
}

impl StoredPlace {
    fn of(space: &Space) -> Self {
        Self {
            space: space.book.space(),
            place: space.link.place().clone(),
            coverage: space.coverage.clone(),
            pictures: Some(space.pictures.clone()),
            written: space.written,
            held_since: space.held_since,
            gap_day: space.gap_day,
            missing: space.missing,
            was_live: space.was_live,
        }
    }
}

fn records(list: &DeviceList) -> Vec<ByteVec> {
    list.records().into_iter().map(|record| record.as_bytes().to_vec().into()).collect()
}

fn list(records: &[ByteVec]) -> Option<DeviceList> {
    DeviceList::from_records(records.iter().map(|bytes| bytes.as_slice())).ok()
}
