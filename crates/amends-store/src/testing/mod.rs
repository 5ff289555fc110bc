//! For tests only: the contract every store must fulfil, and a store that fails when told to.

pub mod contract;
mod fault;

pub use fault::{Fault, FaultStore, Shared};
