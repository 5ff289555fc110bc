//! Matching what both would do (step 3.4): begins rounds, answers the other's, and keeps what both wish.
//!
//! The domain says what is due, the crypto crate has the group; this brings them together. It runs with every
//! step of sending and receiving, and writing is all it does: nobody is asked, and nothing is shown of it.
//!
//! What crosses carries the day and not the time, so that it does not tell when a device was in use; and it counts
//! as nothing that came in.

use std::collections::BTreeSet;

use amends_crypto::{BlindingSecret, CryptoRng};
use amends_domain::bank::ActivityId;
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DAY, EntryId, EventId, Hlc, Millis};
use amends_domain::permit::{Action, Local};
use amends_domain::prove::activities::blind::{self, Blinder, Token};
use amends_domain::prove::activities::rounds::{Due, Side};
use amends_domain::prove::activities::{self, BlindSecret};
use amends_store::Store;

use super::{Vault, WriteError};

/// Most things done in one call: more are never due, unless a clock jumps.
const MOST_STEPS: usize = 8;

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Matching {
    /// Something was written: give [`Input::Tick`](crate::Input::Tick) to send it.
    pub has_written: bool,
    /// Something was found that both would do.
    pub has_found: bool,
}

/// What an open vault remembers of the matching.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Pairs of rounds that were looked at, the own one first.
    looked_at: BTreeSet<(EntryId, EntryId)>,
    /// So often did something come in that only serves the matching.
    n_came: usize,
}

/// The group, with the secret of one round.
struct Group<'a> {
    secret: BlindingSecret,
    rng: &'a mut dyn CryptoRng,
}

impl<'a> Group<'a> {
    fn new(rng: &'a mut dyn CryptoRng) -> Self {
        Self { secret: BlindingSecret::make(rng), rng }
    }

    fn again(kept: &BlindSecret, rng: &'a mut dyn CryptoRng) -> Option<Self> {
        Some(Self { secret: BlindingSecret::from_bytes(&kept.key)?, rng })
    }
}

impl Blinder for Group<'_> {
    fn blind(&self, activity: ActivityId) -> Token {
        Token(self.secret.blind(&activity.0.to_be_bytes()))
    }

    fn blind_again(&self, token: &Token) -> Option<Token> {
        self.secret.blind_again(&token.0).map(Token)
    }

    fn filler(&mut self) -> Token {
        Token(BlindingSecret::filler(self.rng))
    }

    fn hold_back(&mut self) -> bool {
        let mut byte = [0];
        self.rng.fill_bytes(&mut byte);
        byte[0] < 64
    }

    fn secret(&self) -> Vec<u8> {
        self.secret.to_bytes().to_vec()
    }
}

impl<S: Store> Vault<S> {
    /// Does what is due in matching with the other person, if anything: begins a round when own ratings changed,
    /// answers theirs, keeps what both would do. Calling it again changes nothing. [`Vault::sync_input`] calls it.
    ///
    /// # Errors
    /// [`WriteError`]; what was written before holds, and the rest is done at the next call.
    pub fn match_activities(&mut self, now: Millis) -> Result<Matching, WriteError> {
        let mut done = Matching::default();
        let Some(other) = self.partner().filter(|_| !self.is_demo()) else { return Ok(done) };
        let side = Side { me: self.me(), other, device: self.profile.device(Space::Private) };
        for _ in 0..MOST_STEPS {
            if self.keep_matches(side, now)? {
                done = Matching { has_written: true, has_found: true };
            }
            let Some(actions) = self.due_actions(side, now) else { break };
            if !self.write_quietly(now, actions)? {
                break;
            }
            done.has_written = true;
        }
        Ok(done)
    }

    /// Keeps what the rounds that came back show; whether there was something new.
    fn keep_matches(&mut self, side: Side, now: Millis) -> Result<bool, WriteError> {
        let step = &self.state.world().activities;
        let mut activities = BTreeSet::new();
        for ended in step.ended(side) {
            let pair = (ended.mine, ended.theirs);
            if self.matching.looked_at.contains(&pair) {
                continue;
            }
            if let Some(group) = Group::again(ended.secret, &mut *self.rng) {
                let both = blind::matches(ended.secret, ended.returned, ended.tokens, &group);
                activities.extend(both.into_iter().filter(|id| !step.found().contains(id)));
            }
            self.matching.looked_at.insert(pair);
        }
        if activities.is_empty() {
            return Ok(false);
        }
        let matched = activities::Event::Matched { activities: activities.into_iter().collect() };
        self.write_quietly(now, vec![Action::private(matched)])
    }

    /// What is to be written for what is due.
    fn due_actions(&mut self, side: Side, now: Millis) -> Option<Vec<Action>> {
        let world = self.state.world();
        let step = &world.activities;
        let actions = match world.due_in_matching(side, now)? {
            Due::Begin => {
                let offer = self.next_id(Space::Shared);
                let mut group = Group::new(&mut *self.rng);
                let (round, tokens) = blind::begin(step, side.me, offer, &mut group);
                vec![
                    Action::private(activities::Event::Secret { round }),
                    Action::shared(activities::Event::OfferTokens { tokens }),
                ]
            }
            Due::Answer { offer, tokens, with, secret } => {
                let mut group = Group::again(secret, &mut *self.rng)?;
                let tokens = blind::answer(tokens, &mut group);
                vec![Action::shared(activities::Event::ReturnTokens { offer, tokens, with: Some(with) })]
            }
        };
        Some(actions)
    }

    /// Writes events that no person made: all or none, not to be undone by hand. False if a rule is against it now.
    fn write_quietly(&mut self, now: Millis, actions: Vec<Action>) -> Result<bool, WriteError> {
        let (exact, coarse) = (self.next_stamp(now), self.coarse_stamp(now));
        let mut events = Vec::new();
        for action in actions {
            // One of each space at most, so that the ids do not meet.
            let id = self.next_id(action.space);
            let at = if action.space == Space::Private { exact } else { coarse };
            let may_now = self.state.permit(action.clone(), Local::new(id, exact));
            let Ok(event) = may_now.and_then(|_| self.state.permit(action, Local::new(id, at))) else {
                return Ok(false);
            };
            events.push(event);
        }
        self.write(&events, Vec::new())?;
        self.state.extend(events);
        Ok(true)
    }

    /// The day, or what was shared last if that is later: nothing that the other does not know.
    fn coarse_stamp(&self, now: Millis) -> Hlc {
        let shared = self.state.events().filter(|event| event.space == Space::Shared);
        let last = shared.map(|event| event.at).max().unwrap_or_default();
        last.tick(Millis(now.0 - now.0 % DAY))
    }

    /// Entries came in: whether they only serve the matching is remembered until [`Vault::n_came_for_matching`].
    pub(crate) fn note_what_came(&mut self, new: &[EventId]) {
        let only_serves = |event: &Event| match &event.body {
            Body::Activities(event) => {
                event.is_matching() && !matches!(event, activities::Event::Matched { .. })
            }
            _ => false,
        };
        let all = new.iter().all(|id| self.state.event(*id).is_some_and(only_serves));
        self.matching.n_came += usize::from(all && !new.is_empty());
    }

    /// How often, since the last call, something came in that only serves the matching.
    pub(crate) fn n_came_for_matching(&mut self) -> usize {
        std::mem::take(&mut self.matching.n_came)
    }
}
