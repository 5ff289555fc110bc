//! Rounds of sending and receiving: the vault says what to send, the carrier brings it and its answers.

use std::time::Duration;

use amends_carrier::{Carrier, CarryError};
use amends_client::{Input, MeetingFailure, Notice, Output, ShareTrouble, SyncError, SyncStatus, Vault};
use amends_store::Store;
use amends_wire::{ClientFrame, Code, ServerFrame, VERSION};

use crate::commands::vault::now;

/// Time between two tries when the relay cannot be reached.
const PAUSE: Duration = Duration::from_secs(15);
/// Seconds for which the relay may hold a call that waits for something new.
const WAIT: u16 = 25;
/// So many calls at most in one round; what is left goes with the next.
const MOST_CALLS: usize = 400;

/// A round did not work. What was acknowledged before is kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RoundError {
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Sync(#[from] SyncError),
}

impl RoundError {
    /// Message key: what happened and what can be done.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Carry(CarryError::NotARelay(_)) => "together-no-relay-there",
            Self::Carry(_) => "together-unreachable",
            Self::Sync(_) => "together-vault-failed",
        }
    }
}

/// Something that a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Came(pub(crate) Notice);

impl Came {
    /// Message key; none where there is nothing to say.
    pub(crate) fn key(self) -> Option<&'static str> {
        match self.0 {
            Notice::Received => Some("together-received"),
            Notice::RelayForgot(_) => Some("together-relay-forgot"),
            Notice::RelayHoldsBack { .. } => Some("together-relay-holds-back"),
            Notice::RelayRefuses(Code::Full | Code::Unavailable | Code::TooMany) => {
                Some("together-relay-no-room")
            }
            Notice::RelayRefuses(Code::InviteNeeded) => Some("together-relay-asks-invite"),
            Notice::RelayRefuses(_) => Some("together-relay-refuses"),
            Notice::UpdateNeeded => Some("together-update-needed"),
            Notice::DeviceAdded(_) => Some("together-device-added"),
            Notice::DeviceRemoved(_) => Some("together-device-removed"),
            Notice::ThisDeviceRemoved => Some("together-this-device-removed"),
            Notice::Paired(_) => Some("together-paired"),
            Notice::Joined(_) => Some("together-joined"),
            Notice::PairingFailed(MeetingFailure::Expired) => Some("together-meeting-expired"),
            Notice::PairingFailed(_) => Some("together-meeting-failed"),
            Notice::HalfTrouble(trouble) => Some(half(trouble)),
            _ => None,
        }
    }
}

/// What the relay did with half of the key of a letter that opens on a day.
fn half(trouble: ShareTrouble) -> &'static str {
    match trouble {
        ShareTrouble::Lost => "look-half-lost",
        ShareTrouble::Early => "look-half-early",
        ShareTrouble::Missing | ShareTrouble::Late => "look-half-missing",
        _ => "look-half-wrong",
    }
}

/// Lets some time pass before the relay is asked again: there is nothing that could be waited for.
pub(super) fn rest() {
    std::thread::park_timeout(PAUSE);
}

/// What came of a round.
#[derive(Debug)]
pub(crate) struct Round {
    /// What is to be told.
    pub(crate) came: Vec<Came>,
    /// Not everything could be sent or fetched.
    pub(crate) is_behind: bool,
    /// How things stood at its end.
    pub(crate) status: SyncStatus,
}

/// One step of the vault.
pub(crate) type Step<'v> = &'v mut dyn FnMut(Input) -> Result<Vec<Output>, SyncError>;

/// Sending and receiving with one relay.
#[derive(Debug)]
pub(crate) struct Exchange {
    carrier: Carrier,
}

impl Exchange {
    pub(crate) fn new(carrier: Carrier) -> Self {
        Self { carrier }
    }

    /// One connection: sends everything that waits and fetches everything that is there. With `wait`, and nothing to send, the
    /// relay holds the call until something new comes or some seconds have passed.
    ///
    /// # Errors
    /// [`RoundError`]; the next round goes on where this one stopped.
    pub(crate) fn round<S: Store>(&self, vault: &mut Vault<S>, wait: bool) -> Result<Round, RoundError> {
        let mut came = Vec::new();
        let outcome = self.connected(&mut |input| vault.sync_input(now(), input), wait, &mut came);
        // With the line closed, nothing counts as up to date any more.
        let status = vault.sync_status();
        let is_behind = !status.own_is_up_to_date || (status.partner.is_some() && !status.pair_is_up_to_date);
        sort(vault.sync_input(now(), Input::Disconnected)?, &mut came);
        outcome.map(|()| Round { came, is_behind, status })
    }

    /// The same, where the vault is only at hand for each step: nobody waits for the network with the vault in hand.
    ///
    /// # Errors
    /// As [`Exchange::round`].
    pub(crate) fn round_with(&self, vault: Step<'_>, wait: bool) -> Result<Vec<Came>, RoundError> {
        let mut came = Vec::new();
        let outcome = self.connected(vault, wait, &mut came);
        let outputs = vault(Input::Disconnected)?;
        sort(outputs, &mut came);
        outcome.map(|()| came)
    }

    fn connected(&self, vault: Step<'_>, wait: bool, came: &mut Vec<Came>) -> Result<(), RoundError> {
        let mut frames = sort(vault(Input::Tick)?, came);
        frames.extend(sort(vault(Input::Connected)?, came));
        let (mut was_greeted, mut version) = (false, VERSION);
        for _ in 0..MOST_CALLS {
            if frames.is_empty() {
                break;
            }
            let only_asks = frames
                .iter()
                .all(|frame| matches!(frame, ClientFrame::Hello { .. } | ClientFrame::Sub { .. }));
            let patience = if wait && only_asks && !was_greeted { WAIT } else { 0 };
            let answers = self.carrier.call(&greeted(frames, &mut version), patience)?;
            frames = hand_in(vault, answers, &mut was_greeted, came)?;
        }
        Ok(())
    }
}

fn hand_in(
    vault: Step<'_>,
    answers: Vec<ServerFrame>,
    was_greeted: &mut bool,
    came: &mut Vec<Came>,
) -> Result<Vec<ClientFrame>, RoundError> {
    // Every call is greeted anew, the vault only once.
    let new = answers.iter().filter(|answer| {
        let is_greeting = matches!(answer, ServerFrame::Welcome { .. });
        !(is_greeting && std::mem::replace(was_greeted, true))
    });
    let new: Vec<Vec<u8>> = new.map(ServerFrame::to_bytes).collect();
    Ok(sort(vault(Input::Frames(new))?, came))
}

/// Parts what is to be sent from what is to be told.
fn sort(outputs: Vec<Output>, came: &mut Vec<Came>) -> Vec<ClientFrame> {
    let mut frames = Vec::new();
    for output in outputs {
        match output {
            Output::Send(bytes) => {
                frames
                    .push(ClientFrame::from_bytes(&bytes).expect("the vault sends frames in their one form"));
            }
            Output::Notice(notice) => came.push(Came(notice)),
            Output::Connect | Output::Disconnect => {}
        }
    }
    frames
}

/// The same frames, with the greeting that every call begins with: in the version of the vault's own last one.
fn greeted(frames: Vec<ClientFrame>, version: &mut u32) -> Vec<ClientFrame> {
    let mut rest = Vec::with_capacity(frames.len() + 1);
    for frame in frames {
        match frame {
            ClientFrame::Hello { version: said } => *version = said,
            frame => rest.push(frame),
        }
    }
    rest.insert(0, ClientFrame::Hello { version: *version });
    rest
}
