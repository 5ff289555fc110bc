//! Whose words are left alone. Nothing is said about the words of a person who was hurt until they ask; only words of
//! danger are always answered with help. Who did harm in one incident and was hurt in another is both: then it goes
//! by what they write.

use amends_domain::id::{EntryId, EventId};
use amends_domain::state::State;
use amends_lint::Genre;
use serde_json::Value;

use crate::show;
use crate::tool::{By, Tool};
use crate::voice::Side;

/// From how many entries to the ones they answer the incident is looked for: an answer, its question, what was told.
const MAX_STEPS: u8 = 4;

/// What somebody writes, as far as it tells who they are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// With a tool of a step.
    Tool {
        /// Whose the tool is.
        by: By,
        /// The incident that the words belong to, if they belong to one.
        incident: Option<EntryId>,
    },
    /// On the draft desk: what they say it is, if they say.
    Desk(Option<Genre>),
}

impl Writing {
    /// Words for a tool of a step, with the answers so far and the entry that is copied, if one is.
    pub fn with(state: &State, tool: &Tool, answers: &Value, copied: Option<EventId>) -> Self {
        let from_copied = || copied.and_then(|id| incident_of(state, id, MAX_STEPS));
        let incident = incident_in(state, answers, MAX_STEPS).or_else(from_copied);
        Self::Tool { by: tool.by, incident }
    }

    /// Words for a tool of a step that continue or answer an entry.
    pub fn about(state: &State, tool: &Tool, entry: Option<EventId>) -> Self {
        Self::with(state, tool, &Value::Null, entry)
    }

    /// Whether nothing is said about the words until their writer asks, but for help where they speak of danger.
    ///
    /// With a tool the side in the incident decides, else the only side the writer has in all incidents, else whose
    /// the tool is. On the desk the kind of text decides, else the only side. Where none of them tells who writes,
    /// the words are left alone if the writer was hurt in anything.
    pub fn is_left_alone(self, state: &State) -> bool {
        let anywhere = Side::anywhere(state);
        let told = match self {
            Self::Tool { by, incident } => {
                let there = incident.and_then(|id| state.world().incidents.get(id));
                [there.map(|there| Side::from(there.role(state.world().me))), Some(anywhere), side_of(by)]
            }
            Self::Desk(genre) => [genre.map(by_genre).and_then(side_of), Some(anywhere), None],
        };
        let is_one = |side: &Side| matches!(side, Side::Doer | Side::Hurt);
        told.into_iter().flatten().find(is_one).unwrap_or(anywhere).was_hurt()
    }
}

fn side_of(by: By) -> Option<Side> {
    match by {
        By::Anybody => None,
        By::WhoDid => Some(Side::Doer),
        By::WhoWasHurt => Some(Side::Hurt),
    }
}

/// Whose a kind of text is. Either side writes letters, answers, thanks and a few lines.
fn by_genre(genre: Genre) -> By {
    match genre {
        Genre::Confession | Genre::Apology | Genre::Promise | Genre::Plan => By::WhoDid,
        Genre::Letter | Genre::Reply | Genre::Gratitude | Genre::Message => By::Anybody,
    }
}

/// The incident that an entry is, names, or answers an entry of.
fn incident_of(state: &State, id: EventId, steps: u8) -> Option<EntryId> {
    if state.world().incidents.get(id).is_some() {
        return Some(id);
    }
    let (_, _, payload) = show::name(&state.event(id)?.body);
    incident_in(state, &payload, steps.checked_sub(1)?)
}

/// The incident that answers name, or that of an entry they name.
fn incident_in(state: &State, answers: &Value, steps: u8) -> Option<EntryId> {
    let fields = answers.as_object()?;
    if let Ok(id) = serde_json::from_value::<EventId>(answers.clone()) {
        return incident_of(state, id, steps);
    }
    let named = fields.get("incident").and_then(|named| incident_in(state, named, steps));
    named.or_else(|| fields.values().find_map(|value| incident_in(state, value, steps)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::all_tools;

    #[test]
    fn a_kind_of_text_of_who_did_harm_is_written_with_no_tool_of_the_other_side() {
        for (slug, tool) in all_tools() {
            let Some(genre) = tool.genre.filter(|genre| by_genre(*genre) == By::WhoDid) else { continue };
            // A shared plan is changed by both.
            let is_shared = tool.event == "edit_shared";
            assert!(tool.by == By::WhoDid || is_shared, "{slug}/{}: {}", tool.name, genre.name());
        }
    }
}
