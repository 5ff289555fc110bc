//! Incidents, roles and stages as events.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::incident::kind::Kind;

/// Events of an incident. In solo mode they are private, in couple mode shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A betrayal gets a name of its own.
    #[n(0)]
    Open {
        #[n(0)]
        kind: Kind,
        #[n(1)]
        title: String,
        #[n(2)]
        my_role: Role,
    },
    /// The author says which role they had.
    #[n(1)]
    MyRole {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        role: Role,
    },
    /// Own devices only: the eight intake questions; leaving one out is an answer.
    #[n(2)]
    Intake {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        answers: Intake,
    },
    /// Whether it is over, and which risks exist.
    #[n(3)]
    Ending {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        ending: Ending,
        #[n(2)]
        health: Risk,
        #[n(3)]
        money: Risk,
    },
    /// The author, who may move this incident, opens or takes back a stage.
    #[n(4)]
    MoveStage {
        #[n(0)]
        incident: EntryId,
        #[n(1)]
        stage: StageMark,
    },
    /// The hurt partner does without a disclosure.
    #[n(5)]
    WaiveDisclosure {
        #[n(0)]
        incident: EntryId,
    },
    /// Own devices only: "this is about the same as that": a private incident and its shared one.
    #[n(6)]
    SameAs {
        #[n(0)]
        private: EntryId,
        #[n(1)]
        shared: EntryId,
    },
}

/// Role of a person in one incident.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Did the harm.
    #[n(0)]
    InvolvedPartner,
    /// Was hurt.
    #[n(1)]
    InjuredPartner,
    /// Both.
    #[n(2)]
    Both,
    /// Does not know, or does not want to say.
    #[n(3)]
    NotSure,
}

/// Is the betrayal over?
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It has ended.
    #[n(0)]
    Ended,
    /// It has not ended yet, and this is said openly.
    #[n(1)]
    NotYet,
}

/// A risk that the other person needs to know about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// There is none that the writer knows of.
    #[n(0)]
    NoneKnown,
    /// There is this one.
    #[n(1)]
    Known {
        #[n(0)]
        what: String,
    },
    /// Not clear yet.
    #[n(2)]
    NotSure,
}

/// Stage as stored; the numbers are those of the guide.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum StageMark {
    /// 0 Safety and consent.
    #[n(0)]
    Safety,
    /// 1 Stop and tell.
    #[n(1)]
    StopAndTell,
    /// 2 Hear.
    #[n(2)]
    Hear,
    /// 3 Own and explain.
    #[n(3)]
    OwnAndExplain,
    /// 4 Change.
    #[n(4)]
    Change,
    /// 5 Reconnect.
    #[n(5)]
    Reconnect,
    /// 6 Decide and review.
    #[n(6)]
    DecideAndReview,
}

/// The eight questions by which templates are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Intake {
    /// Something not managed, or something chosen against the other?
    #[n(0)]
    pub nature: Option<Nature>,
    /// Once, or a pattern?
    #[n(1)]
    pub extent: Option<Extent>,
    /// Is it still going on?
    #[n(2)]
    pub ongoing: Option<bool>,
    /// Discovered, or told?
    #[n(3)]
    pub came_out: Option<CameOut>,
    /// One person hurt, or several?
    #[n(4)]
    pub hurt: Option<HowMany>,
    /// Can the loss be made good?
    #[n(5)]
    pub reversible: Option<bool>,
    /// Is there a legal duty, or advice to take first?
    #[n(6)]
    pub legal_duty: Option<bool>,
    /// Is relapse likely?
    #[n(7)]
    pub relapse_prone: Option<bool>,
}

/// First intake question (E27).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Not managed: forgotten, missed, not able.
    #[n(0)]
    Competence,
    /// Chosen: hidden, lied, taken.
    #[n(1)]
    Integrity,
}

/// Second intake question.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Once.
    #[n(0)]
    Single,
    /// Again and again.
    #[n(1)]
    Pattern,
}

/// Fourth intake question (E5).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum CameOut {
    /// The other found out.
    #[n(0)]
    Discovered,
    /// The writer told.
    #[n(1)]
    Told,
    /// The other does not know yet.
    #[n(2)]
    NotYet,
}

/// Fifth intake question.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum HowMany {
    /// One person.
    #[n(0)]
    One,
    /// Several.
    #[n(1)]
    Several,
}
