//! Step 1.4 Make sure they feel heard: impact builder, impact letter, feelings picker.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, Impact, ImpactLetter, ImpactLine};

use crate::bank::FeelingId;
use crate::event::Reach;
use crate::id::{EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::SaveImpact(_) | Event::SaveLetter(_) | Event::Feelings { .. } => Reach::Own,
            Event::ShareImpact { .. } | Event::ShareLetter { .. } => Reach::Pair,
        }
    }
}

/// Something shown to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<T> {
    /// Its writer.
    pub author: PersonId,
    /// The incident.
    pub incident: EntryId,
    /// What was shown.
    pub content: T,
}

/// The impact builder with the partner's own letter beside it, where they shared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideBySide<'a> {
    /// What the doer wrote.
    pub impact: Option<&'a Impact>,
    /// What the hurt partner wrote.
    pub letter: Option<&'a ImpactLetter>,
}

/// All of step 1.4.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts of the impact builder.
    pub impacts: Drafts<Impact>,
    /// Own drafts of the impact letter.
    pub letters: Drafts<ImpactLetter>,
    shared_impacts: BTreeMap<EntryId, Shared<Impact>>,
    shared_letters: BTreeMap<EntryId, Shared<ImpactLetter>>,
    picked: Vec<(Millis, Vec<FeelingId>)>,
}

impl State {
    /// Impact pages that were shown.
    pub fn shared_impacts(&self) -> impl Iterator<Item = (EntryId, &Shared<Impact>)> {
        self.shared_impacts.iter().map(|(id, shared)| (*id, shared))
    }

    /// Impact letters that were shared.
    pub fn shared_letters(&self) -> impl Iterator<Item = (EntryId, &Shared<ImpactLetter>)> {
        self.shared_letters.iter().map(|(id, shared)| (*id, shared))
    }

    /// The latest of both for an incident.
    pub fn side_by_side(&self, incident: EntryId) -> SideBySide<'_> {
        let impact = self.shared_impacts.values().rev().find(|shared| shared.incident == incident);
        let letter = self.shared_letters.values().rev().find(|shared| shared.incident == incident);
        SideBySide {
            impact: impact.map(|shared| &shared.content),
            letter: letter.map(|shared| &shared.content),
        }
    }

    /// Feelings picked for oneself, oldest first.
    pub fn picked(&self) -> &[(Millis, Vec<FeelingId>)] {
        &self.picked
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::SaveImpact(save) => self.impacts.judge(save),
            Event::SaveLetter(save) => self.letters.judge(save),
            Event::Feelings { .. } => Ok(()),
            Event::ShareImpact { incident, content } => {
                ctx.as_doer(*incident)?;
                let line = content.lines.first().ok_or(Refusal::Empty)?;
                words(&line.because_i).and(words(&line.you_now))
            }
            Event::ShareLetter { incident, content } => {
                ctx.as_hurt(*incident)?;
                words(&content.text)
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SaveImpact(save) => self.impacts.commit(stamp.id, stamp.at, save),
            Event::SaveLetter(save) => self.letters.commit(stamp.id, stamp.at, save),
            Event::Feelings { words, .. } => self.picked.push((stamp.at.time(), words.clone())),
            Event::ShareImpact { incident, content } => {
                let shared = Shared { author: stamp.author, incident: *incident, content: content.clone() };
                self.shared_impacts.insert(stamp.id, shared);
            }
            Event::ShareLetter { incident, content } => {
                let shared = Shared { author: stamp.author, incident: *incident, content: content.clone() };
                self.shared_letters.insert(stamp.id, shared);
            }
        }
    }
}
