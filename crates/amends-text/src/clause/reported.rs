//! Reported speech: what somebody said, and not the writer now.

use super::{Actor, Clause, Opener, Tense, next_roles};
use crate::role::Role;
use crate::token::{Boundary, Token, TokenFlags};
use crate::vocabulary::Vocabulary;

/// Marks reported speech: after a reporting verb in the past or in another's mouth ("you said that ...", "my
/// brother says ...", "I used to tell you ..."), up to a contrast, a semicolon or a comma with "and".
///
/// "I will tell you", "I am telling you" and "tell me" report nothing.
pub(super) fn mark_reported(clauses: &[Clause], tokens: &mut [Token], vocabulary: &Vocabulary) {
    let mut reporting = false;
    let mut reporter = Actor::None;
    for clause in clauses {
        let before = tokens[clause.tokens.start].before;
        let returns = clause.opener == Opener::Contrast
            || (before.has(Boundary::BREAK) && !before.has(Boundary::QUOTE))
            || (clause.opener == Opener::Coordination && before.has(Boundary::COMMA))
            // "I told your boss and I hid it": a second act of the writer, not what was told.
            || (clause.opener == Opener::Coordination
                && clause.tense == Tense::Past
                && clause.actor == Actor::I
                && reporter == Actor::I);
        if reporting && returns {
            reporting = false;
        }
        let mut from = clause.tokens.start;
        if !reporting {
            let verb = clause.tokens.clone().find(|&index| {
                let roles = vocabulary.roles(tokens[index].word);
                let next = next_roles(tokens, index + 1, &clause.tokens, vocabulary);
                let noun = next.has(Role::PastForm) && !next.has(Role::BaseForm);
                roles.has(Role::Reporting) && !noun && !tokens[index].flags.has(TokenFlags::NEGATED)
            });
            let Some(verb) = verb else { continue };
            let past = clause.tense == Tense::Past;
            let reports = match clause.actor {
                Actor::I => past,
                Actor::You => past || clause.tense == Tense::Present,
                Actor::Other => past || clause.tense == Tense::Present,
                Actor::Thing => past,
                Actor::We | Actor::None => false,
            };
            // "If Nina writes to me, ..." tells what may happen, not what somebody said.
            let supposed = matches!(clause.opener, Opener::Condition | Opener::Time | Opener::Relative);
            if !reports || supposed || clause.question {
                continue;
            }
            reporting = true;
            reporter = clause.actor;
            from = verb + 1;
        }
        for index in from..clause.tokens.end {
            tokens[index].flags.add(TokenFlags::REPORTED);
        }
    }
}
