//! Step 3.5 Gratitude, gifts without strings, own share of the chores.
//!
//! A gift is linked to nothing: no check-in, no date, no request. Chores have no points and no exchange rate.

mod event;

use std::collections::{BTreeMap, BTreeSet};

pub use event::{Event, Gift, Note, Spot, Whose};

use crate::event::{Reach, Space};
use crate::id::{DAY, Day, EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, World, words};
use crate::versions::Drafts;

/// A gift this soon after a conflict reads as a price, in milliseconds.
pub const AFTER_CONFLICT: u64 = 2 * DAY;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::SaveNote(_) | Event::SaveGift(_) => Reach::Own,
            Event::SendNote(_) | Event::SendGift { .. } => Reach::Pair,
            Event::AddChore { .. } | Event::DoneChore { .. } | Event::DropChore { .. } => Reach::Either,
        }
    }
}

/// What speaks against a gift just now. Hints for the giver only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiftTiming {
    /// A pause, a stopped talk or a dispute lies less than two days back.
    AfterConflict,
    /// A request or a question is open at the same time.
    JoinedToRequest,
}

/// Checks the moment of a gift (the words are checked elsewhere).
pub fn gift_timing(world: &World, now: Millis) -> Vec<GiftTiming> {
    let conflict = world.perspective.paused_within(now, AFTER_CONFLICT)
        || world.listening.stopped_within(now, AFTER_CONFLICT)
        || world.honesty.disputed_within(now, AFTER_CONFLICT);
    let request = world.needs.request_waits() || world.needs.asked_within(now, AFTER_CONFLICT);
    let found = [(conflict, GiftTiming::AfterConflict), (request, GiftTiming::JoinedToRequest)];
    found.into_iter().filter(|(holds, _)| *holds).map(|(_, timing)| timing).collect()
}

/// A note or card that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its writer.
    pub author: PersonId,
    /// The note; a gift card appears on "today".
    pub note: Note,
    /// Whether it goes with a gift.
    pub gift: bool,
}

impl Sent {
    /// Whether it appears on this day already.
    pub fn appears(&self, today: Day) -> bool {
        self.note.on.is_none_or(|on| on <= today)
    }
}

/// A chore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chore {
    /// Who put it on the list.
    pub author: PersonId,
    /// Private or shared list.
    pub space: Space,
    /// What.
    pub text: String,
    /// Mine or ours.
    pub whose: Whose,
    /// Days on which its author did it.
    pub done: BTreeSet<(PersonId, Day)>,
}

/// All of step 3.5.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own drafts of notes.
    pub notes: Drafts<Note>,
    /// Own gifts, with what is hoped for.
    pub gifts: Drafts<Gift>,
    sent: BTreeMap<EntryId, Sent>,
    chores: BTreeMap<EntryId, Chore>,
}

impl State {
    /// Notes and cards.
    pub fn sent(&self) -> impl Iterator<Item = (EntryId, &Sent)> {
        self.sent.iter().map(|(id, sent)| (*id, sent))
    }

    /// One note or card.
    pub fn one_sent(&self, id: EntryId) -> Option<&Sent> {
        self.sent.get(&id)
    }

    /// Chores, each person's own share first.
    pub fn chores(&self, person: PersonId) -> Vec<(EntryId, &Chore)> {
        let mut all: Vec<_> = self.chores.iter().map(|(id, chore)| (*id, chore)).collect();
        all.sort_by_key(|(id, chore)| (chore.author != person, chore.whose, *id));
        all
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| {
            self.chores.get(id).filter(|chore| chore.space == ctx.stamp.space).ok_or(Refusal::NotFound)
        };
        match event {
            Event::SaveNote(save) => self.notes.judge(save),
            Event::SaveGift(save) => self.gifts.judge(save),
            Event::SendNote(note) if note.spot == Spot::Print => Err(Refusal::StaysPrivate),
            Event::SendNote(note) => words(&note.text),
            Event::SendGift { text } => words(text),
            Event::AddChore { text, whose } => {
                let own = |chore: &Chore| {
                    chore.author == ctx.stamp.author
                        && chore.space == ctx.stamp.space
                        && chore.whose == Whose::Mine
                };
                if *whose == Whose::Ours && !self.chores.values().any(own) {
                    return Err(Refusal::OwnShareFirst);
                }
                words(text)
            }
            Event::DoneChore { chore, .. } => {
                let chore = found(chore)?;
                if chore.whose == Whose::Mine { ctx.is_author(chore.author) } else { Ok(()) }
            }
            Event::DropChore { chore } => ctx.is_author(found(chore)?.author),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SaveNote(save) => self.notes.commit(stamp.id, stamp.at, save),
            Event::SaveGift(save) => self.gifts.commit(stamp.id, stamp.at, save),
            Event::SendNote(note) => {
                self.sent.insert(stamp.id, Sent { author: stamp.author, note: note.clone(), gift: false });
            }
            Event::SendGift { text } => {
                let note = Note { text: text.clone(), spot: Spot::Today, on: None };
                self.sent.insert(stamp.id, Sent { author: stamp.author, note, gift: true });
            }
            Event::AddChore { text, whose } => {
                let chore = Chore {
                    author: stamp.author,
                    space: stamp.space,
                    text: text.clone(),
                    whose: *whose,
                    done: BTreeSet::new(),
                };
                self.chores.insert(stamp.id, chore);
            }
            Event::DoneChore { chore, day } => {
                if let Some(chore) = self.chores.get_mut(chore) {
                    chore.done.insert((stamp.author, *day));
                }
            }
            Event::DropChore { chore } => {
                self.chores.remove(chore);
            }
        }
    }
}
