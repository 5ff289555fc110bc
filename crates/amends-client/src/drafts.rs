//! Texts that are being written: saved with every pause of typing, sealed, there again after a crash.
//!
//! A draft is not an event: it has no history, it never leaves the device, and the newest text replaces the one
//! before. The key says which editor it belongs to (`letter/new`, `disclosure/..`); it is sealed with the text.

use core::fmt;
use std::collections::BTreeMap;

use amends_crypto::Zeroizing;
use amends_domain::id::Millis;
use amends_store::{Change, ReadError, Store};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::keys::Keys;
use crate::layout::{DRAFT, DRAFT_PREFIX, UNTIDY};
use crate::vault::{Vault, WriteError, make_id, put};

/// A text that is being written.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Draft {
    /// Which editor it belongs to.
    #[n(0)]
    pub key: String,
    /// The text as it stands.
    #[n(1)]
    pub text: String,
    /// When it was saved.
    #[n(2)]
    pub saved_at: Millis,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({} bytes)", self.text.len())
    }
}

/// All drafts, by key, with the id under which each is stored.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    by_key: BTreeMap<String, ([u8; 16], Draft)>,
    pub(crate) n_unreadable: usize,
}

impl Drafts {
    pub(crate) fn read(store: &impl Store, keys: &Keys) -> Result<Self, ReadError> {
        let mut drafts = Self::default();
        for name in store.names(DRAFT_PREFIX)? {
            let Some(sealed) = store.value(&name)? else { continue };
            match id_of(&name).and_then(|id| Some((id, open(keys, id, &sealed)?))) {
                Some((id, draft)) => drafts.remember(id, draft),
                None => drafts.n_unreadable += 1,
            }
        }
        Ok(drafts)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// The change that takes a draft away, if there is one.
    pub(crate) fn removal(&self, key: &str) -> Option<Change> {
        self.by_key.get(key).map(|(id, _)| Change::Delete { name: name_of(*id) })
    }

    pub(crate) fn remember(&mut self, id: [u8; 16], draft: Draft) {
        self.by_key.insert(draft.key.clone(), (id, draft));
    }

    pub(crate) fn forget(&mut self, key: &str) {
        self.by_key.remove(key);
    }
}

impl<S: Store> Vault<S> {
    /// All drafts, sorted by key.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.by_key.values().map(|(_, draft)| draft)
    }

    /// One draft.
    pub fn draft(&self, key: &str) -> Option<&Draft> {
        self.drafts.by_key.get(key).map(|(_, draft)| draft)
    }

    /// Saves the text as it stands. When it returns, the text survives a crash.
    ///
    /// # Errors
    /// [`WriteError`]; the text saved before is still there.
    pub fn save_draft(&mut self, key: &str, text: &str, now: Millis) -> Result<(), WriteError> {
        if self.draft(key).is_some_and(|saved| saved.text == text) {
            return Ok(());
        }
        let draft = Draft { key: key.to_owned(), text: text.to_owned(), saved_at: now };
        let (change, id) = self.seal_draft(&draft)?;
        self.commit(&[change])?;
        self.drafts.remember(id, draft);
        Ok(())
    }

    /// The change that stores a draft, and the id it is stored under.
    pub(crate) fn seal_draft(&mut self, draft: &Draft) -> Result<(Change, [u8; 16]), WriteError> {
        let id = match self.drafts.by_key.get(&draft.key) {
            Some((id, _)) => *id,
            None => make_id(&mut *self.rng),
        };
        let body = Zeroizing::new(minicbor::to_vec(draft).expect("writing to memory cannot fail"));
        let sealed = self.keys.seal(DRAFT, id, &body, &mut *self.rng)?;
        Ok((put(&name_of(id), sealed), id))
    }

    /// Throws a draft away. Its bytes leave the disk at the latest when the vault is locked.
    ///
    /// # Errors
    /// [`WriteError`]; the draft is still there.
    pub fn discard_draft(&mut self, key: &str) -> Result<(), WriteError> {
        if let Some(removal) = self.drafts.removal(key) {
            self.commit(&[removal, put(UNTIDY, vec![])])?;
            self.untidy = true;
            self.drafts.forget(key);
        }
        Ok(())
    }
}

fn open(keys: &Keys, id: [u8; 16], sealed: &[u8]) -> Option<Draft> {
    minicbor::decode(&keys.open(DRAFT, id, sealed).ok()?).ok()
}

fn name_of(id: [u8; 16]) -> String {
    format!("{DRAFT_PREFIX}{:032x}", u128::from_be_bytes(id))
}

fn id_of(name: &str) -> Option<[u8; 16]> {
    let digits = name.strip_prefix(DRAFT_PREFIX).filter(|digits| digits.len() == 32)?;
    u128::from_str_radix(digits, 16).ok().map(u128::to_be_bytes)
}
