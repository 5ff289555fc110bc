//! The compiled form of a language pack: what the rule compiler writes and the engine runs.
//!
//! Stored with postcard behind a four-byte mark and a version; a pack made by another version is refused.

mod fact;
mod pattern;
mod rule;

use amends_text::VocabularyTable;
use serde::{Deserialize, Serialize};

pub use fact::{Clearance, Condition, Derivation, FactId, MatchRule, SafetyKind, Scope};
pub use pattern::{Item, Pattern, Test, TestId};
pub use rule::{CheckId, Kind, Rule, RuleExample, Severity, Step};

use crate::genre::Genre;
use crate::stored::Stored;

/// Mark and version at the start of a stored pack.
const MAGIC: [u8; 5] = *b"AMPK\x04";

/// A compiled language pack.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Language as a BCP 47 tag, for example `en`.
    pub language: String,
    /// The words it knows.
    pub vocabulary: VocabularyTable,
    /// The checks.
    pub rules: Vec<Rule>,
    /// Names of all facts; a fact that is named like a check is a finding of that check.
    pub fact_names: Vec<String>,
    /// Tests of single tokens, each once, the rarest in ordinary text first.
    pub tests: Vec<Test>,
    /// How often ordinary text passes each test, in steps ([`Pack::FREE`] is the last), parallel to `tests`.
    pub test_rarity: Vec<u8>,
    /// What patterns emit and under which conditions.
    pub matches: Vec<MatchRule>,
    /// The patterns, in the order of their rules.
    pub patterns: Vec<Pattern>,
    /// Facts made from other facts, sorted by level.
    pub derivations: Vec<Derivation>,
    /// What each genre is expected to hold, in order.
    pub expectations: Vec<Expectation>,
}

/// A pack cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackLoadError {
    /// It does not start with the mark of a pack, or was made by another version of the compiler.
    NotAPack,
    /// It is damaged.
    Damaged,
}

impl std::fmt::Display for PackLoadError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::NotAPack => "this is no language pack of this version; compile it again from its folder",
            Self::Damaged => "the language pack is damaged; compile it again from its folder",
        })
    }
}

impl std::error::Error for PackLoadError {}

impl Pack {
    /// Rarity of a test that is worked out only where a pattern asks for it: nearly every word passes.
    pub const FREE: u8 = u8::MAX;

    /// How many of `tests` are worth listing for every word.
    pub(crate) fn n_rare_tests(&self) -> TestId {
        self.test_rarity.partition_point(|rarity| *rarity < Self::FREE) as TestId
    }

    /// Bytes of the pack for storing.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(
            postcard::to_allocvec(&Stored::of(self))
                .expect("a pack holds only plain data, which always encodes"),
        );
        bytes
    }

    /// Reads a stored pack.
    ///
    /// # Errors
    /// [`PackLoadError::NotAPack`] without the mark and version, [`PackLoadError::Damaged`] otherwise.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackLoadError> {
        let body = bytes.strip_prefix(&MAGIC).ok_or(PackLoadError::NotAPack)?;
        let stored: Stored = postcard::from_bytes(body).map_err(|_| PackLoadError::Damaged)?;
        stored.into_pack().map_err(|_| PackLoadError::Damaged)
    }

    /// The check with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// Good parts a genre is expected to hold, most important first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The genre.
    pub genre: Genre,
    /// Ids of presence checks, in order.
    pub checks: Vec<String>,
    /// Ids of which one is enough: each group counts as missing only if all of it is.
    pub any_of: Vec<Vec<String>>,
}
