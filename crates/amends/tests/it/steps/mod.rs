//! The thirteen steps and safety, from the command line, against a real vault.

mod asking;
mod unasked;
mod whole;
