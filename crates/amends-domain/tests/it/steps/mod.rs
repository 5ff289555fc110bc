//! Each step, in its own file: what its tools do for the two.

mod acceptance;
mod across;
mod activities;
mod change;
mod communication;
mod contact;
mod explanation;
mod gratitude;
mod honesty;
mod listening;
mod needs;
mod patience;
mod perspective;
mod responsibility;
