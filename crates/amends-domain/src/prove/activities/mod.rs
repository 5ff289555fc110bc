//! Step 3.4 Do something together that is not about it: private ratings, mutual matches, topic-free time.
//!
//! What crosses are blinded tokens of a fixed number. A match appears to both; a "no", an activity not rated
//! and one held back for a later round look the same, because none of them crosses at all.

pub mod blind;
mod event;
pub mod rounds;

use std::collections::{BTreeMap, BTreeSet};

pub use event::{Avoid, BlindSecret, Event, Place, Proposal, Rating, Round, TopicFree};

use crate::bank::{ACTIVITIES, Activity, ActivityId};
use crate::event::Reach;
use crate::id::{Day, DeviceId, EntryId, Millis, PersonId};
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
    n_ratings: u32,
    // On which device the last rating was made, and when.
    last_rating: Option<(DeviceId, Millis)>,
    avoid: Option<Avoid>,
    // Own rounds, by their offers.
    kept: BTreeMap<EntryId, rounds::Kept>,
    offers: BTreeMap<EntryId, rounds::Offer>,
    // The offer of each person that was applied last.
    latest: BTreeMap<PersonId, (EntryId, Millis)>,
    n_offers: BTreeMap<(PersonId, Day), usize>,
    // By the offer and the returner's own offer whose secret was used.
    returns: BTreeMap<(EntryId, EntryId), Vec<blind::Token>>,
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

    /// Activities that both would do, that the own filter lets through. What its owner does not want any more is
    /// gone here, and stays on the other's list, where its absence would be a "no".
    pub fn matches(&self) -> impl Iterator<Item = &'static Activity> + '_ {
        let fits = |activity: &&Activity| self.avoid.as_ref().is_none_or(|avoid| avoid.allows(activity));
        ACTIVITIES.iter().filter(|activity| self.is_match(activity.id)).filter(fits)
    }

    /// Everything that was ever found to be wished by both.
    pub fn found(&self) -> &BTreeSet<ActivityId> {
        &self.matched
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
        self.matched.contains(&activity) && matches!(self.rating(activity), Some(Rating::Love | Rating::Try))
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| self.invitations.get(id).ok_or(Refusal::NotFound);
        match event {
            Event::Rate { .. } | Event::Avoid(_) | Event::Secret { .. } | Event::Matched { .. } => Ok(()),
            Event::OfferTokens { tokens } => {
                let today = (ctx.stamp.author, ctx.stamp.at.time().day(0));
                if self.n_offers.get(&today).is_some_and(|n| *n >= rounds::MOST_A_DAY) {
                    return Err(Refusal::PaceReached);
                }
                right_number(tokens)
            }
            Event::ReturnTokens { offer, tokens, with } => {
                let author =
                    |offer| self.offers.get(offer).map(|offer| offer.author).ok_or(Refusal::NotFound);
                ctx.is_other(author(offer)?)?;
                if let Some(with) = with {
                    ctx.is_author(author(with)?)?;
                }
                right_number(tokens)
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
                // Who invites says yes to the other time, if there is one.
                if !matches!(event, Event::Accept { .. }) || invitation.other_time.is_none() {
                    ctx.is_other(invitation.author)?;
                }
                if invitation.withdrawn { Err(Refusal::TooLate) } else { Ok(()) }
            }
            Event::Withdraw { proposal } => ctx.is_author(found(proposal)?.author),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Rate { activity, rating } => {
                self.ratings.insert(*activity, *rating);
                self.n_ratings += 1;
                self.last_rating = Some((stamp.id.device, stamp.at.time()));
            }
            Event::Avoid(avoid) => self.avoid = Some(avoid.clone()),
            Event::Secret { round } => {
                if let Some(offer) = round.round.as_ref().map(|round| round.offer) {
                    self.kept.insert(offer, rounds::Kept { secret: round.clone(), at: stamp.at.time() });
                }
            }
            Event::OfferTokens { tokens } => {
                let at = stamp.at.time();
                let number = self.offers.len();
                let offer = rounds::Offer { author: stamp.author, tokens: tokens.clone(), number };
                self.offers.insert(stamp.id, offer);
                self.latest.insert(stamp.author, (stamp.id, at));
                *self.n_offers.entry((stamp.author, at.day(0))).or_default() += 1;
            }
            Event::ReturnTokens { offer, tokens, with } => {
                if let Some(with) = with {
                    self.returns.entry((*offer, *with)).or_insert_with(|| tokens.clone());
                }
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
            Event::Accept { proposal } => self.change(*proposal, |invitation| {
                let other_time = invitation.other_time.take();
                if let Some(start) = other_time.filter(|_| invitation.author == stamp.author) {
                    invitation.proposal.start = start;
                }
                invitation.accepted = true;
            }),
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

fn right_number(tokens: &[blind::Token]) -> Result<(), Refusal> {
    if tokens.len() == blind::TOKENS { Ok(()) } else { Err(Refusal::OutOfRange) }
}
