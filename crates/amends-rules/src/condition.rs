//! The `where` line of a rule: what must hold of the clause, for example `actor=i|we tense=past !negated`.

use amends_lint::{Clearance, Condition, FactId, Genre, GenreSet, Scope};
use amends_text::{Actor, Opener, Tense};

const ACTORS: [(&str, Actor); 6] = [
    ("i", Actor::I),
    ("you", Actor::You),
    ("we", Actor::We),
    ("other", Actor::Other),
    ("thing", Actor::Thing),
    ("none", Actor::None),
];
const TENSES: [(&str, Tense); 6] = [
    ("past", Tense::Past),
    ("present", Tense::Present),
    ("future", Tense::Future),
    ("hypothetical", Tense::Hypothetical),
    ("imperative", Tense::Imperative),
    ("verbless", Tense::Verbless),
];
const OPENERS: [(&str, Opener); 10] = [
    ("main", Opener::Main),
    ("coordination", Opener::Coordination),
    ("contrast", Opener::Contrast),
    ("cause", Opener::Cause),
    ("condition", Opener::Condition),
    ("concession", Opener::Concession),
    ("time", Opener::Time),
    ("result", Opener::Result),
    ("relative", Opener::Relative),
    ("complement", Opener::Complement),
];

/// Reads a `where` line. The message of an error says what to write.
pub(crate) fn read_condition(line: &str) -> Result<Condition, String> {
    let mut condition = Condition::default();
    for term in line.split_whitespace() {
        if let Some((name, values)) = term.split_once('=') {
            read_term(&mut condition, name, values)?;
        } else {
            let (wanted, name) = match term.strip_prefix('!') {
                Some(name) => (false, name),
                None => (true, term),
            };
            match name {
                "negated" => condition.negated = Some(wanted),
                "question" => condition.question = Some(wanted),
                "passive" => condition.passive = Some(wanted),
                "reported" => condition.reported = Some(wanted),
                _ => return Err(format!("`{term}` is not one of negated, question, passive, reported")),
            }
        }
    }
    Ok(condition)
}

fn read_term(condition: &mut Condition, name: &str, values: &str) -> Result<(), String> {
    match name {
        "actor" => condition.actors = bits(values, &ACTORS, Condition::actor_bit)?,
        "actor!" => condition.actors = !bits(values, &ACTORS, Condition::actor_bit)?,
        "tense" => condition.tenses = bits(values, &TENSES, Condition::tense_bit)?,
        "tense!" => condition.tenses = !bits(values, &TENSES, Condition::tense_bit)?,
        "opener" => condition.openers = bits(values, &OPENERS, Condition::opener_bit)?,
        "opener!" => condition.openers = !bits(values, &OPENERS, Condition::opener_bit)?,
        "reported" if values == "any" => condition.reported = None,
        _ => return Err(format!("`{name}` is not one of actor, tense, opener (with = or !=), reported=any")),
    }
    Ok(())
}

fn bits<T: Copy, B: std::ops::BitOr<Output = B> + Default>(
    values: &str,
    known: &[(&str, T)],
    bit: impl Fn(T) -> B,
) -> Result<B, String> {
    values.split('|').try_fold(B::default(), |bits, value| {
        let found = known.iter().find(|(name, _)| *name == value).map(|(_, item)| bit(*item));
        found.map(|one| bits | one).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            format!("`{value}` is not one of {}", names.join(", "))
        })
    })
}

/// Reads `fact|other@scope`; the scope is `sentence` if left out.
pub(crate) fn read_clearance(
    line: &str,
    mut fact_id: impl FnMut(&str) -> FactId,
) -> Result<Clearance, String> {
    let (names, scope) = line.split_once('@').unwrap_or((line, "sentence"));
    let scope = match scope.trim() {
        "clause" => Scope::Clause,
        "sentence" => Scope::Sentence,
        "previous" => Scope::Previous,
        "next" => Scope::Next,
        "near" => Scope::Near,
        "document" => Scope::Document,
        other => {
            return Err(format!(
                "`{other}` is not one of clause, sentence, previous, next, near, document (in `{line}`)"
            ));
        }
    };
    Ok(Clearance { facts: names.split('|').map(|name| fact_id(name.trim())).collect(), scope })
}

/// Reads a list of genres; empty means all.
pub(crate) fn read_genres(names: &[String]) -> Result<GenreSet, String> {
    if names.is_empty() {
        return Ok(GenreSet::ALL);
    }
    let genres = names
        .iter()
        .map(|name| Genre::by_name(name).ok_or_else(|| format!("`{name}` is no genre")))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(GenreSet::of(&genres))
}
