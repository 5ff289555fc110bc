//! What a clause says of itself: who acts in it, when, whether it is passive and whether it is denied.

use std::ops::Range;

use super::{
    AUXILIARIES, Actor, Clause, FINITE, OPENERS, Opener, PAST_OR_PRESENT, SUBJECTS, Tense, next_roles,
    roles_in_place,
};
use crate::role::{Role, RoleSet};
use crate::token::{Token, TokenFlags};
use crate::vocabulary::Vocabulary;

/// Fills in actor, tense, voice and negation of a clause and the flags of its tokens.
pub(super) fn describe(
    clauses: &mut [Clause],
    clause_idx: usize,
    first_clause: usize,
    tokens: &mut [Token],
    vocabulary: &Vocabulary,
) {
    let inherited = (clause_idx > first_clause).then(|| clauses[clause_idx - 1].actor);
    let clause = &mut clauses[clause_idx];
    let subject = find_subject(clause, tokens, vocabulary);
    let verb_from = match subject {
        // "your calls made": the word after a determiner is its noun, not the verb.
        Some((index, Actor::Thing)) if determines(tokens, index, vocabulary) => index + 2,
        Some((index, _)) => index + 1,
        None => clause.tokens.start,
    };
    let (tense, passive) = find_tense(clause, verb_from, subject.is_some(), tokens, vocabulary);
    clause.tense = tense;
    clause.passive = passive;
    clause.actor = match subject {
        Some((_, actor)) => actor,
        // "I went out and lied": the coordinated verb keeps its subject.
        None if clause.opener == Opener::Coordination && tense != Tense::Verbless => {
            clause.tense = if tense == Tense::Imperative { Tense::Present } else { tense };
            inherited.unwrap_or(Actor::None)
        }
        None => Actor::None,
    };
    mark_negation(clause, clause_idx, tokens, vocabulary);
}

/// The first subject before the first finite verb; a noun phrase counts by its last known noun.
fn find_subject(clause: &Clause, tokens: &[Token], vocabulary: &Vocabulary) -> Option<(usize, Actor)> {
    let mut noun: Option<(usize, Actor)> = None;
    let range = &clause.tokens;
    for index in range.clone() {
        let roles = roles_in_place(tokens, index, range, vocabulary);
        if roles.meets(SUBJECTS) {
            let actor = if roles.has(Role::I) {
                Actor::I
            } else if roles.has(Role::We) {
                Actor::We
            } else if roles.has(Role::You) {
                Actor::You
            } else if roles.has(Role::Third) {
                Actor::Other
            } else {
                Actor::Thing
            };
            // "this phone was": a determiner that is followed by its noun is no subject of its own.
            let determines = roles.has(Role::Determiner)
                && !next_roles(tokens, index + 1, range, vocabulary).meets(FINITE);
            if !determines && !is_object_of_order(tokens, index, range, vocabulary) {
                return Some((index, actor));
            }
        }
        if noun.is_some() && roles.meets(FINITE) {
            return noun;
        }
        if roles.has(Role::Person) || tokens[index].word == vocabulary.table().name {
            noun = Some((index, Actor::Other));
        } else if roles.has(Role::My) || roles.has(Role::Your) || roles.has(Role::Determiner) {
            noun = Some((index, Actor::Thing));
        } else if roles.has(Role::Preposition) && noun.is_none() && index > range.start {
            return None;
        } else if noun.is_none() && index == range.start && !opens(roles) {
            // A bare plural or mass noun at the start ("mistakes were made", "drink did it").
            let next = next_roles(tokens, index + 1, range, vocabulary);
            let verb_follows =
                next.meets(AUXILIARIES) || (next.has(Role::PastForm) && !next.has(Role::BaseForm));
            // "honey open the door": a name that is called, not a subject.
            let called = next.has(Role::BaseForm) && !verb_follows;
            let marked =
                called || roles.meets(AUXILIARIES) || roles.has(Role::Adverb) || roles.has(Role::Negator);
            let verb = roles.meets(FINITE) || roles.has(Role::IngForm);
            if !marked && (!verb || (verb_follows && !roles.has(Role::PastForm))) {
                noun = Some((index, Actor::Thing));
                if verb {
                    return noun;
                }
            }
        }
    }
    None
}

/// "drop it", "keep it quiet": behind an order the pronoun is its object, unless a verb of its own follows.
fn is_object_of_order(tokens: &[Token], index: usize, range: &Range<usize>, vocabulary: &Vocabulary) -> bool {
    let first = vocabulary.roles(tokens[range.start].word);
    let order = index > range.start
        && first.has(Role::BaseForm)
        && !first.meets(AUXILIARIES)
        && !first.meets(SUBJECTS);
    let next = next_roles(tokens, index + 1, range, vocabulary);
    order && !next.meets(AUXILIARIES) && !next.meets(PAST_OR_PRESENT)
}

fn determines(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> bool {
    let roles = vocabulary.roles(tokens[index].word);
    roles.has(Role::My) || roles.has(Role::Your) || (roles.has(Role::Determiner) && !roles.meets(SUBJECTS))
}

fn opens(roles: RoleSet) -> bool {
    OPENERS.iter().any(|(role, _)| roles.has(*role))
}

/// Tense of the first verb group at or after `from`, and whether it is passive.
fn find_tense(
    clause: &Clause,
    from: usize,
    has_subject: bool,
    tokens: &[Token],
    vocabulary: &Vocabulary,
) -> (Tense, bool) {
    let mut tense = None;
    let mut after_be = false;
    for index in from..clause.tokens.end {
        let roles = roles_in_place(tokens, index, &clause.tokens, vocabulary);
        if tense.is_none() {
            if index > from && vocabulary.roles(tokens[index - 1].word).has(Role::To) {
                continue;
            }
            // "phone calls made": of two verb-like words in a row the second is the verb.
            let next = next_roles(tokens, index + 1, &clause.tokens, vocabulary);
            let noun_like =
                (roles.has(Role::PresentForm) || roles.has(Role::BaseForm)) && !roles.meets(AUXILIARIES);
            if noun_like
                && (next.meets(AUXILIARIES) || (next.has(Role::PastForm) && !next.has(Role::BaseForm)))
            {
                continue;
            }
            tense = if roles.has(Role::Future) {
                Some(Tense::Future)
            } else if roles.has(Role::Hypothetical) {
                Some(Tense::Hypothetical)
            } else if roles.has(Role::BePast) || roles.has(Role::DoPast) {
                Some(Tense::Past)
            } else if roles.has(Role::Have) {
                let perfect = (index + 1..clause.tokens.end.min(index + 4))
                    .any(|later| vocabulary.roles(tokens[later].word).has(Role::Participle));
                Some(if perfect || roles.has(Role::PastForm) { Tense::Past } else { Tense::Present })
            } else if roles.has(Role::Be) || roles.has(Role::Modal) || roles.has(Role::Do) {
                Some(Tense::Present)
            } else if roles.has(Role::PastForm) {
                Some(Tense::Past)
            } else if roles.has(Role::PresentForm) {
                Some(Tense::Present)
            } else if roles.has(Role::BaseForm) {
                if has_subject {
                    Some(Tense::Present)
                } else if index <= clause.tokens.start + 2 {
                    Some(Tense::Imperative)
                } else {
                    None
                }
            } else {
                None
            };
        }
        if roles.has(Role::Be) || roles.has(Role::Get) {
            after_be = true;
        } else if after_be {
            if roles.has(Role::Participle) || (roles.has(Role::PastForm) && !roles.has(Role::BaseForm)) {
                return (tense.unwrap_or(Tense::Present), true);
            }
            if !roles.has(Role::Adverb) && !roles.has(Role::Negator) {
                after_be = false;
            }
        }
    }
    (tense.unwrap_or(Tense::Verbless), false)
}

/// A negator covers the rest of its clause; "not only" and "not just" negate nothing.
fn mark_negation(clause: &mut Clause, clause_idx: usize, tokens: &mut [Token], vocabulary: &Vocabulary) {
    let mut negated = false;
    for index in clause.tokens.clone() {
        tokens[index].clause = clause_idx as u32;
        let roles = vocabulary.roles(tokens[index].word);
        if negated {
            tokens[index].flags.add(TokenFlags::NEGATED);
        }
        if roles.has(Role::Negator) {
            let next = next_roles(tokens, index + 1, &clause.tokens, vocabulary);
            if !next.has(Role::FalseNegation) {
                negated = true;
                clause.negated = true;
            }
        }
    }
}
