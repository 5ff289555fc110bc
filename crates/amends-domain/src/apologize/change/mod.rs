//! Step 2.2 Find the cause and avoid it: triggers, if-then plans, weekly look, calendar, no contact, slips.
//!
//! The condition of a plan is a situation, never what the partner does. Nothing here proves where anybody was.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, EventCheck, Help, NoContact, Plan, Trigger, TriggerSort};

use crate::event::{Reach, Space};
use crate::id::{DAY, Day, EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::{Drafts, Versions};

/// A slip is told within this time, in milliseconds (E5: voluntary disclosure did better).
pub const TELL_WITHIN: u64 = DAY;

/// What helps, in the order in which it is offered: the partner as companion comes last.
pub const HELP_ORDER: [Help; 5] = [Help::Friend, Help::Leave, Help::Tell, Help::Other, Help::Partner];

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::SaveTrigger(_)
            | Event::SavePlan(_)
            | Event::Rehearse { .. }
            | Event::Weekly { .. }
            | Event::EventCheck(_)
            | Event::SaveNoContact(_)
            | Event::Slip { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

impl Trigger {
    /// Whether the title or place of a calendar event holds one of the trigger's words.
    pub fn touches(&self, title: &str, place: &str) -> bool {
        let text = format!("{title}\n{place}").to_lowercase();
        self.words
            .iter()
            .map(|word| word.trim().to_lowercase())
            .any(|word| !word.is_empty() && text.contains(&word))
    }
}

impl EventCheck {
    /// Message keys of the four answers with what is written.
    pub fn answers(&self) -> [(&'static str, &str); 4] {
        [
            ("event-check-not-alone-with", &self.not_alone_with),
            ("event-check-who-comes", &self.who_comes),
            ("event-check-how-i-leave", &self.how_i_leave),
            ("event-check-whom-i-tell", &self.whom_i_tell),
        ]
    }
}

impl Plan {
    fn judge(&self) -> Result<(), Refusal> {
        words(&self.if_situation).and(words(&self.then_act))
    }
}

/// One weekly look at a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyLook {
    /// First day of the week.
    pub week: Day,
    /// Did the situation come up?
    pub fired: bool,
    /// Did the plan hold?
    pub held: Option<bool>,
    /// Own words.
    pub note: String,
}

/// A slip, private until told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The incident.
    pub incident: EntryId,
    /// When it happened.
    pub happened_at: Millis,
    /// What.
    pub what: String,
    /// What next.
    pub next: String,
}

impl Slip {
    /// By when it is told.
    pub fn tell_by(&self) -> Millis {
        self.happened_at.plus(TELL_WITHIN)
    }
}

/// A plan shown to the partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPlan {
    /// Whose plan it is.
    pub author: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// The plan with versions that crossed.
    pub plan: Versions<Plan>,
    /// Whether the partner may edit it.
    pub co_edit: bool,
    /// What the partner suggested.
    pub suggestions: Vec<(EntryId, String)>,
}

/// All of step 2.2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own trigger map.
    pub triggers: Drafts<Trigger>,
    /// Own plans.
    pub plans: Drafts<Plan>,
    /// Own calendar checks.
    pub checks: Drafts<EventCheck>,
    /// Own no-contact plans.
    pub no_contact: Drafts<NoContact>,
    rehearsed: BTreeMap<EntryId, u32>,
    looks: BTreeMap<(EntryId, Day), WeeklyLook>,
    slips: BTreeMap<EntryId, Slip>,
    told: BTreeMap<EntryId, (PersonId, Slip)>,
    shared: BTreeMap<EntryId, SharedPlan>,
    shared_no_contact: BTreeMap<EntryId, (PersonId, EntryId, NoContact)>,
}

impl State {
    /// How often a plan was gone through in mind.
    pub fn rehearsed(&self, plan: EntryId) -> u32 {
        self.rehearsed.get(&plan).copied().unwrap_or(0)
    }

    /// Weekly looks at a plan, oldest first. A week without one is neutral.
    pub fn looks(&self, plan: EntryId) -> impl Iterator<Item = &WeeklyLook> {
        self.looks.range((plan, Day(i32::MIN))..=(plan, Day(i32::MAX))).map(|(_, look)| look)
    }

    /// Own slips.
    pub fn slips(&self) -> impl Iterator<Item = (EntryId, &Slip)> {
        self.slips.iter().map(|(id, slip)| (*id, slip))
    }

    /// Slips that were told.
    pub fn told(&self) -> impl Iterator<Item = (EntryId, PersonId, &Slip)> {
        self.told.iter().map(|(id, (author, slip))| (*id, *author, slip))
    }

    /// A shared plan.
    pub fn shared(&self, plan: EntryId) -> Option<&SharedPlan> {
        self.shared.get(&plan)
    }

    /// All shared plans.
    pub fn all_shared(&self) -> impl Iterator<Item = (EntryId, &SharedPlan)> {
        self.shared.iter().map(|(id, plan)| (*id, plan))
    }

    /// No-contact plans that were shared.
    pub fn shared_no_contact(&self) -> impl Iterator<Item = (EntryId, PersonId, &NoContact)> {
        self.shared_no_contact.iter().map(|(id, (author, _, plan))| (*id, *author, plan))
    }

    /// Own triggers that a calendar event touches.
    pub fn touched_by<'a>(&'a self, title: &'a str, place: &'a str) -> impl Iterator<Item = EntryId> + 'a {
        self.triggers
            .iter()
            .filter(move |(_, draft)| draft.text.current.touches(title, place))
            .map(|(id, _)| id)
    }

    /// Whether triggers and plans are written: for two, as far as they were shown; in solo mode as drafts.
    pub fn is_written(&self, incident: EntryId, space: Space) -> bool {
        match space {
            Space::Shared => self.shared.values().any(|plan| plan.incident == incident),
            Space::Private => self.triggers.iter().next().is_some() && self.plans.iter().next().is_some(),
        }
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::SaveTrigger(save) => self.triggers.judge(save),
            Event::SavePlan(save) => self.plans.judge(save),
            Event::EventCheck(save) => self.checks.judge(save),
            Event::SaveNoContact(save) => self.no_contact.judge(save),
            Event::Rehearse { plan } | Event::Weekly { plan, .. } => {
                self.plans.get(*plan).map(drop).ok_or(Refusal::NotFound)
            }
            Event::Slip { incident, what, .. } => ctx.any_incident(*incident).and(words(what)),
            Event::TellSlip { incident, what, .. } => ctx.as_doer(*incident).and(words(what)),
            Event::SharePlan { incident, content, .. } => ctx.as_doer(*incident).and(content.judge()),
            Event::ShareNoContact { incident, content } => ctx.as_doer(*incident).and(words(&content.with)),
            Event::EditShared { plan, content, .. } => {
                let shared = self.shared.get(plan).ok_or(Refusal::NotFound)?;
                if !shared.co_edit {
                    ctx.is_author(shared.author)?;
                }
                content.judge()
            }
            Event::Suggest { plan, text } => {
                let shared = self.shared.get(plan).ok_or(Refusal::NotFound)?;
                ctx.is_other(shared.author)?;
                words(text)
            }
            Event::StopSharing { shared } => {
                let plan = self.shared.get(shared).map(|plan| plan.author);
                let no_contact = self.shared_no_contact.get(shared).map(|(author, ..)| *author);
                ctx.is_author(plan.or(no_contact).ok_or(Refusal::NotFound)?)
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SaveTrigger(save) => self.triggers.commit(stamp.id, stamp.at, save),
            Event::SavePlan(save) => self.plans.commit(stamp.id, stamp.at, save),
            Event::EventCheck(save) => self.checks.commit(stamp.id, stamp.at, save),
            Event::SaveNoContact(save) => self.no_contact.commit(stamp.id, stamp.at, save),
            Event::Rehearse { plan } => *self.rehearsed.entry(*plan).or_default() += 1,
            Event::Weekly { plan, week, fired, held, note } => {
                let look = WeeklyLook { week: *week, fired: *fired, held: *held, note: note.clone() };
                self.looks.insert((*plan, *week), look);
            }
            Event::Slip { incident, happened_at, what, next } => {
                self.slips.insert(stamp.id, slip(*incident, *happened_at, what, next));
            }
            Event::TellSlip { incident, happened_at, what, next } => {
                self.told.insert(stamp.id, (stamp.author, slip(*incident, *happened_at, what, next)));
            }
            Event::SharePlan { .. }
            | Event::EditShared { .. }
            | Event::Suggest { .. }
            | Event::ShareNoContact { .. }
            | Event::StopSharing { .. } => self.commit_shared(stamp, event),
        }
    }

    fn commit_shared(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SharePlan { incident, content, co_edit } => {
                let shared = SharedPlan {
                    author: stamp.author,
                    incident: *incident,
                    plan: Versions::new(stamp.id, stamp.at, content.clone()),
                    co_edit: *co_edit,
                    suggestions: Vec::new(),
                };
                self.shared.insert(stamp.id, shared);
            }
            Event::EditShared { plan, base, content } => {
                if let Some(shared) = self.shared.get_mut(plan) {
                    shared.plan.write(stamp.id, stamp.at, Some(*base), content.clone());
                }
            }
            Event::Suggest { plan, text } => {
                if let Some(shared) = self.shared.get_mut(plan) {
                    shared.suggestions.push((stamp.id, text.clone()));
                }
            }
            Event::ShareNoContact { incident, content } => {
                self.shared_no_contact.insert(stamp.id, (stamp.author, *incident, content.clone()));
            }
            Event::StopSharing { shared } => {
                self.shared.remove(shared);
                self.shared_no_contact.remove(shared);
            }
            _ => {}
        }
    }
}

fn slip(incident: EntryId, happened_at: Millis, what: &str, next: &str) -> Slip {
    Slip { incident, happened_at, what: what.into(), next: next.into() }
}
