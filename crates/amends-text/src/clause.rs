//! Clauses: where they begin, who acts in them, when, and whether it is denied.
//!
//! The cut is shallow on purpose: a clause opens at strong punctuation, at a conjunction or relative word that
//! is followed by a new predicate, and at a subject with a verb where the clause so far already has one (people
//! who type without full stops). The steps are lettered in [`cut_clauses`].

use std::ops::Range;

use crate::role::{Role, RoleSet};
use crate::sentence::Sentence;
use crate::token::{Boundary, Token, TokenFlags};
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

/// Opener of the clause that begins a sentence.
fn opening(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> Opener {
    let roles = vocabulary.roles(tokens[index].word);
    OPENERS.iter().find(|(role, _)| roles.has(*role)).map_or(Opener::Main, |(_, opener)| *opener)
}

/// Whether a finite verb stands at `index`. A base form counts only behind a subject, so that "to tell" and
/// "a lie" do not.
fn is_finite(
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
fn opener_at(
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
fn closes_subordinate(
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

const PAST_OR_PRESENT: RoleSet = RoleSet::of(&[Role::PastForm, Role::PresentForm]);

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

/// Fills in actor, tense, voice and negation of a clause and the flags of its tokens.
fn describe(
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

/// Marks reported speech: after a reporting verb in the past or in another's mouth ("you said that ...", "my
/// brother says ...", "I used to tell you ..."), up to a contrast, a semicolon or a comma with "and".
///
/// "I will tell you", "I am telling you" and "tell me" report nothing.
fn mark_reported(clauses: &[Clause], tokens: &mut [Token], vocabulary: &Vocabulary) {
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
