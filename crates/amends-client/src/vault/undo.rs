//! Undo: the opposite event where there is one, deletion of what was written otherwise.

use amends_domain::event::{Body, Event};
use amends_domain::id::{EventId, Millis};
use amends_domain::permit::Action;
use amends_domain::{consent, entry};
use amends_store::Store;

use super::{AppendError, NewEvent, Vault};

impl<S: Store> Vault<S> {
    /// What [`Vault::undo`] would take back: the newest event of this session that can be undone.
    pub fn undoable(&self) -> Option<&Event> {
        self.undoable
            .iter()
            .rev()
            .find_map(|id| self.state.event(*id).filter(|event| inverse(event).is_some()))
    }

    /// Takes back the newest event of this session that can be taken back; gives its id, or none if there is none.
    ///
    /// # Errors
    /// [`AppendError`]; the event still holds.
    pub fn undo(&mut self, now: Millis) -> Result<Option<EventId>, AppendError> {
        let Some(event) = self.undoable() else { return Ok(None) };
        let (id, space) = (event.id, event.space);
        let Some(body) = inverse(event) else { return Ok(None) };
        self.append(now, NewEvent { action: Action { space, body }, finishes: None })?;
        // Neither the event nor its opposite is undone a second time.
        self.undoable.pop();
        self.undoable.retain(|other| *other != id);
        Ok(Some(id))
    }
}

/// The event that takes `event` back. Opening one's channel needs the safety questions, so closing it has none.
fn inverse(event: &Event) -> Option<Body> {
    let target = event.id;
    match &event.body {
        Body::Entry(entry::Event::Delete { target }) => {
            Some(entry::Event::Restore { target: *target }.into())
        }
        Body::Entry(entry::Event::Restore { target }) => {
            Some(entry::Event::Delete { target: *target }.into())
        }
        Body::Entry(entry::Event::AllowCopy { target, allowed }) => {
            Some(entry::Event::AllowCopy { target: *target, allowed: !allowed }.into())
        }
        Body::Consent(consent::Event::OptIn) => Some(consent::Event::Close.into()),
        Body::Entry(_) | Body::Consent(_) | Body::Safety(_) | Body::Unknown(_) => None,
        _ => Some(entry::Event::Delete { target }.into()),
    }
}
