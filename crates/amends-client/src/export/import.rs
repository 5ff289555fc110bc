//! Import of a JSON export.

use std::collections::BTreeMap;

use amends_domain::event::Event;
use amends_domain::id::{EventId, PersonId};
use amends_store::Store;
use serde_json::Value;

use super::json::{FORMAT, File, VERSION};
use crate::drafts::Draft;
use crate::layout::{PROFILE, PROFILE_NAME};
use crate::vault::{Profile, Vault, WriteError, put};

/// What came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Events that are new here.
    pub n_events: usize,
    /// Events that were here already, or were erased here.
    pub n_known: usize,
    /// Events that could not be read.
    pub n_skipped: usize,
    /// Drafts that are new here.
    pub n_drafts: usize,
}

/// Nothing was imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file is not an export, or it is damaged.
    #[error("this is not an export of Amends")]
    NotAnExport,
    /// The export was written by a newer version of the program.
    #[error("the export was written by a newer version of Amends")]
    NewerVersion,
    /// The export belongs to another person than this vault.
    #[error("the export belongs to another person")]
    OtherPerson,
    /// Invented people and real ones do not mix.
    #[error("a demonstration cannot be mixed with a real vault")]
    DemoMixed,
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl<S: Store> Vault<S> {
    /// Brings an export in, all of it or nothing. An empty vault becomes the vault of the person in the export; in
    /// any other the person must be the same, and what is here already stays as it is.
    ///
    /// # Errors
    /// [`ImportError`]; the vault is unchanged.
    pub fn import_json(&mut self, text: &str) -> Result<Imported, ImportError> {
        let file = read(text)?;
        if file.demo != self.is_demo() {
            return Err(ImportError::DemoMixed);
        }
        let profile = self.profile_for(file.person, file.partner)?;
        let n_in_file = file.events.len();
        let readable: Vec<Event> =
            file.events.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect();
        let n_skipped = n_in_file - readable.len();
        let events = self.only_new(readable);
        let drafts: Vec<Draft> =
            file.drafts.into_iter().filter(|draft| self.draft(&draft.key).is_none()).collect();
        let imported = Imported {
            n_events: events.len(),
            n_known: n_in_file - n_skipped - events.len(),
            n_skipped,
            n_drafts: drafts.len(),
        };

        let sealed =
            self.keys.seal_own(PROFILE, &profile.encode(), &mut *self.rng).map_err(WriteError::from)?;
        let mut changes = vec![put(PROFILE_NAME, sealed)];
        let mut ids = Vec::new();
        for draft in &drafts {
            let (change, id) = self.seal_draft(draft)?;
            changes.push(change);
            ids.push(id);
        }
        self.write(&events, changes)?;
        self.profile = profile;
        ids.into_iter().zip(drafts).for_each(|(id, draft)| self.drafts.remember(id, draft));
        self.refold_with(events);
        Ok(imported)
    }

    fn profile_for(&self, person: PersonId, partner: Option<PersonId>) -> Result<Profile, ImportError> {
        let is_empty = self.state().events().next().is_none();
        match person == self.me() {
            true => Ok(Profile { partner: self.profile.partner.or(partner), ..self.profile }),
            false if is_empty => Ok(Profile { person, partner, ..self.profile }),
            false => Err(ImportError::OtherPerson),
        }
    }

    /// Events behind the end of their chain here, in chain order. What lies before the end is here or was erased.
    fn only_new(&self, events: Vec<Event>) -> Vec<Event> {
        let sorted: BTreeMap<EventId, Event> = events.into_iter().map(|event| (event.id, event)).collect();
        sorted.into_values().filter(|event| event.id.seq >= self.ends.of(event.id.device).next).collect()
    }
}

fn read(text: &str) -> Result<File<Value>, ImportError> {
    #[derive(serde::Deserialize)]
    struct Start {
        format: String,
        version: u32,
    }
    let start: Start = serde_json::from_str(text).map_err(|_| ImportError::NotAnExport)?;
    match (start.format.as_str(), start.version) {
        (FORMAT, VERSION) => serde_json::from_str(text).map_err(|_| ImportError::NotAnExport),
        (FORMAT, newer) if newer > VERSION => Err(ImportError::NewerVersion),
        _ => Err(ImportError::NotAnExport),
    }
}
