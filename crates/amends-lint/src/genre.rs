//! What a draft is for.

use serde::{Deserialize, Serialize};

/// Kind of draft. It decides which rules apply and which parts are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Genre {
    /// Telling what was done (step 1.1).
    Confession,
    /// An apology (step 2.3).
    Apology,
    /// Any longer letter (step 3.1).
    Letter,
    /// An answer to something the partner said (steps 1.3, 1.4).
    Reply,
    /// A thank-you note (step 3.5).
    Gratitude,
    /// A promise (step 2.3).
    Promise,
    /// A plan for change (step 2.2).
    Plan,
    /// A short message (step 3.3).
    Message,
}

impl Genre {
    /// All genres in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Confession,
        Self::Apology,
        Self::Letter,
        Self::Reply,
        Self::Gratitude,
        Self::Promise,
        Self::Plan,
        Self::Message,
    ];

    /// Name used in files, messages and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confession => "confession",
            Self::Apology => "apology",
            Self::Letter => "letter",
            Self::Reply => "reply",
            Self::Gratitude => "gratitude",
            Self::Promise => "promise",
            Self::Plan => "plan",
            Self::Message => "message",
        }
    }

    /// The genre with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|genre| genre.name() == name)
    }
}

/// Set of genres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenreSet(u8);

impl GenreSet {
    /// Every genre.
    pub const ALL: Self = Self(0xff);

    /// Set with exactly these.
    pub fn of(genres: &[Genre]) -> Self {
        Self(genres.iter().fold(0, |bits, genre| bits | 1 << *genre as u8))
    }

    /// Whether the genre is in the set.
    pub fn has(self, genre: Genre) -> bool {
        self.0 & (1 << genre as u8) != 0
    }
}

impl Default for GenreSet {
    fn default() -> Self {
        Self::ALL
    }
}
