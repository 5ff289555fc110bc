//! The language engine: reads a draft and says which wordings hurt more, which good parts are there, and what
//! is missing.
//!
//! A language pack ([`Pack`]) holds everything that is particular to a language: words, patterns, rules and the
//! texts shown with them. The engine itself knows no English. It works in layers: text analysis (`amends-text`),
//! patterns that emit *facts*, small rules that accept or cancel facts, and *findings* per check. Analyzers in
//! Rust say what patterns cannot: reflection of a partner's words, commitments, what is missing for a genre.
//!
//! It never fails and never panics on any text, keeps no state between calls except reusable buffers, and has
//! no network, clock or files. It has no opinion about sincerity and gives no grade.
//!
//! ```
//! use amends_lint::{Draft, Engine, Pack, Scratch};
//! let engine = Engine::new(Pack::default());
//! let report = engine.check(&Draft::new("I lied to you."), &mut Scratch::default());
//! assert!(report.findings.is_empty()); // an empty pack has no rules
//! ```

mod commitment;
mod engine;
mod facts;
mod finding;
mod genre;
mod index;
mod learned;
mod matcher;
mod missing;
mod not_here;
mod pack;
mod places;
mod reflection;
mod report;
mod stored;

pub use commitment::Commitment;
pub use engine::{Draft, Engine, Scratch};
pub use facts::{Fact, FactTable};
pub use finding::{Finding, Hint, Origin, choose_hints};
pub use genre::{Genre, GenreSet};
pub use learned::{Belief, Learned, SentenceInput};
pub use not_here::{Fingerprint, NotHereKey, fingerprint};
pub use pack::{
    CheckId, Clearance, Condition, Derivation, Expectation, FactId, Item, Kind, MatchRule, Pack,
    PackLoadError, Pattern, Rule, RuleExample, SafetyKind, Scope, Severity, Step, Test, TestId,
};
pub use report::{ElementFound, ElementMissing, Reading, Report};
