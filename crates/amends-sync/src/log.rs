//! What the machine asks of the journal of a vault.

use amends_crypto::{ChainId, PersonId, Zeroizing};
use minicbor::{Decode, Encode};

use crate::item::{PicturePart, Piece, Which};

/// A chain as far as it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// Its name.
    pub chain: ChainId,
    /// Who writes it.
    pub author: PersonId,
    /// The position after the last one that is here.
    pub next: u64,
}

/// An entry of the pair that names a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Who wrote it.
    pub author: PersonId,
    /// Its chain.
    pub chain: ChainId,
    /// Its number in the chain.
    pub position: u64,
}

/// Why an entry was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Refusal {
    /// It is no entry, or not the one it was sent as.
    #[n(0)]
    NotAnEntry,
    /// It does not fit to the entries before and after it: something was changed.
    #[n(1)]
    Untied,
    /// There is another entry under its name.
    #[n(2)]
    Conflicting,
    /// It was not written by the person it came from.
    #[n(3)]
    Stranger,
    /// Its device was taken away before it was written.
    #[n(4)]
    AfterRevocation,
}

/// Whether this person has left the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// They have not.
    No,
    /// They said so, or the other did: what is written goes out, then nothing more.
    AfterSending,
    /// Without a word: nothing is sent or fetched any more.
    Now,
}

/// Half of the key of an own letter, which waits at the relay.
pub struct OwnShare {
    /// Its name there.
    pub id: [u8; 16],
    /// What is given out on the day.
    pub half: Zeroizing<[u8; 32]>,
    /// What takes it back.
    pub withdraw: Zeroizing<[u8; 32]>,
    /// When it is given out, in milliseconds since 1970; none if it is to be taken back.
    pub opens_at: Option<u64>,
}

impl core::fmt::Debug for OwnShare {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("OwnShare(hidden)")
    }
}

/// A sheet for a guest that both agreed to.
pub struct GuestBundle {
    /// Opens it.
    pub key: Zeroizing<[u8; 32]>,
    /// Takes it away.
    pub append: Zeroizing<[u8; 32]>,
    /// When it ends, in milliseconds since 1970.
    pub until: u64,
    /// Its bytes; none once it has ended.
    pub sheet: Option<Zeroizing<Vec<u8>>>,
}

impl core::fmt::Debug for GuestBundle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("GuestBundle(hidden)")
    }
}

/// The journal of a vault.
pub trait Log {
    /// The journal could not be read or written.
    type Error;

    /// All chains of a space, each with its author.
    fn chains(&self, space: Which) -> Vec<Chain>;

    /// The chain that this device writes in a space.
    fn own_chain(&self, space: Which) -> ChainId;

    /// One entry, or what is left of it; none where the writer left the position out.
    ///
    /// # Errors
    /// If the journal cannot be read.
    fn piece(&self, chain: ChainId, position: u64) -> Result<Option<Piece>, Self::Error>;

    /// Whether an entry of the pair is of a former time of the two, before they left and began again: nothing of it is sent anew.
    fn is_former(&self, _chain: ChainId, _position: u64) -> bool {
        false
    }

    /// What goes over of an entry of a former time: its place in the chain, without its words.
    ///
    /// # Errors
    /// If the journal cannot be read.
    fn trace(&self, chain: ChainId, position: u64) -> Result<Option<Piece>, Self::Error> {
        self.piece(chain, position)
    }

    /// Whether an own entry may leave this device now.
    fn may_leave(&self, space: Which, chain: ChainId, position: u64) -> bool;

    /// Whether the pair is being left.
    fn leaving(&self) -> Leaving;

    /// Takes entries of `author`, and says which ones it does not take, by their place in the list. When it returns, the
    /// others are on the disk.
    ///
    /// # Errors
    /// If the journal cannot be written; none was taken.
    fn take(
        &mut self,
        space: Which,
        author: PersonId,
        chain: ChainId,
        pieces: &[Piece],
    ) -> Result<Vec<(usize, Refusal)>, Self::Error>;

    /// The entries of the pair that hold and name a picture.
    fn pictures(&self) -> Vec<Named>;

    /// The picture that an entry of [`Self::pictures`] names; none if it is not here.
    ///
    /// # Errors
    /// If it cannot be read.
    fn picture(&self, chain: ChainId, position: u64) -> Result<Option<Vec<u8>>, Self::Error>;

    /// Takes part of the picture that an entry of `author` names, where it fits to that entry; anything else is passed
    /// over. Gives whether the picture is whole now. When it returns, the part is on the disk.
    ///
    /// # Errors
    /// If it cannot be written.
    fn take_part(
        &mut self,
        author: PersonId,
        chain: ChainId,
        position: u64,
        part: &PicturePart,
    ) -> Result<bool, Self::Error>;

    /// Lets nothing count that a chain says from a position on.
    ///
    /// # Errors
    /// If the journal cannot be written.
    fn cut(&mut self, cuts: &[(ChainId, u64)]) -> Result<(), Self::Error>;

    /// Begins new chains in both spaces, because the keys of the old ones are not safe any more.
    ///
    /// # Errors
    /// If the journal cannot be written.
    fn begin_new_chains(&mut self) -> Result<(), Self::Error>;

    /// Halves of keys of own letters with a day.
    fn own_shares(&self) -> Vec<OwnShare>;

    /// Names of halves that this device wants: of letters whose day has come and that nobody took back. `now` in
    /// milliseconds since 1970.
    fn awaited_shares(&self, now: u64) -> Vec<[u8; 16]>;

    /// Sheets for guests, those that have ended as well. `now` in milliseconds since 1970.
    fn guest_bundles(&self, now: u64) -> Vec<GuestBundle>;

    /// Takes a half that the relay gave, and says whether it opens the letter. When it returns, it is on the disk.
    ///
    /// # Errors
    /// If it cannot be written.
    fn take_share(&mut self, now: u64, share: [u8; 16], half: &[u8]) -> Result<bool, Self::Error>;

    /// Number of entries of a space that are missing between others, and of pictures that entries name and are not here.
    fn n_missing(&self, space: Which) -> u64;
}
