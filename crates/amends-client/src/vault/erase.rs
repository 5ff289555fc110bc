//! Taking deleted words off the disk.
//!
//! Deleting is an event and can be undone while the vault is open. Locking the vault ends that (after a crash, the
//! next locking): the record of everything deleted is replaced by a tombstone, which keeps its place in the chain and
//! none of its words; then the file is rewritten so that the old bytes are in it nowhere.

use std::collections::BTreeSet;

use amends_domain::event::{Body, Space};
use amends_domain::id::{EventId, Millis, WEEK};
use amends_domain::permit::Action;
use amends_domain::safety::LeavePlan;
use amends_domain::texts::texts;
use amends_store::{Change, Store};

use super::create::put;
use super::{EraseError, LeaveError, Vault, snapshot};
use crate::journal::{Entry, Tombstone};
use crate::layout::{ENTRY, TOMBSTONE, UNTIDY, record_id};

impl<S: Store> Vault<S> {
    /// Takes everything deleted off the disk now; it cannot be brought back after this. What was sent to the other one
    /// stays, sealed, until a week has passed: until then it counts for the number they want to receive.
    ///
    /// # Errors
    /// [`EraseError`]; what could not be erased is tried again when the vault is locked or opened the next time.
    pub fn erase(&mut self, now: Millis) -> Result<(), EraseError> {
        let gone: BTreeSet<EventId> =
            self.state.droppable().into_iter().filter(|id| self.may_go(*id, now)).collect();
        self.erase_now(&gone)
    }

    /// Carries out a plan for leaving: writes what it says, then takes off the disk what it names, drafts included,
    /// without waiting.
    ///
    /// # Errors
    /// [`LeaveError`]; it can be done again.
    pub fn leave(&mut self, now: Millis, plan: LeavePlan) -> Result<(), LeaveError> {
        self.append_all(now, plan.write.into_iter().map(|(space, body)| Action { space, body }))?;
        if !plan.erase.is_empty() {
            let keys: Vec<String> = self.drafts().map(|draft| draft.key.clone()).collect();
            for key in keys {
                self.discard_draft(&key).map_err(EraseError::from)?;
            }
        }
        Ok(self.erase_now(&plan.erase.into_iter().collect())?)
    }

    /// Words that the other person asked to have removed, and that are still here. What happened keeps its name: own words
    /// hang on it.
    pub fn asked_to_remove(&self) -> BTreeSet<EventId> {
        let Some(partner) = self.partner() else { return BTreeSet::new() };
        let asked =
            self.state.world().entries.removals_asked_by(partner).filter_map(|id| self.state.event(id));
        let with_words = asked.filter(|event| event.author == partner && !texts(&event.body).is_empty());
        with_words.filter(|event| !matches!(event.body, Body::Incident(_))).map(|event| event.id).collect()
    }

    /// Takes off this disk what the other person asked to have removed, without waiting. It cannot be brought back.
    ///
    /// # Errors
    /// [`EraseError`]; it can be done again.
    pub fn remove_as_asked(&mut self) -> Result<(), EraseError> {
        self.erase_now(&self.asked_to_remove())
    }

    fn erase_now(&mut self, gone: &BTreeSet<EventId>) -> Result<(), EraseError> {
        if !gone.is_empty() {
            self.replace_by_tombstones(gone)?;
            self.undoable.retain(|id| !gone.contains(id));
            self.refold_without(gone);
        }
        self.discard_loose_pictures()?;
        self.compact()
    }

    fn may_go(&self, id: EventId, now: Millis) -> bool {
        self.state
            .event(id)
            .is_some_and(|event| event.space == Space::Private || now.since(event.at.time()) > WEEK)
    }

    /// Rewrites the file if removed bytes may still be in it.
    pub(super) fn compact(&mut self) -> Result<(), EraseError> {
        if self.untidy {
            self.store.compact()?;
            self.commit(&[Change::Delete { name: UNTIDY.to_owned() }])?;
            self.untidy = false;
        }
        Ok(())
    }

    fn replace_by_tombstones(&mut self, gone: &BTreeSet<EventId>) -> Result<(), EraseError> {
        let mut changes = vec![snapshot::forget(), put(UNTIDY, vec![])];
        for id in gone {
            changes.push(self.tombstone(*id)?);
        }
        self.commit(&changes)?;
        self.n_erased += gone.len() as u64;
        self.n_since_snapshot = self.state.events().count();
        self.untidy = true;
        Ok(())
    }

    fn tombstone(&mut self, id: EventId) -> Result<Change, EraseError> {
        let record = record_id(id);
        let stored = self.store.record(record)?;
        let opened = stored.and_then(|stored| self.keys.open(ENTRY, record.0, &stored.bytes).ok());
        // A record that went bad since it was read can lose its words too; only its tie to the chain is lost with it.
        let tombstone = match opened.and_then(|bytes| Some((Entry::decode(&bytes)?.prev(), bytes))) {
            Some((prev, bytes)) => Tombstone::of(id, prev, &bytes),
            None => Tombstone::of(id, amends_crypto::ChainHash::START, &[]),
        };
        let bytes = self
            .keys
            .seal(TOMBSTONE, record.0, &tombstone.encode(), &mut *self.rng)
            .expect("a tombstone is far below the limit");
        Ok(Change::Replace { id: record, bytes })
    }
}
