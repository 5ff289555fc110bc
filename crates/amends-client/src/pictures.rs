//! Pictures, sealed beside the entries that name them. A picture that no entry names goes when the vault is tidied.

use std::collections::BTreeSet;

use amends_crypto::{RecordKind, Zeroizing};
use amends_domain::event::Body;
use amends_domain::id::BlobId;
use amends_domain::prove::contact;
use amends_store::{Change, ReadError, Store};

use crate::layout::UNTIDY;
use crate::vault::{EraseError, Vault, WriteError, make_id, put};

/// Kind of the records that hold a picture.
const PICTURE: RecordKind = RecordKind(16);
const PREFIX: &str = "picture/";

fn name(id: BlobId) -> String {
    format!("{PREFIX}{:032x}", u128::from_be_bytes(id.0))
}

impl<S: Store> Vault<S> {
    /// Keeps a picture, sealed. When it returns, the picture survives a crash.
    ///
    /// # Errors
    /// [`WriteError`]; nothing is kept.
    pub fn keep_picture(&mut self, bytes: &[u8]) -> Result<BlobId, WriteError> {
        let id = make_id(&mut *self.rng);
        let sealed = self.keys.seal(PICTURE, id, bytes, &mut *self.rng)?;
        self.commit(&[put(&name(BlobId(id)), sealed)])?;
        Ok(BlobId(id))
    }

    /// A picture; none if it is not on this device, or cannot be opened.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read.
    pub fn picture(&self, id: BlobId) -> Result<Option<Zeroizing<Vec<u8>>>, ReadError> {
        let sealed = self.store.value(&name(id))?;
        Ok(sealed.and_then(|sealed| self.keys.open(PICTURE, id.0, &sealed).ok()))
    }

    /// Throws a picture away. Its bytes leave the disk at the latest when the vault is locked.
    ///
    /// # Errors
    /// [`WriteError`]; the picture is still there.
    pub fn discard_picture(&mut self, id: BlobId) -> Result<(), WriteError> {
        self.commit(&[Change::Delete { name: name(id) }, put(UNTIDY, vec![])])?;
        self.untidy = true;
        Ok(())
    }

    /// Throws away pictures that no entry names any more.
    ///
    /// # Errors
    /// [`EraseError`]; they are still there.
    pub(crate) fn discard_loose_pictures(&mut self) -> Result<(), EraseError> {
        let named: BTreeSet<String> = self
            .state()
            .events()
            .filter_map(|event| match &event.body {
                Body::Contact(contact::Event::Send { photo, .. }) => {
                    photo.as_ref().map(|photo| name(photo.blob))
                }
                _ => None,
            })
            .collect();
        let kept = self.store.names(PREFIX)?;
        let loose: Vec<Change> = kept
            .into_iter()
            .filter(|name| !named.contains(name))
            .map(|name| Change::Delete { name })
            .collect();
        if loose.is_empty() {
            return Ok(());
        }
        self.commit(&[loose, vec![put(UNTIDY, vec![])]].concat())?;
        self.untidy = true;
        Ok(())
    }
}
