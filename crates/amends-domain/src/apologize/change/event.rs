//! Step 2.2 as events: triggers, if-then plans, reviews, calendar, no contact, slips.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{Day, EntryId, EventId, Millis};
use crate::versions::Save;

/// Events of the step. Maps and plans are private until their writer shares a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a version of one trigger.
    #[n(0)]
    SaveTrigger(#[n(0)] Save<Trigger>),
    /// Own devices only: a version of one plan.
    #[n(1)]
    SavePlan(#[n(0)] Save<Plan>),
    /// Own devices only: the plan was gone through in mind.
    #[n(2)]
    Rehearse {
        #[n(0)]
        plan: EntryId,
    },
    /// Own devices only: the weekly look at one plan.
    #[n(3)]
    Weekly {
        #[n(0)]
        plan: EntryId,
        #[n(1)]
        week: Day,
        #[n(2)]
        fired: bool,
        #[n(3)]
        held: Option<bool>,
        #[n(4)]
        note: String,
    },
    /// Own devices only: a calendar event that touches a trigger, with its four answers.
    #[n(4)]
    EventCheck(#[n(0)] Save<EventCheck>),
    /// Own devices only: a version of the no-contact plan.
    #[n(5)]
    SaveNoContact(#[n(0)] Save<NoContact>),
    /// Own devices only: a slip, with the time by which it is told.
    #[n(6)]
    Slip {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        happened_at: Millis,
        #[n(2)]
        what: String,
        #[n(3)]
        next: String,
    },
    /// The slip is told: what, what next.
    #[n(7)]
    TellSlip {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        happened_at: Millis,
        #[n(2)]
        what: String,
        #[n(3)]
        next: String,
    },
    /// A plan is shared as a copy; the partner may edit it only where the writer says so.
    #[n(8)]
    SharePlan {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: Plan,
        #[n(2)]
        co_edit: bool,
    },
    /// A new version of a shared plan.
    #[n(9)]
    EditShared {
        #[n(0)]
        plan: EntryId,
        #[n(1)]
        base: EventId,
        #[n(2)]
        content: Plan,
    },
    /// The partner suggests a change to a shared plan.
    #[n(10)]
    Suggest {
        #[n(0)]
        plan: EntryId,
        #[n(1)]
        text: String,
    },
    /// The no-contact plan is shared as a copy.
    #[n(11)]
    ShareNoContact {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        content: NoContact,
    },
    /// The writer ends the sharing of a plan.
    #[n(12)]
    StopSharing {
        #[n(0)]
        shared: EntryId,
    },
}

/// Something that makes a repeat more likely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Trigger {
    /// Which sort.
    #[n(0)]
    pub sort: TriggerSort,
    /// In own words.
    #[n(1)]
    pub text: String,
    /// Words by which it is found in a calendar.
    #[n(2)]
    pub words: Vec<String>,
}

/// Sorts of triggers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum TriggerSort {
    /// A person.
    #[n(0)]
    Person,
    /// A place.
    #[n(1)]
    Place,
    /// A time.
    #[n(2)]
    Time,
    /// A state: tired, alone, drunk.
    #[n(3)]
    State,
    /// A device or an app.
    #[n(4)]
    Device,
}

/// If this happens, I do that (E13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Plan {
    /// The trigger it answers.
    #[n(0)]
    pub trigger: Option<EntryId>,
    /// If: a situation, never what the partner does.
    #[n(1)]
    pub if_situation: String,
    /// Then: one small act that can be seen.
    #[n(2)]
    pub then_act: String,
    /// Who or what helps.
    #[n(3)]
    pub help: Help,
    /// Day to look at it again.
    #[n(4)]
    pub review_on: Option<Day>,
}

/// What helps in the moment, in the order in which it is offered.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// A friend or a relative comes along or is called.
    #[n(0)]
    Friend,
    /// Leaving.
    #[n(1)]
    Leave,
    /// Telling somebody.
    #[n(2)]
    Tell,
    /// Doing something else.
    #[n(3)]
    Other,
    /// The partner comes along: offered last, and only if they want it.
    #[n(4)]
    Partner,
}

/// A calendar event that touches a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct EventCheck {
    /// Name of the event in the calendar file.
    #[n(0)]
    pub uid: String,
    /// When it begins.
    #[n(1)]
    pub start: Millis,
    /// What it is called.
    #[n(2)]
    pub title: String,
    /// The trigger it touches.
    #[n(3)]
    pub trigger: Option<EntryId>,
    /// I am not alone with ...
    #[n(4)]
    pub not_alone_with: String,
    /// Who comes along.
    #[n(5)]
    pub who_comes: String,
    /// How I leave.
    #[n(6)]
    pub how_i_leave: String,
    /// Whom I tell.
    #[n(7)]
    pub whom_i_tell: String,
}

/// How contact with somebody is ended and kept ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct NoContact {
    /// With whom: the role is enough.
    #[n(0)]
    pub with: String,
    /// How it was or will be ended.
    #[n(1)]
    pub ended_how: String,
    /// Ways that are closed: numbers, accounts, places.
    #[n(2)]
    pub closed: Vec<String>,
    /// What I do if they reach out.
    #[n(3)]
    pub if_they_reach_out: String,
    /// What I do if I cannot avoid them.
    #[n(4)]
    pub if_unavoidable: String,
}
