//! The database: one writer that commits in groups, readers beside it, and the erasing of what is no longer needed.

mod chores;
mod clock_guard;
mod invites;
mod open;
mod read;
mod schema;
mod wakes;
mod work;
mod writer;

pub use invites::make_invite;
pub use open::OpenError;

pub(crate) use invites::random;
pub(crate) use open::{file_of, reader, writer as open_writer};
pub(crate) use read::Readers;
pub(crate) use wakes::{DueWake, WakeHash, WakeNews, Wish, wake_hash};
pub(crate) use work::{Job, Work};
pub(crate) use writer::{Writer, start};
