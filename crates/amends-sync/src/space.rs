//! One space on one device: its keys, its mailbox, and the books of what is at the relay and what is not.

mod publish;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amends_crypto::{
    Admission, ChainHash, ChainId, Control, CryptoRng, Cut, DeviceKeys, DeviceList, EpochBook, EpochId,
    Grant, History, Members, PersonId, Rotation, SpaceKeys, SpaceRoot,
};
use amends_wire::{DeviceToken, MailboxId, Rid, Token};

use crate::coverage::Coverage;
use crate::item::{Piece, Which};
use crate::link::{Access, Link, Place};
use crate::log::Log;

/// So many grants are kept, to be sent again to a relay that lost them.
const GRANTS_KEPT: usize = 4;
/// Somebody else made a change and hands out new keys; after so long another device does it, in milliseconds.
const OTHERS_FIRST: u64 = 60_000;

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

    /// Everything that sealing and opening needs; `home` is the book of the own devices where this is the pair.
    pub(crate) fn keys_of<'a>(
        &'a self,
        me: PersonId,
        members: &'a Members<'a>,
        home: Option<&'a EpochBook>,
    ) -> SpaceKeys<'a> {
        SpaceKeys { root: &self.root, book: &self.book, own: home.unwrap_or(&self.book), members, me }
    }

    /// What counts now. Call [`Self::keys_changed`] when that may have changed.
    pub(crate) fn admission(&mut self, members: &Members<'_>) -> &Admission {
        let book = &self.book;
        self.admission.get_or_insert_with(|| book.admission(members))
    }

    /// Grants or lists have changed: what does not count any more is sent again under the new epoch.
    pub(crate) fn keys_changed(&mut self, members: &Members<'_>) {
        let admission = self.book.admission(members);
        for (chain, coverage) in self.coverage.iter_mut().chain(&mut self.pictures) {
            coverage.keep_admitted(&admission, *chain);
        }
        self.admission = Some(admission);
        self.written = 0;
        self.changed = true;
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

    /// Queues a record about keys or devices.
    pub(crate) fn tell(&mut self, record: ControlRecord) {
        if let ControlRecord::Grant(bytes) = &record {
            self.keep_grant(bytes.clone());
        }
        self.control.push(record);
        self.changed = true;
    }

    pub(crate) fn keep_grant(&mut self, bytes: Vec<u8>) {
        self.grants.retain(|known| *known != bytes);
        self.grants.push(bytes);
        let n_old = self.grants.len().saturating_sub(GRANTS_KEPT);
        self.grants.drain(..n_old);
    }

    /// Takes out what waits for a key.
    pub(crate) fn take_held(&mut self) -> BTreeMap<u64, (Rid, Vec<u8>)> {
        self.held_bytes = 0;
        std::mem::take(&mut self.held)
    }

    /// Hands out new keys if that is due and nobody else was faster.
    pub(crate) fn rotate_if_due<L: Log>(
        &mut self,
        people: &People<'_>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) {
        let Some(members) = people.members(self.which) else { return };
        if self.book.rotation_due(&members, now, self.written).is_none() {
            self.rotate_at = None;
            return;
        }
        let mut dice = [0; 2];
        rng.fill_bytes(&mut dice);
        let jitter = u64::from(u16::from_be_bytes(dice));
        let at = *self.rotate_at.get_or_insert(now + OTHERS_FIRST + jitter);
        if now >= at {
            self.rotate(people, now, log, rng);
        }
    }

    /// Hands out new keys now.
    pub(crate) fn rotate<L: Log>(&mut self, people: &People<'_>, now: u64, log: &L, rng: &mut dyn CryptoRng) {
        let Some(members) = people.members(self.which) else { return };
        let own = log.own_chain(self.which);
        let mut cuts: Vec<Cut> = log
            .chains(self.which)
            .iter()
            .map(|chain| Cut { chain: chain.chain, until: chain.next })
            .collect();
        if !cuts.iter().any(|cut| cut.chain == own) {
            cuts.push(Cut { chain: own, until: 0 });
        }
        let history = if people.withhold { History::Withheld } else { History::Open };
        let rotation = Rotation { members: &members, device: people.device, cuts, history, at: now };
        if let Ok(grant) = self.book.rotate(&rotation, rng) {
            self.rotate_at = None;
            self.tell(ControlRecord::Grant(grant.as_bytes().to_vec()));
            self.keys_changed(&members);
        }
    }

    /// Takes a grant that came in.
    pub(crate) fn granted(&mut self, grant: &Grant, members: &Members<'_>) {
        self.rotate_at = None;
        self.keep_grant(grant.as_bytes().to_vec());
        self.keys_changed(members);
    }

    /// Whether an own entry is at the relay, or on the way there.
    fn has_gone(&self, chain: ChainId, position: u64) -> bool {
        let is_in = |sent: &Sent| {
            matches!(sent, Sent::Entries { chain: of, from, to, .. }
            if *of == chain && (*from..*to).contains(&position))
        };
        self.coverage.get(&chain).is_some_and(|coverage| coverage.holds(position))
            || self.sent.iter().any(|(rid, sent)| is_in(sent) && self.link.waits_for(*rid))
    }

    fn has_picture(&self, chain: ChainId, position: u64) -> bool {
        self.pictures.get(&chain).is_some_and(|coverage| coverage.holds(position))
    }

    fn has_part(&self, chain: ChainId, position: u64, number: u32, epoch: EpochId) -> bool {
        self.parts
            .get(&(chain, position))
            .is_some_and(|(under, parts)| *under == epoch && parts.contains(&number))
    }

    fn cover_picture(&mut self, chain: ChainId, position: u64, epoch: EpochId) {
        self.parts.remove(&(chain, position));
        self.pictures.entry(chain).or_default().add(position, position + 1, epoch);
    }

    /// A part of a picture that this person sent lies at the relay.
    pub(crate) fn part_is_there(
        &mut self,
        chain: ChainId,
        position: u64,
        number: u32,
        n_parts: u32,
        epoch: EpochId,
    ) {
        if self.has_picture(chain, position) {
            return;
        }
        let (under, parts) = self.parts.entry((chain, position)).or_insert_with(|| (epoch, BTreeSet::new()));
        if *under != epoch {
            (*under, *parts) = (epoch, BTreeSet::new());
        }
        parts.insert(number);
        if (0..n_parts).all(|number| parts.contains(&number)) {
            self.cover_picture(chain, position, epoch);
        }
    }

    /// These positions lie at the relay.
    pub(crate) fn cover(&mut self, chain: ChainId, from: u64, to: u64, epoch: EpochId) {
        self.coverage.entry(chain).or_default().add(from, to, epoch);
    }

    /// These entries lie at the relay; those between them that another own device does not have may not.
    pub(crate) fn cover_pieces(&mut self, chain: ChainId, pieces: &[Piece], epoch: EpochId) {
        for piece in pieces {
            self.cover(chain, piece.position, piece.position.saturating_add(1), epoch);
        }
    }

    /// Whether nothing waits but entries.
    pub(crate) fn is_all_sent(&self) -> bool {
        self.control.is_empty() && self.notes.is_empty() && self.history.is_empty()
    }

    /// Whether all entries that may leave are at the relay.
    pub(crate) fn is_covered<L: Log>(&self, log: &L, me: PersonId) -> bool {
        let own = log.chains(self.which).into_iter().filter(|chain| chain.author == me);
        own.into_iter().all(|chain| {
            let open = self
                .coverage
                .get(&chain.chain)
                .map_or((chain.next > 0).then_some((0, chain.next)), |coverage| {
                    coverage.first_open(chain.next)
                });
            open.is_none_or(|(from, _)| !log.may_leave(self.which, chain.chain, from))
        }) && self.has_all_pictures(log, me)
    }

    fn has_all_pictures<L: Log>(&self, log: &L, me: PersonId) -> bool {
        self.which == Which::Own
            || log.pictures().into_iter().filter(|named| named.author == me).all(|named| {
                self.has_picture(named.chain, named.position)
                    || log.is_former(named.chain, named.position)
                    || !log.may_leave(self.which, named.chain, named.position)
            })
    }

    /// An own record is safe at the relay.
    pub(crate) fn acknowledged(&mut self, rid: Rid) {
        match self.sent.get(&rid).copied() {
            Some(Sent::Entries { chain, from, to, epoch }) => {
                self.cover(chain, from, to, epoch);
                self.written += 1;
            }
            Some(Sent::Picture { chain, position, number, n_parts, epoch }) => {
                self.part_is_there(chain, position, number, n_parts, epoch);
                self.written += 1;
            }
            Some(Sent::Control) => {
                let at = (0..self.control.len())
                    .find(|at| self.rid(b"control", &[self.control[*at].bytes()]) == rid);
                if let Some(at) = at {
                    self.control.remove(at);
                    self.changed = true;
                }
            }
            Some(Sent::Note) => {
                self.notes.retain(|(of, _)| *of != rid);
                self.changed = true;
            }
            Some(Sent::History { from }) => {
                self.sent.remove(&rid);
                if let Some(chapter) = self.history.front_mut() {
                    chapter.from = from.max(chapter.from);
                    if chapter.from >= chapter.to {
                        self.history.pop_front();
                    }
                }
                self.changed = true;
            }
            None => {}
        }
    }

    /// An own record was acknowledged and is not there. Gives whether it is known what it was.
    pub(crate) fn vanished(&mut self, rid: Rid) -> bool {
        self.attempt += 1;
        self.changed = true;
        match self.sent.remove(&rid) {
            Some(Sent::Entries { chain, from, to, .. }) => {
                self.coverage.entry(chain).or_default().remove(from, to);
                true
            }
            Some(Sent::Picture { chain, position, .. }) => {
                self.parts.remove(&(chain, position));
                self.pictures.entry(chain).or_default().remove(position, position + 1);
                true
            }
            _ => false,
        }
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
