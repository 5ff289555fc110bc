//! Incidents: kind, roles, whether it is over, and the stage, which the hurt partner moves.

pub mod conditions;
mod event;
pub mod kind;

use std::collections::BTreeMap;

pub use event::{CameOut, Ending, Event, Extent, HowMany, Intake, Nature, Risk, Role, StageMark};
pub use kind::Kind;

use crate::event::{Reach, Space};
use crate::id::{EntryId, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Intake { .. } | Event::SameAs { .. } => Reach::Own,
            _ => Reach::Either,
        }
    }
}

impl StageMark {
    /// Stage by its number, 0 to 6.
    pub fn from_number(number: u8) -> Option<Self> {
        use StageMark::*;
        [Safety, StopAndTell, Hear, OwnAndExplain, Change, Reconnect, DecideAndReview]
            .get(usize::from(number))
            .copied()
    }

    /// Number of the stage, 0 to 6.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// One betrayal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Private (solo mode) or shared (couple mode).
    pub space: Space,
    /// Who opened it.
    pub opened_by: PersonId,
    /// What kind it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Whether it is over, once somebody said so.
    pub ending: Option<(Ending, Risk, Risk)>,
    /// Whether the hurt partner does without a disclosure.
    pub waived: bool,
    /// The private intake answers.
    pub intake: Option<Intake>,
    first_role: Role,
    roles: BTreeMap<PersonId, Role>,
    says: BTreeMap<PersonId, StageMark>,
}

impl Incident {
    /// Role of a person: what they said, or what follows from what the other said.
    pub fn role(&self, person: PersonId) -> Role {
        if let Some(role) = self.roles.get(&person) {
            return *role;
        }
        // What the opener says of themselves later does not change what it made of the other at first.
        match self.first_role {
            Role::InvolvedPartner => Role::InjuredPartner,
            Role::InjuredPartner => Role::InvolvedPartner,
            Role::Both => Role::Both,
            Role::NotSure => Role::NotSure,
        }
    }

    /// Whether a person may speak as the one who did the harm.
    pub fn may_own(&self, person: PersonId) -> bool {
        self.space == Space::Private || self.role(person) != Role::InjuredPartner
    }

    /// Whether a person may speak as the one who was hurt.
    pub fn may_claim(&self, person: PersonId) -> bool {
        self.space == Space::Private || self.role(person) != Role::InvolvedPartner
    }

    /// Who moves the stage: in solo mode the writer, in couple mode the hurt partner,
    /// both where both were hurt or nobody is sure.
    pub fn moves(&self, person: PersonId, other: Option<PersonId>) -> bool {
        if self.space == Space::Private {
            return person == self.opened_by;
        }
        let rank = |role| match role {
            Role::InjuredPartner | Role::Both => 2,
            Role::NotSure => 1,
            Role::InvolvedPartner => 0,
        };
        let own = rank(self.role(person));
        other.is_none_or(|other| own == 2 || own >= rank(self.role(other)))
    }

    /// Whether a person alone moves the stage, and so is not bound by it. Who calls oneself hurt as well
    /// shares the say, and stays bound.
    pub fn leads(&self, person: PersonId, other: Option<PersonId>) -> bool {
        self.moves(person, other) && other.is_none_or(|other| !self.moves(other, Some(person)))
    }

    /// The stage that holds: where two move it, the earlier one.
    pub fn stage(&self, first: PersonId, second: Option<PersonId>) -> StageMark {
        let start = if self.ending.is_some() { StageMark::StopAndTell } else { StageMark::Safety };
        let said = |person| self.says.get(&person).copied().unwrap_or(start);
        let people = [Some(first), second];
        let movers = people.iter().flatten().filter(|person| {
            let other = people.iter().flatten().find(|other| other != person);
            self.moves(**person, other.copied())
        });
        movers.map(|person| said(*person)).min().unwrap_or(start)
    }
}

/// All incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    incidents: BTreeMap<EntryId, Incident>,
    same: BTreeMap<EntryId, EntryId>,
}

impl State {
    /// One incident.
    pub fn get(&self, id: EntryId) -> Option<&Incident> {
        self.incidents.get(&id)
    }

    /// All incidents.
    pub fn iter(&self) -> impl Iterator<Item = (EntryId, &Incident)> {
        self.incidents.iter().map(|(id, incident)| (*id, incident))
    }

    /// The shared incident that a private one was carried over to.
    pub fn shared_for(&self, private: EntryId) -> Option<EntryId> {
        self.same.get(&private).copied()
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Open { kind, title, .. } => {
                if !kind.template().repairable {
                    return Err(Refusal::NotForThisTool);
                }
                words(title)
            }
            Event::MyRole { incident, .. } => ctx.incident(*incident).map(drop),
            Event::Intake { incident, .. } => ctx.any_incident(*incident).map(drop),
            Event::Ending { incident, .. } => ctx.as_doer(*incident).map(drop),
            Event::WaiveDisclosure { incident } => ctx.as_hurt(*incident).map(drop),
            Event::MoveStage { incident, stage } => {
                let found = ctx.incident(*incident)?;
                if *stage == StageMark::DecideAndReview {
                    return Err(Refusal::OutOfRange);
                }
                let other = ctx.world.other(ctx.stamp.author);
                found.moves(ctx.stamp.author, other).then_some(()).ok_or(Refusal::NotYoursToMove)
            }
            Event::SameAs { private, shared } => {
                let private = ctx.any_incident(*private)?.space == Space::Private;
                let shared = ctx.any_incident(*shared)?.space == Space::Shared;
                (private && shared).then_some(()).ok_or(Refusal::OutOfRange)
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Open { kind, title, my_role } => {
                let incident = Incident {
                    space: stamp.space,
                    opened_by: stamp.author,
                    kind: *kind,
                    title: title.clone(),
                    ending: None,
                    waived: false,
                    intake: None,
                    first_role: *my_role,
                    roles: BTreeMap::from([(stamp.author, *my_role)]),
                    says: BTreeMap::new(),
                };
                self.incidents.insert(stamp.id, incident);
            }
            Event::SameAs { private, shared } => {
                self.same.insert(*private, *shared);
            }
            Event::MyRole { incident, .. }
            | Event::Intake { incident, .. }
            | Event::Ending { incident, .. }
            | Event::MoveStage { incident, .. }
            | Event::WaiveDisclosure { incident } => {
                if let Some(found) = self.incidents.get_mut(incident) {
                    found.commit(stamp, event);
                }
            }
        }
    }
}

impl Incident {
    fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::MyRole { role, .. } => {
                self.roles.insert(stamp.author, *role);
            }
            Event::Intake { answers, .. } => self.intake = Some(answers.clone()),
            Event::Ending { ending, health, money, .. } => {
                self.ending = Some((*ending, health.clone(), money.clone()));
            }
            Event::MoveStage { stage, .. } => {
                self.says.insert(stamp.author, *stage);
            }
            Event::WaiveDisclosure { .. } => self.waived = true,
            Event::Open { .. } | Event::SameAs { .. } => {}
        }
    }
}
