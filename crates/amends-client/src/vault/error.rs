//! What can go wrong with a vault, per operation. Texts for people: [`crate::Trouble`].

use amends_crypto::{PassphraseTooShort, SealError};
use amends_domain::refusal::Refusal;
use amends_store::{CommitError, CompactError, ReadError};

/// A vault cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// There is already something in the store.
    #[error("the store is not empty")]
    NotEmpty,
    /// The passphrase is too short.
    #[error(transparent)]
    Passphrase(#[from] PassphraseTooShort),
    /// The store could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store could not be written.
    #[error(transparent)]
    Write(#[from] CommitError),
}

/// A vault cannot be unlocked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnlockError {
    /// There is no vault in this store.
    #[error("there is no vault here")]
    NoVault,
    /// The passphrase is not the right one.
    #[error("this passphrase does not open the vault")]
    WrongPassphrase,
    /// The recovery phrase belongs to another vault, or was replaced.
    #[error("this recovery phrase does not open the vault")]
    WrongPhrase,
    /// The stored passphrase cost is outside the safe range: somebody changed the file.
    #[error("the vault asks for an unsafe passphrase cost")]
    UnsafeCost,
    /// The header or the wrapped key is damaged.
    #[error("the vault is damaged")]
    Damaged,
    /// The vault was written by a newer version of the program.
    #[error("the vault was written by a newer version of Amends")]
    NewerVersion,
    /// The store could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Something could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// An earlier write failed half-way; the vault must be opened again before it can be written.
    #[error("the vault must be opened again")]
    MustReopen,
    /// The text is larger than a record can be.
    #[error(transparent)]
    TooLarge(#[from] SealError),
    /// The store could not be written.
    #[error(transparent)]
    Store(CommitError),
}

/// An event was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// A rule of the domain does not allow it.
    #[error("not permitted: {0}")]
    Refused(Refusal),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Deleted words could not be taken off the disk.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EraseError {
    /// They could not be read for being replaced.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They could not be replaced.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// They were replaced, but the file could not be tidied up yet; the next opening tries again.
    #[error(transparent)]
    Compact(#[from] CompactError),
}

/// Leaving was not finished.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LeaveError {
    /// What was to be written was not.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// It is written, but not everything is off the disk yet.
    #[error(transparent)]
    Erase(#[from] EraseError),
}

/// Passphrase or recovery phrase could not be changed; the old one holds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyChangeError {
    /// The present passphrase is not the right one.
    #[error("this is not the present passphrase")]
    WrongPassphrase,
    /// The new passphrase is too short.
    #[error(transparent)]
    Passphrase(#[from] PassphraseTooShort),
    /// The wrapped key could not be read.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The vault is locked, but not everything could be tidied up. Nothing is lost; the next opening tries again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Deleted words are still in the file.
    #[error(transparent)]
    Erase(#[from] EraseError),
    /// The snapshot could not be written.
    #[error(transparent)]
    Snapshot(#[from] WriteError),
}
