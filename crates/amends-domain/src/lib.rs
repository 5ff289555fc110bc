//! What can happen in Amends, who may do it and in which order. Pure: no I/O, no clock, no random numbers.
//!
//! [`event`] names everything that can happen, one sub-enum for each step; [`state`] folds a set of
//! events into what holds now, the same for every order of delivery; [`State::permit`](state::State::permit)
//! is the only way to make an event, and every rule it applies is applied again when a foreign event arrives.

pub mod admit;
pub mod apologize;
pub mod bank;
pub mod clock;
pub mod consent;
pub mod entry;
pub mod event;
pub mod export;
pub mod id;
pub mod incident;
pub mod permission;
pub mod permit;
pub mod prove;
pub mod refusal;
mod rules;
pub mod safety;
pub mod state;
pub mod texts;
pub mod versions;
pub mod view;
