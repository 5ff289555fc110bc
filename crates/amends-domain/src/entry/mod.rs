//! Entries as such: deleting, restoring, asking for removal, allowing copies.
//!
//! Deleting is done by the fold itself (`State::is_retracted`): here is only what it says to the other.

mod event;

use std::collections::BTreeSet;

pub use event::Event;

use crate::event::Reach;
use crate::id::{EntryId, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp};

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Delete { .. } | Event::Restore { .. } => Reach::Either,
            Event::AskRemoval { .. } | Event::AllowCopy { .. } => Reach::Pair,
        }
    }
}

/// Copies allowed and removals asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    copies: BTreeSet<(PersonId, EntryId)>,
    removals: BTreeSet<(PersonId, EntryId)>,
}

impl State {
    /// Whether the author of an entry lets the other keep a copy of it.
    pub fn copy_allowed(&self, author: PersonId, entry: EntryId) -> bool {
        self.copies.contains(&(author, entry))
    }

    /// Entries that their author asked to have removed.
    pub fn removals_asked_by(&self, author: PersonId) -> impl Iterator<Item = EntryId> {
        self.removals.iter().filter(move |(asker, _)| *asker == author).map(|(_, entry)| *entry)
    }

    pub(crate) fn judge(&self, _: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::AskRemoval { targets } if targets.is_empty() => Err(Refusal::Empty),
            _ => Ok(()),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::AskRemoval { targets } => {
                self.removals.extend(targets.iter().map(|id| (stamp.author, *id)))
            }
            Event::AllowCopy { target, allowed: true } => {
                self.copies.insert((stamp.author, *target));
            }
            Event::AllowCopy { target, allowed: false } => {
                self.copies.remove(&(stamp.author, *target));
            }
            Event::Delete { .. } | Event::Restore { .. } => {}
        }
    }
}
