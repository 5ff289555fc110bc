//! Matching without telling: both blind what they would do, each blinds the other's tokens again, and equal
//! results are matches (private set intersection by commuting exponents, semi-honest).
//!
//! Every round sends the same number of tokens: wishes, then random filler, in the order of their bytes.
//! Some new wishes are held back for the round after, so a token that is not there never means "no".
//! The group itself belongs to the crypto crate and is passed in as a [`Blinder`]; when a round begins is for
//! [`super::rounds`] to say.

use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};

use super::State;
use super::event::{BlindSecret, Round};
use crate::bank::{ACTIVITIES, ActivityId};
use crate::id::{EntryId, PersonId, from_hex, to_hex};

/// Tokens in every round: more than there are activities.
pub const TOKENS: usize = 96;

/// A point of the group, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub [u8; 32]);

impl<C> Encode<C> for Token {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Token {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?.try_into();
        bytes.map(Token).map_err(|_| minicbor::decode::Error::message("token is not 32 bytes"))
    }
}

impl Serialize for Token {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.serialize_str(&to_hex(&self.0)) } else { s.serialize_bytes(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let bytes = from_hex(&String::deserialize(d)?).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Token).ok_or_else(|| serde::de::Error::custom("expected 64 hexadecimal digits"))
    }
}

/// A group in which blinding with two secrets gives the same result in either order, and in which nobody can
/// go back without the secret.
pub trait Blinder {
    /// The point of an activity under the secret of this round. The same activity and secret give the same point.
    fn blind(&self, activity: ActivityId) -> Token;
    /// A foreign point blinded once more; `None` when it is no point of the group.
    fn blind_again(&self, token: &Token) -> Option<Token>;
    /// A random point for filling up.
    fn filler(&mut self) -> Token;
    /// Whether to hold this wish back for a later round: true in about one of four cases.
    fn hold_back(&mut self) -> bool;
    /// The secret, to finish the round after a restart.
    fn secret(&self) -> Vec<u8>;
}

/// Begins a round of `me` that will be known as `offer`: what stays here, and what crosses.
///
/// A wish that is new since the round before may be held back; one that was held back goes now. What may already
/// have shown as a match goes on being sent, also after a change of mind, so that its absence tells nothing.
pub fn begin(
    state: &State,
    me: PersonId,
    offer: EntryId,
    blinder: &mut impl Blinder,
) -> (BlindSecret, Vec<Token>) {
    let before = state.latest_kept(me);
    let sticky = state.may_have_shown(me);
    let is_new = |id: &ActivityId| !sticky.contains(id) && !before.is_some_and(|kept| kept.covers(*id));
    let mut held = Vec::new();
    let mut slots: Vec<(Token, Option<ActivityId>)> = Vec::with_capacity(TOKENS);
    let to_send = state.to_send(me);
    for id in ACTIVITIES.iter().map(|activity| activity.id).filter(|id| to_send.contains(id)) {
        if is_new(&id) && blinder.hold_back() {
            held.push(id);
        } else {
            slots.push((blinder.blind(id), Some(id)));
        }
    }
    slots.truncate(TOKENS);
    while slots.len() < TOKENS {
        slots.push((blinder.filler(), None));
    }
    slots.sort();
    let ratings = state.n_ratings;
    let settled = before.and_then(|kept| kept.round()).is_some_and(|round| round.ratings == ratings);
    let order = slots.iter().map(|(_, id)| *id).collect();
    let round = Round { offer, settled: settled && held.is_empty(), held, ratings };
    let secret = BlindSecret { key: blinder.secret(), order, round: Some(round) };
    (secret, slots.into_iter().map(|(token, _)| token).collect())
}

/// Answers the other's round: their tokens blinded again, in their order. Bytes that are no point become filler.
pub fn answer(tokens: &[Token], blinder: &mut impl Blinder) -> Vec<Token> {
    let mut again: Vec<Token> = Vec::with_capacity(TOKENS);
    for token in tokens.iter().take(TOKENS) {
        let blinded = blinder.blind_again(token);
        again.push(blinded.unwrap_or_else(|| blinder.filler()));
    }
    again
}

/// Ends a round: activities in my tokens as the other returned them, that are also in the other's tokens as I
/// blind them.
pub fn matches(
    secret: &BlindSecret,
    mine_returned: &[Token],
    theirs: &[Token],
    blinder: &impl Blinder,
) -> Vec<ActivityId> {
    let theirs: std::collections::BTreeSet<Token> =
        theirs.iter().filter_map(|token| blinder.blind_again(token)).collect();
    let both = secret.order.iter().zip(mine_returned).filter(|(_, token)| theirs.contains(token));
    both.filter_map(|(activity, _)| *activity).collect()
}
