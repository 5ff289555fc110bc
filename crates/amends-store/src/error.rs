//! What can go wrong, per operation.

use std::error::Error;

use crate::RecordId;

/// A commit was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// A record with this id exists already.
    #[error("the record {0:?} exists already")]
    DuplicateRecord(RecordId),
    /// There is no record with this id.
    #[error("there is no record {0:?}")]
    NoSuchRecord(RecordId),
    /// The disk is full, or the space given to the program is used up. Nothing was changed.
    #[error("the disk is full")]
    Full,
    /// The files may not be written. Nothing was changed.
    #[error("the files may not be written")]
    ReadOnly,
    /// The medium failed. Whether the change was made is not known until the store is opened again.
    #[error("writing failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// Something could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The files are not what the store wrote: cut off, overwritten or mixed up.
    #[error("the files of the vault are damaged")]
    Damaged(#[source] Box<dyn Error + Send + Sync>),
    /// The medium failed.
    #[error("reading failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// The space of removed records could not be given up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompactError {
    /// There is not enough room on the disk to tidy up.
    #[error("the disk is too full to tidy up")]
    Full,
    /// The medium failed.
    #[error("tidying up failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}
