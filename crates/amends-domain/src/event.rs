//! Events: everything that is ever stored or sent.
//!
//! Wire form: CBOR with integer keys. A body is `[step, payload]`; steps and payloads that a later
//! version made, and this one does not know, are kept byte for byte, counted and not applied.

use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};

use crate::id::{EventId, Hlc, PersonId, from_hex, to_hex};
use crate::{admit, apologize, consent, entry, incident, prove, safety};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Event {
    /// Device chain and position.
    #[n(0)]
    pub id: EventId,
    /// Who did it.
    #[n(1)]
    pub author: PersonId,
    /// When, for ordering.
    #[n(2)]
    pub at: Hlc,
    /// Own devices only, or both persons.
    #[n(3)]
    pub space: Space,
    /// What.
    #[n(4)]
    pub body: Body,
}

impl Event {
    /// The event as CBOR (RFC 8949), as it is sealed and sent; golden files in the tests hold every form.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// An event from CBOR. Bodies of later versions decode as [`Body::Unknown`].
    ///
    /// # Errors
    /// [`DecodeError`] if the bytes are no event, or hold something behind it.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        decode(bytes)
    }

    /// Order in which events are applied: clock, then device, then position.
    pub fn order(&self) -> (Hlc, EventId) {
        (self.at, self.id)
    }
}

/// Who receives an event.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Space {
    /// The author's own devices.
    #[n(0)]
    Private,
    /// Both persons' devices.
    #[n(1)]
    Shared,
}

/// In which space a kind of event may live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Own devices only, always.
    Own,
    /// Made to be sent; never private.
    Pair,
    /// Private in solo mode, shared in couple mode.
    Either,
}

impl Reach {
    /// Whether an event of this kind may live in this space.
    pub fn allows(self, space: Space) -> bool {
        match self {
            Reach::Own => space == Space::Private,
            Reach::Pair => space == Space::Shared,
            Reach::Either => true,
        }
    }
}

/// The bytes are not an event.
#[derive(Debug, thiserror::Error)]
#[error("not an event of this format")]
pub struct DecodeError(#[from] minicbor::decode::Error);

macro_rules! bodies {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $slug:literal, $event:ty;)*) => {
        /// What happened, one variant for each step.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Body {
            $($(#[$doc])* $variant($event),)*
            /// Made by a later version: kept, counted, not applied.
            Unknown(Later),
        }

        impl Body {
            /// Slug of the step (`responsibility` ...) or area (`entry`, `consent`, `safety`, `incident`).
            pub fn step(&self) -> &'static str {
                match self {
                    $(Body::$variant(_) => $slug,)*
                    Body::Unknown(_) => "unknown",
                }
            }

            /// In which space an event of this kind may live.
            pub fn reach(&self) -> Reach {
                match self {
                    $(Body::$variant(event) => event.reach(),)*
                    Body::Unknown(_) => Reach::Either,
                }
            }
        }

        impl<C> Encode<C> for Body {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut Encoder<W>,
                ctx: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                match self {
                    $(Body::$variant(event) => {
                        e.array(2)?.u32($number)?;
                        event.encode(e, ctx)
                    })*
                    Body::Unknown(later) => {
                        e.writer_mut().write_all(&later.bytes).map_err(minicbor::encode::Error::write)
                    }
                }
            }
        }

        fn known<C>(step: u32, d: &mut Decoder<'_>, ctx: &mut C) -> Option<Body> {
            match step {
                $($number => <$event>::decode(d, ctx).ok().map(Body::$variant),)*
                _ => None,
            }
        }

        $(impl From<$event> for Body {
            fn from(event: $event) -> Body {
                Body::$variant(event)
            }
        })*
    };
}

bodies! {
    /// Deleting, restoring, allowing copies.
    Entry = 0, "entry", entry::Event;
    /// The receiver's channel.
    Consent = 1, "consent", consent::Event;
    /// The safety rule.
    Safety = 2, "safety", safety::Event;
    /// Incidents, roles, stages.
    Incident = 3, "incident", incident::Event;
    /// 1.1
    Responsibility = 11, "responsibility", admit::responsibility::Event;
    /// 1.2
    Perspective = 12, "perspective", admit::perspective::Event;
    /// 1.3
    Listening = 13, "listening", admit::listening::Event;
    /// 1.4
    Acceptance = 14, "acceptance", admit::acceptance::Event;
    /// 2.1
    Explanation = 21, "explanation", apologize::explanation::Event;
    /// 2.2
    Change = 22, "change", apologize::change::Event;
    /// 2.3
    Honesty = 23, "honesty", apologize::honesty::Event;
    /// 3.1
    Communication = 31, "communication", prove::communication::Event;
    /// 3.2
    Needs = 32, "needs", prove::needs::Event;
    /// 3.3
    Contact = 33, "contact", prove::contact::Event;
    /// 3.4
    Activities = 34, "activities", prove::activities::Event;
    /// 3.5
    Gratitude = 35, "gratitude", prove::gratitude::Event;
    /// 3.6
    Patience = 36, "patience", prove::patience::Event;
}

impl Body {
    /// The body as CBOR, as it lies within an event.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// A body from CBOR. One of a later version decodes as [`Body::Unknown`].
    ///
    /// # Errors
    /// [`DecodeError`] if the bytes are no body.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        decode(bytes)
    }
}

macro_rules! saves {
    ($body:expr, $save:ident => $value:expr) => {
        match $body {
            Body::Responsibility(admit::responsibility::Event::Save($save)) => $value,
            Body::Perspective(admit::perspective::Event::Save($save)) => $value,
            Body::Acceptance(admit::acceptance::Event::SaveImpact($save)) => $value,
            Body::Acceptance(admit::acceptance::Event::SaveLetter($save)) => $value,
            Body::Explanation(apologize::explanation::Event::Save($save)) => $value,
            Body::Change(apologize::change::Event::SaveTrigger($save)) => $value,
            Body::Change(apologize::change::Event::SavePlan($save)) => $value,
            Body::Change(apologize::change::Event::EventCheck($save)) => $value,
            Body::Change(apologize::change::Event::SaveNoContact($save)) => $value,
            Body::Honesty(apologize::honesty::Event::Save($save)) => $value,
            Body::Communication(prove::communication::Event::SaveObstacles($save)) => $value,
            Body::Communication(prove::communication::Event::SaveLetter($save)) => $value,
            Body::Gratitude(prove::gratitude::Event::SaveNote($save)) => $value,
            Body::Gratitude(prove::gratitude::Event::SaveGift($save)) => $value,
            Body::Patience(prove::patience::Event::SaveClosing($save)) => $value,
            _ => None,
        }
    };
}

impl Body {
    /// For a draft version: the draft it belongs to.
    pub fn root(&self) -> Option<EventId> {
        saves!(self, save => save.doc)
    }

    /// For a draft version: the version it was written upon.
    pub fn base(&self) -> Option<EventId> {
        saves!(self, save => save.base)
    }
}

impl<'b, C> Decode<'b, C> for Body {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        let start = d.position();
        let mut ahead = d.probe();
        ahead.skip()?;
        let end = ahead.position();
        let body = match d.array() {
            Ok(Some(2)) => match d.u32() {
                Ok(step) => known(step, d, ctx).filter(|_| d.position() == end),
                Err(_) => None,
            },
            _ => None,
        };
        d.set_position(end);
        Ok(body.unwrap_or_else(|| Body::Unknown(Later { bytes: d.input()[start..end].to_vec() })))
    }
}

/// A body this version cannot read, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    bytes: Vec<u8>,
}

impl Later {
    /// The bytes as they came: one well-formed CBOR item.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Serialize for Later {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.serialize_str(&to_hex(&self.bytes))
        } else {
            s.serialize_bytes(&self.bytes)
        }
    }
}

impl<'de> Deserialize<'de> for Later {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let bytes = from_hex(&String::deserialize(d)?).unwrap_or_default();
        let mut decoder = Decoder::new(&bytes);
        match decoder.skip() {
            Ok(()) if decoder.position() == bytes.len() => Ok(Later { bytes }),
            _ => Err(serde::de::Error::custom("expected one CBOR item in hexadecimal digits")),
        }
    }
}

fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory cannot fail")
}

fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let value = decoder.decode()?;
    if decoder.position() != bytes.len() {
        return Err(DecodeError(minicbor::decode::Error::message("bytes after the end")));
    }
    Ok(value)
}
