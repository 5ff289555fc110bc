//! The sub-commands, one file each.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod help_lines;
pub(crate) mod lsp;
pub(crate) mod man;
pub(crate) mod open;
mod reader;
pub(crate) mod rules;
pub(crate) mod steps;
mod terminal;
pub(crate) mod together;
pub(crate) mod vault;

/// Exit code: nothing at or above the threshold.
pub(crate) const CLEAN: u8 = 0;
/// Exit code: findings at or above the threshold.
pub(crate) const FOUND: u8 = 1;
/// Exit code: the command was not understood.
pub(crate) const USAGE: u8 = 2;
/// Exit code: the input could not be read.
pub(crate) const INPUT: u8 = 3;
