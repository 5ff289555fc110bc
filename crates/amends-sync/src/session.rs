//! One device and its connection: the machine, and a pairing while there is one.

use amends_crypto::{
    Acceptance, CryptoRng, DeviceKeyId, DeviceKeys, ListError, PairingError, PairingPurpose, PersonId,
    RecoveryBox, RecoveryKey, Zeroizing,
};
use amends_wire::{About, ClientFrame, Code, PushKey, ServerFrame, Token, VERSION};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::item::Which;
use crate::link::{Happened, Link, Place};
use crate::log::Log;
use crate::machine::{BundleError, Machine, NewDevice, Note, PairBundle, WelcomeBundle, chains};
use crate::meeting::{Finished, Meeting, MeetingFailure, Met, Stage};
use crate::notice::{Aside, Input, Notice, Outbox, Output, RelayRefusal};
use crate::space::access_of;
use crate::wake::{WakeStanding, Wakes, Waking, Where};

/// The longest wait between two tries to connect, in milliseconds.
const LONGEST_WAIT: u64 = 5 * 60 * 1000;

/// One device's part in keeping all devices at the same state.
#[derive(Default)]
pub struct Session {
    machine: Option<Machine>,
    meeting: Option<Meeting>,
    connection: Connection,
    meeting_changed: bool,
    recovery: Option<Recovery>,
    relay_invite: Option<Token>,
    /// What the relay said no to last, until something has gone through again.
    refused: Option<RelayRefusal>,
    spread: bool,
    /// Its mailbox has not been asked for on the present connection.
    meeting_is_new: bool,
    wakes: Wakes,
    wakes_changed: bool,
    /// Which version is spoken on the present connection, once the relay has said so.
    version: Option<u32>,
    /// By which key the relay is known to push services, as it said last.
    push_key: Option<Option<PushKey>>,
    /// How many versions before the newest one the relay speaks, as far as is known.
    n_versions_back: u32,
}

/// The recovery words were typed: their mailbox is read. In memory only.
struct Recovery {
    key: RecoveryKey,
    link: Link,
    latest: Option<Note>,
    /// There are things of this person here already: nobody else's may come.
    only: Option<PersonId>,
}

#[derive(Debug, Default)]
struct Connection {
    state: ConnectionState,
    n_failures: u32,
    retry_at: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum ConnectionState {
    #[default]
    None,
    Asked,
    Open,
}

/// A pairing cannot be begun or confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeetError {
    /// The link cannot be used.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// Another pairing is under way.
    #[error("another pairing is under way")]
    Busy,
    /// There is a pair already; leave it first.
    #[error("there is a pair already")]
    PairedAlready,
    /// There are no words to compare yet.
    #[error("there are no words to compare yet")]
    NotYet,
    /// What the other side sent cannot be used.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The new device cannot be added.
    #[error(transparent)]
    List(#[from] ListError),
    /// This device is not one of the person's devices.
    #[error("this device has not begun")]
    NotBegun,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    machine: Option<ByteVec>,
    #[n(1)]
    meeting: Option<ByteVec>,
    #[n(2)]
    wakes: Option<Wakes>,
}

impl Session {
    /// Reads what [`Self::keys_to_bytes`] and [`Self::places_to_bytes`] gave. None if the first cannot be read; without
    /// the second, everything is read from the relay once more.
    pub fn from_bytes(keys: &[u8], places: Option<&[u8]>) -> Option<Self> {
        let stored: Stored = minicbor::decode(keys).ok()?;
        let machine = match stored.machine {
            Some(bytes) => Some(Machine::from_bytes(&bytes, places)?),
            None => None,
        };
        let meeting = stored.meeting.and_then(|bytes| Meeting::from_bytes(&bytes));
        let wakes = stored.wakes.unwrap_or_default();
        Some(Self { machine, meeting, wakes, ..Self::default() })
    }

    /// Keys, devices and a pairing under way, to be sealed and kept.
    pub fn keys_to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let wakes = (!self.wakes.is_empty()).then(|| self.wakes.clone());
        let stored = Stored {
            wakes,
            machine: self
                .machine
                .as_ref()
                .filter(|machine| machine.is_settled())
                .map(|machine| machine.keys_to_bytes().to_vec().into()),
            meeting: self.meeting.as_ref().map(|meeting| meeting.to_bytes().to_vec().into()),
        };
        Zeroizing::new(minicbor::to_vec(&stored).expect("writing to memory cannot fail"))
    }

    /// Places in mailboxes, to be sealed and kept.
    pub fn places_to_bytes(&self) -> Vec<u8> {
        self.machine.as_ref().map(Machine::places_to_bytes).unwrap_or_default()
    }

    /// Whether keys have to be stored before the outputs of the last step are carried out.
    pub fn keys_changed(&self) -> bool {
        self.meeting_changed || self.wakes_changed || self.machine.as_ref().is_some_and(Machine::keys_changed)
    }

    /// They are stored.
    pub fn keys_stored(&mut self) {
        (self.meeting_changed, self.wakes_changed) = (false, false);
        if let Some(machine) = &mut self.machine {
            machine.keys_stored();
        }
    }

    /// Makes this device the first one of its person, if it is none yet; recovery words count among the devices from here on.
    pub fn begin<L: Log>(
        &mut self,
        me: PersonId,
        recovery: Option<RecoveryBox>,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) {
        match (&mut self.machine, recovery) {
            (None, recovery) => self.machine = Some(Machine::begin(me, recovery, now, log, rng)),
            // A device that does not count any more finds out by itself.
            (Some(machine), Some(kept)) => drop(machine.set_recovery(kept, now, log, rng)),
            (Some(_), None) => {}
        }
    }

    /// Finds everything again with the recovery words, for a person who has lost all devices; `only` is the person whose
    /// things are here already, from a try that was cut off. Until this device has added itself nothing of it is kept.
    ///
    /// # Errors
    /// [`MeetError::Busy`] if this device has begun already.
    pub fn recover(&mut self, key: RecoveryKey, only: Option<PersonId>) -> Result<(), MeetError> {
        if self.is_needed() {
            return Err(MeetError::Busy);
        }
        let link = Link::new(access_of(&key.derive_box().mailbox()), Place::new(None));
        self.recovery = Some(Recovery { key, link, latest: None, only });
        Ok(())
    }

    /// Where there was a pair before: with nobody else may one begin.
    pub fn set_former_partner(&mut self, partner: Option<PersonId>) {
        if let Some(machine) = &mut self.machine {
            machine.only_with = partner;
        }
    }

    /// What a relay asks of those who make a mailbox, if it is not open to all.
    pub fn set_relay_invite(&mut self, invite: Option<[u8; 32]>) {
        self.relay_invite = invite.map(Token);
    }

    /// Why the relay does not take or give something, if that is so now.
    pub fn relay_refuses(&self) -> Option<RelayRefusal> {
        self.refused
    }

    /// Wakes this device when something waits, or not any more. Give an [`Input::Tick`] after it.
    pub fn set_waking(&mut self, waking: Option<Waking>) {
        self.wakes.set(waking);
        self.wakes_changed = true;
    }

    /// Where and when this device wants to be woken, and what the relay says to it.
    pub fn waking(&self) -> Option<(&Waking, WakeStanding)> {
        self.wakes.waking()
    }

    /// By which key the relay is known to push services; none within if it wakes nobody, and none at all before the first
    /// connection.
    pub fn push_key(&self) -> Option<Option<[u8; 65]>> {
        self.push_key.map(|key| key.map(|key| key.0))
    }

    /// From here on, what is written while there is a connection waits two to five seconds before it goes, so that who watches
    /// the network sees less of when something was written. For those who stay connected and keep to [`Self::wake_at`]. Once
    /// it is switched off, what waits goes with the next [`Input::Tick`].
    pub fn spread_sending(&mut self, is_on: bool) {
        self.spread = is_on;
    }

    /// The device's part in its spaces, once it has begun.
    pub fn machine(&self) -> Option<&Machine> {
        self.machine.as_ref()
    }

    /// Whether there is anything for which a connection is needed.
    pub fn is_needed(&self) -> bool {
        self.machine.is_some() || self.meeting.is_some() || self.recovery.is_some()
    }

    /// Invites somebody, or a new own device: gives the part of a link that stands after the address.
    ///
    /// # Errors
    /// [`MeetError`].
    pub fn invite(
        &mut self,
        purpose: PairingPurpose,
        now: u64,
        rng: &mut dyn CryptoRng,
    ) -> Result<String, MeetError> {
        self.may_meet(purpose)?;
        if self.machine.is_none() {
            return Err(MeetError::NotBegun);
        }
        let meeting = Meeting::invite(purpose, now, rng);
        let fragment = meeting.fragment().to_owned();
        self.set_meeting(Some(meeting));
        Ok(fragment)
    }

    /// Joins somebody by a link.
    ///
    /// # Errors
    /// [`MeetError`].
    pub fn join_partner(&mut self, link: &str, now: u64) -> Result<(), MeetError> {
        self.may_meet(PairingPurpose::Partner)?;
        let machine = self.machine.as_ref().ok_or(MeetError::NotBegun)?;
        let introduction = machine.introduction().encode();
        let meeting = Meeting::join(link, PairingPurpose::Partner, introduction, None, now)?;
        self.set_meeting(Some(meeting));
        Ok(())
    }

    /// Becomes one more device of the person who shows the link. What this device was before, as far as sending goes, ends
    /// when the words are confirmed.
    ///
    /// # Errors
    /// [`MeetError`].
    pub fn join_own<L: Log>(
        &mut self,
        link: &str,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        self.may_meet(PairingPurpose::OwnDevice)?;
        let device = DeviceKeys::make(chains(log), rng);
        let meeting = Meeting::join(link, PairingPurpose::OwnDevice, Vec::new(), Some(device), now)?;
        self.set_meeting(Some(meeting));
        Ok(())
    }

    /// Where the pairing is, if there is one.
    pub fn meeting(&self) -> Option<Stage> {
        self.meeting.as_ref().map(Meeting::stage)
    }

    /// Whether the pairing, if there is one, is to make one more own device.
    pub fn is_meeting_own_device(&self) -> bool {
        self.meeting.as_ref().is_some_and(|meeting| meeting.purpose() == PairingPurpose::OwnDevice)
    }

    /// Ends the pairing; nothing has happened.
    pub fn cancel_meeting(&mut self) {
        self.set_meeting(None);
    }

    /// The person says that both screens show the same words. Give an [`Input::Tick`] after it.
    ///
    /// # Errors
    /// [`MeetError`]; the pairing has failed, but for [`MeetError::NotYet`].
    pub fn confirm<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) -> Result<(), MeetError> {
        let meeting = self.meeting.as_mut().ok_or(MeetError::NotYet)?;
        if !matches!(meeting.stage(), Stage::Compare(_)) {
            return Err(MeetError::NotYet);
        }
        let for_inviter = meeting.confirm();
        self.meeting_changed = true;
        let Some((paired, payload)) = for_inviter else { return Ok(()) };
        let done = self.answer(&paired, &payload, now, log, rng);
        if done.is_err() {
            self.set_meeting(None);
        }
        done
    }

    fn answer<L: Log>(
        &mut self,
        paired: &amends_crypto::Paired,
        payload: &[u8],
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        let machine = self.machine.as_mut().ok_or(MeetError::NotBegun)?;
        let meeting = self.meeting.as_mut().ok_or(MeetError::NotYet)?;
        let last = match meeting.purpose() {
            PairingPurpose::Partner => {
                let bundle = PairBundle::decode(payload).ok_or(BundleError::Unreadable)?;
                machine.begin_pair(paired.space_root(), &bundle, true, now, log, rng)?;
                machine.introduction().encode()
            }
            PairingPurpose::OwnDevice => {
                let acceptance: Acceptance =
                    minicbor::decode(payload).map_err(|_| BundleError::Unreadable)?;
                if !meeting.is_acceptance_of_this(&acceptance) {
                    return Err(ListError::NotAccepted.into());
                }
                machine.welcome(acceptance, now, log, rng)?.encode()
            }
        };
        Ok(meeting.answer(&last, rng)?)
    }

    /// One step. What came in is on the disk when it returns; store the keys, if they changed, before carrying out the
    /// outputs.
    ///
    /// # Errors
    /// If the journal could not be read or written. Say [`Input::Disconnected`] and begin anew.
    pub fn input<L: Log>(
        &mut self,
        now: u64,
        input: Input,
        log: &mut L,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Output>, L::Error> {
        let mut out = Outbox::default();
        if let Some(machine) = &mut self.machine {
            machine.is_pair_fresh = false;
        }
        if let Some(machine) = self.machine.as_mut().filter(|machine| machine.has_new_chains(log)) {
            // Where the old keys do not count any more, the list will say so when it is read.
            let _ = machine.move_to_new_chains(now, log, rng);
            // It may be in another browser now than the one that asked.
            if self.wakes.waking().is_some() {
                self.set_waking(None);
            }
        }
        match input {
            Input::Connected => self.connected(&mut out),
            Input::Disconnected => self.disconnected(now, rng),
            Input::Frames(frames) => {
                for bytes in frames {
                    self.frame(now, &bytes, log, rng, &mut out)?;
                }
            }
            Input::Tick => {}
        }
        self.tick(now, log, rng, &mut out)?;
        for notice in &out.notices {
            match notice {
                Notice::RelayRefuses(code) => self.refused = Some(RelayRefusal::of(*code)),
                Notice::UpToDate(_) => self.refused = None,
                _ => {}
            }
        }
        for frame in &mut out.frames {
            if let ClientFrame::Create { invite, .. } = frame {
                *invite = self.relay_invite;
            }
        }
        Ok(out.done())
    }

    fn connected(&mut self, out: &mut Outbox) {
        self.connection = Connection { state: ConnectionState::Open, ..Connection::default() };
        let version = VERSION.saturating_sub(self.n_versions_back).max(1);
        out.frames.push(ClientFrame::Hello { version });
        self.meeting_is_new = false;
        if let Some(meeting) = &mut self.meeting {
            meeting.connected(&mut out.frames);
        }
        if let Some(machine) = &mut self.machine {
            machine.connected(out);
        }
    }

    fn disconnected(&mut self, now: u64, rng: &mut dyn CryptoRng) {
        let n_failures = self.connection.n_failures.saturating_add(1);
        let wait = (1000_u64 << n_failures.min(9)).min(LONGEST_WAIT);
        let mut dice = [0; 2];
        rng.fill_bytes(&mut dice);
        let jitter = u64::from(u16::from_be_bytes(dice)) * (wait / 2) / 65_536;
        let retry_at = now.saturating_add(wait / 2 + jitter);
        self.connection = Connection { state: ConnectionState::None, n_failures, retry_at };
        self.version = None;
        self.wakes.disconnected();
        if let Some(recovery) = &mut self.recovery {
            recovery.link.disconnected();
        }
        if let Some(meeting) = &mut self.meeting {
            meeting.disconnected();
        }
        if let Some(machine) = &mut self.machine {
            machine.disconnected();
        }
    }

    fn frame<L: Log>(
        &mut self,
        now: u64,
        bytes: &[u8],
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        let frame = match ServerFrame::from_bytes(bytes) {
            Ok(ServerFrame::Refused { about: About::Frame, code: Code::NewerVersion, .. }) => {
                if self.n_versions_back + 1 < VERSION {
                    // An older relay: the same once more, in its version. Where it ends the connection, on the next one.
                    self.n_versions_back += 1;
                    self.connected(out);
                    return Ok(());
                }
                out.notices.push(Notice::UpdateNeeded);
                return Ok(());
            }
            Ok(frame) => frame,
            Err(_) => {
                if let Some(machine) = &mut self.machine {
                    machine.set_one_aside(Aside::Unreadable, out);
                }
                return Ok(());
            }
        };
        if matches!(frame, ServerFrame::Ack { .. }) {
            self.refused = None;
        }
        if let ServerFrame::Welcome { version, push_key, .. } = frame {
            self.version = Some(version);
            let known = self.push_key.replace(push_key);
            if push_key.is_some() && known != Some(push_key) {
                out.notices.push(Notice::Waking);
            }
            return Ok(());
        }
        if let Some(has_changed) = self.wakes.frame(&frame) {
            if has_changed {
                self.wakes_changed = true;
                out.notices.push(Notice::Waking);
            }
            return Ok(());
        }
        if let Some(meeting) = self.meeting.as_mut().filter(|meeting| meeting.is_for(&frame)) {
            let met = meeting.frame(now, frame, rng, &mut out.frames);
            self.meeting_changed = true;
            met.into_iter().for_each(|met| self.met(now, met, log, rng, out));
            return Ok(());
        }
        if self.recovery.as_ref().is_some_and(|recovery| recovery.link.is_for(&frame)) {
            self.recovery_frame(now, frame, log, rng, out);
            return Ok(());
        }
        match &mut self.machine {
            Some(machine) => machine.frame(now, frame, log, rng, out).map(|_| ()),
            None => Ok(()),
        }
    }

    fn recovery_frame<L: Log>(
        &mut self,
        now: u64,
        frame: ServerFrame,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) {
        let Some(recovery) = &mut self.recovery else { return };
        let mut is_read = false;
        for happened in recovery.link.frame(now, frame, &mut out.frames) {
            match happened {
                Happened::Record { seq, bytes, .. } => {
                    let note = recovery.key.open_note(&bytes).ok().and_then(|bytes| Note::decode(&bytes));
                    recovery.latest = note.or(recovery.latest.take());
                    recovery.link.stored(seq);
                }
                Happened::UpToDate => is_read = true,
                _ => {}
            }
        }
        let Some(Recovery { key, latest, only, .. }) = self.recovery.take_if(|_| is_read) else { return };
        let latest = latest.filter(|note| only.is_none_or(|only| only == note.person()));
        let person = latest.as_ref().map(Note::person);
        self.machine = latest.and_then(|note| Machine::recover(&note, key, log, rng));
        match (&mut self.machine, person) {
            (Some(machine), Some(person)) => {
                machine.connected(out);
                out.notices.push(Notice::Joined(person));
            }
            _ => out.notices.push(Notice::PairingFailed(MeetingFailure::NothingToRecover)),
        }
    }

    fn tick<L: Log>(
        &mut self,
        now: u64,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        if let (true, ConnectionState::Open, Some(meeting)) =
            (self.meeting_is_new, self.connection.state, &mut self.meeting)
        {
            self.meeting_is_new = false;
            meeting.connected(&mut out.frames);
        }
        if let (ConnectionState::Open, Some(recovery)) = (self.connection.state, &mut self.recovery)
            && recovery.link.is_to_ask(now)
        {
            recovery.link.ask(&mut out.frames);
        }
        if let (ConnectionState::Open, Some(meeting)) = (self.connection.state, &mut self.meeting) {
            meeting.ask_if_due(now, &mut out.frames);
        }
        if let Some(met) = self.meeting.as_mut().and_then(|meeting| meeting.tick(now, &mut out.frames)) {
            self.met(now, met, log, rng, out);
        }
        if let Some(machine) = &mut self.machine {
            machine.spread = self.spread;
            machine.tick(now, log, rng, out)?;
        }
        if self.connection.state == ConnectionState::Open && self.version.is_some_and(|version| version >= 2)
        {
            let (place, of_others) =
                self.machine.as_ref().map_or((Where::Nowhere, Vec::new()), Machine::wakes);
            self.wakes_changed |= self.wakes.tend(place, &of_others, now, &mut out.frames);
        }
        let idle = self.connection.state == ConnectionState::None;
        if idle && self.is_needed() && now >= self.connection.retry_at {
            self.connection.state = ConnectionState::Asked;
            out.connect = true;
        }
        Ok(())
    }

    fn met<L: Log>(&mut self, now: u64, met: Met, log: &L, rng: &mut dyn CryptoRng, out: &mut Outbox) {
        match met {
            Met::Words => out.notices.push(Notice::WordsToCompare),
            Met::Failed(failure) => {
                self.set_meeting(None);
                out.notices.push(Notice::PairingFailed(failure));
            }
            Met::Sent => self.inviter_done(out),
            Met::Joined(finished) => {
                self.set_meeting(None);
                if self.joiner_done(now, *finished, log, rng, out).is_err() {
                    out.notices.push(Notice::PairingFailed(MeetingFailure::BadPayload));
                }
            }
        }
    }

    fn inviter_done(&mut self, out: &mut Outbox) {
        let purpose = self.meeting.as_ref().map(Meeting::purpose);
        self.set_meeting(None);
        let partner = self.machine.as_ref().and_then(Machine::partner);
        if let (Some(PairingPurpose::Partner), Some(partner)) = (purpose, partner) {
            out.notices.push(Notice::Paired(partner));
        }
    }

    fn joiner_done<L: Log>(
        &mut self,
        now: u64,
        finished: Finished,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), MeetError> {
        let Finished { paired, payload, device } = finished;
        match device {
            None => {
                let bundle = PairBundle::decode(&payload).ok_or(BundleError::Unreadable)?;
                let machine = self.machine.as_mut().ok_or(MeetError::NotBegun)?;
                machine.begin_pair(paired.space_root(), &bundle, false, now, log, rng)?;
                out.notices.push(Notice::Paired(bundle.person));
            }
            Some(device) => {
                let bundle = WelcomeBundle::decode(&payload).ok_or(BundleError::Unreadable)?;
                self.machine = Some(Machine::join_own(device, &bundle, now, log, rng)?);
                out.notices.push(Notice::Joined(bundle.person()));
                out.notices.extend(bundle.partner().map(Notice::Paired));
            }
        }
        if let (ConnectionState::Open, Some(machine)) = (self.connection.state, &mut self.machine) {
            machine.connected(out);
        }
        Ok(())
    }

    /// When to give the next [`Input::Tick`], in milliseconds since 1970, if nothing else happens before.
    pub fn wake_at(&self, now: u64) -> u64 {
        let waits = self.machine.iter().flat_map(Machine::not_before).filter(|at| *at > now);
        let idle = self.connection.state == ConnectionState::None;
        let retry = idle.then_some(self.connection.retry_at.max(now + 1));
        let meeting = self.meeting.as_ref().map(Meeting::not_before).filter(|at| *at > now);
        waits.chain(meeting).chain(retry).fold(now + 60_000, u64::min)
    }

    /// Takes an own device away for good.
    ///
    /// # Errors
    /// [`MeetError::List`] if there is no such device; [`MeetError::NotBegun`].
    pub fn revoke<L: Log>(
        &mut self,
        device: DeviceKeyId,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        Ok(self.machine.as_mut().ok_or(MeetError::NotBegun)?.revoke(device, now, log, rng)?)
    }

    /// Somebody may have copied what is on this device: it becomes a new device, and the one it was is taken away.
    /// Begin new chains in the journal before.
    ///
    /// # Errors
    /// [`MeetError::List`] if this device does not count any more; [`MeetError::NotBegun`].
    pub fn replace_keys<L: Log>(
        &mut self,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        Ok(self.machine.as_mut().ok_or(MeetError::NotBegun)?.replace_keys(now, log, rng)?)
    }

    /// Lets a new own device have the history at once; gives whether this device can say so.
    pub fn approve(&mut self, device: DeviceKeyId, now: u64, rng: &mut dyn CryptoRng) -> bool {
        self.machine.as_mut().is_some_and(|machine| machine.approve(device, now, rng))
    }

    /// New own devices of the last seven days.
    pub fn new_devices(&self, now: u64) -> Vec<NewDevice> {
        self.machine.as_ref().map(|machine| machine.new_devices(now)).unwrap_or_default()
    }

    /// Whether a space was read to its end and everything written here is at the relay.
    pub fn is_up_to_date(&self, which: Which) -> bool {
        self.machine.as_ref().is_some_and(|machine| machine.is_up_to_date(which))
    }

    fn may_meet(&self, purpose: PairingPurpose) -> Result<(), MeetError> {
        if self.meeting.is_some() {
            return Err(MeetError::Busy);
        }
        let paired = self.machine.as_ref().is_some_and(|machine| machine.partner().is_some());
        if paired && purpose == PairingPurpose::Partner { Err(MeetError::PairedAlready) } else { Ok(()) }
    }

    fn set_meeting(&mut self, meeting: Option<Meeting>) {
        self.meeting = meeting;
        self.meeting_changed = true;
        self.meeting_is_new = self.meeting.is_some();
    }
}

impl core::fmt::Debug for Session {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Session(content hidden)")
    }
}
