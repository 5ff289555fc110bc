//! Export as JSON: every event and every draft, readable by any program.

use amends_domain::event::Event;
use amends_domain::export::exportable;
use amends_domain::id::{Millis, PersonId};
use amends_store::Store;
use serde::{Deserialize, Serialize};

use crate::drafts::Draft;
use crate::vault::Vault;

pub(super) const FORMAT: &str = "amends-export";
pub(super) const VERSION: u32 = 1;

/// The export file. Events are `Event` when written and JSON values when read, so that one that cannot be read does
/// not hide the rest.
#[derive(Serialize, Deserialize)]
pub(super) struct File<E> {
    pub(super) format: String,
    pub(super) version: u32,
    pub(super) exported_at: Millis,
    pub(super) demo: bool,
    pub(super) person: PersonId,
    pub(super) partner: Option<PersonId>,
    /// Number of events of the other one that they did not allow to be copied.
    pub(super) left_out: usize,
    pub(super) events: Vec<E>,
    pub(super) drafts: Vec<Draft>,
}

/// The export could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the export could not be written")]
pub struct ExportError(#[from] serde_json::Error);

impl<S: Store> Vault<S> {
    /// Everything of one's own as JSON. Words of the other one are in it only where they allowed it; deleted words
    /// are not in it.
    ///
    /// # Errors
    /// [`ExportError`] does not happen with events this program made.
    pub fn export_json(&self, now: Millis) -> Result<String, ExportError> {
        let gone = self.state().droppable();
        let kept = |event: &&Event| !gone.contains(&event.id);
        let events: Vec<Event> = exportable(self.state()).filter(kept).cloned().collect();
        let n_held = self.state().events().filter(kept).count();
        let file = File {
            format: FORMAT.to_owned(),
            version: VERSION,
            exported_at: now,
            demo: self.is_demo(),
            person: self.me(),
            partner: self.profile.partner,
            left_out: n_held - events.len(),
            events,
            drafts: self.drafts().cloned().collect(),
        };
        Ok(serde_json::to_string_pretty(&file)?)
    }
}
