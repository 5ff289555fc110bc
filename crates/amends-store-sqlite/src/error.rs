//! Why a vault file cannot be opened, and what SQLite's codes mean to the caller of a store.

use amends_store::{CommitError, CompactError, ReadError};
use rusqlite::{Error, ErrorCode};

/// A vault file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no file at this path, and none was to be made.
    #[error("there is no vault here")]
    Missing,
    /// There is already a file at this path, and a new one was to be made.
    #[error("there is already a file here")]
    Exists,
    /// Another program has the vault open. Close it there first.
    #[error("the vault is open in another program")]
    InUse,
    /// The file is not a vault.
    #[error("this file is not a vault")]
    NotAVault,
    /// The vault was made by a newer version of the program (version of the tables in the file).
    #[error("the vault was written by a newer version of Amends (format {0})")]
    NewerVersion(u32),
    /// The file is cut off or overwritten. A backup or another device has the data.
    #[error("the vault file is damaged")]
    Damaged,
    /// The folder or the file may not be written.
    #[error("the vault file may not be written")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The medium failed.
    #[error("the vault file cannot be opened")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::NotADatabase) => Self::NotAVault,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed(error.into()),
        }
    }
}

pub(crate) fn commit_error(error: Error) -> CommitError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => CommitError::Full,
        Some(ErrorCode::ReadOnly) => CommitError::ReadOnly,
        _ => CommitError::Failed(error.into()),
    }
}

pub(crate) fn read_error(error: Error) -> ReadError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ReadError::Damaged(error.into()),
        _ => ReadError::Failed(error.into()),
    }
}

pub(crate) fn compact_error(error: Error) -> CompactError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => CompactError::Full,
        _ => CompactError::Failed(error.into()),
    }
}
