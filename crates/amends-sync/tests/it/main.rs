//! What two devices get of each other, over relays that keep their word and relays that do not.

#![allow(clippy::unwrap_used, reason = "tests")]

mod delivery_model;
mod keys_model;
mod lies;
mod link;
