//! One binary for all integration tests.

mod banks;
mod convergence;
mod golden;
mod refusals;
mod samples;
mod steps;
mod twelve_rules;
mod world;
