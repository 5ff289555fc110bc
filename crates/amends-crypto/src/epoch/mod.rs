//! Epochs: the changing secret of a space, how it is granted, and what counts under it.

mod book;
mod cuts;
mod grant;
#[cfg(test)]
mod hostile;
mod secret;
mod stored;

pub use book::{ApplyGrantError, EpochBook, GrantApplied, History, Opener, Rotation, RotationDue};
pub use book::{ROTATE_AFTER_DAYS, ROTATE_AFTER_RECORDS};
pub use cuts::Admission;
pub use grant::{Cut, GRANT_VERSION, Grant, GrantParseError};
pub(crate) use secret::EpochSecret;
