//! Who somebody is in what happened, and the words that speak to them: the steps speak to the one who did the harm, and
//! one who was hurt is never spoken to as if they had.

use amends_domain::id::{EntryId, PersonId};
use amends_domain::incident::{Incident, Role};
use amends_domain::prove::patience::Decision;
use amends_domain::state::State;
use amends_messages::Messages;

/// Who somebody is in what happened, all incidents that are not closed taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Nothing has a name yet.
    New,
    /// Did the harm.
    Doer,
    /// Was hurt.
    Hurt,
    /// Both, or not sure.
    Both,
}

impl Side {
    /// Ending of message keys.
    pub fn slug(self) -> &'static str {
        match self {
            Side::New => "new",
            Side::Doer => "doer",
            Side::Hurt => "hurt",
            Side::Both => "both",
        }
    }

    /// Whether what is for who did the harm is shown.
    pub fn did(self) -> bool {
        matches!(self, Side::Doer | Side::Both)
    }

    /// Whether what is for who was hurt is shown.
    pub fn was_hurt(self) -> bool {
        matches!(self, Side::Hurt | Side::Both)
    }

    /// Who the person of this vault is in all that is not closed.
    pub fn now(state: &State) -> Self {
        let me = state.world().me;
        Self::among(me, state.world().incidents.iter().filter(|(id, _)| decided(state, *id).is_none()))
    }

    /// The same, and who they were in what is closed, where nothing else goes on: the way to speak to them.
    pub fn ever(state: &State) -> Self {
        match Self::now(state) {
            Side::New => Self::anywhere(state),
            side => side,
        }
    }

    /// Who they are and were in all incidents together, closed ones too.
    pub fn anywhere(state: &State) -> Self {
        Self::among(state.world().me, state.world().incidents.iter())
    }

    fn among<'i>(me: PersonId, incidents: impl Iterator<Item = (EntryId, &'i Incident)>) -> Self {
        let mut side = Side::New;
        for (_, incident) in incidents {
            let role = Side::from(incident.role(me));
            side = if side == Side::New || side == role { role } else { Side::Both };
        }
        side
    }
}

impl From<Role> for Side {
    fn from(role: Role) -> Self {
        match role {
            Role::InvolvedPartner => Side::Doer,
            Role::InjuredPartner => Side::Hurt,
            Role::Both | Role::NotSure => Side::Both,
        }
    }
}

/// The last decision of the person of this vault about an incident, if it closed it.
pub fn decided(state: &State, incident: EntryId) -> Option<Decision> {
    let me = state.world().me;
    let reviews = state.world().patience.reviews().map(|(_, review)| review);
    let own = reviews.filter(|review| review.author == me && review.incident == Some(incident));
    let last = own.max_by_key(|review| review.at)?.decision;
    (last != Decision::NotYet).then_some(last)
}

/// Text of a message; for who was hurt the one that speaks to them (its key ends in `-hurt`), where there is one.
pub fn spoken(words: &Messages, key: &str, side: Side) -> String {
    let own = format!("{key}-hurt");
    words.text(if side == Side::Hurt && words.has(&own) { &own } else { key })
}

/// The name of a step for who reads.
pub fn step_title(words: &Messages, slug: &str, side: Side) -> String {
    spoken(words, &format!("step-{slug}-title"), side)
}
