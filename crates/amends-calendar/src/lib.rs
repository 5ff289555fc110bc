//! Calendar files (.ics, RFC 5545): import to plain events, export of weekly talks and plans.
//!
//! Import reads the files that real calendars write - recurring events, exceptions, moved single events, time
//! zones of three makers - and expands them inside a window. A bad file is a clear error, a bad event is skipped
//! and counted; nothing here panics, reads a clock or goes to a network.

mod export;
mod import;
mod zone;

pub use export::{Plan, Repeats, export};
pub use import::{Imported, LARGEST_FILE, MOST_EVENTS, PlainEvent, Problem, Skipped, Window, import};
pub use zone::{UnknownZone, Zone};

/// Why a calendar file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// There is no calendar in it.
    #[error("this is not a calendar file")]
    NotACalendar,
    /// It ends in the middle.
    #[error("this calendar file ends in the middle")]
    CutOff,
    /// It is larger than [`LARGEST_FILE`].
    #[error("this calendar file is too large")]
    TooLarge,
    /// The window ends before it begins, or is longer than two years.
    #[error("the time to look at is empty or longer than two years")]
    BadWindow,
}
