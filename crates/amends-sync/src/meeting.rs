//! Two devices meet over a link: to begin a pair, or to make one of them one more own device.
//!
//! Both leave messages in a mailbox that only the link opens. When both can show the same four words, people compare them;
//! the inviter's last message goes only after that. No word that anybody wrote is in any of the messages.

use amends_crypto::{
    Acceptance, CryptoRng, DeviceKeys, Invite, Joining, OFFER_LASTS, Paired, PairingError, PairingLink,
    PairingPurpose, Zeroizing,
};
use amends_wire::{ClientFrame, Rid, Seq, ServerFrame};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::link::{Happened, Link, Place};
use crate::space::access_of;

/// Kinds of messages, in the first byte of each.
const OFFER: u8 = 0;
const JOIN: u8 = 1;
const REVEAL: u8 = 2;
const PAYLOAD: u8 = 3;

/// Why a pairing did not come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MeetingFailure {
    /// A day has passed.
    Expired,
    /// The link is for something else: for a pair and not for an own device, or the other way round.
    OtherPurpose,
    /// The offer is not the one of the link, or was made by a newer version.
    BadOffer,
    /// The last message cannot be used.
    BadPayload,
    /// The relay has nothing for these recovery words.
    NothingToRecover,
}

/// Where a pairing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The other side has not answered yet.
    Waiting,
    /// Both screens show these words; people compare them.
    Compare([&'static str; 4]),
    /// Confirmed here; the last message is on its way.
    Confirmed,
}

/// What a step of a meeting gives.
#[derive(Debug)]
pub(crate) enum Met {
    Words,
    Failed(MeetingFailure),
    /// The joiner has the inviter's last message, and has confirmed.
    Joined(Box<Finished>),
    /// The inviter's last message is at the relay.
    Sent,
}

/// What the joiner has when it is done.
pub(crate) struct Finished {
    pub(crate) paired: Paired,
    pub(crate) payload: Zeroizing<Vec<u8>>,
    /// For an own device: the keys that agreed to be added.
    pub(crate) device: Option<DeviceKeys>,
}

impl core::fmt::Debug for Finished {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Finished(hidden)")
    }
}

#[expect(clippy::large_enum_variant, reason = "there is one meeting at most")]
enum Role {
    Inviter {
        invite: Invite,
        paired: Option<(Paired, Zeroizing<Vec<u8>>)>,
    },
    Joiner {
        payload: Vec<u8>,
        device: Option<DeviceKeys>,
        joining: Option<Joining>,
        paired: Option<Paired>,
        last: Option<Vec<u8>>,
    },
}

/// A pairing under way.
pub(crate) struct Meeting {
    fragment: Zeroizing<String>,
    purpose: PairingPurpose,
    until: u64,
    role: Role,
    confirmed: bool,
    outgoing: Vec<(Rid, Vec<u8>)>,
    link: Link,
    last_seen: u64,
}

impl Meeting {
    /// Invites; gives the meeting, whose link is to be shown.
    pub(crate) fn invite(purpose: PairingPurpose, now: u64, rng: &mut dyn CryptoRng) -> Self {
        let invite = Invite::make(purpose, now, rng);
        let offer = invite.seal_offer(rng);
        let fragment = invite.link().to_fragment();
        let link = Link::new(access_of(&invite.link().mailbox()), Place::new(None));
        let role = Role::Inviter { invite, paired: None };
        let until = now.saturating_add(OFFER_LASTS);
        let mut meeting = Self {
            fragment,
            purpose,
            until,
            role,
            confirmed: false,
            outgoing: Vec::new(),
            link,
            last_seen: 0,
        };
        meeting.queue(OFFER, &offer, rng);
        meeting
    }

    /// Joins by a link. For an own device, its keys agree to be added.
    ///
    /// # Errors
    /// [`PairingError`] if the text is no link.
    pub(crate) fn join(
        link: &str,
        purpose: PairingPurpose,
        introduction: Vec<u8>,
        device: Option<DeviceKeys>,
        now: u64,
    ) -> Result<Self, PairingError> {
        let parsed = PairingLink::parse(link)?;
        let acceptance = device.as_ref().map(|device| device.accept(parsed.pairing()));
        let payload = match acceptance {
            Some(acceptance) => minicbor::to_vec(&acceptance).expect("writing to memory cannot fail"),
            None => introduction,
        };
        let role = Role::Joiner { payload, device, joining: None, paired: None, last: None };
        Ok(Self {
            fragment: parsed.to_fragment(),
            purpose,
            until: now.saturating_add(OFFER_LASTS),
            role,
            confirmed: false,
            outgoing: Vec::new(),
            link: Link::new(access_of(&parsed.mailbox()), Place::new(None)),
            last_seen: 0,
        })
    }

    /// The part of the address after its path; only the inviter shows it.
    pub(crate) fn fragment(&self) -> &str {
        &self.fragment
    }

    pub(crate) fn purpose(&self) -> PairingPurpose {
        self.purpose
    }

    pub(crate) fn stage(&self) -> Stage {
        let paired = match &self.role {
            Role::Inviter { paired, .. } => paired.as_ref().map(|(paired, _)| paired),
            Role::Joiner { paired, .. } => paired.as_ref(),
        };
        match paired {
            None => Stage::Waiting,
            Some(_) if self.confirmed => Stage::Confirmed,
            Some(paired) => Stage::Compare(paired.safety_words()),
        }
    }

    /// The words are the same. For the inviter: what the joiner sent, to be answered with [`Self::answer`].
    pub(crate) fn confirm(&mut self) -> Option<(Paired, Zeroizing<Vec<u8>>)> {
        if !matches!(self.stage(), Stage::Compare(_)) {
            return None;
        }
        self.confirmed = true;
        match &self.role {
            Role::Inviter { paired: Some((paired, payload)), .. } => {
                Some((Paired::from_bytes(&paired.to_bytes()), payload.clone()))
            }
            _ => None,
        }
    }

    /// Whether a new device agreed to be added by this very pairing.
    pub(crate) fn is_acceptance_of_this(&self, acceptance: &Acceptance) -> bool {
        PairingLink::parse(&self.fragment).is_ok_and(|link| link.pairing() == acceptance.pairing)
    }

    /// The inviter's last message.
    pub(crate) fn answer(&mut self, payload: &[u8], rng: &mut dyn CryptoRng) -> Result<(), PairingError> {
        let Role::Inviter { paired: Some((paired, _)), .. } = &self.role else {
            return Err(PairingError::Unreadable);
        };
        let sealed = paired.seal_payload(payload, rng)?;
        self.queue(PAYLOAD, &sealed, rng);
        Ok(())
    }

    pub(crate) fn connected(&mut self, out: &mut Vec<ClientFrame>) {
        self.link.connected(out);
    }

    pub(crate) fn disconnected(&mut self) {
        self.link.disconnected();
    }

    /// Asks again where the relay said "later".
    pub(crate) fn ask_if_due(&mut self, now: u64, out: &mut Vec<ClientFrame>) {
        if self.link.is_to_ask(now) {
            self.link.ask(out);
        }
    }

    /// When the relay wants to be asked again.
    pub(crate) fn not_before(&self) -> u64 {
        self.link.not_before()
    }

    /// Whether a frame is for this meeting.
    pub(crate) fn is_for(&self, frame: &ServerFrame) -> bool {
        self.link.is_for(frame)
    }

    pub(crate) fn frame(
        &mut self,
        now: u64,
        frame: ServerFrame,
        rng: &mut dyn CryptoRng,
        out: &mut Vec<ClientFrame>,
    ) -> Vec<Met> {
        let mut met = Vec::new();
        for happened in self.link.frame(now, frame, out) {
            match happened {
                Happened::Record { seq, bytes, .. } => {
                    self.link.stored(seq);
                    self.last_seen = self.last_seen.max(seq);
                    if let Some((kind, bytes)) = bytes.split_first() {
                        met.extend(self.message(now, *kind, bytes, rng));
                    }
                }
                Happened::Acknowledged(rid) => {
                    let was_last = self.outgoing.iter().any(|(of, bytes)| *of == rid && bytes[0] == PAYLOAD);
                    self.outgoing.retain(|(of, _)| *of != rid);
                    met.extend(was_last.then_some(Met::Sent));
                }
                _ => {}
            }
        }
        met.extend(self.finish(out));
        met
    }

    pub(crate) fn tick(&mut self, now: u64, out: &mut Vec<ClientFrame>) -> Option<Met> {
        if now > self.until {
            return Some(Met::Failed(MeetingFailure::Expired));
        }
        for (rid, bytes) in &self.outgoing {
            if self.link.may_publish(now) && !self.link.waits_for(*rid) {
                self.link.publish(*rid, bytes.clone(), out);
            }
        }
        self.finish(out)
    }

    fn message(&mut self, now: u64, kind: u8, bytes: &[u8], rng: &mut dyn CryptoRng) -> Option<Met> {
        match (&mut self.role, kind) {
            (Role::Inviter { invite, paired, .. }, JOIN) if paired.is_none() => {
                // A message that does not open was made by somebody without the link.
                let (new, reveal) = invite.answer(bytes, now, rng).ok()?;
                let payload = Zeroizing::new(new.joiner_payload().unwrap_or_default().to_vec());
                *paired = Some((new, payload));
                self.queue(REVEAL, &reveal, rng);
                Some(Met::Words)
            }
            (Role::Joiner { payload, joining, .. }, OFFER) if joining.is_none() => {
                let link = PairingLink::parse(&self.fragment).ok()?;
                match Joining::begin(&link, bytes, payload, now, rng) {
                    Ok((new, _)) if new.purpose() != self.purpose => {
                        Some(Met::Failed(MeetingFailure::OtherPurpose))
                    }
                    Ok((new, join)) => {
                        *joining = Some(new);
                        self.queue(JOIN, &join, rng);
                        None
                    }
                    Err(PairingError::Expired) => Some(Met::Failed(MeetingFailure::Expired)),
                    Err(PairingError::OtherOffer | PairingError::NewerVersion) => {
                        Some(Met::Failed(MeetingFailure::BadOffer))
                    }
                    // Somebody without the link left something; the offer may still come.
                    Err(_) => None,
                }
            }
            (Role::Joiner { joining: Some(joining), paired, .. }, REVEAL) if paired.is_none() => {
                *paired = Some(joining.finish(bytes).ok()?);
                Some(Met::Words)
            }
            (Role::Joiner { paired: Some(paired), last, .. }, PAYLOAD) if last.is_none() => {
                paired.open_payload(bytes).ok()?;
                *last = Some(bytes.to_vec());
                None
            }
            _ => None,
        }
    }

    /// The joiner is done when the last message is there and the words were compared.
    fn finish(&mut self, out: &mut Vec<ClientFrame>) -> Option<Met> {
        if !self.confirmed {
            return None;
        }
        let Role::Joiner { device, paired: paired @ Some(_), last: last @ Some(_), .. } = &mut self.role
        else {
            return None;
        };
        let (paired, last) = (paired.take()?, last.take()?);
        let payload = paired.open_payload(&last).ok()?;
        let mailbox = PairingLink::parse(&self.fragment).ok()?.mailbox();
        let access = access_of(&mailbox);
        // Nobody needs the messages any more.
        out.push(ClientFrame::Drop {
            mailbox: access.mailbox,
            append: access.append,
            up_to: Seq(self.last_seen),
        });
        Some(Met::Joined(Box::new(Finished { paired, payload, device: device.take() })))
    }

    fn queue(&mut self, kind: u8, bytes: &[u8], rng: &mut dyn CryptoRng) {
        let mut rid = Rid([0; 16]);
        rng.fill_bytes(&mut rid.0);
        self.outgoing.push((rid, [&[kind], bytes].concat()));
    }
}

/// A meeting as it is kept.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    fragment: String,
    #[n(2)]
    purpose: PairingPurpose,
    #[n(3)]
    until: u64,
    #[n(4)]
    confirmed: bool,
    #[n(5)]
    outgoing: Vec<(Rid, ByteVec)>,
    #[n(6)]
    invite: Option<ByteVec>,
    #[n(7)]
    joining: Option<ByteVec>,
    #[n(8)]
    paired: Option<ByteVec>,
    #[n(9)]
    payload: ByteVec,
    #[n(10)]
    device: Option<ByteVec>,
    #[n(11)]
    last: Option<ByteVec>,
}

impl Meeting {
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let outgoing = self.outgoing.iter().map(|(rid, bytes)| (*rid, bytes.clone().into())).collect();
        let mut stored = Stored {
            version: 1,
            fragment: self.fragment.to_string(),
            purpose: self.purpose,
            until: self.until,
            confirmed: self.confirmed,
            outgoing,
            invite: None,
            joining: None,
            paired: None,
            payload: Vec::new().into(),
            device: None,
            last: None,
        };
        let kept = |paired: &Paired| ByteVec::from(paired.to_bytes().to_vec());
        match &self.role {
            Role::Inviter { invite, paired } => {
                stored.invite = Some(invite.to_bytes().to_vec().into());
                stored.paired = paired.as_ref().map(|(paired, _)| kept(paired));
                stored.payload =
                    paired.as_ref().map(|(_, payload)| payload.to_vec()).unwrap_or_default().into();
            }
            Role::Joiner { payload, device, joining, paired, last } => {
                stored.payload = payload.clone().into();
                stored.device = device.as_ref().map(|device| device.to_bytes().to_vec().into());
                stored.joining = joining.as_ref().map(|joining| joining.to_bytes().to_vec().into());
                stored.paired = paired.as_ref().map(kept);
                stored.last = last.clone().map(ByteVec::from);
            }
        }
        Zeroizing::new(minicbor::to_vec(&stored).expect("writing to memory cannot fail"))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let stored: Stored = minicbor::decode(bytes).ok().filter(|stored: &Stored| stored.version == 1)?;
        let link = PairingLink::parse(&stored.fragment).ok()?;
        let paired = match &stored.paired {
            Some(bytes) => Some(Paired::from_bytes(bytes.as_slice().try_into().ok()?)),
            None => None,
        };
        let role = match &stored.invite {
            Some(invite) => Role::Inviter {
                invite: Invite::from_bytes(invite).ok()?,
                paired: paired.map(|paired| (paired, Zeroizing::new(stored.payload.into()))),
            },
            None => Role::Joiner {
                payload: stored.payload.into(),
                device: stored.device.and_then(|bytes| DeviceKeys::from_bytes(&bytes).ok()),
                joining: stored.joining.and_then(|bytes| Joining::from_bytes(&bytes).ok()),
                paired,
                last: stored.last.map(Vec::from),
            },
        };
        Some(Self {
            fragment: Zeroizing::new(stored.fragment),
            purpose: stored.purpose,
            until: stored.until,
            role,
            confirmed: stored.confirmed,
            outgoing: stored.outgoing.into_iter().map(|(rid, bytes)| (rid, bytes.into())).collect(),
            link: Link::new(access_of(&link.mailbox()), Place::new(None)),
            last_seen: 0,
        })
    }
}
