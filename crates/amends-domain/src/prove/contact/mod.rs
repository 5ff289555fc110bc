//! Step 3.3 Small regular contact, at the pace its receiver set. No presence, no read state, no reply time.
//!
//! Number, hours and kinds are set in `consent`; a missed day appears nowhere, for nobody.

mod event;

use std::collections::BTreeMap;

pub use event::{ContactKind, Event, Photo};

use crate::event::Reach;
use crate::id::{Day, EntryId, Hlc, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};

/// Largest picture, in bytes.
pub const LARGEST_PHOTO: u32 = 512 * 1024;
/// Longest message, in characters.
pub const LONGEST_MESSAGE: usize = 500;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        Reach::Pair
    }
}

/// A message that reached its receiver's app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its writer.
    pub author: PersonId,
    /// When it was sent.
    pub at: Hlc,
    /// Which kind.
    pub kind: ContactKind,
    /// The text.
    pub text: String,
    /// The picture.
    pub photo: Option<Photo>,
}

/// All of step 3.3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    messages: BTreeMap<(Hlc, EntryId), Message>,
}

impl State {
    /// Messages, oldest first.
    pub fn messages(&self) -> impl Iterator<Item = (EntryId, &Message)> {
        self.messages.iter().map(|((_, id), message)| (*id, message))
    }

    /// Own rhythm for oneself: on how many of the last seven days something was written.
    pub fn own_days_of_last_seven(&self, me: PersonId, today: Day, utc_offset: i16) -> usize {
        let days = self
            .messages
            .values()
            .filter(|message| message.author == me)
            .map(|message| message.at.time().day(utc_offset));
        let recent: std::collections::BTreeSet<Day> =
            days.filter(|day| *day <= today && today.0.saturating_sub(day.0) < 7).collect();
        recent.len()
    }

    /// Own messages since the other last wrote: for the writer's own hint not to flood (E16).
    pub fn own_in_a_row(&self, me: PersonId) -> usize {
        self.messages.values().rev().take_while(|message| message.author == me).count()
    }

    pub(crate) fn judge(&self, _: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let Event::Send { kind, text, photo } = event;
        if text.chars().count() > LONGEST_MESSAGE {
            return Err(Refusal::TooLong);
        }
        match (kind, photo) {
            (ContactKind::Photo, Some(photo)) if photo.bytes > LARGEST_PHOTO => Err(Refusal::PhotoTooLarge),
            (ContactKind::Photo, Some(_)) => Ok(()),
            (ContactKind::Line | ContactKind::Thanks | ContactKind::Question, None) => words(text),
            _ => Err(Refusal::OutOfRange),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        let Event::Send { kind, text, photo } = event;
        let message = Message {
            author: stamp.author,
            at: stamp.at,
            kind: *kind,
            text: text.clone(),
            photo: photo.clone(),
        };
        self.messages.insert((stamp.at, stamp.id), message);
    }
}
