//! Epochs: the changing secret of a space, how it is granted, and what counts under it.

mod apply;
mod book;
mod cuts;
mod grant;
#[cfg(test)]
mod hostile;
mod recipients;
mod rotate;
mod secret;
mod stored;

pub use apply::{ApplyGrantError, GrantApplied, Opener};
pub use book::EpochBook;
pub use cuts::Admission;
pub use grant::{Cut, GRANT_VERSION, Grant, GrantParseError};
pub use rotate::{History, ROTATE_AFTER_DAYS, ROTATE_AFTER_RECORDS, Rotation, RotationDue};
pub(crate) use secret::EpochSecret;
