//! Pairing: inviting, joining, comparing the words, and what follows when both have confirmed.

use amends_crypto::{Acceptance, CryptoRng, DeviceKeys, ListError, PairingError, PairingPurpose, PersonId};

use super::{ConnectionState, Session};
use crate::log::Log;
use crate::machine::{BundleError, Machine, PairBundle, WelcomeBundle, chains};
use crate::meeting::{Finished, Meeting, MeetingFailure, Met, Stage};
use crate::notice::{Notice, Outbox};

/// A pairing cannot be begun or confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeetError {
    /// The link cannot be used.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// Another pairing is under way.
    #[error("another pairing is under way")]
    Busy,
    /// There is a pair already; leave it first.
    #[error("there is a pair already")]
    PairedAlready,
    /// There are no words to compare yet.
    #[error("there are no words to compare yet")]
    NotYet,
    /// What the other side sent cannot be used.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The new device cannot be added.
    #[error(transparent)]
    List(#[from] ListError),
    /// This device is not one of the person's devices.
    #[error("this device has not begun")]
    NotBegun,
}

impl Session {
    /// Where there was a pair before: with nobody else may one begin. None where there was none.
    pub fn set_former_partner(&mut self, partner: Option<PersonId>) {
        if let Some(machine) = &mut self.machine {
            machine.only_with = partner;
        }
    }

    /// Invites somebody, or a new own device: gives the part of a link that stands after the address. It can be used for a
    /// day from `now` on, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`MeetError::Busy`], [`MeetError::PairedAlready`] or [`MeetError::NotBegun`].
    pub fn invite(
        &mut self,
        purpose: PairingPurpose,
        now: u64,
        rng: &mut dyn CryptoRng,
    ) -> Result<String, MeetError> {
        self.may_meet(purpose)?;
        if self.machine.is_none() {
            return Err(MeetError::NotBegun);
        }
        let meeting = Meeting::invite(purpose, now, rng);
        let fragment = meeting.fragment().to_owned();
        self.set_meeting(Some(meeting));
        Ok(fragment)
    }

    /// Joins somebody by a link; `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// [`MeetError::Pairing`] if it is no link, [`MeetError::Busy`], [`MeetError::PairedAlready`] or [`MeetError::NotBegun`].
    /// What is wrong with the offer behind the link comes later, as [`Notice::PairingFailed`].
    pub fn join_partner(&mut self, link: &str, now: u64) -> Result<(), MeetError> {
        self.may_meet(PairingPurpose::Partner)?;
        let machine = self.machine.as_ref().ok_or(MeetError::NotBegun)?;
        let introduction = machine.introduction().encode();
        let meeting = Meeting::join(link, PairingPurpose::Partner, introduction, None, now)?;
        self.set_meeting(Some(meeting));
        Ok(())
    }

    /// Becomes one more device of the person who shows the link. What this device was before, as far as sending goes, ends
    /// when the words are confirmed. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// [`MeetError::Pairing`] if it is no link, or [`MeetError::Busy`].
    pub fn join_own<L: Log>(
        &mut self,
        link: &str,
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        self.may_meet(PairingPurpose::OwnDevice)?;
        let device = DeviceKeys::make(chains(log), rng);
        let meeting = Meeting::join(link, PairingPurpose::OwnDevice, Vec::new(), Some(device), now)?;
        self.set_meeting(Some(meeting));
        Ok(())
    }

    /// Where the pairing is, if there is one.
    pub fn meeting(&self) -> Option<Stage> {
        self.meeting.as_ref().map(Meeting::stage)
    }

    /// Whether the pairing, if there is one, is to make one more own device.
    pub fn is_meeting_own_device(&self) -> bool {
        self.meeting.as_ref().is_some_and(|meeting| meeting.purpose() == PairingPurpose::OwnDevice)
    }

    /// Ends the pairing; nothing has happened.
    pub fn cancel_meeting(&mut self) {
        self.set_meeting(None);
    }

    /// The person says that both screens show the same words. Give an [`Input::Tick`](crate::Input::Tick) after it.
    ///
    /// # Errors
    /// [`MeetError::NotYet`] where there are no words to compare; nothing has happened then. With any other one the pairing has
    /// failed: [`MeetError::Bundle`] or [`MeetError::List`] if what the other side sent cannot be used, [`MeetError::Pairing`] if
    /// no answer could be made, [`MeetError::NotBegun`].
    pub fn confirm<L: Log>(&mut self, now: u64, log: &L, rng: &mut dyn CryptoRng) -> Result<(), MeetError> {
        let meeting = self.meeting.as_mut().ok_or(MeetError::NotYet)?;
        if !matches!(meeting.stage(), Stage::Compare(_)) {
            return Err(MeetError::NotYet);
        }
        let for_inviter = meeting.confirm();
        self.meeting_changed = true;
        let Some((paired, payload)) = for_inviter else { return Ok(()) };
        let done = self.answer(&paired, &payload, now, log, rng);
        if done.is_err() {
            self.set_meeting(None);
        }
        done
    }

    fn answer<L: Log>(
        &mut self,
        paired: &amends_crypto::Paired,
        payload: &[u8],
        now: u64,
        log: &L,
        rng: &mut dyn CryptoRng,
    ) -> Result<(), MeetError> {
        let machine = self.machine.as_mut().ok_or(MeetError::NotBegun)?;
        let meeting = self.meeting.as_mut().ok_or(MeetError::NotYet)?;
        let last = match meeting.purpose() {
            PairingPurpose::Partner => {
                let bundle = PairBundle::decode(payload).ok_or(BundleError::Unreadable)?;
                machine.begin_pair(paired.space_root(), &bundle, true, now, log, rng)?;
                machine.introduction().encode()
            }
            PairingPurpose::OwnDevice => {
                let acceptance: Acceptance =
                    minicbor::decode(payload).map_err(|_| BundleError::Unreadable)?;
                if !meeting.is_acceptance_of_this(&acceptance) {
                    return Err(ListError::NotAccepted.into());
                }
                machine.welcome(acceptance, now, log, rng)?.encode()
            }
        };
        Ok(meeting.answer(&last, rng)?)
    }

    pub(super) fn met<L: Log>(
        &mut self,
        now: u64,
        met: Met,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) {
        match met {
            Met::Words => out.notices.push(Notice::WordsToCompare),
            Met::Failed(failure) => {
                self.set_meeting(None);
                out.notices.push(Notice::PairingFailed(failure));
            }
            Met::Sent => self.inviter_done(out),
            Met::Joined(finished) => {
                self.set_meeting(None);
                if self.joiner_done(now, *finished, log, rng, out).is_err() {
                    out.notices.push(Notice::PairingFailed(MeetingFailure::BadPayload));
                }
            }
        }
    }

    fn inviter_done(&mut self, out: &mut Outbox) {
        let purpose = self.meeting.as_ref().map(Meeting::purpose);
        self.set_meeting(None);
        let partner = self.machine.as_ref().and_then(Machine::partner);
        if let (Some(PairingPurpose::Partner), Some(partner)) = (purpose, partner) {
            out.notices.push(Notice::Paired(partner));
        }
    }

    fn joiner_done<L: Log>(
        &mut self,
        now: u64,
        finished: Finished,
        log: &L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), MeetError> {
        let Finished { paired, payload, device } = finished;
        match device {
            None => {
                let bundle = PairBundle::decode(&payload).ok_or(BundleError::Unreadable)?;
                let machine = self.machine.as_mut().ok_or(MeetError::NotBegun)?;
                machine.begin_pair(paired.space_root(), &bundle, false, now, log, rng)?;
                out.notices.push(Notice::Paired(bundle.person));
            }
            Some(device) => {
                let bundle = WelcomeBundle::decode(&payload).ok_or(BundleError::Unreadable)?;
                self.machine = Some(Machine::join_own(device, &bundle, now, log, rng)?);
                out.notices.push(Notice::Joined(bundle.person()));
                out.notices.extend(bundle.partner().map(Notice::Paired));
            }
        }
        if let (ConnectionState::Open, Some(machine)) = (self.connection.state, &mut self.machine) {
            machine.connected(out);
        }
        Ok(())
    }

    fn may_meet(&self, purpose: PairingPurpose) -> Result<(), MeetError> {
        if self.meeting.is_some() {
            return Err(MeetError::Busy);
        }
        let paired = self.machine.as_ref().is_some_and(|machine| machine.partner().is_some());
        if paired && purpose == PairingPurpose::Partner { Err(MeetError::PairedAlready) } else { Ok(()) }
    }

    fn set_meeting(&mut self, meeting: Option<Meeting>) {
        self.meeting = meeting;
        self.meeting_changed = true;
        self.meeting_is_new = self.meeting.is_some();
    }
}
