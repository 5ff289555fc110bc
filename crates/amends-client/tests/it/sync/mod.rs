//! Two people and their devices around a relay.

mod basics;
mod world;
