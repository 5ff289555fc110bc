//! Reading a mailbox: what is there, what is missing, what cannot be read, and whether it is still the same mailbox.

use amends_wire::{ClientFrame, Era, Rid, Seq};

use super::{Access, Happened, LONGEST_PATIENCE, Link, Phase, Place};

/// So often a mailbox is read again because places are missing.
const TRIES: u8 = 3;
/// How often a relay may begin a mailbox anew within one connection before it is left alone for a while.
const MOST_LIVES: u8 = 4;
/// So many records that cannot be read are looked at once more, and no others.
const MOST_DOUBTS: usize = 64;
/// No relay has counted to this; whoever says so lies.
pub(super) const HIGHEST: u64 = 1 << 53;

impl Link {
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

    pub(super) fn record(&mut self, seq: u64, rid: Rid, bytes: Vec<u8>) -> Vec<Happened> {
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

    pub(super) fn up_to_date(
        &mut self,
        now: u64,
        last: u64,
        era: Era,
        out: &mut Vec<ClientFrame>,
    ) -> Vec<Happened> {
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

    pub(super) fn begin_again(&mut self, era: Option<Era>) {
        self.place = Place { era, ..Place::new(self.place.device) };
        self.stored.clear();
        self.held.clear();
        self.in_flight.clear();
    }

    pub(super) fn read(&mut self, out: &mut Vec<ClientFrame>) {
        if self.phase != Phase::Reading {
            self.is_whole = self.place.cursor == 0;
        }
        self.phase = Phase::Reading;
        let Access { mailbox, read, .. } = self.access;
        out.push(ClientFrame::Sub { mailbox, read, after: Seq(self.place.cursor) });
    }
}
