//! Step 3.2 Ask what they need: a list owned by the one who needs, one request each, and careful asking.

mod event;

use std::collections::BTreeMap;

pub use event::{Answer, Event, Mark, Need};

use crate::event::Reach;
use crate::id::{EntryId, Millis, PersonId, WEEK};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

/// Time between two askings, in milliseconds.
pub const ASK_EVERY: u64 = WEEK;
/// Silence after "I don't know", in milliseconds.
pub const SILENCE: u64 = 2 * WEEK;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Mark { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

/// A need that its owner showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedNeed {
    /// Whose need it is.
    pub owner: PersonId,
    /// The need.
    pub need: Need,
    /// Now, later, not from you, don't know.
    pub mark: Mark,
    /// The one request made for it.
    pub request: Option<Request>,
}

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The event.
    pub id: EntryId,
    /// When.
    pub at: Millis,
    /// The words.
    pub text: String,
    /// Yes, no, another offer.
    pub answer: Option<Answer>,
}

/// All of step 3.2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    own: Vec<(Need, Mark)>,
    shared: BTreeMap<EntryId, SharedNeed>,
    requests: BTreeMap<EntryId, EntryId>,
    asked: BTreeMap<PersonId, Millis>,
    dont_know: BTreeMap<PersonId, Millis>,
}

impl State {
    /// Own marks, not shown to anybody.
    pub fn own(&self) -> &[(Need, Mark)] {
        &self.own
    }

    /// Needs that were shown.
    pub fn shared(&self) -> impl Iterator<Item = (EntryId, &SharedNeed)> {
        self.shared.iter().map(|(id, need)| (*id, need))
    }

    /// From when on a person may ask the other again.
    pub fn may_ask_from(&self, asker: PersonId, other: PersonId) -> Millis {
        let asked = self.asked.get(&asker).map_or(Millis(0), |at| at.plus(ASK_EVERY));
        let silence = self.dont_know.get(&other).map_or(Millis(0), |at| at.plus(SILENCE));
        asked.max(silence)
    }

    /// Whether a request waits for an answer.
    pub(crate) fn request_waits(&self) -> bool {
        self.shared.values().any(|need| need.request.as_ref().is_some_and(|request| request.answer.is_none()))
    }

    pub(crate) fn asked_within(&self, now: Millis, span: u64) -> bool {
        self.asked.values().any(|at| *at <= now && now.since(*at) < span)
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let now = ctx.stamp.at.time();
        match event {
            Event::Mark { need, .. } | Event::Share { need, .. } => match need {
                Need::Own(text) => words(text),
                Need::Word(_) => Ok(()),
            },
            Event::Remark { shared, .. } => {
                ctx.is_author(self.shared.get(shared).ok_or(Refusal::NotFound)?.owner)
            }
            Event::DontKnow => Ok(()),
            Event::Ask => self.judge_ask(ctx.stamp.author, ctx.world.other(ctx.stamp.author), now),
            Event::Request { shared, text } => {
                let need = self.shared.get(shared).ok_or(Refusal::NotFound)?;
                ctx.is_author(need.owner)?;
                if need.mark == Mark::NotFromYou {
                    return Err(Refusal::NotFromYou);
                }
                if need.request.is_some() {
                    return Err(Refusal::OneRequest);
                }
                words(text)
            }
            Event::Answer { request, answer } => {
                let need =
                    self.requests.get(request).and_then(|id| self.shared.get(id)).ok_or(Refusal::NotFound)?;
                ctx.is_other(need.owner)?;
                match answer {
                    Answer::OtherOffer { text } => words(text),
                    Answer::Yes | Answer::No => Ok(()),
                }
            }
        }
    }

    fn judge_ask(&self, asker: PersonId, other: Option<PersonId>, now: Millis) -> Result<(), Refusal> {
        if self.asked.get(&asker).is_some_and(|at| now.since(*at) < ASK_EVERY) {
            return Err(Refusal::AskedThisWeek);
        }
        let silent = other.and_then(|other| self.dont_know.get(&other));
        if silent.is_some_and(|at| now.since(*at) < SILENCE) { Err(Refusal::SilenceAgreed) } else { Ok(()) }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Mark { need, mark } => match self.own.iter_mut().find(|(other, _)| other == need) {
                Some((_, found)) => *found = *mark,
                None => self.own.push((need.clone(), *mark)),
            },
            Event::Share { need, mark } => {
                let need = SharedNeed { owner: stamp.author, need: need.clone(), mark: *mark, request: None };
                self.shared.insert(stamp.id, need);
            }
            Event::Remark { shared, mark } => {
                if let Some(need) = self.shared.get_mut(shared) {
                    need.mark = *mark;
                }
            }
            Event::Ask => {
                self.asked.insert(stamp.author, stamp.at.time());
            }
            Event::DontKnow => {
                self.dont_know.insert(stamp.author, stamp.at.time());
            }
            Event::Request { shared, text } => {
                if let Some(need) = self.shared.get_mut(shared) {
                    need.request =
                        Some(Request { id: stamp.id, at: stamp.at.time(), text: text.clone(), answer: None });
                    self.requests.insert(stamp.id, *shared);
                }
            }
            Event::Answer { request, answer } => {
                let need = self.requests.get(request).and_then(|id| self.shared.get_mut(id));
                if let Some(request) = need.and_then(|need| need.request.as_mut()) {
                    request.answer = Some(answer.clone());
                }
            }
        }
    }
}
