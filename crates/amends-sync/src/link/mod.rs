//! One mailbox, as one device uses it: what it has of it, what it put there, and whether the relay keeps its word.
//!
//! A relay may lose, repeat, reorder, hold back and start anew. The link counts places: up to its cursor everything was
//! stored here; what is missing behind the cursor is asked for again, a few times. Own records are checked like all others: one
//! that was acknowledged and is not there when the mailbox is read again was lost, and goes there once more.

mod place;
mod reading;

use std::collections::BTreeSet;

use amends_wire::{About, ClientFrame, Code, MailboxId, Rid, Sealed, Seq, ServerFrame};

pub use place::{Access, Place};
use reading::HIGHEST;

use crate::places::Places;

/// So many records may wait for their acknowledgment at once.
const WINDOW: usize = 32;
/// How long to wait when the relay asks for patience and does not say how much, in milliseconds.
const PATIENCE: u64 = 30_000;
/// And no longer than this, whatever it says.
const LONGEST_PATIENCE: u64 = 10 * 60 * 1000;
/// A device tells the relay what it has stored when it has stored it for so many days: until then, any other
/// device can still fetch it.
const TELL_AFTER_DAYS: u64 = 90;
const DAY: u64 = 24 * 60 * 60 * 1000;

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

    /// The name of this mailbox.
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

    /// Whether it has to be asked for on the present connection, at `now` in milliseconds since 1970: it was not, or the relay said "later" and that time has come.
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

    /// Whether a record may be sent at `now`, in milliseconds since 1970: everything was read, the relay did not say "later",
    /// and not too many wait for their acknowledgment.
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

    /// Tells the relay now and then what it need not keep any longer; `now` in milliseconds since 1970.
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

    /// Takes a frame that is about this mailbox ([`Self::is_for`]), at `now` in milliseconds since 1970. What is to be sent is
    /// added to `out`; what happened is given in order.
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
}
