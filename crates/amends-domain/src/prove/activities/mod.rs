//! Step 3.4 Do something together that is not about it: private ratings, mutual matches, topic-free time.
//!
//! What crosses are blinded tokens of a fixed number. A match appears to both; a "no", an activity not rated
//! and one held back for a later round look the same, because none of them crosses at all.

pub mod blind;
mod event;

use std::collections::{BTreeMap, BTreeSet};

pub use event::{Avoid, BlindSecret, Event, Place, Proposal, Rating, TopicFree};

use crate::bank::{ACTIVITIES, Activity, ActivityId};
use crate::event::Reach;
use crate::id::{EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Rate { .. } | Event::Avoid(_) | Event::Secret { .. } | Event::Matched { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

impl Avoid {
    /// Whether an activity is left in.
    pub fn allows(&self, activity: &Activity) -> bool {
        !self.places.contains(&activity.place)
            && activity.cost <= self.max_cost
            && activity.energy <= self.max_energy
            && (!self.with_children || activity.children)
    }
}

/// An invitation as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who invites.
    pub author: PersonId,
    /// To what.
    pub proposal: Proposal,
    /// The other said yes.
    pub accepted: bool,
    /// The other would come at another time.
    pub other_time: Option<Millis>,
    /// Taken back.
    pub withdrawn: bool,
}

/// All of step 3.4.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    ratings: BTreeMap<ActivityId, Rating>,
    avoid: Option<Avoid>,
    secrets: BTreeMap<EntryId, BlindSecret>,
    pub(crate) offers: BTreeMap<EntryId, (PersonId, Vec<blind::Token>)>,
    pub(crate) returns: BTreeMap<EntryId, Vec<blind::Token>>,
    matched: BTreeSet<ActivityId>,
    invitations: BTreeMap<EntryId, Invitation>,
}

impl State {
    /// Own rating of an activity.
    pub fn rating(&self, activity: ActivityId) -> Option<Rating> {
        self.ratings.get(&activity).copied()
    }

    /// Own filter.
    pub fn avoid(&self) -> Option<&Avoid> {
        self.avoid.as_ref()
    }

    /// The secret of the latest own matching round.
    pub fn latest_secret(&self) -> Option<&BlindSecret> {
        self.secrets.values().next_back()
    }

    /// Activities that both would do, that the own filter lets through.
    pub fn matches(&self) -> impl Iterator<Item = &'static Activity> + '_ {
        let fits = |activity: &&Activity| self.avoid.as_ref().is_none_or(|avoid| avoid.allows(activity));
        ACTIVITIES.iter().filter(|activity| self.matched.contains(&activity.id)).filter(fits)
    }

    /// One invitation.
    pub fn invitation(&self, id: EntryId) -> Option<&Invitation> {
        self.invitations.get(&id)
    }

    /// All invitations.
    pub fn invitations(&self) -> impl Iterator<Item = (EntryId, &Invitation)> {
        self.invitations.iter().map(|(id, invitation)| (*id, invitation))
    }

    /// Whether the subject is left alone now, by agreement of both.
    pub fn topic_free(&self, now: Millis) -> Option<TopicFree> {
        let running = |invitation: &&Invitation| {
            let start = invitation.proposal.start;
            let end = start.plus(u64::from(invitation.proposal.minutes) * crate::id::MINUTE);
            invitation.accepted && !invitation.withdrawn && start <= now && now < end
        };
        self.invitations
            .values()
            .filter(running)
            .find_map(|invitation| invitation.proposal.topic_free.clone())
    }

    pub(crate) fn is_match(&self, activity: ActivityId) -> bool {
        self.matched.contains(&activity)
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| self.invitations.get(id).ok_or(Refusal::NotFound);
        match event {
            Event::Rate { .. } | Event::Avoid(_) | Event::Secret { .. } | Event::Matched { .. } => Ok(()),
            Event::OfferTokens { tokens } => {
                if tokens.len() == blind::TOKENS {
                    Ok(())
                } else {
                    Err(Refusal::OutOfRange)
                }
            }
            Event::ReturnTokens { offer, tokens } => {
                let (author, _) = self.offers.get(offer).ok_or(Refusal::NotFound)?;
                ctx.is_other(*author)?;
                if tokens.len() == blind::TOKENS { Ok(()) } else { Err(Refusal::OutOfRange) }
            }
            Event::Propose(proposal) => {
                if proposal.activity.is_none() {
                    words(&proposal.text)?;
                }
                let talk_agreed = |free: &TopicFree| ctx.world.communication.talks_on(free.talk, free.day);
                match &proposal.topic_free {
                    Some(free) if !talk_agreed(free) => Err(Refusal::TalkDayMissing),
                    _ => Ok(()),
                }
            }
            Event::Accept { proposal } | Event::OtherTime { proposal, .. } => {
                let invitation = found(proposal)?;
                ctx.is_other(invitation.author)?;
                if invitation.withdrawn { Err(Refusal::TooLate) } else { Ok(()) }
            }
            Event::Withdraw { proposal } => ctx.is_author(found(proposal)?.author),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Rate { activity, rating } => {
                self.ratings.insert(*activity, *rating);
            }
            Event::Avoid(avoid) => self.avoid = Some(avoid.clone()),
            Event::Secret { round } => {
                self.secrets.insert(stamp.id, round.clone());
            }
            Event::OfferTokens { tokens } => {
                self.offers.insert(stamp.id, (stamp.author, tokens.clone()));
            }
            Event::ReturnTokens { offer, tokens } => {
                self.returns.entry(*offer).or_insert_with(|| tokens.clone());
            }
            Event::Matched { activities } => self.matched.extend(activities),
            Event::Propose(proposal) => {
                let invitation = Invitation {
                    author: stamp.author,
                    proposal: proposal.clone(),
                    accepted: false,
                    other_time: None,
                    withdrawn: false,
                };
                self.invitations.insert(stamp.id, invitation);
            }
            Event::Accept { proposal } => self.change(*proposal, |invitation| invitation.accepted = true),
            Event::OtherTime { proposal, start } => {
                self.change(*proposal, |invitation| invitation.other_time = Some(*start));
            }
            Event::Withdraw { proposal } => self.change(*proposal, |invitation| invitation.withdrawn = true),
        }
    }

    fn change(&mut self, proposal: EntryId, change: impl FnOnce(&mut Invitation)) {
        if let Some(invitation) = self.invitations.get_mut(&proposal) {
            change(invitation);
        }
    }
}
