//! The journal: events as sealed records, each tied to the one before it.
//!
//! Every device writes one chain in each space; an entry holds the hash of the entry before it. Reading goes on
//! past anything unreadable: it is set aside, counted and shown.

mod chain;
mod entry;
mod scan;

pub(crate) use chain::{Ends, Fit};
pub(crate) use entry::{Entry, Tombstone};
pub(crate) use scan::{Cuts, Findings, Scan};
pub use scan::{Quarantined, Reason};
