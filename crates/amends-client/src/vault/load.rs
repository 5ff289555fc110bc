//! Reading a vault whose key is known: snapshot, then the records after it, then the fold.

use amends_crypto::CryptoRng;
use amends_domain::event::Event;
use amends_domain::id::EventId;
use amends_domain::state::State;
use amends_store::Store;
use amends_sync::Session;

use super::{Chains, LockedVault, Profile, UnlockError, Vault, snapshot};
use crate::drafts::Drafts;
use crate::journal::{Cuts, Ends, Scan};
use crate::keys::Keys;
use crate::layout::{CUTS, CUTS_NAME, HEADS, HEADS_NAME, PROFILE, PROFILE_NAME, UNTIDY, record_id};
use crate::search::SearchIndex;
use crate::sync;

/// Everything that was read.
pub(super) struct Loaded {
    scan: Scan,
    profile: Profile,
    drafts: Drafts,
    n_since_snapshot: usize,
    untidy: bool,
    sync: Option<Session>,
}

impl Loaded {
    pub(super) fn read(
        store: &impl Store,
        keys: &Keys,
        rng: &mut dyn CryptoRng,
    ) -> Result<Self, UnlockError> {
        let mut scan = snapshot::read(store, keys)?.unwrap_or_default();
        scan.cuts = read_cuts(store, keys)?;
        let n_in_snapshot = scan.events.len();
        scan.read_on(store, keys)?;
        if let Some(noted) = noted_ends(store, keys)? {
            scan.findings.n_broken += scan.ends.reconcile(&noted);
        }
        let profile = read_profile(store, keys, &scan, rng)?;
        skip_taken_numbers(store, &profile, &mut scan.ends)?;
        let n_since_snapshot = scan.events.len() - n_in_snapshot;
        let untidy = store.value(UNTIDY)?.is_some();
        let sync = sync::read(store, keys)?;
        Ok(Self { scan, profile, drafts: Drafts::read(store, keys)?, n_since_snapshot, untidy, sync })
    }

    pub(super) fn into_vault<S: Store>(
        self,
        locked: LockedVault<S>,
        keys: Keys,
        rng: Box<dyn CryptoRng + Send>,
    ) -> Vault<S> {
        let Self { scan, profile, drafts, n_since_snapshot, untidy, sync } = self;
        let mut vault = Vault {
            store: locked.store,
            rng,
            keys,
            header: locked.header,
            chains: chains(&scan.events),
            cuts: scan.cuts,
            state: State::from_events(profile.person, profile.partner, scan.events),
            profile,
            ends: scan.ends,
            drafts,
            findings: scan.findings,
            undoable: Vec::new(),
            search: SearchIndex::default(),
            n_erased: scan.n_erased,
            n_since_snapshot,
            untidy,
            sync,
            places_stored: Vec::new(),
            places_due: false,
            n_frames: 0,
            matching: Default::default(),
            must_reopen: false,
        };
        // The last session may have been killed before it could tidy up. Reading does not depend on it, so a failure
        // waits for the next time.
        let _ = vault.compact();
        vault.reveal_letters();
        vault
    }
}

/// A record that cannot be read may hold the next number of a chain of this device; its id must not be used again.
fn skip_taken_numbers(store: &impl Store, profile: &Profile, ends: &mut Ends) -> Result<(), UnlockError> {
    for device in [profile.private_device, profile.shared_device] {
        while store.record(record_id(EventId { device, seq: ends.of(device).next }))?.is_some() {
            ends.skip(device);
        }
    }
    Ok(())
}

/// Who writes which chain, in which space.
fn chains(events: &[Event]) -> Chains {
    events.iter().map(|event| (event.id.device, (event.author, event.space))).collect()
}

fn read_cuts(store: &impl Store, keys: &Keys) -> Result<Cuts, UnlockError> {
    let sealed = store.value(CUTS_NAME)?;
    let opened = sealed.and_then(|sealed| keys.open_own(CUTS, &sealed).ok());
    Ok(opened.and_then(|bytes| minicbor::decode(&bytes).ok()).unwrap_or_default())
}

fn noted_ends(store: &impl Store, keys: &Keys) -> Result<Option<Ends>, UnlockError> {
    let sealed = store.value(HEADS_NAME)?;
    Ok(sealed.and_then(|sealed| keys.open_own(HEADS, &sealed).ok()).and_then(|bytes| Ends::decode(&bytes)))
}

fn read_profile(
    store: &impl Store,
    keys: &Keys,
    scan: &Scan,
    rng: &mut dyn CryptoRng,
) -> Result<Profile, UnlockError> {
    let sealed = store.value(PROFILE_NAME)?;
    sealed
        .and_then(|sealed| keys.open_own(PROFILE, &sealed).ok())
        .and_then(|bytes| Profile::decode(&bytes))
        .or_else(|| Profile::guess(scan.events.iter(), rng))
        .ok_or(UnlockError::Damaged)
}
