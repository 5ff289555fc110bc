//! A counselor as a guest of both: one proposes a sheet, the other agrees to exactly this sheet, and either ends it at once.
//!
//! The sheet holds words, and nothing that points anywhere: what is not on it cannot be reached with it. Its keys are known to
//! both, so that both can hand out the link and both can take it back.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Event, Half, State};
use crate::id::{DAY, Day, EntryId, Millis, PersonId};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp};

/// Most days that a guest can read a sheet.
pub const MOST_GUEST_DAYS: u8 = 30;

/// What a guest reads, and everything that they read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct GuestSheet {
    /// Version of this form: 1.
    #[n(0)]
    #[serde(default = "one")]
    pub version: u8,
    /// One page.
    #[n(1)]
    pub summary: String,
    /// Questions for the first talk.
    #[n(2)]
    pub questions: Vec<String>,
    /// Chosen entries, as words.
    #[n(3)]
    #[serde(default)]
    pub parts: Vec<GuestPart>,
}

fn one() -> u8 {
    1
}

/// One chosen entry, as words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct GuestPart {
    /// What it is.
    #[n(0)]
    pub title: String,
    /// Whether who put the sheet together wrote it; otherwise the other one did.
    #[n(1)]
    pub by_proposer: bool,
    /// The day it was written.
    #[n(2)]
    pub day: Day,
    /// What it says.
    #[n(3)]
    pub text: String,
}

/// A sheet that is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct GuestOffer {
    /// The entries it is made of: shared ones only.
    #[n(0)]
    pub items: Vec<EntryId>,
    /// For how many days, from the moment the other agrees.
    #[n(1)]
    pub days: u8,
    /// The words.
    #[n(2)]
    pub sheet: GuestSheet,
}

/// What opens the sheet, and what takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuestPass {
    /// Opens it: goes into the link.
    pub key: Half,
    /// Takes it back from the relay: known to the two only.
    pub append: Half,
    /// When it ends.
    pub until: Millis,
}

/// A sheet for a guest as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Who put it together.
    pub author: PersonId,
    /// What is on it.
    pub offer: GuestOffer,
    /// Once the other agreed.
    pub pass: Option<GuestPass>,
    /// One of the two ended it, or said no.
    pub ended: bool,
}

impl Guest {
    /// Whether a guest can read it now.
    pub fn is_open(&self, now: Millis) -> bool {
        !self.ended && self.pass.is_some_and(|pass| now < pass.until)
    }

    /// Whether it waits for the other one's word.
    pub fn waits(&self) -> bool {
        !self.ended && self.pass.is_none()
    }
}

impl State {
    /// One sheet for a guest.
    pub fn guest(&self, id: EntryId) -> Option<&Guest> {
        self.guests.get(&id)
    }

    /// All sheets for guests.
    pub fn guests(&self) -> impl Iterator<Item = (EntryId, &Guest)> {
        self.guests.iter().map(|(id, guest)| (*id, guest))
    }

    pub(super) fn judge_guest(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let found = |id: &EntryId| self.guests.get(id).ok_or(Refusal::NotFound);
        match event {
            Event::OfferGuest(GuestOffer { days, sheet, .. }) => {
                let is_empty = sheet.summary.trim().is_empty() && sheet.parts.is_empty();
                let fits = (1..=MOST_GUEST_DAYS).contains(days) && sheet.version == 1;
                match (fits, is_empty) {
                    (false, _) => Err(Refusal::OutOfRange),
                    (true, true) => Err(Refusal::Empty),
                    (true, false) => Ok(()),
                }
            }
            Event::AgreeGuest { offer, key, append, until } => {
                let guest = found(offer)?;
                // Nobody agrees to their own sheet: it takes two.
                ctx.is_other(guest.author)?;
                if !guest.waits() {
                    return Err(Refusal::AlreadyDone);
                }
                let at = ctx.stamp.at.time();
                let longest = u64::from(guest.offer.days) * DAY;
                let fits = *until > at && until.since(at) <= longest;
                let has_keys = *key != Half::none() && *append != Half::none() && key != append;
                if fits && has_keys { Ok(()) } else { Err(Refusal::OutOfRange) }
            }
            Event::EndGuest { offer } => found(offer).map(drop),
            _ => Ok(()),
        }
    }

    pub(super) fn commit_guest(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::OfferGuest(offer) => {
                let guest = Guest { author: stamp.author, offer: offer.clone(), pass: None, ended: false };
                self.guests.insert(stamp.id, guest);
            }
            Event::AgreeGuest { offer, key, append, until } => {
                if let Some(guest) = self.guests.get_mut(offer) {
                    guest.pass = Some(GuestPass { key: *key, append: *append, until: *until });
                }
            }
            Event::EndGuest { offer } => {
                if let Some(guest) = self.guests.get_mut(offer) {
                    guest.ended = true;
                }
            }
            _ => {}
        }
    }
}
