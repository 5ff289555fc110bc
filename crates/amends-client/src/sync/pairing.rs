//! Beginning a pair, and linking one more own device.
//!
//! One shows a link or its QR code, the other opens it, both compare four words. No word that anybody wrote goes over
//! before the invited person has opened their own channel.

use amends_crypto::PairingPurpose;
use amends_domain::consent::{self, Former};
use amends_domain::event::Space;
use amends_domain::id::{Millis, PersonId};
use amends_store::Store;
use amends_sync::{MeetError, Stage};

use super::SyncError;
use super::address::to_hex;
use crate::layout::{PROFILE, PROFILE_NAME};
use crate::vault::{AppendError, NewEvent, Profile, Vault, WriteError, put};

/// What stands in a link between its own part and the invite of the relay.
const BEFORE_INVITE: char = '~';

impl<S: Store> Vault<S> {
    /// Invites the other person: the part of a link that stands after the address (`#1...`). It is good for one person and
    /// one day.
    ///
    /// # Errors
    /// [`SyncError`]; there is no invitation.
    pub fn invite_partner(&mut self, now: Millis) -> Result<String, SyncError> {
        self.is_free()?;
        self.begin_sync(now, None)?;
        let link =
            self.with_session(|session, _, rng| Ok(session.invite(PairingPurpose::Partner, now.0, rng)?))?;
        self.with_relay_invite(link)
    }

    /// Invites one more own device, after asking for the passphrase again. All own devices show it for seven days; it
    /// gets what was before after one day, or when another own device says so ([`Vault::approve_device`]).
    ///
    /// # Errors
    /// [`SyncError`]; there is no invitation.
    pub fn invite_device(&mut self, passphrase: &str, now: Millis) -> Result<String, SyncError> {
        self.check_passphrase(passphrase)?;
        self.begin_sync(now, None)?;
        let link = self
            .with_session(|session, _, rng| Ok(session.invite(PairingPurpose::OwnDevice, now.0, rng)?))?;
        self.with_relay_invite(link)
    }

    /// Opens the link of the other person.
    ///
    /// # Errors
    /// [`SyncError::Meet`] if it is no link, a pairing is under way or there is a pair; [`SyncError::Read`] and
    /// [`SyncError::Write`].
    pub fn join_partner(&mut self, link: &str, now: Millis) -> Result<(), SyncError> {
        self.is_free()?;
        self.begin_sync(now, None)?;
        let link = self.take_relay_invite(link)?;
        self.with_session(|session, _, _| Ok(session.join_partner(link, now.0)?))
    }

    /// Makes this empty vault one more device of the person who shows the link.
    ///
    /// # Errors
    /// [`SyncError::NotEmpty`] if there is anything in it; [`SyncError::Meet`] if it is no link or a pairing is under way;
    /// [`SyncError::Read`] and [`SyncError::Write`].
    pub fn join_own_devices(&mut self, link: &str, now: Millis) -> Result<(), SyncError> {
        if self.state().events().next().is_some() || self.partner().is_some() {
            return Err(SyncError::NotEmpty);
        }
        let link = self.take_relay_invite(link)?;
        self.with_session(|session, log, rng| Ok(session.join_own(link, now.0, log, rng)?))
    }

    /// A link that carries what the relay asks of newcomers, if it asks anything, so that the other side need not type it.
    fn with_relay_invite(&self, link: String) -> Result<String, SyncError> {
        Ok(match self.relay_invite()? {
            Some(invite) => format!("{link}{BEFORE_INVITE}{}", to_hex(&invite)),
            None => link,
        })
    }

    /// Keeps what a link carries for the relay, unless there is something kept already; gives the link without it.
    fn take_relay_invite<'l>(&mut self, link: &'l str) -> Result<&'l str, SyncError> {
        let Some((link, invite)) = link.trim().split_once(BEFORE_INVITE) else { return Ok(link) };
        if self.relay_invite()?.is_none() {
            self.set_relay_invite(invite)?;
        }
        Ok(link)
    }

    /// Where the pairing is: waiting, words to compare, confirmed; none if there is none.
    pub fn pairing(&self) -> Option<Stage> {
        self.sync.as_ref()?.meeting()
    }

    /// Whether the pairing, if there is one, is to make one more own device.
    pub fn is_pairing_own_device(&self) -> bool {
        self.sync.as_ref().is_some_and(|session| session.is_meeting_own_device())
    }

    /// The person says that both screens show the same four words. Give an [`Input::Tick`](super::Input::Tick) after it.
    ///
    /// # Errors
    /// [`SyncError::Meet`].
    pub fn confirm_words(&mut self, now: Millis) -> Result<(), SyncError> {
        self.with_session(|session, log, rng| {
            let had_pair = session.machine().is_some_and(|machine| machine.partner().is_some());
            session.confirm(now.0, log, rng)?;
            let partner = session.machine().and_then(|machine| machine.partner());
            match partner.map(|person| PersonId(person.0)) {
                Some(partner) if !had_pair => log.vault.begin_with(partner, now),
                _ => Ok(()),
            }
        })
    }

    /// There is a pair now. Where there was one with the same person before, what was said in it stays as it is, and its doors
    /// do not count any more: both begin with shut ones.
    pub(super) fn begin_with(&mut self, partner: PersonId, now: Millis) -> Result<(), SyncError> {
        if !self.has_parted() {
            return Ok(self.pair_with(partner)?);
        }
        let chains =
            [self.me(), partner].into_iter().flat_map(|person| self.chains_of(person, Space::Shared));
        let former = chains.map(|(device, until)| Former { device, until }).collect();
        match self.append(now, NewEvent::private(consent::Event::BeginAgain { former })) {
            Ok(_) => Ok(()),
            Err(AppendError::Write(error)) => Err(error.into()),
            Err(AppendError::Refused(_)) => Err(MeetError::PairedAlready.into()),
        }
    }

    /// Ends the pairing, also because the words differ. Nothing has happened.
    ///
    /// # Errors
    /// [`SyncError::Write`].
    pub fn cancel_pairing(&mut self) -> Result<(), SyncError> {
        self.with_session(|session, _, _| {
            session.cancel_meeting();
            Ok(())
        })
    }

    /// One pair at a time; a demonstration may pair with its other half.
    fn is_free(&self) -> Result<(), SyncError> {
        let machine = self.sync.as_ref().and_then(|session| session.machine());
        let in_pair = machine.is_some_and(|machine| machine.partner().is_some());
        let had_pair = self.partner().is_some() && !self.is_demo();
        if in_pair || (had_pair && !self.has_parted()) {
            Err(MeetError::PairedAlready.into())
        } else {
            Ok(())
        }
    }

    /// Whether this person left, or the other one said that they did.
    pub(super) fn has_parted(&self) -> bool {
        let consent = &self.state().world().consent;
        let left = |person: PersonId| consent.has_left(person);
        consent.left_quietly() || left(self.me()) || self.partner().is_some_and(left)
    }

    /// From here on this vault holds the things of `person`.
    pub(super) fn become_device_of(&mut self, person: PersonId) -> Result<(), WriteError> {
        if person == self.me() {
            return Ok(());
        }
        let profile = Profile { person, partner: None, ..self.profile };
        let sealed = self.keys.seal_own(PROFILE, &profile.encode(), &mut *self.rng)?;
        self.commit(&[put(PROFILE_NAME, sealed)])?;
        self.profile = profile;
        self.refold_with(Vec::new());
        Ok(())
    }
}
