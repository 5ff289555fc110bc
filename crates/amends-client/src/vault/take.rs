//! Entries of other devices, and entries for them: byte for byte as their author's device wrote them, so that the
//! chains can be followed on every device.

use std::collections::HashMap;

use amends_crypto::ChainHash;
use amends_domain::event::{Event, Space};
use amends_domain::id::{DeviceId, EventId, PersonId};
use amends_store::{Change, ReadError, RecordId, Store};

use super::create::put;
use super::profile::make_id;
use super::{Profile, Vault, WriteError, snapshot};
use crate::journal::{Entry, Fit, Reason, Tombstone};
use crate::layout::{ENTRY, HEADS, HEADS_NAME, PROFILE, PROFILE_NAME, TOMBSTONE, record_id};

/// One link of a chain.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece {
    /// An entry, as its author's device wrote it (`entry` in `docs/formats/vault.md`).
    Entry(Vec<u8>),
    /// What is left of an entry whose words were erased (`tombstone`).
    Erased(Vec<u8>),
}

impl core::fmt::Debug for Piece {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Entry(bytes) => write!(f, "Entry({} bytes)", bytes.len()),
            Self::Erased(_) => f.write_str("Erased"),
        }
    }
}

impl Piece {
    /// The name of its event.
    pub fn id(&self) -> Option<EventId> {
        read(self).ok().map(|link| link.id)
    }

    /// Its place in the chain, without its words.
    pub(crate) fn without_words(self) -> Option<Vec<u8>> {
        let link = read(&self).ok()?;
        match self {
            Self::Entry(bytes) => Some(Tombstone::of(link.id, link.prev, &bytes).encode()),
            Self::Erased(bytes) => Some(bytes),
        }
    }

    /// The event in it, read anew; none in what is left of an erased one.
    pub fn event(&self) -> Option<Event> {
        match self {
            Self::Entry(bytes) => Event::decode(&Entry::decode(bytes)?.event).ok(),
            Self::Erased(_) => None,
        }
    }
}

/// What became of pieces that came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Entries that are new here, in the order in which they came.
    pub new: Vec<EventId>,
    /// Number of pieces that were here already.
    pub n_known: usize,
    /// Pieces that were not taken, by their place in the list, and why.
    pub refused: Vec<(usize, Reason)>,
}

/// No device writes so much; a number above it was made up, so that counting goes wrong.
const HIGHEST: u64 = 1 << 53;

/// Pieces were not taken; nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TakeError {
    /// The store could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// A piece, read.
struct Link {
    id: EventId,
    prev: ChainHash,
    hash: ChainHash,
    event: Option<Event>,
}

/// What lies under the name of a piece.
enum Found {
    Nothing,
    Unreadable,
    Entry { hash: ChainHash, event: Vec<u8> },
    Tombstone { hash: ChainHash },
}

/// What to do with a piece that may come in.
enum Place {
    Known,
    Append,
    /// In place of something unreadable, or of the same event in a wrapping that was made here.
    Replace,
    /// In place of a mark: what was erased here stays erased, also when its words come in again.
    ReplaceMark,
}

impl<S: Store> Vault<S> {
    /// One link of a chain as its author's device wrote it, to hand on.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read; what cannot be opened is none.
    pub fn piece(&self, id: EventId) -> Result<Option<Piece>, ReadError> {
        let record = record_id(id);
        let Some(stored) = self.store.record(record)? else { return Ok(None) };
        let open = |kind| self.keys.open(kind, record.0, &stored.bytes).ok().map(|bytes| bytes.to_vec());
        Ok(open(ENTRY).map(Piece::Entry).or_else(|| open(TOMBSTONE).map(Piece::Erased)))
    }

    /// The chains that `person` writes in `space`, each with the number after its last entry here.
    pub fn chains_of(&self, person: PersonId, space: Space) -> Vec<(DeviceId, u64)> {
        let mut found: Vec<(DeviceId, u64)> = self
            .chains
            .iter()
            .filter(|(_, owner)| **owner == (person, space))
            .map(|(device, _)| (*device, self.ends.of(*device).next))
            .collect();
        found.sort_unstable();
        found
    }

    /// Number of entries that are missing between others in a person's chains in a space.
    pub fn n_missing_of(&self, person: PersonId, space: Space) -> u64 {
        self.chains_of(person, space).iter().map(|(device, _)| self.ends.n_missing_of(*device)).sum()
    }

    /// Takes pieces that `from` wrote in `space`: those that fit are on the disk when it returns, those that were
    /// here are passed over, and those that do not fit are refused one by one and stop nothing else. Whether a rule
    /// allows an event is for the fold to say. `also` is changed in the same commit.
    ///
    /// # Errors
    /// [`TakeError`]; none was taken.
    pub fn take(
        &mut self,
        from: PersonId,
        space: Space,
        pieces: &[Piece],
        also: Vec<Change>,
    ) -> Result<Taken, TakeError> {
        let mut ends = self.ends.clone();
        let mut changes = also;
        let mut taken = Taken::default();
        let mut events = Vec::new();
        let mut in_this_batch: HashMap<EventId, ChainHash> = HashMap::new();
        let mut own_chain_forked = false;
        let mut replaces = false;
        for (index, piece) in pieces.iter().enumerate() {
            let placed = self.judge(from, space, piece, &in_this_batch)?;
            let (link, place) = match placed {
                Ok(placed) => placed,
                Err(reason) => {
                    own_chain_forked |= reason == Reason::Conflicting && self.is_own(piece, space);
                    taken.refused.push((index, reason));
                    continue;
                }
            };
            match place {
                Place::Known => {
                    taken.n_known += 1;
                    continue;
                }
                Place::Append if ends.fit(link.id, link.prev, link.hash) == Fit::Broken => {
                    taken.refused.push((index, Reason::Untied));
                    continue;
                }
                Place::Append | Place::Replace | Place::ReplaceMark => {}
            }
            replaces |= !matches!(place, Place::Append);
            let is_last = link.id.seq + 1 == ends.of(link.id.device).next;
            ends.follow(link.id, link.prev, link.hash);
            if is_last {
                ends.set(link.id, link.hash);
            }
            changes.push(self.seal_piece(&link, piece, &place)?);
            in_this_batch.insert(link.id, link.hash);
            match link.event {
                Some(event)
                    if !matches!(place, Place::ReplaceMark) && self.state.event(event.id).is_none() =>
                {
                    taken.new.push(event.id);
                    events.push(event);
                }
                Some(_) | None => taken.n_known += 1,
            }
        }
        if replaces {
            changes.push(snapshot::forget());
        }
        if ends != self.ends {
            changes.push(put(
                HEADS_NAME,
                self.keys.seal_own(HEADS, &ends.encode(), &mut *self.rng).map_err(WriteError::from)?,
            ));
        }
        if !changes.is_empty() {
            self.commit(&changes)?;
        }
        self.ends = ends;
        self.n_since_snapshot += events.len();
        self.chains.extend(events.iter().map(|event| (event.id.device, (from, space))));
        let has_new = !events.is_empty();
        self.state.extend(events);
        if has_new {
            self.reveal_letters();
        }
        if own_chain_forked {
            self.begin_new_chain(space)?;
        }
        Ok(taken)
    }

    fn judge(
        &self,
        from: PersonId,
        space: Space,
        piece: &Piece,
        in_this_batch: &HashMap<EventId, ChainHash>,
    ) -> Result<Result<(Link, Place), Reason>, ReadError> {
        let link = match read(piece) {
            Ok(link) => link,
            Err(reason) => return Ok(Err(reason)),
        };
        if let Err(reason) = self.may_come(from, space, &link) {
            return Ok(Err(reason));
        }
        if let Some(hash) = in_this_batch.get(&link.id) {
            return Ok(if *hash == link.hash { Ok((link, Place::Known)) } else { Err(Reason::Conflicting) });
        }
        let place = match (self.found(record_id(link.id))?, piece) {
            (Found::Nothing, _) => Place::Append,
            (Found::Unreadable, _) => Place::Replace,
            (Found::Entry { hash, .. } | Found::Tombstone { hash }, _) if hash == link.hash => Place::Known,
            (Found::Entry { event, .. }, Piece::Entry(bytes)) => {
                match Entry::decode(bytes).is_some_and(|entry| entry.event == event) {
                    true => Place::Replace,
                    false => return Ok(Err(Reason::Conflicting)),
                }
            }
            (Found::Entry { .. }, Piece::Erased(_)) => Place::Known,
            (Found::Tombstone { .. }, _) => Place::ReplaceMark,
        };
        Ok(Ok((link, place)))
    }

    fn may_come(&self, from: PersonId, space: Space, link: &Link) -> Result<(), Reason> {
        if link.id.seq >= HIGHEST {
            return Err(Reason::NotAnEntry);
        }
        if let Some(event) = &link.event {
            if event.space != space {
                return Err(Reason::Misplaced);
            }
            if event.author != from {
                return Err(Reason::Stranger);
            }
        }
        let known = self.profile.partner == Some(from) && space == Space::Shared || from == self.me();
        let owner = self.chains.get(&link.id.device);
        if !known || owner.is_some_and(|owner| *owner != (from, space)) {
            return Err(Reason::Stranger);
        }
        if from != self.me() && self.profile.device(space) == link.id.device {
            return Err(Reason::Stranger);
        }
        match self.cuts.get(&link.id.device) {
            Some(cut) if link.id.seq >= *cut => Err(Reason::AfterRevocation),
            _ => Ok(()),
        }
    }

    fn found(&self, record: RecordId) -> Result<Found, ReadError> {
        let Some(stored) = self.store.record(record)? else { return Ok(Found::Nothing) };
        if let Ok(bytes) = self.keys.open(ENTRY, record.0, &stored.bytes) {
            let entry = Entry::decode(&bytes);
            return Ok(entry.map_or(Found::Unreadable, |entry| Found::Entry {
                hash: ChainHash::of(&bytes),
                event: entry.event,
            }));
        }
        let opened = self.keys.open(TOMBSTONE, record.0, &stored.bytes).ok();
        let tombstone = opened.and_then(|bytes| Tombstone::decode(&bytes));
        Ok(tombstone.map_or(Found::Unreadable, |tombstone| Found::Tombstone { hash: tombstone.hash() }))
    }

    fn seal_piece(&mut self, link: &Link, piece: &Piece, place: &Place) -> Result<Change, WriteError> {
        let id = record_id(link.id);
        let sealed = match piece {
            Piece::Entry(bytes) if matches!(place, Place::ReplaceMark) => {
                let tombstone = Tombstone::of(link.id, link.prev, bytes).encode();
                self.keys.seal(TOMBSTONE, id.0, &tombstone, &mut *self.rng)
            }
            Piece::Entry(bytes) => self.keys.seal(ENTRY, id.0, bytes, &mut *self.rng),
            Piece::Erased(bytes) => self.keys.seal(TOMBSTONE, id.0, bytes, &mut *self.rng),
        };
        let bytes = sealed?;
        Ok(match place {
            Place::Replace | Place::ReplaceMark => Change::Replace { id, bytes },
            Place::Known | Place::Append => Change::Append { id, bytes },
        })
    }

    fn is_own(&self, piece: &Piece, space: Space) -> bool {
        read(piece).is_ok_and(|link| link.id.device == self.profile.device(space))
    }

    /// This device writes on under a new id: its old chain went on elsewhere, as it does when a whole file was put
    /// back to an earlier state.
    pub(crate) fn begin_new_chain(&mut self, space: Space) -> Result<(), WriteError> {
        let fresh = DeviceId(make_id(&mut *self.rng));
        let profile = match space {
            Space::Private => Profile { private_device: fresh, ..self.profile },
            Space::Shared => Profile { shared_device: fresh, ..self.profile },
        };
        let sealed = self.keys.seal_own(PROFILE, &profile.encode(), &mut *self.rng)?;
        self.commit(&[put(PROFILE_NAME, sealed)])?;
        self.profile = profile;
        Ok(())
    }
}

fn read(piece: &Piece) -> Result<Link, Reason> {
    match piece {
        Piece::Entry(bytes) => {
            let entry = Entry::decode(bytes).ok_or(Reason::NotAnEntry)?;
            let event = Event::decode(&entry.event).map_err(|_| Reason::NotAnEntry)?;
            let (id, prev) = (event.id, entry.prev());
            Ok(Link { id, prev, hash: ChainHash::of(bytes), event: Some(event) })
        }
        Piece::Erased(bytes) => {
            let tombstone = Tombstone::decode(bytes).ok_or(Reason::NotAnEntry)?;
            Ok(Link { id: tombstone.id, prev: tombstone.prev(), hash: tombstone.hash(), event: None })
        }
    }
}
