//! Every tool of the thirteen steps, described as data, so that the terminal and the screens show exactly the same.
//!
//! A [`Tool`] says which event it makes, for whom, and which [`Field`]s it asks for. No terminal, no HTML, no file and no
//! clock here.

mod steps;
mod tool;

pub use steps::{TAKE_BACK, title_key, tool, tools};
pub use tool::{Bank, Field, INCIDENT, Kind, MAYBE_INCIDENT, Options, Shape, To, Tool, ask, fill};
