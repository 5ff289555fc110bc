//! How a pair begins, and how one more own device does.

use amends_crypto::{Acceptance, CryptoRng, DeviceKeys, DeviceList, Grant, ListError, PersonId, SpaceRoot};
use amends_wire::Era;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{Machine, chains};
use crate::item::{Item, Which};
use crate::log::Log;
use crate::notice::{Notice, Outbox};
use crate::space::Space;

/// Person and device list: what one of two people tells the other when they pair. No word of anybody is in it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct PairBundle {
    /// Who.
    #[n(0)]
    pub(crate) person: PersonId,
    /// Their device list, record by record.
    #[n(1)]
    pub(crate) list: Vec<ByteVec>,
}

/// What an own device needs of a pair.
#[derive(Encode, Decode)]
#[cbor(map)]
struct PairForOwn {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    root: [u8; 32],
    #[n(1)]
    partner: PairBundle,
    #[n(2)]
    grants: Vec<ByteVec>,
    #[n(3)]
    cursor: u64,
    #[n(4)]
    era: Option<Era>,
}

/// What a new own device is given.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(crate) struct WelcomeBundle {
    #[n(0)]
    version: u8,
    #[n(1)]
    own: PairBundle,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    root: [u8; 32],
    #[n(3)]
    grants: Vec<ByteVec>,
    #[n(4)]
    cursor: u64,
    #[n(5)]
    era: Option<Era>,
    #[n(6)]
    pair: Option<ByteVec>,
    #[n(7)]
    by: amends_crypto::DeviceKeyId,
}

/// A bundle cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// It is damaged, or of a newer version.
    #[error("this cannot be read; is the program up to date on both devices?")]
    Unreadable,
    /// Its device list is not that of the person.
    #[error("the device list does not fit: {0}")]
    List(#[from] ListError),
    /// There is a pair already.
    #[error("there is a pair already")]
    PairedAlready,
    /// There was a pair with somebody else: what is in this vault is between those two.
    #[error("what is here is between you and another person")]
    OtherPerson,
    /// Both sides are the same person.
    #[error("both devices belong to the same person")]
    SamePerson,
}

impl PairBundle {
    fn of(list: &DeviceList) -> Self {
        let records = list.records().into_iter().map(|record| record.as_bytes().to_vec().into());
        Self { person: list.person(), list: records.collect() }
    }

    /// The bytes to send.
    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads what [`Self::encode`] wrote; whether the list is genuine is checked when it is used.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }

    fn list(&self) -> Result<DeviceList, BundleError> {
        let list = DeviceList::from_records(self.list.iter().map(|bytes| bytes.as_slice()))?;
        if list.person() == self.person { Ok(list) } else { Err(ListError::OtherPerson.into()) }
    }
}

impl WelcomeBundle {
    /// The bytes to send.
    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads what [`Self::encode`] wrote.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok().filter(|bundle: &Self| bundle.version == 1)
    }

    /// Whose device this will be.
    pub(crate) fn person(&self) -> PersonId {
        self.own.person
    }

    /// The other person of the pair, if there is one.
    pub(crate) fn partner(&self) -> Option<PersonId> {
        let pair: PairForOwn = minicbor::decode(self.pair.as_ref()?).ok()?;
        Some(pair.partner.person)
    }
}

impl core::fmt::Debug for WelcomeBundle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("WelcomeBundle(hidden)")
    }
}

impl Machine {
    /// What this person tells another one when they pair.
    pub(crate) fn introduction(&self) -> PairBundle {
        PairBundle::of(&self.own)
    }

    /// Begins a pair with somebody after both have compared the words. One of the two, the one who invited, hands out the
    /// first keys.
    ///
    /// # Errors
    /// [`BundleError`]; nothing has changed.
    pub(crate) fn begin_pair<L: Log>(
        &mut self,
        root: SpaceRoot,
        other: &PairBundle,
        invited: bool,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), BundleError> {
        if self.pair.is_some() {
            return Err(BundleError::PairedAlready);
        }
        if other.person == self.me {
            return Err(BundleError::SamePerson);
        }
        if self.only_with.is_some_and(|only| only != other.person) {
            return Err(BundleError::OtherPerson);
        }
        let other = other.list()?;
        let mut pair = Space::new(Which::Pair, root, Space::new_place(Which::Pair, rng));
        pair.send_all_again([&self.own]);
        self.other = Some(other);
        if invited {
            let people = self.people(now);
            pair.rotate(&people, now, log, rng);
        }
        self.pair = Some(pair);
        self.is_pair_fresh = true;
        self.changed = true;
        if let Some(bundle) = self.pair_for_own(false) {
            self.note(&Item::Pair(bundle.into()), rng);
        }
        Ok(())
    }

    /// Adds an own device after its words were compared, and gives what it needs. It gets nothing that was before until a
    /// day has passed or a second own device lets it.
    ///
    /// # Errors
    /// [`ListError`] if the device did not agree or is known.
    pub(crate) fn welcome<L: Log>(
        &mut self,
        acceptance: Acceptance,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<WelcomeBundle, ListError> {
        self.add(acceptance, now, log, rng)?;
        let (cursor, era) = self.home.link.place().cursor();
        Ok(WelcomeBundle {
            version: 1,
            own: PairBundle::of(&self.own),
            root: *self.home.root.to_bytes(),
            grants: last_grant(&self.home),
            cursor,
            era,
            pair: self.pair_for_own(true).map(ByteVec::from),
            by: self.device.id(),
        })
    }

    /// A new own device, from what another one gave it.
    ///
    /// # Errors
    /// [`BundleError`].
    pub(crate) fn join_own<L: Log>(
        device: DeviceKeys,
        bundle: &WelcomeBundle,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<Self, BundleError> {
        let own = bundle.own.list()?;
        if !own.is_active(device.id()) || device.public().chains != chains(log) {
            return Err(BundleError::List(ListError::NotAccepted));
        }
        let mut place = Space::new_place(Which::Own, rng);
        if let Some(era) = bundle.era {
            place = place.after(bundle.cursor, era);
        }
        let home = Space::new(Which::Own, SpaceRoot::from_bytes(&bundle.root), place);
        let mut machine = Self::of_parts(bundle.own.person, device, own, home, None);
        machine.newcomer_told(now, machine.device.id(), bundle.by);
        machine.take_grants(now, Which::Own, &bundle.grants);
        if let Some(pair) = &bundle.pair {
            machine.take_pair(pair, rng, &mut Outbox::default());
        }
        Ok(machine)
    }

    /// Joins a pair that another own device began or told of.
    pub(super) fn take_pair(&mut self, bytes: &[u8], rng: &mut dyn CryptoRng, out: &mut Outbox) {
        let Ok(bundle) = minicbor::decode::<PairForOwn>(bytes) else { return };
        let root = SpaceRoot::from_bytes(&bundle.root);
        let Ok(other) = bundle.partner.list() else { return };
        let is_known = self.pair.as_ref().is_some_and(|pair| pair.root.space() == root.space());
        if is_known || self.left.contains(&root.space()) || other.person() == self.me {
            return;
        }
        // Both began again before this device heard that one of them had left.
        if self.partner().is_some_and(|partner| partner == other.person()) {
            self.drop_pair();
        }
        if self.pair.is_some() {
            return;
        }
        let person = other.person();
        self.other = Some(other);
        let mut place = Space::new_place(Which::Pair, rng);
        if let Some(era) = bundle.era {
            place = place.after(bundle.cursor, era);
        }
        self.pair = Some(Space::new(Which::Pair, root, place));
        self.take_grants(0, Which::Pair, &bundle.grants);
        self.changed = true;
        out.notices.push(Notice::Paired(person));
    }

    fn take_grants(&mut self, now: u64, which: Which, grants: &[ByteVec]) {
        for bytes in grants {
            let Ok(grant) = Grant::parse(bytes) else { continue };
            self.apply_grant(now, which, &grant);
        }
    }

    /// What own devices need of the pair. Those that were there when the last keys were handed out open the grant;
    /// others read from here on only.
    fn pair_for_own(&self, from_here_on: bool) -> Option<Vec<u8>> {
        let (pair, other) = (self.pair.as_ref()?, self.other.as_ref()?);
        let (cursor, era) = if from_here_on { pair.link.place().cursor() } else { (0, None) };
        let bundle = PairForOwn {
            root: *pair.root.to_bytes(),
            partner: PairBundle::of(other),
            grants: last_grant(pair),
            cursor,
            era,
        };
        Some(minicbor::to_vec(&bundle).expect("writing to memory cannot fail"))
    }
}

fn last_grant(space: &Space) -> Vec<ByteVec> {
    space.grants.last().map(|bytes| bytes.clone().into()).into_iter().collect()
}
