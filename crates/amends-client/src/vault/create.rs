//! Making a vault: everything in one commit, so that there is a whole vault or none.

use core::fmt;
use std::collections::HashMap;

use amends_crypto::{CryptoRng, KdfCost, Passphrase, RecoveryPhrase, VaultKey, WrappedKey};
use amends_domain::id::PersonId;
use amends_domain::state::State;
use amends_store::{Change, Position, Store};

use super::profile::make_id;
use super::{CreateError, Header, Profile, Vault};
use crate::drafts::Drafts;
use crate::journal::{Cuts, Ends, Findings};
use crate::keys::Keys;
use crate::layout::{HEADER, KEY_BY_PASSPHRASE, KEY_BY_PHRASE, PROFILE, PROFILE_NAME};
use crate::search::SearchIndex;

/// What a new vault starts with.
#[derive(Clone, Copy)]
pub struct NewVault<'a> {
    /// At least [`Passphrase::MIN_CHARS`] characters.
    pub passphrase: &'a str,
    /// Cost of a guess; [`KdfCost::RECOMMENDED`] outside tests.
    pub cost: KdfCost,
    /// Whose vault it will be; none makes a new person.
    pub person: Option<PersonId>,
    /// Invented people: such a vault never mixes with real ones.
    pub is_demo: bool,
}

impl<'a> NewVault<'a> {
    /// A real vault of a new person.
    pub fn with_passphrase(passphrase: &'a str) -> Self {
        Self { passphrase, cost: KdfCost::RECOMMENDED, person: None, is_demo: false }
    }
}

impl fmt::Debug for NewVault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewVault(passphrase hidden)")
    }
}

impl<S: Store> Vault<S> {
    /// Makes a vault in an empty store. The recovery phrase is shown once and kept nowhere.
    ///
    /// # Errors
    /// [`CreateError`]; the store is unchanged.
    pub fn create(
        mut store: S,
        new: NewVault<'_>,
        mut rng: Box<dyn CryptoRng + Send>,
    ) -> Result<(Self, RecoveryPhrase), CreateError> {
        let passphrase = Passphrase::chosen(new.passphrase)?;
        if !store.names("")?.is_empty() || !store.read_after(Position::START, 1)?.is_empty() {
            return Err(CreateError::NotEmpty);
        }
        let rng_ref = &mut *rng;
        let header = Header::new(make_id(rng_ref), new.is_demo);
        let vault_key = VaultKey::make(rng_ref);
        let phrase = RecoveryPhrase::make(rng_ref);
        let by_passphrase =
            WrappedKey::with_passphrase(&vault_key, header.vault_id, &passphrase, new.cost, rng_ref);
        let by_phrase = WrappedKey::with_recovery_phrase(&vault_key, header.vault_id, &phrase, rng_ref);
        let person = new.person.unwrap_or_else(|| PersonId(make_id(rng_ref)));
        let profile = Profile::make(person, None, rng_ref);
        let keys = Keys::new(header.vault_id, vault_key);
        let sealed_profile =
            keys.seal_own(PROFILE, &profile.encode(), rng_ref).expect("a profile is far below the limit");
        store.commit(&[
            put(HEADER, header.encode()),
            put(KEY_BY_PASSPHRASE, by_passphrase.as_bytes().to_vec()),
            put(KEY_BY_PHRASE, by_phrase.as_bytes().to_vec()),
            put(PROFILE_NAME, sealed_profile),
        ])?;
        let vault = Self {
            store,
            rng,
            keys,
            header,
            state: State::new(profile.person, profile.partner),
            profile,
            ends: Ends::default(),
            chains: HashMap::new(),
            cuts: Cuts::new(),
            drafts: Drafts::default(),
            findings: Findings::default(),
            undoable: Vec::new(),
            search: SearchIndex::default(),
            n_erased: 0,
            n_since_snapshot: 0,
            untidy: false,
            sync: None,
            places_stored: Vec::new(),
            places_due: false,
            n_frames: 0,
            matching: Default::default(),
            must_reopen: false,
        };
        Ok((vault, phrase))
    }
}

pub(crate) fn put(name: &str, bytes: Vec<u8>) -> Change {
    Change::Put { name: name.to_owned(), bytes }
}
