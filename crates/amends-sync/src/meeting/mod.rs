//! Two devices meet over a link: to begin a pair, or to make one of them one more own device.
//!
//! Both leave messages in a mailbox that only the link opens. When both can show the same four words, people compare them;
//! the inviter's last message goes only after that. No word that anybody wrote is in any of the messages.

mod message;
mod stored;

use amends_crypto::{
    Acceptance, CryptoRng, DeviceKeys, Invite, Joining, OFFER_LASTS, Paired, PairingError, PairingLink,
    PairingPurpose, Zeroizing,
};
use amends_wire::{ClientFrame, Rid, ServerFrame};

use message::{OFFER, PAYLOAD};

use crate::link::{Happened, Link, Place};
use crate::space::access_of;

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
}
