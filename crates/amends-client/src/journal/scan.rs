//! Reading the journal: open every record, follow the chains, set aside what cannot be read.

use std::collections::BTreeMap;

use amends_crypto::{ChainHash, OpenRecordError, RecordKind};
use amends_domain::event::Event;
use amends_domain::id::DeviceId;
use amends_store::{Position, ReadError, Store, StoredRecord};

use super::chain::{Ends, Fit};
use super::{Entry, Tombstone};
use crate::keys::Keys;
use crate::layout::{ENTRY, TOMBSTONE, record_id};

const PAGE: usize = 4_096;

/// A record that was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Quarantined {
    /// Its place in the order of writing.
    pub position: u64,
    /// Why.
    pub reason: Reason,
}

/// Why a record was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Damaged, changed, or sealed with another key.
    Unreadable,
    /// Written by a newer version of the program; it comes back after an update.
    NewerVersion,
    /// It opens, but it is no entry.
    NotAnEntry,
    /// It opens, but it belongs to another place.
    Misplaced,
    /// It does not fit to the entries before and after it.
    Untied,
    /// Another entry has its name.
    Conflicting,
    /// It was not written by the person it came from.
    Stranger,
    /// Its device was taken away before it was written.
    AfterRevocation,
}

impl Reason {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NewerVersion => "newer_version",
            Self::NotAnEntry => "not_an_entry",
            Self::Misplaced => "misplaced",
            Self::Untied => "untied",
            Self::Conflicting => "conflicting",
            Self::Stranger => "stranger",
            Self::AfterRevocation => "after_revocation",
        }
    }
}

/// Where the chains of devices that were taken away end: the first number that does not count any more.
pub(crate) type Cuts = BTreeMap<DeviceId, u64>;

/// What is wrong with a journal. All zero in a sound one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) quarantined: Vec<Quarantined>,
    /// Ties that do not fit.
    pub(crate) n_broken: u64,
}

/// What was read so far.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Events in the order of writing.
    pub(crate) events: Vec<Event>,
    pub(crate) ends: Ends,
    pub(crate) n_erased: u64,
    pub(crate) findings: Findings,
    pub(crate) cuts: Cuts,
    /// Where reading goes on.
    pub(crate) last: Position,
}

impl Scan {
    /// Reads everything after [`Scan::last`].
    pub(crate) fn read_on(&mut self, store: &impl Store, keys: &Keys) -> Result<(), ReadError> {
        self.read_on_with(store, keys, |_| ())
    }

    /// The same; `with_bytes` gets the bytes of each event.
    pub(crate) fn read_on_with(
        &mut self,
        store: &impl Store,
        keys: &Keys,
        mut with_bytes: impl FnMut(&[u8]),
    ) -> Result<(), ReadError> {
        loop {
            let page = store.read_after(self.last, PAGE)?;
            for record in &page {
                self.last = record.position;
                if let Err(reason) = self.take(record, keys, &mut with_bytes) {
                    let position = record.position.0;
                    self.findings.quarantined.push(Quarantined { position, reason });
                }
            }
            if page.len() < PAGE {
                return Ok(());
            }
        }
    }

    fn take(
        &mut self,
        record: &StoredRecord,
        keys: &Keys,
        with_bytes: &mut impl FnMut(&[u8]),
    ) -> Result<(), Reason> {
        let kind = RecordKind(*record.bytes.get(1).ok_or(Reason::Unreadable)?);
        if kind == TOMBSTONE {
            return self.take_tombstone(record, keys);
        }
        let bytes = open(record, ENTRY, keys)?;
        let entry = Entry::decode(&bytes).ok_or(Reason::NotAnEntry)?;
        let event = Event::decode(&entry.event).map_err(|_| Reason::NotAnEntry)?;
        if record_id(event.id) != record.id {
            return Err(Reason::Misplaced);
        }
        let fit = self.ends.follow(event.id, entry.prev(), ChainHash::of(&bytes));
        self.count(fit);
        if self.cuts.get(&event.id.device).is_some_and(|cut| event.id.seq >= *cut) {
            return Err(Reason::AfterRevocation);
        }
        with_bytes(&entry.event);
        self.events.push(event);
        Ok(())
    }

    fn take_tombstone(&mut self, record: &StoredRecord, keys: &Keys) -> Result<(), Reason> {
        let bytes = open(record, TOMBSTONE, keys)?;
        let tombstone = Tombstone::decode(&bytes).ok_or(Reason::NotAnEntry)?;
        if record_id(tombstone.id) != record.id {
            return Err(Reason::Misplaced);
        }
        let fit = self.ends.follow(tombstone.id, tombstone.prev(), tombstone.hash());
        self.count(fit);
        self.n_erased += 1;
        Ok(())
    }

    fn count(&mut self, fit: Fit) {
        if fit == Fit::Broken {
            self.findings.n_broken += 1;
        }
    }
}

fn open(
    record: &StoredRecord,
    kind: RecordKind,
    keys: &Keys,
) -> Result<amends_crypto::Zeroizing<Vec<u8>>, Reason> {
    keys.open(kind, record.id.0, &record.bytes).map_err(|error| match error {
        OpenRecordError::NewerVersion => Reason::NewerVersion,
        _ => Reason::Unreadable,
    })
}
