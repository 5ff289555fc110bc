//! Pictures, sealed beside the entries that name them, and the parts of those that are on their way here. A picture that no
//! entry names goes when the vault is tidied.

use std::collections::BTreeSet;

use amends_crypto::{ChainHash, Zeroizing};
use amends_domain::event::{Body, Event};
use amends_domain::id::{BlobId, EventId, PersonId};
use amends_domain::prove::contact::{self, LARGEST_PHOTO, Photo};
use amends_store::{Change, ReadError, Store};
use amends_sync::{PART_BYTES, PicturePart};

use crate::layout::{PICTURE, PICTURE_PART, UNTIDY};
use crate::vault::{EraseError, TakeError, Vault, WriteError, make_id, put};

const PREFIX: &str = "picture/";
const PART_PREFIX: &str = "picture-part/";

fn name(id: BlobId) -> String {
    format!("{PREFIX}{:032x}", u128::from_be_bytes(id.0))
}

/// The id of a part, which is its name as well; who sends something else cannot put it there.
fn part_id(entry: EventId, number: u32) -> [u8; 16] {
    let (seq, number) = (entry.seq.to_be_bytes(), number.to_be_bytes());
    let bytes = [b"amends/1 picture part".as_slice(), &entry.device.0, &seq, &number].concat();
    let hash = ChainHash::of(&bytes);
    hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes")
}

fn part_name(id: [u8; 16]) -> String {
    format!("{PART_PREFIX}{:032x}", u128::from_be_bytes(id))
}

fn n_parts(photo: &Photo) -> u32 {
    photo.bytes.div_ceil(PART_BYTES as u32)
}

/// Whether a part is as long as the entry says, and one of as many.
fn fits(part: &PicturePart, photo: &Photo) -> bool {
    let before = part.number as usize * PART_BYTES;
    let rest = (photo.bytes as usize).saturating_sub(before);
    photo.bytes <= LARGEST_PHOTO
        && part.n_parts == n_parts(photo)
        && part.number < part.n_parts
        && part.bytes.len() == rest.min(PART_BYTES)
}

fn photo_in(event: &Event) -> Option<&Photo> {
    match &event.body {
        Body::Contact(contact::Event::Send { photo, .. }) => photo.as_ref(),
        _ => None,
    }
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
        let kept = self.store.names(PREFIX)?;
        let mut named: BTreeSet<String> =
            self.state().events().filter_map(photo_in).map(|photo| name(photo.blob)).collect();
        let living = self.state().events().filter(|event| !self.state().is_retracted(event));
        let photos = living.filter_map(|event| Some((event.id, photo_in(event)?)));
        let coming = photos.filter(|(_, photo)| !kept.contains(&name(photo.blob)));
        let parts: Vec<String> = coming
            .flat_map(|(id, photo)| (0..n_parts(photo)).map(move |number| part_name(part_id(id, number))))
            .collect();
        named.extend(parts);
        let loose: Vec<Change> = kept
            .iter()
            .cloned()
            .chain(self.store.names(PART_PREFIX)?)
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

    /// Entries that hold and name a picture, each with its author.
    pub(crate) fn pictures_named(&self) -> impl Iterator<Item = (EventId, PersonId, &Photo)> {
        let messages = self.state().world().contact.messages();
        messages.filter_map(|(id, message)| Some((id, message.author, message.photo.as_ref()?)))
    }

    /// The picture that an entry names, as long as the entry is not deleted, and who wrote it.
    pub(crate) fn picture_of(&self, entry: EventId) -> Option<(PersonId, &Photo)> {
        // A new device may not know yet why the entry holds, and gets the picture only once.
        let event = self.state().event(entry).filter(|event| !self.state().is_retracted(event))?;
        Some((event.author, photo_in(event)?))
    }

    /// Number of pictures that entries name and that are not here.
    pub(crate) fn n_pictures_awaited(&self) -> u64 {
        let Ok(kept) = self.store.names(PREFIX) else { return 0 };
        let kept: BTreeSet<String> = kept.into_iter().collect();
        self.pictures_named().filter(|(_, _, photo)| !kept.contains(&name(photo.blob))).count() as u64
    }

    /// Takes part of the picture that an entry of `author` names. What does not fit to the entry is passed over, and nothing
    /// that is here is replaced. Gives whether the picture is whole now.
    ///
    /// # Errors
    /// [`TakeError`]; nothing has changed.
    pub(crate) fn take_picture_part(
        &mut self,
        author: PersonId,
        entry: EventId,
        part: &PicturePart,
    ) -> Result<bool, TakeError> {
        let photo = self.picture_of(entry).filter(|(of, _)| *of == author).map(|(_, photo)| photo.clone());
        let Some(photo) = photo.filter(|photo| fits(part, photo)) else { return Ok(false) };
        if self.picture(photo.blob)?.is_some() {
            return Ok(false);
        }
        let id = part_id(entry, part.number);
        let Some(whole) = self.whole(entry, part)? else {
            let sealed =
                self.keys.seal(PICTURE_PART, id, &part.bytes, &mut *self.rng).map_err(WriteError::from)?;
            self.commit(&[put(&part_name(id), sealed)])?;
            return Ok(false);
        };
        let names = (0..part.n_parts).map(|number| part_name(part_id(entry, number)));
        let mut changes: Vec<Change> = names.map(|name| Change::Delete { name }).collect();
        let is_it = *ChainHash::of(&whole).as_bytes() == part.hash;
        if is_it {
            let sealed =
                self.keys.seal(PICTURE, photo.blob.0, &whole, &mut *self.rng).map_err(WriteError::from)?;
            changes.push(put(&name(photo.blob), sealed));
        }
        self.commit(&changes)?;
        Ok(is_it)
    }

    /// The picture, if this is the last part of it.
    fn whole(&self, entry: EventId, part: &PicturePart) -> Result<Option<Zeroizing<Vec<u8>>>, ReadError> {
        let mut whole = Zeroizing::new(Vec::new());
        for number in 0..part.n_parts {
            if number == part.number {
                whole.extend_from_slice(&part.bytes);
                continue;
            }
            let id = part_id(entry, number);
            let sealed = self.store.value(&part_name(id))?;
            match sealed.and_then(|sealed| self.keys.open(PICTURE_PART, id, &sealed).ok()) {
                Some(bytes) => whole.extend_from_slice(&bytes),
                None => return Ok(None),
            }
        }
        Ok(Some(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_fit_the_size_that_the_entry_says_are_kept() {
        let photo = |bytes| Photo { blob: BlobId([1; 16]), bytes, width: 1, height: 1, alt: String::new() };
        let size = 2 * PART_BYTES + 5;
        let parts = PicturePart::split(&vec![1; size]);
        let here = photo(size as u32);
        assert!(parts.iter().all(|part| fits(part, &here)));
        for other in [photo(size as u32 + 1), photo(size as u32 - 5), photo(5), photo(0)] {
            assert!(!fits(&parts[2], &other), "{other:?}");
        }
        assert!(!fits(&PicturePart { number: 3, ..parts[2].clone() }, &here));
        assert!(!fits(&PicturePart { number: u32::MAX, ..parts[2].clone() }, &here));
        let large = vec![1; LARGEST_PHOTO as usize + 1];
        assert!(!PicturePart::split(&large).iter().any(|part| fits(part, &photo(LARGEST_PHOTO + 1))));
    }
}
