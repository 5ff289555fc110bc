//! The compiled form of a language pack: what the rule compiler writes and the engine runs.
//!
//! Stored with postcard behind a four-byte mark and a version; a pack made by another version is refused.

use amends_text::{Actor, ClassId, Opener, Tense, VocabularyTable, WordId};
use serde::{Deserialize, Serialize};

use crate::genre::{Genre, GenreSet};
use crate::stored::Stored;

/// Index of a check in [`Pack::rules`].
pub type CheckId = u8;
/// Index of a fact name in [`Pack::fact_names`].
pub type FactId = u16;

/// Mark and version at the start of a stored pack.
const MAGIC: [u8; 5] = *b"AMPK\x03";

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

/// What kind of check a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A wording that hurts more.
    Fault,
    /// A good part: reported as present or missing.
    Presence,
}

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A good part, no fault.
    Presence,
    /// A wording that hurts.
    Normal,
    /// A wording that hurts much or presses.
    Strong,
    /// Danger: help is shown instead of style.
    Interrupt,
}

impl Severity {
    /// Name used in files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Normal => "normal",
            Self::Strong => "strong",
            Self::Interrupt => "interrupt",
        }
    }
}

/// Slug of the step a check belongs to, or `safety`.
pub type Step = String;

/// One check with the texts shown for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Id of CHECKS, for example `blame-shift`.
    pub id: String,
    /// Slugs of its steps; the first is the folder it lives in.
    pub steps: Vec<Step>,
    /// Fault or good part.
    pub kind: Kind,
    /// Weight.
    pub severity: Severity,
    /// Genres in which it applies.
    pub genres: GenreSet,
    /// Evidence ids.
    pub sources: Vec<String>,
    /// Short name for people.
    pub title: String,
    /// One line: what this wording does to the reader.
    pub why: String,
    /// A question to ask oneself.
    pub question: String,
    /// Pattern with blanks; empty where none is offered (danger).
    pub pattern: String,
    /// Sentences that must be found, with the marked part.
    pub bad: Vec<RuleExample>,
    /// Sentences that must stay clean.
    pub good: Vec<RuleExample>,
}

/// A sentence that documents and tests a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleExample {
    /// The sentence.
    pub text: String,
    /// What the partner had said, or empty.
    pub partner: String,
    /// Byte range that the finding must touch, if marked.
    pub mark: Option<(u32, u32)>,
}

/// Test of a single token (or of a fixed expression for classes that hold some).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Test {
    /// Any of these words...
    pub words: Vec<WordId>,
    /// ...or of these classes. Both empty: any token.
    pub classes: Vec<ClassId>,
    /// And all of these classes.
    pub all: Vec<ClassId>,
    /// And none of these classes.
    pub none: Vec<ClassId>,
    /// Whether one of `classes` holds expressions of several words.
    pub expressions: bool,
}

/// One element of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A token that passes the test.
    Token(TestId),
    /// The same, or nothing.
    Optional(TestId),
    /// Up to this many tokens; inside the clause unless `across`.
    Gap {
        /// Most tokens skipped.
        max: u8,
        /// May leave the clause.
        across: bool,
    },
    /// The next token does not pass (the sentence may also end).
    NotNext(TestId),
    /// The token before does not pass (the sentence may also begin).
    NotBefore(TestId),
    /// A clause begins here.
    ClauseStart,
    /// A clause ends here.
    ClauseEnd,
    /// The sentence begins here.
    SentenceStart,
    /// The sentence ends here.
    SentenceEnd,
}

impl Item {
    /// The test it holds.
    pub fn test(&self) -> Option<TestId> {
        match *self {
            Self::Token(test) | Self::Optional(test) | Self::NotNext(test) | Self::NotBefore(test) => {
                Some(test)
            }
            _ => None,
        }
    }
}

/// What must hold of the clause in which the head of a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Allowed actors, one bit each by [`Actor`].
    pub actors: u8,
    /// Allowed tenses, one bit each by [`Tense`].
    pub tenses: u8,
    /// Allowed openers, one bit each by [`Opener`].
    pub openers: u16,
    /// Head under a negator: must / must not / either.
    pub negated: Option<bool>,
    /// Question: must / must not / either.
    pub question: Option<bool>,
    /// Passive: must / must not / either.
    pub passive: Option<bool>,
    /// Quoted or reported words: must / must not / either.
    pub reported: Option<bool>,
}

impl Default for Condition {
    fn default() -> Self {
        Self {
            actors: u8::MAX,
            tenses: u8::MAX,
            openers: u16::MAX,
            negated: None,
            question: None,
            passive: None,
            reported: Some(false),
        }
    }
}

impl Condition {
    /// Bit of an actor in `actors`.
    pub fn actor_bit(actor: Actor) -> u8 {
        1 << actor as u8
    }

    /// Bit of a tense in `tenses`.
    pub fn tense_bit(tense: Tense) -> u8 {
        1 << tense as u8
    }

    /// Bit of an opener in `openers`.
    pub fn opener_bit(opener: Opener) -> u16 {
        1 << opener as u16
    }
}

/// Where another fact must (or must not) stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In the same clause.
    Clause,
    /// In the same sentence.
    Sentence,
    /// In the sentence before.
    Previous,
    /// In the sentence after.
    Next,
    /// In the same sentence or a neighbor.
    Near,
    /// Anywhere in the text.
    Document,
}

/// A demand on other facts: one of `facts` stands (or none does) within `scope`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// The facts, any of them.
    pub facts: Vec<FactId>,
    /// Where.
    pub scope: Scope,
}

/// Index of a test in [`Pack::tests`].
pub type TestId = u16;

/// One sequence of items; its rule tells what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Index of the rule in [`Pack::matches`].
    pub rule: u16,
    /// Its elements in order.
    pub items: Vec<Item>,
    /// Index of the rarest required token item: matching starts there.
    pub anchor: u8,
    /// Index of the token item whose clause is judged by the condition.
    pub head: u8,
    /// Range of items that is marked, `start..end`.
    pub mark: (u8, u8),
}

impl Pattern {
    /// Index of the rarest required item; tests are numbered by rarity.
    pub fn rarest(items: &[Item]) -> u8 {
        let required = |(index, item): (usize, &Item)| match item {
            Item::Token(test) => Some((*test, index)),
            _ => None,
        };
        items.iter().enumerate().filter_map(required).min().map_or(0, |(_, index)| index as u8)
    }
}

/// What several patterns of one `[[match]]` share: the fact they emit and what must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchRule {
    /// The fact it emits.
    pub fact: FactId,
    /// Rules of a higher level may look at the facts of lower ones.
    pub level: u8,
    /// What must hold of the head's clause.
    pub condition: Condition,
    /// Demands: each must be met.
    pub needs: Vec<Clearance>,
    /// Exceptions: none may be met.
    pub unless: Vec<Clearance>,
    /// How sure a match is, in percent.
    pub confidence: u8,
    /// Genres in which it applies.
    pub genres: GenreSet,
}

/// A fact that follows from another fact at the same place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// The fact it emits.
    pub fact: FactId,
    /// The fact it starts from; its place is taken over.
    pub from: FactId,
    /// Level, as of patterns.
    pub level: u8,
    /// Demands: each must be met.
    pub needs: Vec<Clearance>,
    /// Exceptions: none may be met.
    pub unless: Vec<Clearance>,
    /// How sure it is, in percent.
    pub confidence: u8,
    /// Genres in which it applies.
    pub genres: GenreSet,
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

/// What kind of danger a fact speaks of; decides which help is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafetyKind {
    /// A threat: emergency number.
    Threat,
    /// Wish to die or to harm oneself: crisis line.
    SelfHarm,
    /// Fear of being harmed: abuse help line.
    Fear,
    /// Force that the writer used: line for people who use force.
    UsedForce,
}

impl SafetyKind {
    /// Facts of a pack that mean this kind.
    pub const FACTS: [(&'static str, Self); 4] = [
        ("danger.threat", Self::Threat),
        ("danger.self-harm", Self::SelfHarm),
        ("danger.fear", Self::Fear),
        ("danger.used-force", Self::UsedForce),
    ];

    /// Name used in output and message keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::SelfHarm => "self-harm",
            Self::Fear => "fear",
            Self::UsedForce => "used-force",
        }
    }
}
