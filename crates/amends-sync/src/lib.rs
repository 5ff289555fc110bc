//! Bringing the devices of two people to the same state over a relay that nobody trusts.
//!
//! A machine without network, clock and files: frames and times go in, frames and entries come out. Format:
//! `docs/formats/sync.md`.

mod link;
mod relay;

pub use link::{Access, Happened, Link, Place};
pub use relay::{Connection, LocalRelay, NotARelay};
