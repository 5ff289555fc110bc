//! Letters that open on a day: the words are sealed, and half of the key stays away until then.
//!
//! Nothing in here can open anything: that belongs to the crypto crate. The words of such a letter are put beside the event
//! ([`crate::state::State::reveal`]) by who holds both halves, and are never stored with it.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Delivered, Event, State};
use crate::id::{DAY, EntryId, Millis, ShareId, from_hex, to_hex};
use crate::refusal::Refusal;
use crate::state::{Ctx, Stamp};

/// Longest time that a letter may stay closed, in milliseconds.
pub const LONGEST_SEAL: u64 = 5 * 366 * DAY;

/// A letter as it was sealed; only the crypto crate can open it. Hexadecimal in JSON.
#[derive(Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct SealedLetter(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub Vec<u8>,
);

/// Half of a key, or what takes it back. Hexadecimal in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Half(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub [u8; 32],
);

macro_rules! hidden {
    ($name:ident, $digits:literal) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() {
                    s.serialize_str(&to_hex(&self.0))
                } else {
                    s.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let bytes = from_hex(&String::deserialize(d)?).and_then(|bytes| bytes.try_into().ok());
                bytes.map($name).ok_or_else(|| serde::de::Error::custom($digits))
            }
        }
    };
}

hidden!(SealedLetter, "expected hexadecimal digits");
hidden!(Half, "expected 64 hexadecimal digits");

impl Half {
    /// Stands for the half that this device keeps.
    pub fn none() -> Self {
        Half([0; 32])
    }

    /// Stands for its name.
    pub fn no_share() -> ShareId {
        ShareId([0; 16])
    }
}

/// The half of a key as it came to this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptHalf {
    /// Its name at the relay.
    pub share: ShareId,
    /// The half.
    pub half: Half,
    /// For its owner: what takes it back from the relay.
    pub withdraw: Option<Half>,
}

/// What the relay is to do with an own half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnHalf {
    /// The letter.
    pub letter: EntryId,
    /// The half, and what takes it back.
    pub kept: KeptHalf,
    /// When it is given out; none if it is to be taken back.
    pub opens_at: Option<Millis>,
}

impl Delivered {
    /// When it can be opened, if a day was set.
    pub fn opens_at(&self) -> Option<Millis> {
        self.sealed.as_ref().map(|(opens_at, _)| *opens_at)
    }

    /// Whether its day has not come.
    pub fn waits(&self, now: Millis) -> bool {
        self.opens_at().is_some_and(|opens_at| now < opens_at)
    }

    /// Whether it can be opened: its day has come, if it has one, and its words are here.
    pub fn is_ready(&self, now: Millis) -> bool {
        self.has_words() && !self.waits(now)
    }

    /// The sealed bytes of a letter with a day.
    pub fn seal(&self) -> Option<&SealedLetter> {
        self.sealed.as_ref().map(|(_, letter)| letter)
    }

    /// The sealed bytes, while the words are not known here.
    pub fn unread_seal(&self) -> Option<&SealedLetter> {
        self.seal().filter(|_| self.text.is_empty())
    }

    /// Whether the words are here.
    pub fn has_words(&self) -> bool {
        !self.text.is_empty()
    }

    /// Whether the reader asked for the second half once more.
    pub fn half_was_asked(&self) -> bool {
        self.half_asked
    }
}

impl State {
    /// Halves that came to this device for a letter.
    pub fn halves(&self, letter: EntryId) -> impl Iterator<Item = &KeptHalf> {
        self.halves.get(&letter).into_iter().flatten()
    }

    /// Own halves, and what is to become of them at the relay: taken back where the letter was.
    pub fn own_halves(&self) -> impl Iterator<Item = OwnHalf> {
        let own = self.halves.iter().flat_map(|(letter, halves)| {
            halves.iter().filter(|kept| kept.withdraw.is_some()).map(|kept| (*letter, *kept))
        });
        own.map(|(letter, kept)| {
            let stands = |found: &&Delivered| !found.recalled && !found.returned;
            let opens_at = self.delivered.get(&letter).filter(stands).and_then(Delivered::opens_at);
            OwnHalf { letter, kept, opens_at }
        })
    }

    pub(crate) fn reveal(&mut self, letter: EntryId, text: &str) {
        if let Some(found) = self.delivered.get_mut(&letter).filter(|found| found.sealed.is_some()) {
            text.clone_into(&mut found.text);
        }
    }

    pub(super) fn judge_dated(&self, ctx: &Ctx<'_>, event: &Event) -> Result<(), Refusal> {
        let dated = |id: &EntryId| {
            let found = self.delivered.get(id).ok_or(Refusal::NotFound)?;
            found.opens_at().map(|opens_at| (found, opens_at)).ok_or(Refusal::NotFound)
        };
        let at = ctx.stamp.at.time();
        match event {
            Event::SendSealed { purpose: super::Purpose::ForMe, .. } => Err(Refusal::ForMeOnly),
            Event::SendSealed { incident, opens_at, letter, .. } => {
                if let Some(incident) = incident {
                    ctx.incident(*incident)?;
                }
                let closed_for = opens_at.since(at);
                let fits = closed_for > 0 && closed_for <= LONGEST_SEAL;
                if !fits {
                    return Err(Refusal::OutOfRange);
                }
                if letter.0.is_empty() { Err(Refusal::Empty) } else { Ok(()) }
            }
            // Among own devices it may come before the letter that it belongs to.
            Event::Half { .. } if ctx.stamp.space == crate::event::Space::Private => Ok(()),
            Event::Half { letter, half, withdraw, .. } => {
                let (found, opens_at) = dated(letter)?;
                ctx.is_author(found.author)?;
                if at < opens_at {
                    return Err(Refusal::TooEarly);
                }
                if *half == Half::none() {
                    return Err(Refusal::HalfMissing);
                }
                if withdraw.is_some() { Err(Refusal::StaysPrivate) } else { Ok(()) }
            }
            Event::AskHalf { letter } => {
                let (found, opens_at) = dated(letter)?;
                ctx.is_other(found.author)?;
                if at < opens_at { Err(Refusal::TooEarly) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    pub(super) fn commit_dated(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::SendSealed { incident, purpose, opens_at, letter, text } => {
                let sealed = Some((*opens_at, letter.clone()));
                let sent = Delivered {
                    sealed,
                    ..Delivered::new(stamp.author, *incident, *purpose, text.clone(), stamp.at)
                };
                self.delivered.insert(stamp.id, sent);
            }
            Event::Half { letter, share, half, withdraw } => {
                let kept = KeptHalf { share: *share, half: *half, withdraw: *withdraw };
                self.halves.entry(*letter).or_default().push(kept);
            }
            Event::AskHalf { letter } => {
                if let Some(found) = self.delivered.get_mut(letter) {
                    found.half_asked = true;
                }
            }
            _ => {}
        }
    }
}
