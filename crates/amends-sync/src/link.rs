//! One mailbox, as one device uses it: what it has of it, what it put there, and whether the relay keeps its word.
//!
//! A relay may lose, repeat, reorder, hold back and start anew. The link counts places: up to its cursor everything was
//! stored here; what is missing behind the cursor is asked for again, a few times. Own records are checked like all others: one
//! that was acknowledged and is not there when the mailbox is read again was lost, and goes there once more.

use std::collections::{BTreeMap, BTreeSet};

use amends_wire::{
    About, ClientFrame, Code, DeviceToken, Era, MailboxId, Rid, Sealed, Seq, ServerFrame, Token,
};
use minicbor::{Decode, Encode};

use crate::places::Places;

/// So many records may wait for their acknowledgment at once.
const WINDOW: usize = 32;
/// So often a mailbox is read again because places are missing.
const TRIES: u8 = 3;
/// How long to wait when the relay asks for patience and does not say how much, in milliseconds.
const PATIENCE: u64 = 30_000;
/// And no longer than this, whatever it says.
const LONGEST_PATIENCE: u64 = 10 * 60 * 1000;
/// How often a relay may begin a mailbox anew within one connection before it is left alone for a while.
const MOST_LIVES: u8 = 4;
/// So many records that cannot be read are looked at once more, and no others.
const MOST_DOUBTS: usize = 64;
/// No relay has counted to this; whoever says so lies.
const HIGHEST: u64 = 1 << 53;
/// A device tells the relay what it has stored when it has stored it for so many days: until then, any other
/// device can still fetch it.
const TELL_AFTER_DAYS: u64 = 90;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// The name of a mailbox, and what lets a client in.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// Its name.
    pub mailbox: MailboxId,
    /// To read.
    pub read: Token,
    /// To append.
    pub append: Token,
}

impl core::fmt::Debug for Access {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Access(hidden)")
    }
}

/// How far a device is in a mailbox. Kept, sealed, beside what was received.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Place {
    /// Up to here, everything is stored here or was given up.
    #[n(0)]
    cursor: u64,
    /// Which life of the mailbox this counts in.
    #[n(1)]
    era: Option<Era>,
    /// How often it was read again in vain.
    #[n(2)]
    tries: u8,
    /// Own records behind the cursor that were acknowledged: place and name.
    #[n(3)]
    acknowledged: BTreeMap<u64, Rid>,
    /// The cursor at the beginning of some days.
    #[n(4)]
    days: BTreeMap<u64, u64>,
    /// By which the relay knows this device, if it is to forget what all have.
    #[n(5)]
    device: Option<DeviceToken>,
    /// Places were given up that the relay may show later.
    #[n(6)]
    gave_up: bool,
    /// Places whose record could not be read once: each is looked at once more, on another day.
    #[n(7)]
    doubted: Option<BTreeSet<u64>>,
    /// Where the mailbox began when it was read from its beginning. Seen there twice, what lies before is believed to be gone.
    #[n(8)]
    first: Option<u64>,
    /// Records came before it was known in which life of the mailbox.
    #[n(9)]
    heard: Option<bool>,
}

impl Place {
    /// Nothing yet. With a token for the device the relay is told, late, what it need not keep any longer.
    pub fn new(device: Option<DeviceToken>) -> Self {
        Self {
            cursor: 0,
            era: None,
            tries: 0,
            acknowledged: BTreeMap::new(),
            days: BTreeMap::new(),
            device,
            gave_up: false,
            doubted: None,
            first: None,
            heard: None,
        }
    }

    /// From here on: what lies before is not for this device.
    #[must_use]
    pub fn after(mut self, cursor: u64, era: Era) -> Self {
        (self.cursor, self.era) = (cursor, Some(era));
        self
    }

    /// Up to which place everything is stored here, and in which life of the mailbox.
    pub fn cursor(&self) -> (u64, Option<Era>) {
        (self.cursor, self.era)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Not connected.
    Off,
    /// Asked for everything after the cursor.
    Reading,
    /// Asked the relay to make it.
    Making,
    /// Up to date, hears what is new.
    Live,
    /// The relay does not let this device in.
    Shut,
}

/// What happened in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// A record that is not stored here. Say [`Link::stored`] or [`Link::held`] about its place.
    Record {
        /// Its place.
        seq: u64,
        /// Its name.
        rid: Rid,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// An own record is at the relay.
    Acknowledged(Rid),
    /// An own record was acknowledged and is not there. It has to be sent again, under another name.
    Vanished(Rid),
    /// The relay does not take this record.
    TooLarge(Rid),
    /// The relay has lost the mailbox, or went back to an earlier state: everything has to be sent again.
    Lost,
    /// Places that the relay gave out and does not show, after several tries.
    GaveUp(u64),
    /// Everything that there is has been read.
    UpToDate,
    /// The relay does not do what it was asked. Where that passes, or there may be room again, it is asked later by itself.
    Refused(Code),
}

/// One mailbox, as one device uses it.
#[derive(Debug)]
pub struct Link {
    access: Access,
    place: Place,
    phase: Phase,
    /// Places behind the cursor that are stored, and those that wait for a key.
    stored: Places,
    held: Places,
    in_flight: BTreeSet<Rid>,
    not_before: u64,
    /// How often the mailbox began anew since the connection was made.
    lives: u8,
    /// What is being read, or was read last, began at the first place.
    is_whole: bool,
    /// A record of this reading could not be read.
    has_doubts: bool,
    /// What came over an earlier connection may be of another life of the mailbox.
    is_unsure: bool,
}

impl Link {
    /// A mailbox, and how far this device is in it.
    pub fn new(access: Access, place: Place) -> Self {
        Self {
            access,
            place,
            phase: Phase::Off,
            stored: Places::default(),
            held: Places::default(),
            in_flight: BTreeSet::new(),
            not_before: 0,
            lives: 0,
            is_whole: false,
            has_doubts: false,
            is_unsure: false,
        }
    }

    /// Which mailbox.
    pub fn mailbox(&self) -> MailboxId {
        self.access.mailbox
    }

    /// What lets this device in.
    pub(crate) fn access(&self) -> Access {
        self.access.clone()
    }

    /// How far this device is, to be stored.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether everything that there was has been read, and what is new is heard.
    pub fn is_live(&self) -> bool {
        self.phase == Phase::Live
    }

    /// Whether it has to be asked for on the present connection: it was not, or the relay said "later" and that time has come.
    pub fn is_to_ask(&self, now: u64) -> bool {
        self.phase == Phase::Off && now >= self.not_before
    }

    /// Whether a frame is about this mailbox.
    pub fn is_for(&self, frame: &ServerFrame) -> bool {
        match frame {
            ServerFrame::Rec { mailbox, .. }
            | ServerFrame::UpToDate { mailbox, .. }
            | ServerFrame::Done { about: About::Mailbox(mailbox) }
            | ServerFrame::Refused { about: About::Mailbox(mailbox), .. } => *mailbox == self.access.mailbox,
            ServerFrame::Ack { rid, .. } | ServerFrame::Refused { about: About::Record(rid), .. } => {
                self.waits_for(*rid)
            }
            _ => false,
        }
    }

    /// Whether a record with this name waits for its acknowledgment.
    pub fn waits_for(&self, rid: Rid) -> bool {
        self.in_flight.contains(&rid)
    }

    /// There is a connection: asks for what is new.
    pub fn connected(&mut self, out: &mut Vec<ClientFrame>) {
        self.disconnected();
        if self.place.era.is_none() && self.place.heard == Some(true) {
            self.begin_again(None);
            self.place.heard = Some(true);
            self.is_unsure = true;
        }
        self.read(out);
    }

    /// Asks for what is new, where [`Self::is_to_ask`].
    pub fn ask(&mut self, out: &mut Vec<ClientFrame>) {
        if self.phase == Phase::Off {
            self.read(out);
        }
    }

    /// The connection is gone. What was not acknowledged is sent again later, under the same names.
    pub fn disconnected(&mut self) {
        self.phase = Phase::Off;
        self.in_flight.clear();
        // What waited for a key was in memory only: it is read again.
        self.held.clear();
        (self.not_before, self.lives) = (0, 0);
    }

    /// Whether places were given up that the relay may show later.
    pub fn gave_up(&self) -> bool {
        self.place.gave_up
    }

    /// Reads everything again, once, because entries are missing.
    pub fn read_again(&mut self, out: &mut Vec<ClientFrame>) {
        if self.phase == Phase::Live {
            self.place.cursor = 0;
            // What was given up counted as stored; now only what really comes does.
            self.stored.clear();
            self.read(out);
        }
    }

    /// Whether a record may be sent now.
    pub fn may_publish(&self, now: u64) -> bool {
        self.phase == Phase::Live && now >= self.not_before && self.in_flight.len() < WINDOW
    }

    /// When to try again to send, in milliseconds since 1970.
    pub fn not_before(&self) -> u64 {
        self.not_before
    }

    /// Sends a record, if it is not under way already.
    pub fn publish(&mut self, rid: Rid, bytes: Vec<u8>, out: &mut Vec<ClientFrame>) {
        if self.in_flight.insert(rid) {
            let Access { mailbox, append, .. } = self.access;
            out.push(ClientFrame::Pub { mailbox, append, rid, bytes: Sealed(bytes) });
        }
    }

    /// The record at this place is stored here, or need not be.
    pub fn stored(&mut self, seq: u64) {
        self.held.remove(seq);
        self.stored.insert(seq);
        self.advance();
    }

    /// The record at this place was changed or cut: perhaps on its way, perhaps by the relay, and only this time. It is looked at
    /// once more on another day.
    pub fn doubted(&mut self, seq: u64) {
        let doubted = self.place.doubted.get_or_insert_default();
        if doubted.len() < MOST_DOUBTS && doubted.insert(seq) {
            match self.phase {
                Phase::Live => self.place.gave_up = true,
                _ => self.has_doubts = true,
            }
        }
    }

    /// The record at this place cannot be opened yet; it stays at the relay and is kept in memory.
    pub fn held(&mut self, seq: u64) {
        self.held.insert(seq);
    }

    /// Tells the relay now and then what it need not keep any longer.
    pub fn tick(&mut self, now: u64, out: &mut Vec<ClientFrame>) {
        let Some(device) = self.place.device.filter(|_| self.phase == Phase::Live) else { return };
        let today = now / DAY;
        let cursor = self.place.cursor;
        self.place.days.entry(today).or_insert(cursor);
        let late = today.saturating_sub(TELL_AFTER_DAYS);
        let old: Vec<u64> = self.place.days.range(..=late).map(|(day, _)| *day).collect();
        let told = old.iter().filter_map(|day| self.place.days.remove(day)).max();
        if let Some(up_to) = told.filter(|up_to| *up_to > 0) {
            let Access { mailbox, read, .. } = self.access;
            out.push(ClientFrame::Done { mailbox, read, device, up_to: Seq(up_to) });
        }
    }

    /// Takes a frame that is about this mailbox.
    pub fn frame(&mut self, now: u64, frame: ServerFrame, out: &mut Vec<ClientFrame>) -> Vec<Happened> {
        match frame {
            ServerFrame::Rec { seq, rid, bytes, .. } => self.record(seq.0, rid, bytes.0),
            ServerFrame::UpToDate { seq, era, .. } => self.up_to_date(now, seq.0, era, out),
            ServerFrame::Ack { rid, seq } => self.acknowledged(rid, seq.0),
            ServerFrame::Done { about: About::Mailbox(_) } if self.phase == Phase::Making => {
                self.begin_again(None);
                self.read(out);
                vec![Happened::Lost]
            }
            ServerFrame::Refused { about, code, wait } => self.refused(now, about, code, wait, out),
            _ => Vec::new(),
        }
    }

    fn record(&mut self, seq: u64, rid: Rid, bytes: Vec<u8>) -> Vec<Happened> {
        if self.place.era.is_none() {
            self.place.heard = Some(true);
        }
        if self.place.acknowledged.get(&seq) == Some(&rid) {
            self.place.acknowledged.remove(&seq);
        }
        let known = seq <= self.place.cursor || self.stored.contains(seq) || self.held.contains(seq);
        if known || !(1..=HIGHEST).contains(&seq) {
            Vec::new()
        } else {
            vec![Happened::Record { seq, rid, bytes }]
        }
    }

    fn acknowledged(&mut self, rid: Rid, seq: u64) -> Vec<Happened> {
        if !self.in_flight.remove(&rid) {
            return Vec::new();
        }
        let is_new = seq > self.place.cursor && !self.stored.contains(seq) && !self.held.contains(seq);
        if is_new && seq <= HIGHEST {
            self.place.acknowledged.insert(seq, rid);
        }
        vec![Happened::Acknowledged(rid)]
    }

    fn up_to_date(&mut self, now: u64, last: u64, era: Era, out: &mut Vec<ClientFrame>) -> Vec<Happened> {
        if self.phase != Phase::Reading {
            return Vec::new();
        }
        let last = last.min(HIGHEST);
        let other_life = self.place.era.is_some_and(|known| known != era);
        let known =
            self.place.acknowledged.last_key_value().map_or(0, |(seq, _)| *seq).max(self.place.cursor);
        if other_life || last < known {
            self.lives = self.lives.saturating_add(1);
            self.begin_again(Some(era));
            if self.lives < MOST_LIVES {
                self.read(out);
            } else {
                // It says so again and again: everything would be sent again and again.
                self.lives = 0;
                self.ask_later(now, Some(LONGEST_PATIENCE));
            }
            return vec![Happened::Lost];
        }
        let mut happened = Vec::new();
        if std::mem::take(&mut self.is_unsure) {
            happened.push(Happened::Lost);
        }
        (self.place.era, self.place.heard) = (Some(era), None);
        let first = self.first_after_a_gap();
        let is_first_sure = first.is_none() || first == self.place.first;
        if !is_first_sure && self.place.tries < TRIES {
            self.place.tries += 1;
            self.read(out);
            return happened;
        }
        self.skip_to(first);
        let n_holes = self.holes(last);
        if n_holes > 0 && self.place.tries < TRIES {
            self.place.tries += 1;
            self.read(out);
            return happened;
        }
        // What was given up once is looked for until everything was read from the beginning and nothing is missing.
        if self.is_whole {
            self.place.gave_up = !is_first_sure;
        }
        self.place.gave_up |= std::mem::take(&mut self.has_doubts);
        if n_holes > 0 {
            self.place.gave_up = true;
            happened.push(Happened::GaveUp(n_holes));
            self.stored.fill(self.place.cursor + 1, last, &self.held);
        }
        let vanished = self.place.acknowledged.split_off(&(last + 1));
        let vanished = std::mem::replace(&mut self.place.acknowledged, vanished);
        happened.extend(vanished.into_values().map(Happened::Vanished));
        self.place.tries = 0;
        self.advance();
        self.phase = Phase::Live;
        happened.push(Happened::UpToDate);
        happened
    }

    fn refused(
        &mut self,
        now: u64,
        about: About,
        code: Code,
        wait: Option<u32>,
        out: &mut Vec<ClientFrame>,
    ) -> Vec<Happened> {
        if let About::Record(rid) = about
            && !self.in_flight.remove(&rid)
        {
            return Vec::new();
        }
        match (about, code) {
            (_, Code::UnknownMailbox) if self.phase != Phase::Making => {
                self.phase = Phase::Making;
                let Access { mailbox, read, append } = self.access;
                let (read_hash, append_hash) = (read.hash(), append.hash());
                out.push(ClientFrame::Create { mailbox, read_hash, append_hash, invite: None });
                Vec::new()
            }
            // The same answer once more, or to something that was sent before.
            (_, Code::UnknownMailbox) => Vec::new(),
            (About::Record(rid), Code::TooLarge) => vec![Happened::TooLarge(rid)],
            (_, code) if code.passes() || code == Code::Full => {
                let wait = wait.map(|seconds| u64::from(seconds) * 1000);
                if matches!(self.phase, Phase::Reading | Phase::Making) {
                    self.ask_later(now, wait);
                } else {
                    self.wait(now, wait);
                }
                // Of a pace that was too fast nobody need hear; of a relay that has no room, yes.
                if code == Code::TooMany { Vec::new() } else { vec![Happened::Refused(code)] }
            }
            (_, code) => {
                self.phase = Phase::Shut;
                vec![Happened::Refused(code)]
            }
        }
    }

    /// Nothing is sent for a while.
    fn wait(&mut self, now: u64, wait: Option<u64>) {
        self.not_before = now.saturating_add(wait.unwrap_or(PATIENCE).min(LONGEST_PATIENCE));
    }

    /// Nothing is sent and nothing asked for a while.
    fn ask_later(&mut self, now: u64, wait: Option<u64>) {
        self.wait(now, wait);
        self.phase = Phase::Off;
    }

    /// Number of places up to `last` of which there is no trace.
    fn holes(&self, last: u64) -> u64 {
        let first = self.place.cursor + 1;
        if first > last {
            return 0;
        }
        let n_there = self.stored.count(first, last) + self.held.count(first, last);
        (last - self.place.cursor).saturating_sub(n_there)
    }

    /// The first place that is there, when everything is read and those before it did not come. What a relay keeps no longer
    /// is missing at the beginning, never in the middle; but a network loses things there as well as anywhere.
    fn first_after_a_gap(&self) -> Option<u64> {
        let first = self.stored.first().into_iter().chain(self.held.first()).min();
        first.filter(|first| self.place.cursor == 0 && *first > 1)
    }

    /// Takes what lies before this place for gone.
    fn skip_to(&mut self, first: Option<u64>) {
        if let Some(first) = first {
            self.place.first = Some(first);
            self.place.cursor = first - 1;
            self.advance();
        }
    }

    fn advance(&mut self) {
        self.place.cursor = self.stored.end_of_run_after(self.place.cursor);
        self.stored.forget_to(self.place.cursor);
        self.held.forget_to(self.place.cursor);
    }

    fn begin_again(&mut self, era: Option<Era>) {
        self.place = Place { era, ..Place::new(self.place.device) };
        self.stored.clear();
        self.held.clear();
        self.in_flight.clear();
    }

    fn read(&mut self, out: &mut Vec<ClientFrame>) {
        if self.phase != Phase::Reading {
            self.is_whole = self.place.cursor == 0;
        }
        self.phase = Phase::Reading;
        let Access { mailbox, read, .. } = self.access;
        out.push(ClientFrame::Sub { mailbox, read, after: Seq(self.place.cursor) });
    }
}
