//! Every tool of the thirteen steps, described as data, so that the terminal and the screens show exactly the same.
//!
//! A [`Tool`] says which event it makes, for whom, and which [`Field`]s it asks for. Beside that: which tools are
//! [`closed`] and why, what each waits for ([`Possible`]), what can be picked ([`choices`]), answers made into an event ([`Form`]), what the checks say to it
//! and writing it ([`writing`]), whether the words are left alone ([`Writing`]), what stands beside a text ([`beside`]), and entries read back ([`show`]).
//! No terminal, no HTML, no file and no clock here: time is passed in.

pub mod actions;
pub mod answers;
pub mod beside;
pub mod choices;
mod closed;
pub mod guest;
pub mod parts;
mod possible;
pub mod show;
mod steps;
mod tool;
mod unasked;
pub mod voice;
pub mod week;
pub mod writing;

pub use answers::Form;
pub use closed::closed;
pub use possible::Possible;
pub use steps::{TAKE_BACK, all_tools, title_key, tool, tools};
pub use tool::{Bank, By, Field, INCIDENT, Kind, MAYBE_INCIDENT, Options, Shape, To, Tool, ask, fill};
pub use unasked::Writing;
pub use voice::Side;

/// When and where the person is.
pub use amends_domain::view::Moment;
