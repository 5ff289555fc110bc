//! The stage manager of the demonstration: who acts when, and what the other one receives.

use amends_domain::event::{Body, Space};
use amends_domain::id::{DAY, Day, EventId, HOUR, MINUTE, Millis};
use amends_domain::permit::{Action, Local};
use amends_domain::refusal::Refusal;
use amends_domain::safety::{Answer, Answers, Couple, GatePass};
use amends_store::Store;

use super::DemoCouple;
use crate::vault::{AppendError, CreateError, NewEvent, TakeError, Vault, WriteError};

/// The demonstration could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// A vault could not be made, for example because a store is not empty.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// An event could not be written.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// An event could not be handed over.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// A draft could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

pub(super) struct Play<S> {
    couple: DemoCouple<S>,
    start: Millis,
    now: Millis,
    utc_offset: i16,
}

impl<S: Store> Play<S> {
    pub(super) fn new(mut couple: DemoCouple<S>, start: Millis, utc_offset: i16) -> Result<Self, DemoError> {
        let (robin, kim) = (couple.involved.me(), couple.injured.me());
        couple.involved.pair_with(kim)?;
        couple.injured.pair_with(robin)?;
        // Midnight before the first day where they live, so that all scenes lie within the hours that are welcome.
        let start = Day::start(start.day(utc_offset), utc_offset);
        Ok(Self { couple, start, now: start, utc_offset })
    }

    /// It is now this day of the story (from 0), at this hour.
    pub(super) fn on(&mut self, day: u64, hour: u64) {
        self.now = self.start.plus(day * DAY + hour * HOUR);
    }

    /// Date of a day of the story.
    pub(super) fn date(&self, day: i32) -> Day {
        self.start.day(self.utc_offset).plus(day)
    }

    /// Minutes between UTC and the couple's clock.
    pub(super) fn utc_offset(&self) -> i16 {
        self.utc_offset
    }

    /// A point in time of the story.
    pub(super) fn time(&self, day: u64, hour: u64) -> Millis {
        self.start.plus(day * DAY + hour * HOUR)
    }

    /// Robin writes something for own devices.
    pub(super) fn robin(&mut self, body: impl Into<Body>) -> Result<EventId, DemoError> {
        let now = self.tick();
        act(&mut self.couple.involved, now, Action::private(body))
    }

    /// Kim writes something for own devices.
    pub(super) fn kim(&mut self, body: impl Into<Body>) -> Result<EventId, DemoError> {
        let now = self.tick();
        act(&mut self.couple.injured, now, Action::private(body))
    }

    /// Robin writes something for both.
    pub(super) fn robin_to_kim(&mut self, body: impl Into<Body>) -> Result<EventId, DemoError> {
        let now = self.tick();
        let id = act(&mut self.couple.involved, now, Action::shared(body))?;
        hand_over(&self.couple.involved, &mut self.couple.injured, id)
    }

    /// Kim writes something for both.
    pub(super) fn kim_to_robin(&mut self, body: impl Into<Body>) -> Result<EventId, DemoError> {
        let now = self.tick();
        let id = act(&mut self.couple.injured, now, Action::shared(body))?;
        hand_over(&self.couple.injured, &mut self.couple.involved, id)
    }

    /// Robin has a text open in an editor.
    pub(super) fn robin_drafts(&mut self, key: &str, text: &str) -> Result<(), DemoError> {
        Ok(self.couple.involved.save_draft(key, text, self.now)?)
    }

    /// Kim has a text open in an editor.
    pub(super) fn kim_drafts(&mut self, key: &str, text: &str) -> Result<(), DemoError> {
        Ok(self.couple.injured.save_draft(key, text, self.now)?)
    }

    pub(super) fn end(self) -> DemoCouple<S> {
        self.couple
    }

    fn tick(&mut self) -> Millis {
        self.now = self.now.plus(MINUTE);
        self.now
    }
}

fn act<S: Store>(vault: &mut Vault<S>, now: Millis, action: Action) -> Result<EventId, DemoError> {
    let pass = gate_pass().ok_or(AppendError::Refused(Refusal::GateDue))?;
    let know = |local: &mut Local<'_>| {
        local.telling_is_safe = true;
        local.without_rest = true;
    };
    let is_gated = matches!(action.body, Body::Consent(_));
    let new = NewEvent { action, finishes: None };
    Ok(match is_gated {
        true => vault.append_knowing(now, new, |local| local.gate = Some(&pass))?,
        false => vault.append_knowing(now, new, know)?,
    })
}

/// Eight times no.
pub(crate) fn gate_pass() -> Option<GatePass> {
    let mut answers = Answers::default();
    (1..=8).for_each(|number| answers.answer(number, Answer::No));
    match answers.verdict().couple {
        Couple::Open(pass) => Some(pass),
        _ => None,
    }
}

fn hand_over<S: Store>(from: &Vault<S>, to: &mut Vault<S>, id: EventId) -> Result<EventId, DemoError> {
    let piece = from.piece(id).map_err(TakeError::from)?;
    to.take(from.me(), Space::Shared, piece.as_slice(), Vec::new())?;
    Ok(id)
}
