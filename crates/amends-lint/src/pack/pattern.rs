//! Patterns: sequences of tests of single tokens, gaps and boundaries.

use amends_text::{ClassId, WordId};

/// Index of a test in [`Pack::tests`](super::Pack::tests).
pub type TestId = u16;

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

/// One sequence of items; its rule tells what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Index of the rule in [`Pack::matches`](super::Pack::matches).
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
