//! Everything that one device does to stay at the same state as the others.

mod devices;
mod guests;
mod incoming;
mod newcomers;
mod people;
mod recovery;
mod removed;
mod shares;
mod stored;

use std::collections::BTreeMap;

use amends_crypto::{
    Chains, CryptoRng, DeviceKeyId, DeviceKeys, DeviceList, PersonId, RecoveryBox, RecoveryKey,
    RecoveryPublic, SpaceRoot,
};
use amends_wire::{ServerFrame, WakeId};

pub use newcomers::NewDevice;
pub use people::BundleError;
pub(crate) use people::{PairBundle, WelcomeBundle};
use recovery::Keeper;
pub(crate) use recovery::Note;
pub use shares::{ShareStanding, ShareTrouble};

use crate::item::Which;
use crate::link::Happened;
use crate::log::{Leaving, Log};
use crate::notice::{Aside, Notice, Outbox};
use crate::space::{Missing, People, Space};
use crate::wake::{Where, Wish};

/// Everything that one device does to stay at the same state as the others.
pub struct Machine {
    me: PersonId,
    device: DeviceKeys,
    own: DeviceList,
    other: Option<DeviceList>,
    home: Space,
    pair: Option<Space>,
    /// Spaces of pairs that were left: nothing of them is taken up again.
    left: Vec<amends_crypto::SpaceId>,
    removed: bool,
    newcomers: BTreeMap<DeviceKeyId, newcomers::Newcomer>,
    revoked: BTreeMap<DeviceKeyId, removed::Revoked>,
    keeper: Option<Keeper>,
    /// While everything is read with the recovery words; in memory only.
    recovering: Option<RecoveryKey>,
    aside: BTreeMap<Aside, u64>,
    /// Halves of keys at the relay.
    shares: shares::Shares,
    /// Sheets for guests at the relay.
    guests: guests::Guests,
    /// A key or a list came in during this step.
    keys_came: bool,
    /// There is a connection.
    is_connected: bool,
    /// A pair began in this very step: whether the last one was left is asked from the next step on.
    pub(crate) is_pair_fresh: bool,
    /// The one person with whom a pair may begin, where there was one before.
    pub(crate) only_with: Option<PersonId>,
    /// New entries wait some seconds before they go.
    pub(crate) spread: bool,
    /// Keys, devices or spaces have changed since they were stored.
    changed: bool,
}

impl Machine {
    /// The first device of a person, at `now` in milliseconds since 1970. It begins the device list and the space of own devices.
    pub fn begin<L: Log>(
        me: PersonId,
        recovery: Option<RecoveryBox>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Self {
        let device = DeviceKeys::make(chains(log), rng);
        let public: Option<RecoveryPublic> = recovery.as_ref().map(|kept| kept.public().clone());
        let (own, _) = DeviceList::begin(me, &device, public, now);
        let root = SpaceRoot::make(rng);
        let mut home = Space::new(Which::Own, root, Space::new_place(Which::Own, rng));
        home.send_all_again([&own]);
        let mut machine = Self::of_parts(me, device, own, home, recovery);
        machine.rotate_now(now, log, rng);
        machine
    }

    fn of_parts(
        me: PersonId,
        device: DeviceKeys,
        own: DeviceList,
        home: Space,
        recovery: Option<RecoveryBox>,
    ) -> Self {
        Self {
            me,
            device,
            own,
            other: None,
            home,
            pair: None,
            left: Vec::new(),
            removed: false,
            newcomers: BTreeMap::new(),
            revoked: BTreeMap::new(),
            keeper: recovery.map(|kept| Keeper::new(kept, 0)),
            recovering: None,
            aside: BTreeMap::new(),
            shares: shares::Shares::default(),
            guests: guests::Guests::default(),
            keys_came: false,
            is_connected: false,
            is_pair_fresh: false,
            only_with: None,
            spread: false,
            changed: true,
        }
    }

    /// Whose devices these are.
    pub fn me(&self) -> PersonId {
        self.me
    }

    /// The other person, while there is a pair.
    pub fn partner(&self) -> Option<PersonId> {
        self.pair.as_ref().and(self.other.as_ref()).map(DeviceList::person)
    }

    /// This device's name among the own devices.
    pub fn this_device(&self) -> DeviceKeyId {
        self.device.id()
    }

    /// What was set aside, with how often since this device began.
    pub fn set_aside(&self) -> impl Iterator<Item = (Aside, u64)> {
        self.aside.iter().map(|(reason, n)| (*reason, *n))
    }

    /// Whether a space has been read to its end and everything written here is at the relay.
    pub fn is_up_to_date(&self, which: Which) -> bool {
        self.space(which).is_some_and(|space| space.link.is_live() && space.is_all_sent())
    }

    /// Whether something in a space was sent, did not come for days, and did not come either when everything was read again.
    pub fn misses_for_long(&self, which: Which) -> bool {
        self.space(which).and_then(|space| space.missing).is_some_and(Missing::is_long)
    }

    /// There is a connection.
    pub(crate) fn connected(&mut self, out: &mut Outbox) {
        if self.removed {
            return;
        }
        self.is_connected = true;
        if let Some(keeper) = &mut self.keeper {
            keeper.connected(&mut out.frames);
        }
        for space in self.spaces_mut() {
            space.link.connected(&mut out.frames);
        }
    }

    /// The connection is gone.
    pub(crate) fn disconnected(&mut self) {
        self.is_connected = false;
        self.shares.disconnected();
        self.guests.disconnected();
        if let Some(keeper) = &mut self.keeper {
            keeper.disconnected();
        }
        for space in self.spaces_mut() {
            space.link.disconnected();
            space.take_held();
            (space.send_at, space.told_up_to_date) = (None, false);
        }
    }

    /// A frame came in. Gives whether it was for one of the spaces.
    pub(crate) fn frame<L: Log>(
        &mut self,
        now: u64,
        frame: ServerFrame,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<bool, L::Error> {
        if let Some(keeper) = self.keeper.as_mut().filter(|keeper| keeper.is_for(&frame)) {
            self.changed |= keeper.frame(now, frame, &mut out.frames);
            return Ok(true);
        }
        if self.share_frame(now, &frame, log, rng, out)? || self.guest_frame(now, &frame) {
            return Ok(true);
        }
        let Some(which) = self.addressee(&frame) else { return Ok(false) };
        if self.removed {
            return Ok(true);
        }
        let Some(space) = self.space_mut(which) else { return Ok(false) };
        for happened in space.link.frame(now, frame, &mut out.frames) {
            self.happened(now, which, happened, log, rng, out)?;
        }
        Ok(true)
    }

    /// Where this device can be woken, and what its removed siblings may have left there.
    pub(crate) fn wakes(&self) -> (Where, Vec<Wish>) {
        let Some(pair) = self.pair.as_ref().filter(|_| !self.removed) else {
            return (Where::Nowhere, Vec::new());
        };
        if !pair.link.is_live() {
            return (Where::NotYet, Vec::new());
        }
        let access = pair.link.access();
        let of = |device: DeviceKeyId| Wish {
            mailbox: access.mailbox,
            read: access.read,
            wake: WakeId(self.home.root.wake_name(device)),
        };
        let gone = self.revoked.keys().filter(|device| self.own.is_revoked(**device));
        (Where::At(of(self.device.id())), gone.map(|device| of(*device)).collect())
    }

    fn addressee(&self, frame: &ServerFrame) -> Option<Which> {
        self.spaces().find(|space| space.link.is_for(frame)).map(|space| space.which)
    }

    /// When a relay wants to be asked again, and when waiting entries may go.
    pub(crate) fn not_before(&self) -> impl Iterator<Item = u64> {
        self.spaces().flat_map(|space| [Some(space.link.not_before()), space.send_at]).flatten()
    }

    fn happened<L: Log>(
        &mut self,
        now: u64,
        which: Which,
        happened: Happened,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        match happened {
            Happened::Record { seq, rid, bytes } => {
                self.record(now, which, seq, rid, bytes, log, rng, out)?;
            }
            Happened::Acknowledged(rid) => {
                if let Some(space) = self.space_mut(which) {
                    space.acknowledged(rid);
                }
            }
            Happened::Vanished(rid) => {
                let known = self.space_mut(which).is_none_or(|space| space.vanished(rid));
                if !known {
                    self.send_all_again(which);
                }
            }
            Happened::Lost => {
                self.send_all_again(which);
                if which == Which::Pair {
                    self.shares.lost();
                }
                if self.space(which).is_some_and(|space| space.was_live) {
                    out.notices.push(Notice::RelayForgot(which));
                }
            }
            Happened::GaveUp(n_records) => {
                out.notices.push(Notice::RelayHoldsBack { space: which, n_records })
            }
            Happened::TooLarge(_) => self.set_one_aside(Aside::Unreadable, out),
            Happened::Refused(code) => out.notices.push(Notice::RelayRefuses(code)),
            Happened::UpToDate => {
                if let Some(space) = self.space_mut(which) {
                    space.was_live = true;
                    space.told_up_to_date = false;
                    space.is_to_look = true;
                }
            }
        }
        Ok(())
    }

    /// Sends what waits, and does what time asks for.
    pub(crate) fn tick<L: Log>(
        &mut self,
        now: u64,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        if self.removed {
            return Ok(());
        }
        if self.is_connected {
            for space in self.spaces_mut().filter(|space| space.link.is_to_ask(now)) {
                space.link.ask(&mut out.frames);
            }
        }
        self.look_for_missing(now, log, out);
        self.leave_note(now, rng, &mut out.frames);
        self.finish_recovery(now, log, rng);
        self.leave_if_asked(log);
        self.open_history_if_due(now, log);
        self.give_up_on_keys(now, out);
        self.renew_keys_if_old(now, log, rng);
        let withhold = self.withholds(now);
        let people = People {
            me: self.me,
            device: &self.device,
            own: &self.own,
            other: self.other.as_ref(),
            withhold,
            spread: self.spread,
        };
        self.home.rotate_if_due(&people, now, log, rng);
        self.home.publish(&people, self.pair.as_ref(), now, log, rng, &mut out.frames)?;
        self.home.link.tick(now, &mut out.frames);
        if let Some(pair) = &mut self.pair {
            pair.rotate_if_due(&people, now, log, rng);
            pair.publish(&people, Some(&self.home), now, log, rng, &mut out.frames)?;
            pair.link.tick(now, &mut out.frames);
        }
        self.tend_shares(now, log, out);
        self.tend_guests(now, log, out);
        self.cut_revoked(log)?;
        for space in std::iter::once(&mut self.home).chain(&mut self.pair) {
            if space.link.is_live()
                && !space.told_up_to_date
                && space.is_all_sent()
                && space.is_covered(log, self.me)
            {
                space.told_up_to_date = true;
                out.notices.push(Notice::UpToDate(space.which));
            }
        }
        Ok(())
    }

    /// Once a day everything is read again because of what is missing.
    fn look_for_missing<L: Log>(&mut self, now: u64, log: &L, out: &mut Outbox) {
        let today = now / devices::DAY;
        let (people, home, pair) = self.split(now);
        for space in std::iter::once(home).chain(pair) {
            if space.has_to_look(today) && space.look(&people, today, log) {
                space.link.read_again(&mut out.frames);
            }
        }
    }

    /// After leaving, nothing is sent or fetched any more; an open good-bye goes first.
    fn leave_if_asked<L: Log>(&mut self, log: &L) {
        let Some(pair) = self.pair.as_ref().filter(|_| !self.is_pair_fresh) else { return };
        let over = match log.leaving() {
            Leaving::No => false,
            Leaving::Now => true,
            Leaving::AfterSending => pair.is_all_sent() && pair.is_covered(log, self.me),
        };
        if over {
            self.drop_pair();
        }
    }

    pub(super) fn drop_pair(&mut self) {
        if let Some(pair) = self.pair.take() {
            self.left.push(pair.book.space());
            self.other = None;
            self.changed = true;
        }
    }

    fn send_all_again(&mut self, which: Which) {
        let lists: Vec<&DeviceList> = match which {
            Which::Own => vec![&self.own],
            Which::Pair => std::iter::once(&self.own).chain(&self.other).collect(),
        };
        match which {
            Which::Own => self.home.send_all_again(lists),
            Which::Pair => {
                if let Some(pair) = &mut self.pair {
                    pair.send_all_again(lists);
                }
            }
        }
    }

    pub(crate) fn set_one_aside(&mut self, reason: Aside, out: &mut Outbox) {
        *self.aside.entry(reason).or_default() += 1;
        self.changed = true;
        out.notices.push(Notice::SetAside(reason));
    }

    fn spaces(&self) -> impl Iterator<Item = &Space> {
        std::iter::once(&self.home).chain(&self.pair)
    }

    fn spaces_mut(&mut self) -> impl Iterator<Item = &mut Space> {
        std::iter::once(&mut self.home).chain(&mut self.pair)
    }

    fn space(&self, which: Which) -> Option<&Space> {
        match which {
            Which::Own => Some(&self.home),
            Which::Pair => self.pair.as_ref(),
        }
    }

    fn space_mut(&mut self, which: Which) -> Option<&mut Space> {
        match which {
            Which::Own => Some(&mut self.home),
            Which::Pair => self.pair.as_mut(),
        }
    }
}

/// The chains that this device writes.
pub(crate) fn chains<L: Log>(log: &L) -> Chains {
    Chains { private: log.own_chain(Which::Own), shared: log.own_chain(Which::Pair) }
}

impl core::fmt::Debug for Machine {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Machine(content hidden)")
    }
}
