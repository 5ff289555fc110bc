//! What usually comes before the next stage. Shown to who moves the stage; none of it can force or hold them.

use serde::Serialize;

use super::StageMark;
use crate::event::Space;
use crate::id::EntryId;
use crate::state::World;

/// One thing that usually comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Message key.
    pub key: &'static str,
    /// Whether it is there.
    pub met: bool,
}

/// What usually comes before the stage after this one.
pub fn conditions(world: &World, id: EntryId, stage: StageMark) -> Vec<Condition> {
    let Some(incident) = world.incidents.get(id) else { return Vec::new() };
    let condition = |key, met| Condition { key, met };
    match stage {
        StageMark::Safety => vec![
            condition("condition-ending-said", incident.ending.is_some()),
            condition("condition-risks-listed", incident.ending.is_some()),
        ],
        StageMark::StopAndTell => {
            vec![condition("condition-told", incident.waived || told_completely(world, id))]
        }
        StageMark::Hear => {
            let hurt = |person| incident.may_claim(person);
            vec![condition("condition-one-reflection", world.listening.accepted(id, hurt))]
        }
        StageMark::OwnAndExplain => vec![
            condition("condition-causes-written", world.explanation.is_written(id, incident.space)),
            condition("condition-triggers-written", world.change.is_written(id, incident.space)),
        ],
        StageMark::Change => vec![condition("condition-ready-for-light-things", false)],
        StageMark::Reconnect | StageMark::DecideAndReview => Vec::new(),
    }
}

// In solo mode a complete draft counts; in couple mode a delivered one.
fn told_completely(world: &World, id: EntryId) -> bool {
    let Some(incident) = world.incidents.get(id) else { return false };
    let wanted = |section| {
        use crate::admit::responsibility::Depth::{AskMe, NotThat};
        !matches!(world.responsibility.depth(id, section), Some(AskMe | NotThat))
    };
    let complete = |content: &crate::admit::responsibility::Disclosure| {
        !content.missing(incident.kind).into_iter().any(wanted)
    };
    match incident.space {
        Space::Shared => world.responsibility.of_incident(id).any(|(_, sealed)| complete(&sealed.content)),
        Space::Private => world
            .responsibility
            .drafts
            .iter()
            .any(|(_, draft)| draft.incident == Some(id) && complete(&draft.text.current)),
    }
}
