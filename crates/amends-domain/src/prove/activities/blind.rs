//! Matching without telling: both blind what they would do, each blinds the other's tokens again, and equal
//! results are matches (private set intersection by commuting exponents, semi-honest).
//!
//! Every round sends the same number of tokens: wishes, then random filler, in the order of their bytes.
//! Some wishes are held back each round, so a token that is not there never means "no".
//! The group itself belongs to the crypto crate and is passed in as a [`Blinder`].

use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};

use super::State;
use super::event::{BlindSecret, Rating};
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

/// Begins a round: what stays here, and what crosses.
pub fn begin(state: &State, blinder: &mut impl Blinder) -> (BlindSecret, Vec<Token>) {
    let wished = |id: &ActivityId| matches!(state.rating(*id), Some(Rating::Love | Rating::Try));
    let mut slots: Vec<(Token, Option<ActivityId>)> = Vec::with_capacity(TOKENS);
    for id in ACTIVITIES.iter().map(|activity| activity.id).filter(wished) {
        if !blinder.hold_back() {
            slots.push((blinder.blind(id), Some(id)));
        }
    }
    slots.truncate(TOKENS);
    while slots.len() < TOKENS {
        slots.push((blinder.filler(), None));
    }
    slots.sort();
    let secret = BlindSecret { key: blinder.secret(), order: slots.iter().map(|(_, id)| *id).collect() };
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

impl State {
    /// Rounds of the other that wait for an answer from `me`.
    pub fn unanswered(&self, me: PersonId) -> impl Iterator<Item = (EntryId, &[Token])> {
        self.offers
            .iter()
            .filter(move |(id, (author, _))| *author != me && !self.returns.contains_key(id))
            .map(|(id, (_, tokens))| (*id, tokens.as_slice()))
    }

    /// The latest round of each side with what came back: mine as returned by the other, theirs as offered.
    pub fn latest_round(&self, me: PersonId) -> Option<(&[Token], &[Token])> {
        let mine =
            self.offers.iter().rev().find(|(id, (author, _))| *author == me && self.returns.contains_key(id));
        let theirs = self.offers.values().rev().find(|(author, _)| *author != me);
        let returned = mine.and_then(|(id, _)| self.returns.get(id))?;
        theirs.map(|(_, tokens)| (returned.as_slice(), tokens.as_slice()))
    }
}
