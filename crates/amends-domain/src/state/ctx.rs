//! What a rule sees of an event: who, when, where, and all that holds before it.

use super::World;
use crate::event::{Event, Space};
use crate::id::{EntryId, EventId, Hlc, PersonId};
use crate::incident::Incident;
use crate::refusal::Refusal;

/// Who, when, where: what every rule needs to know of an event besides its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The event.
    pub id: EventId,
    /// Its author.
    pub author: PersonId,
    /// Its time.
    pub at: Hlc,
    /// Its space.
    pub space: Space,
}

impl Stamp {
    /// The stamp of an event.
    pub fn of(event: &Event) -> Self {
        Stamp { id: event.id, author: event.author, at: event.at, space: event.space }
    }
}

/// An event on its way through the rules, with all that holds before it.
#[derive(Debug, Clone, Copy)]
pub struct Ctx<'a> {
    /// Who, when, where.
    pub stamp: Stamp,
    /// All that holds.
    pub world: &'a World,
}

impl<'a> Ctx<'a> {
    /// An incident in the space of the event.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn incident(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.any_incident(id).and_then(|found| {
            if found.space == self.stamp.space { Ok(found) } else { Err(Refusal::NotFound) }
        })
    }

    /// An incident in either space.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn any_incident(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.world.incidents.get(id).ok_or(Refusal::NotFound)
    }

    /// The incident, if the author may speak in it as the one who did the harm.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::WrongRole`].
    pub fn as_doer(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.incident(id).and_then(|found| {
            if found.may_own(self.stamp.author) { Ok(found) } else { Err(Refusal::WrongRole) }
        })
    }

    /// The incident, if the author may speak in it as the one who was hurt.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::WrongRole`].
    pub fn as_hurt(&self, id: EntryId) -> Result<&'a Incident, Refusal> {
        self.incident(id).and_then(|found| {
            if found.may_claim(self.stamp.author) { Ok(found) } else { Err(Refusal::WrongRole) }
        })
    }

    /// Passes for the author of an entry only.
    ///
    /// # Errors
    /// [`Refusal::NotYours`].
    pub fn is_author(&self, author: PersonId) -> Result<(), Refusal> {
        if self.stamp.author == author { Ok(()) } else { Err(Refusal::NotYours) }
    }

    /// Passes for the other one only.
    ///
    /// # Errors
    /// [`Refusal::NotForWriter`].
    pub fn is_other(&self, author: PersonId) -> Result<(), Refusal> {
        if self.stamp.author == author { Err(Refusal::NotForWriter) } else { Ok(()) }
    }
}

/// Passes when there are words.
pub(crate) fn words(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(()) }
}
