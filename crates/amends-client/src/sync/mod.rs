//! Several devices, and two people: sending and receiving.
//!
//! The vault has no network. Whoever has one - a worker with a WebSocket, a program with HTTP, or a
//! [`LocalRelay`](amends_sync::LocalRelay) in the same memory - tells it what happens with [`Vault::sync_input`] and
//! carries out what it gives back:
//!
//! ```no_run
//! # use amends_client::{Input, Output, SyncError, Vault};
//! # use amends_domain::id::Millis;
//! # use amends_store::MemoryStore;
//! # trait Transport { fn open(&mut self) -> bool; fn send(&mut self, frame: Vec<u8>); fn close(&mut self); }
//! fn step(vault: &mut Vault<MemoryStore>, net: &mut impl Transport, now: Millis, input: Input) -> Result<(), SyncError> {
//!     for output in vault.sync_input(now, input)? {
//!         match output {
//!             Output::Connect => {
//!                 let input = if net.open() { Input::Connected } else { Input::Disconnected };
//!                 step(vault, net, now, input)?;
//!             }
//!             Output::Send(frame) => net.send(frame),
//!             Output::Disconnect => net.close(),
//!             Output::Notice(notice) => println!("{notice:?}"),
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//! Give [`Input::Tick`] after everything that was written and at the time of [`Vault::sync_wake_at`]. What is
//! acknowledged to the relay is on the disk before. Nothing goes out before [`Vault::begin_sync`].

mod address;
mod devices;
mod journal;
mod pairing;
mod stored;
mod waking;

use amends_crypto::{RecoveryBox, RecoveryKey, RecoveryPhrase};
use amends_domain::id::{Millis, PersonId};
use amends_store::{ReadError, Store};
use amends_sync::{Aside, Input, MeetError, Notice, Output, RelayRefusal, Session, Which};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub use devices::OwnDevice;
use journal::Journal;
pub(crate) use stored::read;

use crate::vault::{Matching, TakeError, UnlockError, Vault, WriteError};

/// Sending and receiving did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SyncError {
    /// The vault could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The vault could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The passphrase is not the right one.
    #[error(transparent)]
    Passphrase(#[from] UnlockError),
    /// A pairing cannot be begun or confirmed, or a device is not there.
    #[error(transparent)]
    Meet(#[from] MeetError),
    /// Only an empty vault can become one more device of somebody.
    #[error("there is something in this vault already")]
    NotEmpty,
}

impl From<TakeError> for SyncError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Read(error) => Self::Read(error),
            TakeError::Write(error) => Self::Write(error),
        }
    }
}

/// How sending and receiving stands. Nothing in it says anything about when the other person was there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SyncStatus {
    /// Whether anything is sent and received at all.
    pub has_begun: bool,
    /// The other person, while there is a pair.
    pub partner: Option<PersonId>,
    /// Whether own devices have everything that was written here.
    pub own_is_up_to_date: bool,
    /// The same for what is shared.
    pub pair_is_up_to_date: bool,
    /// Why the relay does not take or give something, if that is so now.
    #[serde(serialize_with = "as_word")]
    pub relay_refuses: Option<RelayRefusal>,
    /// Entries of the other person that are missing between others.
    pub n_missing: u64,
    /// Something of other own devices was sent and has not come for days, also when everything was read again.
    pub own_misses_for_long: bool,
    /// The same between the two. Nothing says whether the relay holds it back, or a device did not come to send it.
    pub pair_misses_for_long: bool,
    /// Records and entries that were set aside, by reason.
    pub set_aside: Vec<(String, u64)>,
}

fn as_word<Out: serde::Serializer>(refusal: &Option<RelayRefusal>, out: Out) -> Result<Out::Ok, Out::Error> {
    let word = refusal.map(|refusal| match refusal {
        RelayRefusal::NoRoom => "no_room",
        RelayRefusal::Invite => "invite",
        RelayRefusal::NotLetIn => "not_let_in",
    });
    serde::Serialize::serialize(&word, out)
}

impl<S: Store> Vault<S> {
    /// From here on this device can send and receive. With the recovery words, they count among the own devices.
    ///
    /// # Errors
    /// [`SyncError::Write`]; nothing has changed.
    pub fn begin_sync(&mut self, now: Millis, phrase: Option<&RecoveryPhrase>) -> Result<(), SyncError> {
        let recovery: Option<RecoveryBox> = phrase.map(|phrase| RecoveryKey::derive(phrase).derive_box());
        let me = amends_crypto::PersonId(self.me().0);
        self.with_session(|session, log, rng| {
            session.begin(me, recovery, now.0, log, rng);
            Ok(())
        })
    }

    /// Finds everything again with the recovery words, for somebody who has lost all devices: this vault, empty or with
    /// things of theirs, becomes their next one. Then give [`Input::Tick`]; [`Notice::Joined`] tells when something was found.
    ///
    /// # Errors
    /// [`SyncError::Meet`] if this device has begun already.
    pub fn recover(&mut self, phrase: &RecoveryPhrase) -> Result<(), SyncError> {
        let is_empty = self.state().events().next().is_none() && self.partner().is_none();
        let only = (!is_empty).then_some(amends_crypto::PersonId(self.me().0));
        self.with_session(|session, _, _| Ok(session.recover(RecoveryKey::derive(phrase), only)?))
    }

    /// For those who stay connected: from here on, what is written waits two to five seconds before it goes, and goes at the
    /// [`Input::Tick`] that [`Self::sync_wake_at`] asks for. Who watches the network then sees less of when something was
    /// written. Pairing and what waited before a connection do not wait. Not kept; say it after every opening. Switch it off
    /// before the connection is closed: what waits goes with the next [`Input::Tick`] then.
    ///
    /// # Errors
    /// None of its own.
    pub fn spread_sending(&mut self, is_on: bool) -> Result<(), SyncError> {
        self.with_session(|session, _, _| {
            session.spread_sending(is_on);
            Ok(())
        })
    }

    /// One step of sending and receiving. When it returns, everything that came in is on the disk. What the matching of
    /// activities has to write is written along with it.
    ///
    /// # Errors
    /// [`SyncError`]. Close the connection, open the vault again if it asks for that, and begin with
    /// [`Input::Disconnected`].
    pub fn sync_input(&mut self, now: Millis, input: Input) -> Result<Vec<Output>, SyncError> {
        if matches!(input, Input::Tick) {
            let matching = self.match_activities(now)?;
            return Ok(told(self.sync_step(now, input)?, matching));
        }
        let came = matches!(input, Input::Frames(_));
        let mut outputs = self.sync_step(now, input)?;
        if !came {
            return Ok(outputs);
        }
        for _ in 0..self.n_came_for_matching() {
            let received = outputs.iter().position(|output| *output == Output::Notice(Notice::Received));
            received.map(|at| outputs.remove(at));
        }
        let matching = self.match_activities(now)?;
        if matching.has_written {
            outputs.extend(self.sync_step(now, Input::Tick)?);
        }
        Ok(told(outputs, matching))
    }

    fn sync_step(&mut self, now: Millis, input: Input) -> Result<Vec<Output>, SyncError> {
        self.places_due |= !matches!(input, Input::Frames(_));
        self.n_frames += match &input {
            Input::Frames(frames) => frames.len(),
            _ => 0,
        };
        let invite = if matches!(input, Input::Connected) { Some(self.relay_invite()?) } else { None };
        self.with_session(|session, log, rng| {
            if let Some(invite) = invite {
                session.set_relay_invite(invite);
            }
            let outputs = session.input(now.0, input, log, rng)?;
            for output in &outputs {
                if let Output::Notice(notice) = output {
                    log.noticed(now, *notice)?;
                }
            }
            Ok(outputs)
        })
    }

    /// When to give the next [`Input::Tick`] if nothing else happens before.
    pub fn sync_wake_at(&self, now: Millis) -> Millis {
        Millis(self.sync.as_ref().map_or(now.0 + 60_000, |session| session.wake_at(now.0)))
    }

    /// How sending and receiving stands.
    pub fn sync_status(&self) -> SyncStatus {
        let machine = self.sync.as_ref().and_then(Session::machine);
        let up_to_date = |which| self.sync.as_ref().is_some_and(|session| session.is_up_to_date(which));
        let misses = |which| machine.is_some_and(|machine| machine.misses_for_long(which));
        let aside = machine.into_iter().flat_map(|machine| machine.set_aside());
        SyncStatus {
            has_begun: machine.is_some(),
            partner: machine.and_then(|machine| machine.partner()).map(|person| PersonId(person.0)),
            own_is_up_to_date: up_to_date(Which::Own),
            pair_is_up_to_date: up_to_date(Which::Pair),
            relay_refuses: self.sync.as_ref().and_then(Session::relay_refuses),
            n_missing: self
                .partner()
                .map_or(0, |partner| self.n_missing_of(partner, amends_domain::event::Space::Shared)),
            own_misses_for_long: misses(Which::Own),
            pair_misses_for_long: misses(Which::Pair),
            set_aside: aside.map(|(reason, n)| (word(reason).to_owned(), n)).collect(),
        }
    }

    /// Takes the session out, lets it work on the vault, and stores what has to be stored.
    fn with_session<T>(
        &mut self,
        work: impl FnOnce(&mut Session, &mut Journal<'_, S>, &mut ChaCha20Rng) -> Result<T, SyncError>,
    ) -> Result<T, SyncError> {
        let mut session = self.sync.take().unwrap_or_default();
        // The machine and the journal draw at the same time, so the machine gets a generator of its own.
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        let mut rng = ChaCha20Rng::from_seed(seed);
        session.set_former_partner(self.partner().map(|partner| amends_crypto::PersonId(partner.0)));
        let done = work(&mut session, &mut Journal::new(self), &mut rng);
        let stored = self.store_session(&mut session);
        self.sync = Some(session);
        let done = done?;
        stored?;
        Ok(done)
    }
}

/// What is told, with a match that was found.
fn told(mut outputs: Vec<Output>, matching: Matching) -> Vec<Output> {
    if matching.has_found {
        outputs.push(Output::Notice(Notice::Received));
    }
    outputs
}

/// The word for a reason in reports.
fn word(reason: Aside) -> &'static str {
    use amends_sync::Refusal;
    match reason {
        Aside::Unreadable => "unreadable",
        Aside::Forged => "forged",
        Aside::ForgedAsMine => "forged_as_mine",
        Aside::KeysRefused => "keys_refused",
        Aside::KeyNeverCame => "key_never_came",
        Aside::Entry(Refusal::NotAnEntry) => "not_an_entry",
        Aside::Entry(Refusal::Untied) => "untied",
        Aside::Entry(Refusal::Conflicting) => "conflicting",
        Aside::Entry(Refusal::Stranger) => "stranger",
        Aside::Entry(Refusal::AfterRevocation) => "after_revocation",
        _ => "other",
    }
}

impl<S: Store> Journal<'_, S> {
    /// What the vault itself has to know: whose it is, and who the other person is.
    fn noticed(&mut self, now: Millis, notice: Notice) -> Result<(), SyncError> {
        match notice {
            Notice::Joined(person) => Ok(self.vault.become_device_of(PersonId(person.0))?),
            Notice::Paired(person) => {
                self.vault.begin_with(PersonId(person.0), now)?;
                self.has_answered = journal::has_answered(self.vault);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
