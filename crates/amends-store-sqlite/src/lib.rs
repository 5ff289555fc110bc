//! A vault in one SQLite file.
//!
//! * Write-ahead log with `synchronous=FULL`: what was committed survives a power cut.
//! * `secure_delete=ON`: removed bytes are overwritten with zeros inside the file.
//! * Exclusive locking: one program at a time; a second one gets [`OpenError::InUse`] at once.
//! * `application_id` marks the file as a vault, `user_version` is the version of the tables.
//!
//! Records are sealed before they come here; this crate sees bytes only. Format: `docs/formats/vault.md`.

mod error;
mod open;
mod schema;
mod store;

pub use error::OpenError;
pub use store::SqliteStore;
