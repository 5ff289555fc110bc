//! The vault of one person on one device.
//!
//! [`LockedVault`] is a store with a vault in it; [`LockedVault::unlock`] turns it into a [`Vault`], which holds the
//! keys, the folded state and everything readable in memory, and writes through to the store. [`Vault::lock`] tidies
//! up and gives the store back.

mod append;
mod create;
mod dated;
mod erase;
mod error;
mod guest;
mod header;
mod keys;
mod load;
mod matching;
mod passkey;
mod profile;
mod receive;
mod snapshot;
mod take;
mod undo;
mod unlock;

use core::fmt;
use std::collections::HashMap;

use amends_crypto::CryptoRng;
use amends_domain::event::Space;
use amends_domain::id::{DeviceId, EventId, Hlc, Millis, PersonId};
use amends_domain::state::State;
use amends_store::{Change, CommitError, Store};
use amends_sync::Session;

pub use append::NewEvent;
pub use create::NewVault;
pub(crate) use create::put;
pub use dated::HalfStanding;
pub(crate) use dated::share_of;
pub use error::{
    AppendError, CreateError, EraseError, KeyChangeError, LeaveError, LockError, UnlockError, WriteError,
};
pub use guest::{GuestLink, GuestRead, open_guest};
pub(crate) use header::Header;
pub use matching::Matching;
pub use passkey::Passkey;
pub(crate) use profile::{Profile, make_id};
pub use take::{Piece, TakeError, Taken};
pub use unlock::{LockedVault, UnlockFailed};
pub(crate) use unlock::{unwrap_error, wrapped};

use crate::drafts::Drafts;
use crate::journal::{Cuts, Ends, Findings};
use crate::keys::Keys;
use crate::search::SearchIndex;

/// Who writes which chain, in which space.
pub(crate) type Chains = HashMap<DeviceId, (PersonId, Space)>;

/// An unlocked vault.
pub struct Vault<S> {
    pub(crate) store: S,
    pub(crate) rng: Box<dyn CryptoRng + Send>,
    pub(crate) keys: Keys,
    header: Header,
    pub(crate) profile: Profile,
    pub(crate) ends: Ends,
    /// Who writes which chain, in which space.
    pub(crate) chains: Chains,
    pub(crate) cuts: Cuts,
    state: State,
    pub(crate) drafts: Drafts,
    pub(crate) findings: Findings,
    /// Events written in this session that can still be undone, newest last.
    undoable: Vec<EventId>,
    pub(crate) search: SearchIndex,
    n_erased: u64,
    n_since_snapshot: usize,
    /// Bytes of something removed or replaced may still be in the files.
    pub(crate) untidy: bool,
    /// Sending and receiving, once it has begun; taken out while it works.
    pub(crate) sync: Option<Session>,
    /// Its places as they lie in the store, and whether they are to be stored with the next step.
    pub(crate) places_stored: Vec<u8>,
    pub(crate) places_due: bool,
    pub(crate) n_frames: usize,
    /// What is known of the matching of step 3.4.
    matching: matching::Memory,
    /// A write failed in a way that leaves open whether it was made.
    must_reopen: bool,
}

impl<S: Store> Vault<S> {
    /// Whose vault this is.
    pub fn me(&self) -> PersonId {
        self.profile.person
    }

    /// Everything that follows from the events.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether this is a demonstration with invented people.
    pub fn is_demo(&self) -> bool {
        self.header.is_demo
    }

    /// The id the next event in `space` will have.
    pub fn next_id(&self, space: Space) -> EventId {
        let device = self.profile.device(space);
        EventId { device, seq: self.ends.of(device).next }
    }

    /// The time stamp of an event written now: later than everything seen, also if the clock was set back.
    pub fn next_stamp(&self, now: Millis) -> Hlc {
        self.state.last_clock().tick(now)
    }

    /// The one way to the store: remembers when it is not known any more what the store holds.
    pub(crate) fn commit(&mut self, changes: &[Change]) -> Result<(), WriteError> {
        if self.must_reopen {
            return Err(WriteError::MustReopen);
        }
        self.store.commit(changes).map_err(|error| {
            self.must_reopen = matches!(error, CommitError::Failed(_));
            WriteError::Store(error)
        })
    }
}

impl<S> fmt::Debug for Vault<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(content hidden)")
    }
}
