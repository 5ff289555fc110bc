//! The other person: who they are, and devices whose words do not count any more.

use amends_domain::id::{DeviceId, PersonId};
use amends_store::Store;

use super::create::put;
use super::{Profile, Vault, WriteError, snapshot};
use crate::layout::{CUTS, CUTS_NAME, PROFILE, PROFILE_NAME};

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

    /// Who the partner is, once paired.
    pub fn partner(&self) -> Option<PersonId> {
        self.profile.partner
    }

    /// Lets nothing count that a chain says from this number on: its device was taken away. An earlier cut stays.
    ///
    /// # Errors
    /// [`WriteError`]; nothing has changed.
    pub fn cut(&mut self, chains: &[(DeviceId, u64)]) -> Result<(), WriteError> {
        let mut cuts = self.cuts.clone();
        for (device, seq) in chains {
            cuts.entry(*device).and_modify(|cut| *cut = (*cut).min(*seq)).or_insert(*seq);
        }
        if cuts == self.cuts {
            return Ok(());
        }
        let bytes = minicbor::to_vec(&cuts).expect("writing to memory cannot fail");
        let sealed = self.keys.seal_own(CUTS, &bytes, &mut *self.rng)?;
        self.commit(&[put(CUTS_NAME, sealed), snapshot::forget()])?;
        let is_cut = |id: &amends_domain::id::EventId| cuts.get(&id.device).is_some_and(|cut| id.seq >= *cut);
        let gone = self.state.events().map(|event| event.id).filter(is_cut).collect();
        self.refold_without(&gone);
        self.n_since_snapshot = self.state.events().count();
        self.cuts = cuts;
        Ok(())
    }
}
