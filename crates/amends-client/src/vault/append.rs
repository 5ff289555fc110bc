//! Writing events: judged by the domain, sealed, tied to the chain, on the disk, and only then part of the state.

use std::collections::{BTreeSet, HashMap};

use amends_crypto::ChainHash;
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DeviceId, EventId, Millis};
use amends_domain::permit::{Action, Local};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_store::{Change, Store};

use super::create::put;
use super::{AppendError, Vault, WriteError};
use crate::journal::{Ends, Entry};
use crate::layout::{ENTRY, HEADS, HEADS_NAME, UNTIDY, record_id};

/// Something that happens now.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happens, for own devices or for both.
    pub action: Action,
    /// Key of the draft that this finishes; it goes in the same moment.
    pub finishes: Option<String>,
}

impl NewEvent {
    /// Something that happens on own devices only.
    pub fn private(body: impl Into<Body>) -> Self {
        Self { action: Action::private(body), finishes: None }
    }

    /// Something that happens between the two.
    pub fn shared(body: impl Into<Body>) -> Self {
        Self { action: Action::shared(body), finishes: None }
    }

    /// The same, finishing a draft.
    #[must_use]
    pub fn finishing(mut self, draft: impl Into<String>) -> Self {
        self.finishes = Some(draft.into());
        self
    }
}

impl<S: Store> Vault<S> {
    /// Writes one event. When it returns, the event survives a crash.
    ///
    /// # Errors
    /// [`AppendError::Refused`] if a rule does not allow it; [`AppendError::Write`] if it could not be written. In
    /// both cases nothing has changed (after [`WriteError::MustReopen`] see there).
    pub fn append(&mut self, now: Millis, new: NewEvent) -> Result<EventId, AppendError> {
        self.append_knowing(now, new, |_| ())
    }

    /// The same, with what only this device knows: `know` fills in the gate passed, the checks' findings, what the
    /// writer was asked and said.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn append_knowing<'l>(
        &mut self,
        now: Millis,
        new: NewEvent,
        know: impl FnOnce(&mut Local<'l>),
    ) -> Result<EventId, AppendError> {
        self.may_reach(&new.action)?;
        if super::dated::is_open_letter(&new.action.body) {
            return self.append_dated(now, new, know);
        }
        let mut local = Local::new(self.next_id(new.action.space), self.next_stamp(now));
        know(&mut local);
        let body = super::dated::with_kept_half(&self.state, new.action.body);
        let action = Action { body: self.with_guest_keys(now, body), ..new.action };
        let event = self.state.permit(action, local).map_err(AppendError::Refused)?;
        let id = event.id;
        let changes = self.removal_of(new.finishes.as_deref());
        self.write([&event], changes)?;
        self.forget_draft(new.finishes);
        self.state.apply(event);
        self.undoable.push(id);
        Ok(id)
    }

    /// What takes a draft away that is finished.
    pub(super) fn removal_of(&self, draft: Option<&str>) -> Vec<Change> {
        let removal = draft.and_then(|key| self.drafts.removal(key));
        removal.map(|removal| vec![removal, put(UNTIDY, vec![])]).unwrap_or_default()
    }

    pub(super) fn forget_draft(&mut self, draft: Option<String>) {
        if let Some(key) = draft {
            self.untidy = true;
            self.drafts.forget(&key);
        }
    }

    /// Writes several events that belong together (leaving, for example): all of them or none.
    ///
    /// # Errors
    /// As [`Vault::append`]; the first refusal refuses all.
    pub fn append_all(
        &mut self,
        now: Millis,
        actions: impl IntoIterator<Item = Action>,
    ) -> Result<Vec<EventId>, AppendError> {
        let mut state = self.state.clone();
        let mut n_in: HashMap<DeviceId, u64> = HashMap::new();
        let mut events = Vec::new();
        for action in actions {
            let mut id = self.next_id(action.space);
            let n_before = n_in.entry(id.device).or_default();
            id.seq += *n_before;
            *n_before += 1;
            self.may_reach(&action)?;
            let local = Local::new(id, state.last_clock().tick(now));
            let event = state.permit(action, local).map_err(AppendError::Refused)?;
            state.apply(event.clone());
            events.push(event);
        }
        self.write(&events, Vec::new())?;
        self.state = state;
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        self.undoable.extend(&ids);
        Ok(ids)
    }

    /// From a device that was taken away nothing goes to the other person, but for what takes something back.
    fn may_reach(&self, action: &Action) -> Result<(), AppendError> {
        if action.space == Space::Shared && self.is_taken_away() && !action.body.takes_back() {
            return Err(AppendError::Refused(Refusal::NotConnected));
        }
        Ok(())
    }

    /// Seals events and appends them, with other changes, in one commit. The state is not touched.
    pub(crate) fn write<'a>(
        &mut self,
        events: impl IntoIterator<Item = &'a Event>,
        mut changes: Vec<Change>,
    ) -> Result<(), WriteError> {
        let mut ends = self.ends.clone();
        let mut n_events = 0;
        let mut new_chains = Vec::new();
        for event in events {
            changes.push(self.seal_entry(event, &mut ends)?);
            new_chains.push((event.id.device, (event.author, event.space)));
            n_events += 1;
        }
        let heads = self.keys.seal_own(HEADS, &ends.encode(), &mut *self.rng)?;
        changes.push(put(HEADS_NAME, heads));
        self.commit(&changes)?;
        self.ends = ends;
        self.chains.extend(new_chains);
        self.n_since_snapshot += n_events;
        Ok(())
    }

    fn seal_entry(&mut self, event: &Event, ends: &mut Ends) -> Result<Change, WriteError> {
        let prev = ends.of(event.id.device).hash();
        let entry = Entry::new(prev, event.encode(), &mut *self.rng).encode();
        let id = record_id(event.id);
        let bytes = self.keys.seal(ENTRY, id.0, &entry, &mut *self.rng)?;
        ends.set(event.id, ChainHash::of(&entry));
        Ok(Change::Append { id, bytes })
    }

    /// Folds the state anew from the events it has, without those that `drop` names.
    pub(crate) fn refold_without(&mut self, drop: &BTreeSet<EventId>) {
        let kept: Vec<Event> =
            self.state.events().filter(|event| !drop.contains(&event.id)).cloned().collect();
        self.state = State::from_events(self.profile.person, self.profile.partner, kept);
    }

    /// Folds the state anew from the events it has and `more`; the person or the partner may be new.
    pub(crate) fn refold_with(&mut self, more: Vec<Event>) {
        let all: Vec<Event> = self.state.events().cloned().chain(more).collect();
        self.state = State::from_events(self.profile.person, self.profile.partner, all);
        self.reveal_letters();
    }
}
