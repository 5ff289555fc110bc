//! Letters on their way. Opening leaves no trace that the sender could see.
//!
//! Recalling always succeeds in the sender's eyes. On the reader's devices a letter that was opened before
//! stays, one that was not disappears unread. Giving back is possible before and after opening, so it says
//! nothing about reading either.

use super::{Event, Purpose, SealedLetter, State};
use crate::id::{Day, EntryId, Hlc, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

/// A letter that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Its writer.
    pub author: PersonId,
    /// The incident, where it has one.
    pub incident: Option<EntryId>,
    /// To send, or to read together.
    pub purpose: Purpose,
    /// The text; empty while a letter with a day is closed here.
    pub text: String,
    /// When it was sent.
    pub at: Hlc,
    pub(super) recalled: bool,
    pub(super) returned: bool,
    // Known on the reader's devices only.
    pub(super) opened: bool,
    pub(super) held: Option<Option<Millis>>,
    // For a letter with a day: when it opens, and its sealed bytes.
    pub(super) sealed: Option<(Millis, SealedLetter)>,
    pub(super) half_asked: bool,
}

/// All that a sender can ever see of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SenderSees {
    /// Sent.
    Sent,
    /// Taken back.
    Recalled,
    /// Given back.
    Returned,
}

impl Delivered {
    pub(super) fn new(
        author: PersonId,
        incident: Option<EntryId>,
        purpose: Purpose,
        text: String,
        at: Hlc,
    ) -> Self {
        let (recalled, returned, opened, held) = (false, false, false, None);
        Delivered {
            author,
            incident,
            purpose,
            text,
            at,
            recalled,
            returned,
            opened,
            held,
            sealed: None,
            half_asked: false,
        }
    }

    /// What its writer sees: the same whether it was opened or not.
    pub fn sender_sees(&self) -> SenderSees {
        match (self.recalled, self.returned) {
            (true, _) => SenderSees::Recalled,
            (false, true) => SenderSees::Returned,
            (false, false) => SenderSees::Sent,
        }
    }

    /// Whether its reader still has it: not taken back before it was opened, and not given back.
    pub fn reader_has_it(&self) -> bool {
        !self.returned && (!self.recalled || self.opened)
    }

    /// Whether its reader opened it: known on the reader's devices only.
    pub fn is_opened(&self) -> bool {
        self.opened
    }

    /// Whether its reader put it aside, and until when: known on the reader's devices only.
    pub fn held_until(&self) -> Option<Option<Millis>> {
        self.held
    }
}

/// Whether a night has passed since the last change: at least six hours, and another day has begun.
pub fn rested(changed: Millis, now: Millis, utc_offset: i16) -> bool {
    let five = 5 * crate::id::HOUR;
    let day = |at: Millis| -> Day { Millis(at.0.saturating_sub(five)).day(utc_offset) };
    now.since(changed) >= 6 * crate::id::HOUR && day(now) > day(changed)
}

impl State {
    pub(super) fn judge_letter(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| self.delivered.get(id).ok_or(Refusal::NotFound);
        match event {
            Event::Send { purpose: Purpose::ForMe, .. } => Err(Refusal::ForMeOnly),
            Event::Send { incident, text, .. } => {
                if let Some(incident) = incident {
                    ctx.incident(*incident)?;
                }
                words(text)
            }
            Event::Recall { letter } => ctx.is_author(found(letter)?.author),
            Event::Return { letter } | Event::OpenLetter { letter } | Event::Hold { letter, .. } => {
                ctx.is_other(found(letter)?.author)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn commit_letter(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Send { incident, purpose, text } => {
                let letter = Delivered::new(stamp.author, *incident, *purpose, text.clone(), stamp.at);
                self.delivered.insert(stamp.id, letter);
            }
            Event::Recall { letter } => self.change_letter(*letter, |letter| letter.recalled = true),
            Event::Return { letter } => self.change_letter(*letter, |letter| letter.returned = true),
            Event::OpenLetter { letter } => self.change_letter(*letter, |letter| letter.opened = true),
            Event::Hold { letter, until } => self.change_letter(*letter, |letter| letter.held = Some(*until)),
            _ => {}
        }
    }

    fn change_letter(&mut self, letter: EntryId, change: impl FnOnce(&mut Delivered)) {
        if let Some(letter) = self.delivered.get_mut(&letter) {
            change(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::HOUR;

    #[test]
    fn a_night_lies_between_writing_and_sending() {
        let evening = Day(100).start(60).plus(22 * HOUR);
        assert!(!rested(evening, evening.plus(2 * HOUR), 60));
        assert!(!rested(evening, evening.plus(5 * HOUR), 60));
        assert!(rested(evening, evening.plus(9 * HOUR), 60));
        let morning = Day(100).start(60).plus(8 * HOUR);
        assert!(!rested(morning, morning.plus(10 * HOUR), 60));
    }
}
