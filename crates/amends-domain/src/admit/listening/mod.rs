//! Step 1.3 Listen, repeat, reflect: practice alone, then live rounds.
//!
//! The own ratio of reflections to questions is shown to oneself only; a round shows no count at all.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, Prompt, Tally, Tap};

use crate::event::Reach;
use crate::id::{EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Practice { .. } | Event::HandedOver { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

/// One live round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Who has the floor.
    pub speaker: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// What was said, in order.
    pub turns: Vec<Turn>,
    /// The speaker said stop.
    pub stopped: bool,
}

/// One thing said, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The event.
    pub id: EntryId,
    /// What was said.
    pub said: String,
    /// Reflections, each with the speaker's tap.
    pub reflections: Vec<Reflection>,
}

/// One reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The event.
    pub id: EntryId,
    /// The listener's words.
    pub text: String,
    /// The speaker's tap.
    pub tap: Option<Tap>,
}

impl Turn {
    fn is_done(&self) -> bool {
        self.reflections.last().is_some_and(|last| last.tap == Some(Tap::Yes))
    }

    fn waits_for_tap(&self) -> bool {
        self.reflections.last().is_some_and(|last| last.tap.is_none())
    }
}

/// Sums of own practice over a time, for oneself only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnPractice {
    /// Replies.
    pub replies: u32,
    /// Times content or feeling was given back.
    pub reflections: u32,
    /// Of these, feelings.
    pub feelings: u32,
    /// Questions.
    pub questions: u32,
}

/// All of step 1.3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    practiced: Vec<(Millis, Tally)>,
    allowed: BTreeMap<EntryId, (PersonId, String)>,
    rounds: BTreeMap<EntryId, Round>,
    // Which round a said thing, and which said thing a reflection, belongs to.
    parents: BTreeMap<EntryId, EntryId>,
    stops: Vec<Millis>,
}

impl State {
    /// Own practice since a time. Made from private entries: the other side has none of it.
    pub fn own_practice(&self, since: Millis) -> OwnPractice {
        let mut sums = OwnPractice::default();
        for (_, tally) in self.practiced.iter().filter(|(at, _)| *at >= since) {
            sums.replies += 1;
            sums.reflections += u32::from(tally.content) + u32::from(tally.feeling);
            sums.feelings += u32::from(tally.feeling);
            sums.questions += u32::from(tally.questions);
        }
        sums
    }

    /// Sentences that a person allowed to be practiced on.
    pub fn allowed_by(&self, person: PersonId) -> impl Iterator<Item = (EntryId, &str)> {
        self.allowed
            .iter()
            .filter(move |(_, (author, _))| *author == person)
            .map(|(id, (_, text))| (*id, text.as_str()))
    }

    /// One round.
    pub fn round(&self, id: EntryId) -> Option<&Round> {
        self.rounds.get(&id)
    }

    /// All rounds.
    pub fn rounds(&self) -> impl Iterator<Item = (EntryId, &Round)> {
        self.rounds.iter().map(|(id, round)| (*id, round))
    }

    /// Whether a reflection in this incident was answered with "yes, that's it" by somebody who was hurt.
    pub fn accepted(&self, incident: EntryId, hurt: impl Fn(PersonId) -> bool) -> bool {
        self.rounds
            .values()
            .filter(|round| round.incident == incident && hurt(round.speaker))
            .any(|round| round.turns.iter().any(Turn::is_done))
    }

    /// Whether the speaker stopped a round in a span before now.
    pub(crate) fn stopped_within(&self, now: Millis, span: u64) -> bool {
        self.stops.iter().any(|at| *at <= now && now.since(*at) < span)
    }

    fn turn(&self, said: EntryId) -> Option<(&Round, &Turn)> {
        let round = self.rounds.get(self.parents.get(&said)?)?;
        round.turns.iter().find(|turn| turn.id == said).map(|turn| (round, turn))
    }

    fn turn_mut(&mut self, said: EntryId) -> Option<(&mut bool, &mut Turn)> {
        let round = self.rounds.get_mut(self.parents.get(&said)?)?;
        let turn = round.turns.iter_mut().find(|turn| turn.id == said)?;
        Some((&mut round.stopped, turn))
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Practice { prompt: Prompt::Allowed(id), reply, .. } => {
                let (author, _) = self.allowed.get(id).ok_or(Refusal::NotFound)?;
                ctx.is_other(*author)?;
                words(reply)
            }
            Event::Practice { reply, .. } => words(reply),
            Event::AllowStatement { incident, text } => {
                ctx.incident(*incident)?;
                words(text)
            }
            Event::OpenRound { incident } => ctx.incident(*incident).map(drop),
            Event::HandedOver { incident, .. } => ctx.any_incident(*incident).map(drop),
            Event::Say { round, text } => {
                let found = self.rounds.get(round).ok_or(Refusal::NotFound)?;
                ctx.is_author(found.speaker)?;
                if found.stopped {
                    return Err(Refusal::TooLate);
                }
                if found.turns.last().is_some_and(|turn| !turn.is_done()) {
                    return Err(Refusal::TooEarly);
                }
                words(text)
            }
            Event::Reflect { said, text } => {
                let (round, turn) = self.turn(*said).ok_or(Refusal::NotFound)?;
                ctx.is_other(round.speaker)?;
                if round.stopped || turn.is_done() {
                    return Err(Refusal::TooLate);
                }
                if turn.waits_for_tap() {
                    return Err(Refusal::TooEarly);
                }
                words(text)
            }
            Event::Tap { reflection, .. } => {
                let said = self.parents.get(reflection).ok_or(Refusal::NotFound)?;
                let (round, turn) = self.turn(*said).ok_or(Refusal::NotFound)?;
                ctx.is_author(round.speaker)?;
                let waits =
                    turn.reflections.iter().any(|other| other.id == *reflection && other.tap.is_none());
                if waits { Ok(()) } else { Err(Refusal::AlreadyDone) }
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Practice { tally, .. } | Event::HandedOver { tally, .. } => {
                self.practiced.push((stamp.at.time(), *tally));
            }
            Event::AllowStatement { text, .. } => {
                self.allowed.insert(stamp.id, (stamp.author, text.clone()));
            }
            Event::OpenRound { incident } => {
                let round =
                    Round { speaker: stamp.author, incident: *incident, turns: Vec::new(), stopped: false };
                self.rounds.insert(stamp.id, round);
            }
            Event::Say { round, text } => {
                if let Some(found) = self.rounds.get_mut(round) {
                    found.turns.push(Turn { id: stamp.id, said: text.clone(), reflections: Vec::new() });
                    self.parents.insert(stamp.id, *round);
                }
            }
            Event::Reflect { said, text } => {
                if let Some((_, turn)) = self.turn_mut(*said) {
                    turn.reflections.push(Reflection { id: stamp.id, text: text.clone(), tap: None });
                    self.parents.insert(stamp.id, *said);
                }
            }
            Event::Tap { reflection, tap } => {
                let Some(said) = self.parents.get(reflection).copied() else { return };
                if *tap == Tap::Stop {
                    self.stops.push(stamp.at.time());
                }
                if let Some((stopped, turn)) = self.turn_mut(said) {
                    *stopped |= *tap == Tap::Stop;
                    let found = turn.reflections.iter_mut().find(|other| other.id == *reflection);
                    if let Some(found) = found {
                        found.tap = Some(*tap);
                    }
                }
            }
        }
    }
}
