//! One person's vault on their own device.
//!
//! [`Vault`] is what every front end works with: it holds the folded [`State`](amends_domain::state::State), writes
//! events, keeps drafts, searches, undoes, deletes, exports and backs up. It stores through the
//! [`Store`](amends_store::Store) trait and seals through `amends-crypto`; it has no files, no clock and no network
//! of its own: time and randomness are passed in.
//!
//! What is acknowledged is on the disk, sealed. What is unreadable is set aside and counted, and never hides the rest.
//! With the feature `testing` the crate also holds what tests do for two people before a first message can go.
//!
//! Formats: `docs/formats/`; who is kept out and who is not: `docs/threat-model.md`.

mod backup;
mod demo;
mod doctor;
mod drafts;
mod export;
mod journal;
mod keys;
mod layout;
mod pictures;
mod search;
mod sync;
#[cfg(feature = "testing")]
pub mod testing;
mod trouble;
mod vault;

pub use backup::{Backup, BackupError, RestoreError, Verified, VerifyError};
pub use demo::{DEMO_PASSPHRASE, DemoCouple, DemoError, demo_couple};
pub use doctor::Report;
pub use drafts::Draft;
pub use export::{ExportError, ImportError, Imported};
pub use journal::{Quarantined, Reason};
pub use search::Hit;
pub use sync::{OwnDevice, SyncError, SyncStatus};
pub use trouble::Trouble;
pub use vault::{
    AppendError, CreateError, EraseError, GuestLink, GuestRead, HalfStanding, KeyChangeError, LeaveError,
    LockError, LockedVault, Matching, NewEvent, NewVault, Passkey, Piece, TakeError, Taken, UnlockError,
    UnlockFailed, Vault, WriteError, open_guest,
};

/// What goes into sending and receiving and what comes out of it, and a relay in memory.
pub use amends_sync::{
    Aside, Connection, GuestProblem, GuestVisit, Input, LocalRelay, MeetError, MeetingFailure, Notice,
    Output, Refusal, RelayRefusal, ShareTrouble, Stage, WakeStanding, Waking, Which,
};

/// Keys, costs and phrases that callers pass in.
pub use amends_crypto::{CryptoRng, DeviceKeyId, KdfCost, PhraseError, RecoveryPhrase};
