//! Facts: what a match or another fact says, under which conditions, and which of them speak of danger.

use amends_text::{Actor, Opener, Tense};
use serde::{Deserialize, Serialize};

use crate::genre::GenreSet;

/// Index of a fact name in [`Pack::fact_names`](super::Pack::fact_names).
pub type FactId = u16;

/// What must hold of the clause in which the head of a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Allowed actors, one bit each by [`Actor`].
    pub actors: u8,
    /// Allowed tenses, one bit each by [`Tense`].
    pub tenses: u8,
    /// Allowed openers, one bit each by [`Opener`].
    pub openers: u16,
    /// Head under a negator: must / must not / either.
    pub negated: Option<bool>,
    /// Question: must / must not / either.
    pub question: Option<bool>,
    /// Passive: must / must not / either.
    pub passive: Option<bool>,
    /// Quoted or reported words: must / must not / either.
    pub reported: Option<bool>,
}

impl Default for Condition {
    fn default() -> Self {
        Self {
            actors: u8::MAX,
            tenses: u8::MAX,
            openers: u16::MAX,
            negated: None,
            question: None,
            passive: None,
            reported: Some(false),
        }
    }
}

impl Condition {
    /// Bit of an actor in `actors`.
    pub fn actor_bit(actor: Actor) -> u8 {
        1 << actor as u8
    }

    /// Bit of a tense in `tenses`.
    pub fn tense_bit(tense: Tense) -> u8 {
        1 << tense as u8
    }

    /// Bit of an opener in `openers`.
    pub fn opener_bit(opener: Opener) -> u16 {
        1 << opener as u16
    }
}

/// Where another fact must (or must not) stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In the same clause.
    Clause,
    /// In the same sentence.
    Sentence,
    /// In the sentence before.
    Previous,
    /// In the sentence after.
    Next,
    /// In the same sentence or a neighbor.
    Near,
    /// Anywhere in the text.
    Document,
}

/// A demand on other facts: one of `facts` stands (or none does) within `scope`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// The facts, any of them.
    pub facts: Vec<FactId>,
    /// Where.
    pub scope: Scope,
}

/// What several patterns of one `[[match]]` share: the fact they emit and what must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchRule {
    /// The fact it emits.
    pub fact: FactId,
    /// Rules of a higher level may look at the facts of lower ones.
    pub level: u8,
    /// What must hold of the head's clause.
    pub condition: Condition,
    /// Demands: each must be met.
    pub needs: Vec<Clearance>,
    /// Exceptions: none may be met.
    pub unless: Vec<Clearance>,
    /// How sure a match is, in percent.
    pub confidence: u8,
    /// Genres in which it applies.
    pub genres: GenreSet,
}

/// A fact that follows from another fact at the same place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// The fact it emits.
    pub fact: FactId,
    /// The fact it starts from; its place is taken over.
    pub from: FactId,
    /// Level, as of patterns.
    pub level: u8,
    /// Demands: each must be met.
    pub needs: Vec<Clearance>,
    /// Exceptions: none may be met.
    pub unless: Vec<Clearance>,
    /// How sure it is, in percent.
    pub confidence: u8,
    /// Genres in which it applies.
    pub genres: GenreSet,
}

/// What kind of danger a fact speaks of; decides which help is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafetyKind {
    /// A threat: emergency number.
    Threat,
    /// Wish to die or to harm oneself: crisis line.
    SelfHarm,
    /// Fear of being harmed: abuse help line.
    Fear,
    /// Force that the writer used: line for people who use force.
    UsedForce,
}

impl SafetyKind {
    /// Facts of a pack that mean this kind.
    pub const FACTS: [(&'static str, Self); 4] = [
        ("danger.threat", Self::Threat),
        ("danger.self-harm", Self::SelfHarm),
        ("danger.fear", Self::Fear),
        ("danger.used-force", Self::UsedForce),
    ];

    /// Name used in output and message keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::SelfHarm => "self-harm",
            Self::Fear => "fear",
            Self::UsedForce => "used-force",
        }
    }
}
