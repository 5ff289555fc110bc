//! Step 3.4 as events: private ratings, blind matching, proposals.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::bank::ActivityId;
use crate::id::{Day, EntryId, Millis};
use crate::prove::activities::blind::Token;

/// Events of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Own devices only: a rating.
    #[n(0)]
    Rate {
        #[n(0)]
        activity: ActivityId,
        #[n(1)]
        rating: Rating,
    },
    /// Own devices only: what to leave out of the list.
    #[n(1)]
    Avoid(#[n(0)] Avoid),
    /// Own devices only: the secret of one matching round and the order of its tokens.
    #[n(2)]
    Secret {
        #[n(0)]
        round: BlindSecret,
    },
    /// Blinded tokens, always the same number: they say nothing about any single activity.
    #[n(3)]
    OfferTokens {
        #[n(0)]
        tokens: Vec<Token>,
    },
    /// The other's tokens, blinded a second time, in the same order.
    #[n(4)]
    ReturnTokens {
        #[n(0)]
        offer: EntryId,
        #[n(1)]
        tokens: Vec<Token>,
        /// The own offer whose secret was used; a return without one ends no round.
        #[n(2)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<EntryId>,
    },
    /// Own devices only: activities both would do.
    #[n(5)]
    Matched {
        #[n(0)]
        activities: Vec<ActivityId>,
    },
    /// An invitation to something both would do.
    #[n(6)]
    Propose(#[n(0)] Proposal),
    /// Yes: to the invitation, or, by who invited, to the other time.
    #[n(7)]
    Accept {
        #[n(0)]
        proposal: EntryId,
    },
    /// Yes, at another time. There is no "no": an invitation simply fades.
    #[n(8)]
    OtherTime {
        #[n(0)]
        proposal: EntryId,
        #[n(1)]
        start: Millis,
    },
    /// The one who invited takes it back.
    #[n(9)]
    Withdraw {
        #[n(0)]
        proposal: EntryId,
    },
}

impl Event {
    /// Whether it only serves the matching. Such events are written by devices, not by people, and stand on no
    /// screen.
    pub fn is_matching(&self) -> bool {
        use Event::{Matched, OfferTokens, ReturnTokens, Secret};
        matches!(self, Secret { .. } | OfferTokens { .. } | ReturnTokens { .. } | Matched { .. })
    }
}

/// A private rating.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Would love to.
    #[n(0)]
    Love,
    /// Would try.
    #[n(1)]
    Try,
    /// No.
    #[n(2)]
    No,
}

/// What a person leaves out of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Avoid {
    /// Places to avoid.
    #[n(0)]
    pub places: Vec<Place>,
    /// Only what can be done with children.
    #[n(1)]
    pub with_children: bool,
    /// Highest cost, 0 to 3.
    #[n(2)]
    pub max_cost: u8,
    /// Highest energy, 1 to 3.
    #[n(3)]
    pub max_energy: u8,
}

/// Places by which activities are left out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At home.
    #[n(0)]
    Home,
    /// Outside, nature.
    #[n(1)]
    Outdoors,
    /// In town.
    #[n(2)]
    Town,
    /// Places where people drink.
    #[n(3)]
    Bar,
    /// Hotels and overnight stays.
    #[n(4)]
    Overnight,
    /// Water.
    #[n(5)]
    Water,
    /// Crowds.
    #[n(6)]
    Crowd,
    /// On a screen.
    #[n(7)]
    Screen,
}

/// Kept to finish a matching round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct BlindSecret {
    /// Secret of the round, 32 bytes, made outside this crate.
    #[cbor(with = "minicbor::bytes")]
    #[n(0)]
    pub key: Vec<u8>,
    /// Which activity stands behind each token; none is filler.
    #[n(1)]
    pub order: Vec<Option<ActivityId>>,
    /// The round it belongs to; a secret without one ends no round.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
}

/// What own devices know of a round of their own. None of it crosses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Round {
    /// The tokens that crossed.
    #[n(0)]
    pub offer: EntryId,
    /// Wishes held back: they go with the next round.
    #[n(1)]
    pub held: Vec<ActivityId>,
    /// How many ratings there were, so that a later one is noticed.
    #[n(2)]
    pub ratings: u32,
    /// Nothing had been rated since the round before: no further round follows by itself.
    #[n(3)]
    pub settled: bool,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Proposal {
    /// What: from the matches, or none for an own idea.
    #[n(0)]
    pub activity: Option<ActivityId>,
    /// In own words.
    #[n(1)]
    pub text: String,
    /// When it begins.
    #[n(2)]
    pub start: Millis,
    /// Length in minutes.
    #[n(3)]
    pub minutes: u16,
    /// "We leave the subject alone", with the day on which we talk.
    #[n(4)]
    pub topic_free: Option<TopicFree>,
}

/// Time without the subject, tied to an agreed talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct TopicFree {
    /// The weekly talk.
    #[n(0)]
    pub talk: EntryId,
    /// The day of the talk.
    #[n(1)]
    pub day: Day,
}
