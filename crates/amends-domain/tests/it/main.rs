//! One binary for all integration tests.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod banks;
mod begin_again;
mod convergence;
mod golden;
mod refusals;
mod samples;
mod steps;
mod twelve_rules;
mod world;
