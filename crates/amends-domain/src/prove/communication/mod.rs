//! Step 3.1 Communicate clearly: obstacles, letters, weekly talk, counselor.

mod dated;
mod event;
mod guest;
mod letters;
mod packet;
mod talk;

use std::collections::BTreeMap;

pub use dated::{Half, KeptHalf, LONGEST_SEAL, OwnHalf, SealedLetter};
pub use event::{AgendaHeading, AgendaPoint, Event, Letter, Obstacle, Obstacles, Purpose, Talk};
pub use guest::{Guest, GuestOffer, GuestPart, GuestPass, GuestSheet, MOST_GUEST_DAYS};
pub use letters::{Delivered, SenderSees, rested};
pub use packet::{COUNSELOR_QUESTIONS, LONGEST_PACKET, Packet};
pub use talk::AgreedTalk;

use crate::event::Reach;
use crate::id::{Day, EntryId, Hlc, Millis};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp, words};
use crate::versions::Drafts;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::SaveObstacles(_)
            | Event::SaveLetter(_)
            | Event::ReadAsReader { .. }
            | Event::OpenLetter { .. }
            | Event::Hold { .. }
            | Event::NoteForTalk { .. }
            | Event::Packet { .. }
            | Event::ClosePacket { .. } => Reach::Own,
            Event::Half { .. } => Reach::Either,
            _ => Reach::Pair,
        }
    }
}

/// All of step 3.1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Own worksheets.
    pub obstacles: Drafts<Obstacles>,
    /// Own letters as drafts.
    pub drafts: Drafts<Letter>,
    read_as_reader: BTreeMap<EntryId, (crate::id::EventId, Hlc)>,
    delivered: BTreeMap<EntryId, Delivered>,
    halves: BTreeMap<EntryId, Vec<KeptHalf>>,
    talks: BTreeMap<EntryId, AgreedTalk>,
    own_points: Vec<(EntryId, AgendaPoint)>,
    packets: BTreeMap<EntryId, Packet>,
    guests: BTreeMap<EntryId, Guest>,
}

impl State {
    /// Whether the writer went through this version of a letter as its reader.
    pub fn was_read_as_reader(&self, draft: EntryId) -> bool {
        let version = self.drafts.get(draft).map(|draft| draft.text.version);
        version.is_some() && self.read_as_reader.get(&draft).map(|(version, _)| *version) == version
    }

    /// One letter that was sent.
    pub fn delivered(&self, id: EntryId) -> Option<&Delivered> {
        self.delivered.get(&id)
    }

    /// All letters that were sent.
    pub fn all_delivered(&self) -> impl Iterator<Item = (EntryId, &Delivered)> {
        self.delivered.iter().map(|(id, letter)| (*id, letter))
    }

    /// One weekly talk.
    pub fn talk(&self, id: EntryId) -> Option<&AgreedTalk> {
        self.talks.get(&id)
    }

    /// All weekly talks.
    pub fn talks(&self) -> impl Iterator<Item = (EntryId, &AgreedTalk)> {
        self.talks.iter().map(|(id, talk)| (*id, talk))
    }

    /// Points kept for oneself.
    pub fn own_points(&self, talk: EntryId) -> impl Iterator<Item = &AgendaPoint> {
        self.own_points.iter().filter(move |(of, _)| *of == talk).map(|(_, point)| point)
    }

    /// Packets that are open.
    pub fn open_packets(&self, now: Millis) -> impl Iterator<Item = (EntryId, &Packet)> {
        self.packets.iter().filter(move |(_, packet)| packet.is_open(now)).map(|(id, packet)| (*id, packet))
    }

    /// Whether both agreed to talk on this day.
    pub fn talks_on(&self, talk: EntryId, day: Day) -> bool {
        self.talks.get(&talk).is_some_and(|talk| talk.is_on(day))
    }

    pub(crate) fn judge(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::SaveObstacles(save) => self.obstacles.judge(save),
            Event::SaveLetter(save) => self.drafts.judge(save),
            Event::ReadAsReader { letter, .. } => self.drafts.get(*letter).map(drop).ok_or(Refusal::NotFound),
            Event::Send { .. }
            | Event::Recall { .. }
            | Event::OpenLetter { .. }
            | Event::Hold { .. }
            | Event::Return { .. } => self.judge_letter(ctx, event),
            Event::SendSealed { .. } | Event::Half { .. } | Event::AskHalf { .. } => {
                self.judge_dated(ctx, event)
            }
            Event::OfferGuest(_) | Event::AgreeGuest { .. } | Event::EndGuest { .. } => {
                self.judge_guest(ctx, event)
            }
            Event::ProposeTalk(_)
            | Event::AgreeTalk { .. }
            | Event::CancelTalk { .. }
            | Event::NoteForTalk { .. }
            | Event::AddPoint { .. } => self.judge_talk(ctx, event),
            Event::Packet { until, .. } => {
                let length = until.since(ctx.stamp.at.time());
                if length == 0 || length > LONGEST_PACKET { Err(Refusal::OutOfRange) } else { Ok(()) }
            }
            Event::ClosePacket { packet } => self.packets.get(packet).map(drop).ok_or(Refusal::NotFound),
        }
    }

    fn judge_talk(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| self.talks.get(id).ok_or(Refusal::NotFound);
        match event {
            Event::ProposeTalk(talk) => talk.judge(),
            Event::AgreeTalk { talk } => ctx.is_other(found(talk)?.author),
            Event::AddPoint { talk, point, .. } | Event::NoteForTalk { talk, point } => {
                found(talk)?;
                words(&point.text)
            }
            Event::CancelTalk { talk, .. } => found(talk).map(drop),
            _ => Ok(()),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SaveObstacles(save) => self.obstacles.commit(stamp.id, stamp.at, save),
            Event::SaveLetter(save) => self.drafts.commit(stamp.id, stamp.at, save),
            Event::ReadAsReader { letter, version } => {
                self.read_as_reader.insert(*letter, (*version, stamp.at));
            }
            Event::Send { .. }
            | Event::Recall { .. }
            | Event::OpenLetter { .. }
            | Event::Hold { .. }
            | Event::Return { .. } => self.commit_letter(stamp, event),
            Event::SendSealed { .. } | Event::Half { .. } | Event::AskHalf { .. } => {
                self.commit_dated(stamp, event);
            }
            Event::OfferGuest(_) | Event::AgreeGuest { .. } | Event::EndGuest { .. } => {
                self.commit_guest(stamp, event);
            }
            Event::ProposeTalk(talk) => {
                self.talks.insert(stamp.id, AgreedTalk::new(stamp.author, talk.clone()));
            }
            Event::AgreeTalk { talk } => self.change_talk(*talk, |talk| talk.agreed = true),
            Event::CancelTalk { talk, day } => self.change_talk(*talk, |talk| talk.cancel(*day)),
            Event::AddPoint { talk, day, point } => {
                self.change_talk(*talk, |talk| talk.points.push((*day, stamp.author, point.clone())));
            }
            Event::NoteForTalk { talk, point } => self.own_points.push((*talk, point.clone())),
            Event::Packet { items, questions, summary, until } => {
                let packet = Packet {
                    items: items.clone(),
                    questions: questions.clone(),
                    summary: summary.clone(),
                    until: *until,
                    closed: false,
                };
                self.packets.insert(stamp.id, packet);
            }
            Event::ClosePacket { packet } => {
                if let Some(packet) = self.packets.get_mut(packet) {
                    packet.closed = true;
                }
            }
        }
    }

    fn change_talk(&mut self, talk: EntryId, change: impl FnOnce(&mut AgreedTalk)) {
        if let Some(talk) = self.talks.get_mut(&talk) {
            change(talk);
        }
    }
}
