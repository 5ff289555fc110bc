//! Step 2.1 Explain why, with "I": five prompts, and beside each reason the own choice.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, Explanation, Row};

use crate::event::{Reach, Space};
use crate::id::{EntryId, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::{Draft, Drafts};

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Save(_) => Reach::Own,
            Event::Share { .. } => Reach::Pair,
        }
    }
}

impl Explanation {
    /// Message keys of the five prompts with what is written under each.
    pub fn prompts(&self) -> [(&'static str, &str); 5] {
        [
            ("explanation-wanted", &self.wanted),
            ("explanation-feared", &self.feared),
            ("explanation-told-myself", &self.told_myself),
            ("explanation-turning-point", &self.turning_point),
            ("explanation-chose", &self.chose),
        ]
    }

    /// Rows whose reason stands without a choice, by position.
    pub fn rows_without_choice(&self) -> Vec<usize> {
        let open = |row: &Row| !row.reason.trim().is_empty() && row.choice.trim().is_empty();
        self.rows.iter().enumerate().filter(|(_, row)| open(row)).map(|(position, _)| position).collect()
    }

    /// Whether it can be given: each reason has a choice, and "what I chose" is written.
    ///
    /// # Errors
    /// [`Refusal::ChoiceMissing`] or [`Refusal::Empty`].
    pub fn judge(&self) -> Result<(), Refusal> {
        if !self.rows_without_choice().is_empty() || self.chose.trim().is_empty() {
            return Err(Refusal::ChoiceMissing);
        }
        words(&self.chose)
    }
}

/// All of step 2.1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts.
    pub drafts: Drafts<Explanation>,
    shared: BTreeMap<EntryId, (PersonId, EntryId, Explanation)>,
}

impl State {
    /// Pages given in an incident, with their writers.
    pub fn of_incident(&self, incident: EntryId) -> impl Iterator<Item = (EntryId, PersonId, &Explanation)> {
        self.shared
            .iter()
            .filter(move |(_, (_, about, _))| *about == incident)
            .map(|(id, (author, _, page))| (*id, *author, page))
    }

    /// Whether causes are written: for two, as far as they were given; in solo mode as a draft.
    pub fn is_written(&self, incident: EntryId, space: Space) -> bool {
        let complete = |draft: &Draft<Explanation>| {
            draft.incident == Some(incident) && draft.text.current.judge().is_ok()
        };
        match space {
            Space::Shared => self.of_incident(incident).next().is_some(),
            Space::Private => self.drafts.iter().any(|(_, draft)| complete(draft)),
        }
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Save(save) => self.drafts.judge(save),
            Event::Share { incident, content } => {
                ctx.as_doer(*incident)?;
                content.judge()
            }
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Save(save) => self.drafts.commit(stamp.id, stamp.at, save),
            Event::Share { incident, content } => {
                self.shared.insert(stamp.id, (stamp.author, *incident, content.clone()));
            }
        }
    }
}
