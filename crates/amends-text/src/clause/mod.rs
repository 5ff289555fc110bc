//! Clauses: where they begin, who acts in them, when, and whether it is denied.
//!
//! The cut is shallow on purpose: a clause opens at strong punctuation, at a conjunction or relative word that
//! is followed by a new predicate, and at a subject with a verb where the clause so far already has one (people
//! who type without full stops). The steps are lettered in [`cut_clauses`].

mod cut;
mod describe;
mod reported;

use std::ops::Range;

use cut::{closes_subordinate, is_finite, opener_at, opening};
use describe::describe;
use reported::mark_reported;

use crate::role::{Role, RoleSet};
use crate::sentence::Sentence;
use crate::token::Token;
use crate::vocabulary::Vocabulary;

/// One clause of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Indexes of its tokens.
    pub tokens: Range<usize>,
    /// What opens it.
    pub opener: Opener,
    /// Who acts.
    pub actor: Actor,
    /// When, or whether at all.
    pub tense: Tense,
    /// Passive voice: the subject undergoes the act.
    pub passive: bool,
    /// A negator stands in it.
    pub negated: bool,
    /// Asked, not said.
    pub question: bool,
}

/// What opens a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Opener {
    /// Nothing: a main clause.
    Main,
    /// "and", "or".
    Coordination,
    /// "but", "however".
    Contrast,
    /// "because", "since".
    Cause,
    /// "if", "unless".
    Condition,
    /// "although".
    Concession,
    /// "when", "after".
    Time,
    /// "so", "so that".
    Result,
    /// "who", "which", "what".
    Relative,
    /// "that", or a clause that depends on a reporting verb.
    Complement,
}

/// Who acts in a clause: its grammatical subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Actor {
    /// The writer.
    I,
    /// The reader.
    You,
    /// Both.
    We,
    /// Another person.
    Other,
    /// A thing, an event, "it": nobody who could own an act.
    Thing,
    /// No subject: an order, a fragment.
    None,
}

/// Tense and mood of the first verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tense {
    /// Past, perfect.
    Past,
    /// Present.
    Present,
    /// "will", "going to".
    Future,
    /// "would", "could", "might".
    Hypothetical,
    /// Base form without a subject.
    Imperative,
    /// No verb found.
    Verbless,
}

const SUBJECTS: RoleSet = RoleSet::of(&[Role::I, Role::You, Role::We, Role::Third, Role::Expletive]);

const AUXILIARIES: RoleSet =
    RoleSet::of(&[Role::Be, Role::Have, Role::Do, Role::Future, Role::Hypothetical, Role::Modal]);
const FINITE: RoleSet = RoleSet::of(&[
    Role::Be,
    Role::Have,
    Role::Do,
    Role::Future,
    Role::Hypothetical,
    Role::Modal,
    Role::PastForm,
    Role::PresentForm,
    Role::BaseForm,
]);

const OPENERS: [(Role, Opener); 9] = [
    (Role::Contrast, Opener::Contrast),
    (Role::Cause, Opener::Cause),
    (Role::Condition, Opener::Condition),
    (Role::Concession, Opener::Concession),
    (Role::Time, Opener::Time),
    (Role::Relative, Opener::Relative),
    (Role::Result, Opener::Result),
    (Role::That, Opener::Complement),
    (Role::Coordinator, Opener::Coordination),
];

/// Cuts one sentence into clauses, appends them to `clauses` and returns their range.
///
/// A. Walk the tokens; at each one ask [`opener_at`] whether a clause begins there.
/// B. Close the clause before it and open the new one.
/// C. When the sentence is cut, describe each clause: actor, tense, voice, negation ([`describe`]).
/// D. Mark what is reported speech ([`mark_reported`]).
pub(crate) fn cut_clauses(
    sentence: &Sentence,
    tokens: &mut [Token],
    vocabulary: &Vocabulary,
    clauses: &mut Vec<Clause>,
) -> Range<usize> {
    let first_clause = clauses.len();
    let range = sentence.tokens.clone();
    let mut start = range.start;
    let mut opener = opening(tokens, range.start, vocabulary);
    let mut has_verb = false;
    for index in range.clone() {
        let roles = roles_in_place(tokens, index, &range, vocabulary);
        if index > start
            && let Some(next) = opener_at(tokens, index, &range, has_verb, vocabulary)
                .or_else(|| closes_subordinate(opener, has_verb, tokens, index, &range, vocabulary))
        {
            clauses.push(empty_clause(start..index, opener, sentence.question));
            start = index;
            opener = next;
            has_verb = false;
        }
        has_verb |= is_finite(tokens, index, &range, roles, vocabulary);
    }
    clauses.push(empty_clause(start..range.end, opener, sentence.question));
    let n_clauses = clauses.len();
    for clause_idx in first_clause..n_clauses {
        describe(clauses, clause_idx, first_clause, tokens, vocabulary);
    }
    mark_reported(&clauses[first_clause..], tokens, vocabulary);
    first_clause..n_clauses
}

fn empty_clause(tokens: Range<usize>, opener: Opener, question: bool) -> Clause {
    Clause {
        tokens,
        opener,
        actor: Actor::None,
        tense: Tense::Verbless,
        passive: false,
        negated: false,
        question,
    }
}

const PAST_OR_PRESENT: RoleSet = RoleSet::of(&[Role::PastForm, Role::PresentForm]);

/// Roles of the word at `index`, without those of a verb where a determiner, a possessive or a preposition stands
/// right before it ("the end", "my work", "of use").
fn roles_in_place(tokens: &[Token], index: usize, range: &Range<usize>, vocabulary: &Vocabulary) -> RoleSet {
    let roles = vocabulary.roles(tokens[index].word);
    if index == range.start || roles.meets(AUXILIARIES) {
        return roles;
    }
    let before = vocabulary.roles(tokens[index - 1].word);
    let takes_noun = before.has(Role::My)
        || before.has(Role::Your)
        || (before.has(Role::Determiner) && !before.meets(SUBJECTS))
        || (before.has(Role::Preposition) && !before.has(Role::To) && !before.has(Role::Adverb));
    if takes_noun { roles.without(NOUN_LIKE) } else { roles }
}

const NOUN_LIKE: RoleSet = RoleSet::of(&[Role::BaseForm, Role::PresentForm]);

fn next_roles(tokens: &[Token], index: usize, range: &Range<usize>, vocabulary: &Vocabulary) -> RoleSet {
    if index < range.end { vocabulary.roles(tokens[index].word) } else { RoleSet::default() }
}
