//! Text analysis: tokens, sentences, clauses, quotation, negation, who acts, tense.
//!
//! This crate knows no language. What a word is (its classes, what a contraction stands for, which words
//! negate, condition or report) comes from a [`Vocabulary`], which a language pack fills. What it lacks on
//! purpose: rules, messages, and any opinion about what is said.
//!
//! Everything is one pass over UTF-8 bytes with buffers that are reused from call to call; positions are byte
//! offsets. [`offsets`] turns them into lines, columns and UTF-16 units at the border.

mod analysis;
mod clause;
mod expressions;
pub mod offsets;
mod quotation;
mod role;
mod script;
mod sentence;
mod span;
mod token;
mod vocabulary;

pub use analysis::Analysis;
pub use clause::{Actor, Clause, Opener, Tense};
pub use role::{Role, RoleSet};
pub use script::{Readability, readability};
pub use sentence::Sentence;
pub use span::Span;
pub use token::{Boundary, Token, TokenFlags};
pub use vocabulary::{ClassId, ClassSet, MAX_CLASSES, UNKNOWN, Vocabulary, VocabularyTable, WordId};
