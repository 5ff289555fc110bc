//! One space on one device: its keys, its mailbox, and the books of what is at the relay and what is not.

mod covered;
mod keys;
mod missing;
mod publish;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amends_crypto::{
    Admission, ChainHash, ChainId, Control, CryptoRng, DeviceKeys, DeviceList, EpochBook, EpochId, Members,
    PersonId, SpaceRoot,
};
use amends_wire::{DeviceToken, MailboxId, Rid, Token};

use crate::coverage::Coverage;
use crate::item::Which;
use crate::link::{Access, Link, Place};
pub(crate) use missing::Missing;

/// The lists and names that every operation needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct People<'a> {
    pub(crate) me: PersonId,
    pub(crate) device: &'a DeviceKeys,
    pub(crate) own: &'a DeviceList,
    pub(crate) other: Option<&'a DeviceList>,
    /// Whether a device is so new that it must not read what was before.
    pub(crate) withhold: bool,
    /// Whether new entries wait some seconds before they go.
    pub(crate) spread: bool,
}

impl<'a> People<'a> {
    pub(crate) fn members(&self, which: Which) -> Option<Members<'a>> {
        match (which, self.other) {
            (Which::Own, _) => Members::new(&[self.own]).ok(),
            (Which::Pair, Some(other)) => Members::new(&[self.own, other]).ok(),
            (Which::Pair, None) => None,
        }
    }
}

/// A record about keys or devices that has to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ControlRecord {
    List(Vec<u8>),
    Grant(Vec<u8>),
}

impl ControlRecord {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::List(bytes) | Self::Grant(bytes) => bytes,
        }
    }

    fn as_control(&self) -> Control<'_> {
        match self {
            Self::List(bytes) => Control::ListRecord(bytes),
            Self::Grant(bytes) => Control::Grant(bytes),
        }
    }
}

/// Part of somebody's chain that a new device is to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chapter {
    pub(crate) space: Which,
    pub(crate) author: PersonId,
    pub(crate) chain: ChainId,
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// The number of the entry whose picture it is; then `from` and `to` count its parts.
    pub(crate) picture: Option<u64>,
    /// Keeps what is handed to one new device apart from what another one got before.
    pub(crate) round: u64,
}

/// What an own record on its way holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    Entries { chain: ChainId, from: u64, to: u64, epoch: EpochId },
    Control,
    Note,
    History { from: u64 },
    Picture { chain: ChainId, position: u64, number: u32, n_parts: u32, epoch: EpochId },
}

/// One space on one device.
pub(crate) struct Space {
    pub(crate) which: Which,
    pub(crate) root: SpaceRoot,
    pub(crate) book: EpochBook,
    pub(crate) link: Link,
    pub(crate) coverage: BTreeMap<ChainId, Coverage>,
    /// Entries whose picture lies at the relay as well.
    pub(crate) pictures: BTreeMap<ChainId, Coverage>,
    /// Of pictures that do not lie there whole: under which epoch, and which parts do.
    parts: BTreeMap<(ChainId, u64), (EpochId, BTreeSet<u32>)>,
    pub(crate) control: Vec<ControlRecord>,
    pub(crate) grants: Vec<Vec<u8>>,
    /// Items for own devices, with random names.
    pub(crate) notes: Vec<(Rid, Vec<u8>)>,
    pub(crate) history: VecDeque<Chapter>,
    /// Own records: under way, and acknowledged but not read again yet.
    pub(crate) sent: BTreeMap<Rid, Sent>,
    /// Records whose key or list has not come.
    pub(crate) held: BTreeMap<u64, (Rid, Vec<u8>)>,
    /// How many bytes these are.
    pub(crate) held_bytes: usize,
    pub(crate) held_since: Option<u64>,
    /// Counts up when the relay lost something, so that it goes there under another name.
    pub(crate) attempt: u64,
    /// Records written under the present epoch.
    pub(crate) written: u64,
    pub(crate) rotate_at: Option<u64>,
    /// The day on which everything was read again because of gaps.
    pub(crate) gap_day: u64,
    /// Since when something is missing.
    pub(crate) missing: Option<Missing>,
    /// Whether to look for what is missing, and on which day that was done last.
    pub(crate) is_to_look: bool,
    pub(crate) look_day: u64,
    /// It has been read to its end at least once, and whether that was told since the last connection.
    pub(crate) was_live: bool,
    pub(crate) told_up_to_date: bool,
    /// When new entries may go, while they wait.
    pub(crate) send_at: Option<u64>,
    admission: Option<Admission>,
    /// Keys or devices changed since the last storing.
    pub(crate) changed: bool,
}

impl Space {
    pub(crate) fn new(which: Which, root: SpaceRoot, place: Place) -> Self {
        let book = EpochBook::new(root.space());
        let link = Link::new(access(&root), place);
        Self {
            which,
            root,
            book,
            link,
            coverage: BTreeMap::new(),
            pictures: BTreeMap::new(),
            parts: BTreeMap::new(),
            control: Vec::new(),
            grants: Vec::new(),
            notes: Vec::new(),
            history: VecDeque::new(),
            sent: BTreeMap::new(),
            held: BTreeMap::new(),
            held_bytes: 0,
            held_since: None,
            attempt: 0,
            written: 0,
            rotate_at: None,
            gap_day: 0,
            missing: None,
            is_to_look: false,
            look_day: 0,
            was_live: false,
            told_up_to_date: false,
            send_at: None,
            admission: None,
            changed: true,
        }
    }

    /// A place in a mailbox that tells the relay, late, what need not be kept; the space of own devices keeps all, so
    /// that the recovery words find it.
    pub(crate) fn new_place(which: Which, rng: &mut dyn CryptoRng) -> Place {
        let mut device = DeviceToken([0; 16]);
        rng.fill_bytes(&mut device.0);
        Place::new((which == Which::Pair).then_some(device))
    }

    /// The relay lost everything: all of it goes there again.
    pub(crate) fn send_all_again<'a>(&mut self, lists: impl IntoIterator<Item = &'a DeviceList>) {
        self.coverage.clear();
        self.pictures.clear();
        self.parts.clear();
        self.sent.clear();
        let records =
            lists.into_iter().flat_map(|list| list.records().into_iter().map(|r| r.as_bytes().to_vec()));
        let control = records.map(ControlRecord::List);
        let grants = self.grants.iter().cloned().map(ControlRecord::Grant);
        let mut all: Vec<ControlRecord> = control.chain(grants).collect();
        all.retain(|record| !self.control.contains(record));
        self.control.splice(0..0, all);
        self.changed = true;
    }

    /// Takes out what waits for a key.
    pub(crate) fn take_held(&mut self) -> BTreeMap<u64, (Rid, Vec<u8>)> {
        self.held_bytes = 0;
        std::mem::take(&mut self.held)
    }

    /// The name of a record: the same for the same content, so that a second try stores nothing twice.
    fn rid(&self, what: &[u8], parts: &[&[u8]]) -> Rid {
        let mut bytes = b"amends/1 rid ".to_vec();
        bytes.extend_from_slice(what);
        bytes.extend_from_slice(&self.book.space().0);
        bytes.extend_from_slice(&self.attempt.to_be_bytes());
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        let hash = ChainHash::of(&bytes);
        Rid(hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes"))
    }
}

/// The mailbox of a space, as the relay knows it.
pub(crate) fn access(root: &SpaceRoot) -> Access {
    access_of(&root.mailbox())
}

pub(crate) fn access_of(mailbox: &amends_crypto::Mailbox) -> Access {
    Access {
        mailbox: MailboxId(mailbox.id.0),
        read: Token(*mailbox.read.bytes()),
        append: Token(*mailbox.append.bytes()),
    }
}
