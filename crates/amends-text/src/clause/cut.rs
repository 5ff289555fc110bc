//! Where a clause begins.

use std::ops::Range;

use super::{AUXILIARIES, FINITE, OPENERS, Opener, PAST_OR_PRESENT, SUBJECTS, next_roles};
use crate::role::{Role, RoleSet};
use crate::token::{Boundary, Token, TokenFlags};
use crate::vocabulary::Vocabulary;

/// Opener of the clause that begins a sentence.
pub(super) fn opening(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> Opener {
    let roles = vocabulary.roles(tokens[index].word);
    OPENERS.iter().find(|(role, _)| roles.has(*role)).map_or(Opener::Main, |(_, opener)| *opener)
}

/// Whether a finite verb stands at `index`. A base form counts only behind a subject, so that "to tell" and
/// "a lie" do not.
pub(super) fn is_finite(
    tokens: &[Token],
    index: usize,
    range: &Range<usize>,
    roles: RoleSet,
    vocabulary: &Vocabulary,
) -> bool {
    if roles.meets(AUXILIARIES) || roles.has(Role::PastForm) || roles.has(Role::PresentForm) {
        return true;
    }
    roles.has(Role::BaseForm) && {
        let mut before = index;
        while before > range.start {
            before -= 1;
            let earlier = vocabulary.roles(tokens[before].word);
            if earlier.meets(SUBJECTS) {
                return true;
            }
            if !earlier.has(Role::Adverb) && !earlier.has(Role::Negator) {
                return false;
            }
        }
        // A bare base form that opens the sentence is an order.
        true
    }
}

/// Whether a clause begins at `index`, which is inside the sentence `range`, and what opens it.
pub(super) fn opener_at(
    tokens: &[Token],
    index: usize,
    range: &Range<usize>,
    has_verb: bool,
    vocabulary: &Vocabulary,
) -> Option<Opener> {
    let token = &tokens[index];
    if token.flags.has(TokenFlags::PART) {
        return None;
    }
    let roles = vocabulary.roles(token.word);
    let before =
        if index > range.start { vocabulary.roles(tokens[index - 1].word) } else { RoleSet::default() };
    let own = OPENERS.iter().find(|(role, _)| roles.has(*role)).map(|(_, opener)| match opener {
        // "as if you knew", "I wonder if", "I suppose you felt": no condition.
        Opener::Condition
            if before.has(Role::Cause) || before.has(Role::Wondering) || before.has(Role::I) =>
        {
            Opener::Complement
        }
        opener => *opener,
    });
    if token.before.has(Boundary::BREAK) || token.before.has(Boundary::QUOTE) {
        return Some(own.unwrap_or(Opener::Main));
    }
    match own {
        Some(Opener::Coordination) => {
            coordinates(tokens, index, range, vocabulary).then_some(Opener::Coordination)
        }
        Some(Opener::Complement) if roles.has(Role::Condition) => {
            (!before.has(Role::I)).then_some(Opener::Complement)
        }
        Some(Opener::Complement) => {
            let next = next_roles(tokens, index + 1, range, vocabulary);
            (next.meets(SUBJECTS) || next.has(Role::My) || next.has(Role::Your) || next.has(Role::Determiner))
                .then_some(Opener::Complement)
        }
        Some(Opener::Result | Opener::Time) => {
            let next = next_roles(tokens, index + 1, range, vocabulary);
            let opens = next.meets(SUBJECTS)
                || next.has(Role::My)
                || next.has(Role::Your)
                || next.has(Role::Determiner)
                || next.has(Role::That)
                || next.has(Role::IngForm)
                || next.has(Role::Person);
            opens.then(|| own.unwrap_or(Opener::Main))
        }
        Some(opener) => Some(opener),
        None => {
            let comma = token.before.has(Boundary::COMMA);
            let begins = starts_predication(tokens, index, range, comma, vocabulary);
            (begins && (has_verb || comma)).then_some(Opener::Main)
        }
    }
}

/// The comma after "if you had come home," ends the subordinate clause when another predicate follows.
pub(super) fn closes_subordinate(
    opener: Opener,
    has_verb: bool,
    tokens: &[Token],
    index: usize,
    range: &Range<usize>,
    vocabulary: &Vocabulary,
) -> Option<Opener> {
    let subordinate = matches!(
        opener,
        Opener::Condition | Opener::Time | Opener::Concession | Opener::Cause | Opener::Relative
    );
    if !(subordinate && has_verb && tokens[index].before.has(Boundary::COMMA)) {
        return None;
    }
    let verb_follows = (index..range.end.min(index + 8))
        .any(|later| vocabulary.roles(tokens[later].word).meets(AUXILIARIES.union(PAST_OR_PRESENT)));
    verb_follows.then_some(Opener::Main)
}

/// "and" opens a clause when a subject or a finite verb follows ("and I lied", "and lied"), not between nouns.
fn coordinates(tokens: &[Token], index: usize, range: &Range<usize>, vocabulary: &Vocabulary) -> bool {
    let mut next = index + 1;
    while next < range.end {
        let roles = vocabulary.roles(tokens[next].word);
        if roles.has(Role::Adverb) || roles.has(Role::Negator) || roles.has(Role::Result) {
            next += 1;
            continue;
        }
        if OPENERS[..6].iter().any(|(role, _)| roles.has(*role)) {
            return true;
        }
        if roles.meets(SUBJECTS) || roles.meets(AUXILIARIES) {
            return true;
        }
        if roles.has(Role::PastForm) || roles.has(Role::PresentForm) {
            return true;
        }
        if roles.has(Role::My)
            || roles.has(Role::Your)
            || roles.has(Role::Determiner)
            || roles.has(Role::Person)
        {
            return (next + 1..range.end.min(next + 4))
                .any(|later| vocabulary.roles(tokens[later].word).meets(AUXILIARIES.union(PAST_OR_PRESENT)));
        }
        return roles.has(Role::BaseForm);
    }
    false
}

/// Whether a subject with a finite verb stands at `index` ("... i know you were scared i lied").
fn starts_predication(
    tokens: &[Token],
    index: usize,
    range: &Range<usize>,
    after_comma: bool,
    vocabulary: &Vocabulary,
) -> bool {
    let roles = vocabulary.roles(tokens[index].word);
    if !roles.meets(SUBJECTS) {
        return after_comma
            && (roles.has(Role::My)
                || roles.has(Role::Your)
                || roles.has(Role::Determiner)
                || roles.has(Role::Person))
            && (index + 1..range.end.min(index + 5))
                .any(|later| vocabulary.roles(tokens[later].word).meets(AUXILIARIES.union(PAST_OR_PRESENT)));
    }
    let mut next = index + 1;
    while next < range.end {
        let later = vocabulary.roles(tokens[next].word);
        if !(later.has(Role::Adverb) || later.has(Role::Negator)) || later.meets(AUXILIARIES) {
            break;
        }
        next += 1;
    }
    if next >= range.end {
        return false;
    }
    let verb = vocabulary.roles(tokens[next].word);
    if !verb.meets(FINITE) {
        return false;
    }
    // "you" and "it" may be the object of the verb before ("I made you feel small", "I told it badly").
    let ambiguous = roles.has(Role::You) || roles.has(Role::Expletive);
    if ambiguous && !after_comma && index > range.start {
        let before = vocabulary.roles(tokens[index - 1].word);
        if before.has(Role::Preposition) || before.has(Role::Causative) {
            return false;
        }
        return verb.meets(AUXILIARIES) || verb.meets(PAST_OR_PRESENT) || !before.meets(FINITE);
    }
    true
}
