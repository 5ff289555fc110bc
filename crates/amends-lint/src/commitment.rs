//! Commitments: promises anywhere in a draft, taken apart for the promise ledger.
//!
//! The pack says what a promise looks like (`promise.act`), and which words bind it: a time (`time.when`), a
//! frequency (`time.often`), an end (`time.until`), or what lies outside the writer's control
//! (`promise.outside`).

use amends_text::{Actor, Analysis, Span};

use crate::facts::{Fact, FactTable};
use crate::pack::{FactId, Pack};

/// One promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment {
    /// The clause that promises.
    pub span: Span,
    /// Who promises: the writer, or both.
    pub who: Actor,
    /// What is promised: from the promising words to the end of the clause.
    pub action: Span,
    /// By when or how often, where it is said.
    pub when: Option<Span>,
    /// Bounded in time or by frequency.
    pub bounded: bool,
    /// In the writer's own control.
    pub own_control: bool,
}

/// Lists the commitments among `table`'s facts, in order of place, one per clause.
pub(crate) fn commitments(pack: &Pack, analysis: &Analysis, table: &FactTable) -> Vec<Commitment> {
    let id = |name: &str| pack.fact_names.iter().position(|known| known == name).map(|index| index as FactId);
    let Some(act) = id("promise.act") else { return Vec::new() };
    let times = [id("time.when"), id("time.often"), id("time.until")];
    let outside = id("promise.outside");
    let mut promises: Vec<&Fact> = table.facts.iter().filter(|fact| fact.fact == act).collect();
    promises.sort_by_key(|fact| (fact.clause, fact.span));
    promises.dedup_by_key(|fact| fact.clause);
    // Times by sentence, so that each promise looks at its own sentence only.
    let mut bounds: Vec<&Fact> = table.facts.iter().filter(|fact| times.contains(&Some(fact.fact))).collect();
    bounds.sort_by_key(|fact| (fact.sentence, fact.span));
    promises
        .into_iter()
        .map(|promise| {
            let clause = &analysis.clauses[promise.clause as usize];
            let end = analysis.tokens[clause.tokens.end - 1].span.end;
            let from = bounds.partition_point(|fact| fact.sentence < promise.sentence);
            let when = bounds[from..]
                .iter()
                .take_while(|fact| fact.sentence == promise.sentence)
                .map(|fact| fact.span)
                .reduce(|first, next| if next.start <= first.end + 2 { first.cover(next) } else { first });
            let sentence = promise.sentence as usize;
            Commitment {
                span: Span::new(analysis.tokens[clause.tokens.start].span.start, end),
                who: clause.actor,
                action: Span::new(promise.span.start, end.max(promise.span.end)),
                when,
                bounded: when.is_some(),
                own_control: matches!(clause.actor, Actor::I | Actor::None)
                    && !outside.is_some_and(|fact| table.in_sentence(fact, sentence, analysis)),
            }
        })
        .collect()
}
