//! The other person: who they are, and events that come from their device.

use amends_domain::event::{Event, Space};
use amends_domain::id::PersonId;
use amends_store::{ReadError, Store};

use super::create::put;
use super::{Profile, Vault, WriteError};
use crate::layout::{PROFILE, PROFILE_NAME, record_id};

/// Events that came in were not taken; nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError {
    /// Only shared events of the partner come from outside.
    #[error("an event from outside is not a shared event of the partner")]
    NotFromPartner,
    /// Events of a device come in the order of their numbers; one before this was not received.
    #[error("an event came too late or too early")]
    OutOfOrder,
    /// The store could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl<S: Store> Vault<S> {
    /// Notes who the partner is. Everything is folded anew, because shared events need two.
    ///
    /// # Errors
    /// [`WriteError`]; nothing has changed.
    pub fn pair_with(&mut self, partner: PersonId) -> Result<(), WriteError> {
        let profile = Profile { partner: Some(partner), ..self.profile };
        let sealed = self.keys.seal_own(PROFILE, &profile.encode(), &mut *self.rng)?;
        self.commit(&[put(PROFILE_NAME, sealed)])?;
        self.profile = profile;
        self.state.pair_with(partner);
        Ok(())
    }

    /// Takes shared events of the partner, in the order of their device; those already here are passed over. Gives
    /// the number of new ones. Whether a rule allows them is for the fold to say.
    ///
    /// # Errors
    /// [`ReceiveError`]; none was taken.
    pub fn receive(&mut self, events: Vec<Event>) -> Result<usize, ReceiveError> {
        let mut new: Vec<Event> = Vec::new();
        for event in events {
            if event.space != Space::Shared || Some(event.author) != self.profile.partner {
                return Err(ReceiveError::NotFromPartner);
            }
            if self.store.record(record_id(event.id))?.is_some() {
                continue;
            }
            let last = new.iter().rev().find(|other| other.id.device == event.id.device);
            let next = last.map_or(self.ends.of(event.id.device).next, |last| last.id.seq + 1);
            if event.id.seq != next {
                return Err(ReceiveError::OutOfOrder);
            }
            new.push(event);
        }
        self.write(&new, Vec::new())?;
        let n_new = new.len();
        self.state.extend(new);
        Ok(n_new)
    }
}
