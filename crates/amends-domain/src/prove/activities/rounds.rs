//! When a round of matching begins, when the other's is answered, and when both are through.
//!
//! Each person has at most one latest offer. For the two latest offers there is one return in each direction, made
//! with the secret of the returner's own latest offer; then both know what both would do, and nothing more happens
//! until somebody rates again. Lost, repeated and reordered events do not matter: what is due follows from what is
//! here.

use std::collections::BTreeSet;

use super::State;
use super::blind::Token;
use super::event::{BlindSecret, Rating, Round};
use crate::bank::ActivityId;
use crate::event::Space;
use crate::id::{DAY, DeviceId, EntryId, MINUTE, Millis, PersonId, WEEK};
use crate::incident::StageMark;
use crate::state::World;

/// Shortest time between two rounds of one person, in milliseconds.
pub const GAP: u64 = 15 * MINUTE;
/// After so long, in milliseconds, one more round follows a round in which something was new, whether something
/// was held back or not.
pub const FOLLOW_UP: u64 = DAY;
/// Rounds that one person may begin in one day; more do not hold.
pub const MOST_A_DAY: usize = 4;
/// What another own device rated is left to that device for so long, in milliseconds.
const LEAVE_TO_OTHERS: u64 = 10 * MINUTE;

/// A round, as it crossed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) author: PersonId,
    pub(crate) tokens: Vec<Token>,
    /// In the order in which rounds were applied.
    pub(crate) number: usize,
}

/// An own round: its secret, and when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) secret: BlindSecret,
    pub(crate) at: Millis,
}

impl Kept {
    pub(crate) fn round(&self) -> Option<&Round> {
        self.secret.round.as_ref()
    }

    /// Whether an activity went with the round or was held back in it.
    pub(crate) fn covers(&self, activity: ActivityId) -> bool {
        self.secret.order.contains(&Some(activity))
            || self.round().is_some_and(|round| round.held.contains(&activity))
    }

    fn all(&self) -> BTreeSet<ActivityId> {
        let held = self.round().map(|round| round.held.as_slice()).unwrap_or_default();
        self.secret.order.iter().flatten().chain(held).copied().collect()
    }
}

/// Whose rounds are looked at, and where.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    /// The owner of the state.
    pub me: PersonId,
    /// The other one.
    pub other: PersonId,
    /// The chain in which this device writes private events.
    pub device: DeviceId,
}

/// What a device has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due<'a> {
    /// Begin a round with what is wished now.
    Begin,
    /// Blind the other's tokens with the secret of the own round `with`.
    Answer {
        /// The other's round.
        offer: EntryId,
        /// Its tokens.
        tokens: &'a [Token],
        /// The own round.
        with: EntryId,
        /// Its secret.
        secret: &'a BlindSecret,
    },
}

/// An own round that came back, with the other's round it was answered with.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The own round.
    pub mine: EntryId,
    /// Its secret.
    pub secret: &'a BlindSecret,
    /// Its tokens as the other blinded them again.
    pub returned: &'a [Token],
    /// The other's round.
    pub theirs: EntryId,
    /// The tokens of it.
    pub tokens: &'a [Token],
}

impl World {
    /// Whether light things are open in everything that the two share. Who moves the stage could begin earlier, and
    /// would show by it what they have not said yet.
    pub fn is_light_open(&self) -> bool {
        let mut shared = self.incidents.iter().filter(|(_, found)| found.space == Space::Shared);
        shared.all(|(_, found)| found.stage(self.me, self.partner) >= StageMark::Reconnect)
    }

    /// What is due in matching on this device now, if anything. Rounds from before the two parted and began again count
    /// as never begun: one of them may not have them any more.
    pub fn due_in_matching(&self, side: Side, now: Millis) -> Option<Due<'_>> {
        if !self.is_light_open() {
            return None;
        }
        self.activities.due(side, now, |offer| self.consent.is_former(offer))
    }
}

impl State {
    fn due(&self, side: Side, now: Millis, is_former: impl Fn(EntryId) -> bool) -> Option<Due<'_>> {
        let latest = |person| self.latest_offer(person).filter(|(offer, _)| !is_former(*offer));
        let begin =
            || (self.n_ratings > 0 && !self.is_left_to_others(side.device, now)).then_some(Due::Begin);
        let Some((own, offered)) = latest(side.me) else { return begin() };
        let Some(kept) = self.kept.get(&own) else {
            // Its secret is on the way from another own device, or lost for good.
            return if is_past(offered, now, WEEK) { begin() } else { None };
        };
        if self.is_outdated(side.me, kept) {
            // Nobody gets an answer from wishes that do not hold any more.
            return if is_past(kept.at, now, GAP) { begin() } else { None };
        }
        if let Some((theirs, _)) = latest(side.other)
            && !self.returns.contains_key(&(theirs, own))
        {
            let tokens = &self.offers.get(&theirs)?.tokens;
            return Some(Due::Answer { offer: theirs, tokens, with: own, secret: &kept.secret });
        }
        let settled = kept.round().is_some_and(|round| round.settled);
        if !settled && is_past(kept.at, now, FOLLOW_UP) { begin() } else { None }
    }

    /// Own rounds that came back, oldest name first.
    pub fn ended(&self, side: Side) -> impl Iterator<Item = Ended<'_>> {
        self.returns.iter().filter_map(move |((mine, theirs), returned)| {
            let by = |offer, person| {
                self.offers.get(offer).filter(|offer| offer.author == person).map(|offer| &offer.tokens)
            };
            by(mine, side.me)?;
            let tokens = by(theirs, side.other)?;
            let secret = &self.kept.get(mine)?.secret;
            Some(Ended { mine: *mine, secret, returned, theirs: *theirs, tokens })
        })
    }

    /// A person's latest round, and its time as it crossed.
    pub(crate) fn latest_offer(&self, person: PersonId) -> Option<(EntryId, Millis)> {
        self.latest.get(&person).copied()
    }

    pub(crate) fn latest_kept(&self, me: PersonId) -> Option<&Kept> {
        self.latest_offer(me).and_then(|(own, _)| self.kept.get(&own))
    }

    /// What goes with a round that begins now, unless it is held back.
    pub(crate) fn to_send(&self, me: PersonId) -> BTreeSet<ActivityId> {
        let wished = |rating: &Rating| matches!(rating, Rating::Love | Rating::Try);
        let wishes = self.ratings.iter().filter(|(_, rating)| wished(rating)).map(|(id, _)| *id);
        wishes.chain(self.may_have_shown(me)).collect()
    }

    /// Matches, and what was in own rounds of which the other may know the result and this device does not yet.
    pub(crate) fn may_have_shown(&self, me: PersonId) -> BTreeSet<ActivityId> {
        let mut shown = self.matched.clone();
        for (theirs, mine) in self.returns.keys().filter(|pair| self.is_own_answer(me, pair)) {
            if self.returns.contains_key(&(*mine, *theirs)) {
                continue;
            }
            shown.extend(self.sent_in(*mine).filter(|id| !self.came_back(me, *id, *mine, *theirs)));
        }
        shown
    }

    /// Whether an activity was in an own round, this one or a later one, that came back with their round or a later one.
    fn came_back(&self, me: PersonId, activity: ActivityId, mine: EntryId, theirs: EntryId) -> bool {
        let number = |offer: &EntryId| self.offers.get(offer).map(|offer| offer.number);
        let later = |pair: &&(EntryId, EntryId)| {
            number(&pair.0) >= number(&mine) && number(&pair.1) >= number(&theirs)
        };
        let back = self.returns.keys().filter(|pair| !self.is_own_answer(me, pair));
        back.filter(later).any(|(own, _)| self.sent_in(*own).any(|id| id == activity))
    }

    fn is_own_answer(&self, me: PersonId, (_, with): &(EntryId, EntryId)) -> bool {
        self.offers.get(with).is_some_and(|offer| offer.author == me)
    }

    fn sent_in(&self, own: EntryId) -> impl Iterator<Item = ActivityId> {
        self.kept.get(&own).into_iter().flat_map(|kept| kept.secret.order.iter().flatten().copied())
    }

    fn is_outdated(&self, me: PersonId, kept: &Kept) -> bool {
        kept.round().is_none_or(|round| round.ratings != self.n_ratings) || kept.all() != self.to_send(me)
    }

    fn is_left_to_others(&self, device: DeviceId, now: Millis) -> bool {
        self.last_rating.is_some_and(|(by, at)| by != device && !is_past(at, now, LEAVE_TO_OTHERS))
    }
}

/// Whether `span` has passed since then. A time to come was set by a clock that went wrong, and holds nothing up.
fn is_past(then: Millis, now: Millis, span: u64) -> bool {
    then > now || now.since(then) >= span
}
