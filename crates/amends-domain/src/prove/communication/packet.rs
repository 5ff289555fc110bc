//! For a counselor: questions to ask first, and a packet limited in items and in time.

use crate::id::{DAY, EntryId, Millis};

/// Longest time a packet stays open, in milliseconds.
pub const LONGEST_PACKET: u64 = 30 * DAY;

/// Message keys of questions to ask a counselor before beginning.
pub const COUNSELOR_QUESTIONS: [&str; 8] = [
    "counselor-ask-training",
    "counselor-ask-after-betrayal",
    "counselor-ask-separate-talks",
    "counselor-ask-violence",
    "counselor-ask-secrets",
    "counselor-ask-goal",
    "counselor-ask-cost",
    "counselor-ask-end",
];

/// What goes to a counselor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Entries in it: own ones, and those of the other where they allowed it.
    pub items: Vec<EntryId>,
    /// Questions for the first talk.
    pub questions: Vec<String>,
    /// One page.
    pub summary: String,
    /// When it closes by itself.
    pub until: Millis,
    /// Closed early.
    pub closed: bool,
}

impl Packet {
    /// Whether it can be read now.
    pub fn is_open(&self, now: Millis) -> bool {
        !self.closed && now < self.until
    }
}
