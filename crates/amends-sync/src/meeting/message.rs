//! The four messages of a meeting: what each one does to the two sides, and when the joiner is done.

use amends_crypto::{CryptoRng, Joining, PairingError, PairingLink, Zeroizing};
use amends_wire::{ClientFrame, Rid, Seq};

use super::{Finished, Meeting, MeetingFailure, Met, Role};
use crate::space::access_of;

/// Kinds of messages, in the first byte of each.
pub(super) const OFFER: u8 = 0;
const JOIN: u8 = 1;
const REVEAL: u8 = 2;
pub(super) const PAYLOAD: u8 = 3;

impl Meeting {
    pub(super) fn message(
        &mut self,
        now: u64,
        kind: u8,
        bytes: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Option<Met> {
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
    pub(super) fn finish(&mut self, out: &mut Vec<ClientFrame>) -> Option<Met> {
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

    pub(super) fn queue(&mut self, kind: u8, bytes: &[u8], rng: &mut dyn CryptoRng) {
        let mut rid = Rid([0; 16]);
        rng.fill_bytes(&mut rid.0);
        self.outgoing.push((rid, [&[kind], bytes].concat()));
    }
}
