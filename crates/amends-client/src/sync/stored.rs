//! Keeping the session in the vault: two sealed values, because places in mailboxes change more often than keys.

use amends_store::{ReadError, Store};
use amends_sync::Session;

use super::SyncError;
use crate::keys::Keys;
use crate::layout::{SYNC, SYNC_NAME, SYNC_PLACES, SYNC_PLACES_NAME};
use crate::vault::{Vault, WriteError, put};

/// So many frames may come in before the places are stored again; after a crash they are read once more.
const STORE_AFTER: usize = 64;

/// The session that a vault holds. One that cannot be read is as if there was none: this device has to be linked anew.
pub(crate) fn read(store: &impl Store, keys: &Keys) -> Result<Option<Session>, ReadError> {
    let open = |kind, sealed: Option<Vec<u8>>| sealed.and_then(|sealed| keys.open_own(kind, &sealed).ok());
    let kept = open(SYNC, store.value(SYNC_NAME)?);
    let places = open(SYNC_PLACES, store.value(SYNC_PLACES_NAME)?);
    Ok(kept.and_then(|kept| Session::from_bytes(&kept, places.as_deref().map(Vec::as_slice))))
}

impl<S: Store> Vault<S> {
    pub(super) fn store_session(&mut self, session: &mut Session) -> Result<(), SyncError> {
        let mut changes = Vec::new();
        if session.keys_changed() {
            let sealed = self
                .keys
                .seal_own(SYNC, &session.keys_to_bytes(), &mut *self.rng)
                .map_err(WriteError::from)?;
            changes.push(put(SYNC_NAME, sealed));
        }
        if session.keys_changed() || self.places_due || self.n_frames >= STORE_AFTER {
            let places = session.places_to_bytes();
            if places != self.places_stored {
                let sealed =
                    self.keys.seal_own(SYNC_PLACES, &places, &mut *self.rng).map_err(WriteError::from)?;
                changes.push(put(SYNC_PLACES_NAME, sealed));
            }
            self.places_stored = places;
        }
        if !changes.is_empty() {
            self.commit(&changes)?;
            session.keys_stored();
        }
        if self.places_due || self.n_frames >= STORE_AFTER {
            (self.places_due, self.n_frames) = (false, 0);
        }
        Ok(())
    }
}
