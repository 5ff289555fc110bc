//! What can be picked: incidents, entries, statements and activities, and what is copied or filled in from them.

use amends_domain::apologize::change;
use amends_domain::bank::{ACTIVITIES, ActivityId, HARD_WORDS, STATEMENTS, Statement};
use amends_domain::event::{Body, Event};
use amends_domain::id::{Day, EventId};
use amends_domain::incident::Incident;
use amends_domain::prove::patience::Item;
use amends_domain::state::State;
use amends_domain::view::Moment;
use serde_json::{Value, json};

use crate::show;
use crate::tool::Bank;

/// All incidents, newest last.
pub fn incidents(state: &State) -> Vec<(EventId, &Incident)> {
    let all = &state.world().incidents;
    let is_shared = |id| all.shared_for(id).is_some_and(|shared| all.get(shared).is_some());
    all.iter().filter(|(id, _)| !is_shared(*id)).collect()
}

/// Entries made by one of these events (`step/event`; `*`: every own one), newest version of each, newest last.
pub fn candidates<'s>(state: &'s State, of: &[&str], moment: Moment) -> Vec<&'s Event> {
    let me = state.world().me;
    let matches = |event: &&Event| {
        let (step, name, _) = show::name(&event.body);
        let own = event.author == me && !matches!(event.body, Body::Consent(_) | Body::Safety(_));
        of.contains(&format!("{step}/{name}").as_str()) || (of == ["*"] && own)
    };
    show::entries(state, moment).into_iter().filter(matches).collect()
}

/// The newest version of a document or of a shared plan; null for nothing.
pub fn version_of(state: &State, root: Option<&Value>) -> Value {
    let Some(root) = root.and_then(|root| serde_json::from_value::<EventId>(root.clone()).ok()) else {
        return Value::Null;
    };
    let is_version = |event: &&Event| {
        let edits =
            matches!(&event.body, Body::Change(change::Event::EditShared { plan, .. }) if *plan == root);
        show::root(event) == root || edits
    };
    let holds = |event: &&Event| state.holds(event);
    let newest = state.events().filter(holds).filter(is_version).max_by_key(|event| event.order());
    json!(newest.map_or(root, |event| event.id))
}

/// Parts of an entry under new names: (from, to), where an empty name is the whole.
pub fn copy(event: &Event, parts: &[(&str, &str)]) -> Value {
    let (_, _, payload) = show::name(&event.body);
    let mut object = json!({});
    for (from, to) in parts {
        let part = show::at(&payload, from).cloned().unwrap_or(Value::Null);
        show::set(&mut object, to, part);
    }
    object
}

/// The words of an entry, for an answer to it.
pub fn said(event: &Event) -> Option<String> {
    amends_domain::texts::texts(&event.body).into_iter().next()
}

/// The statements of a bank.
pub fn statements(bank: Bank) -> &'static [Statement] {
    if bank == Bank::HardWords { HARD_WORDS } else { STATEMENTS }
}

/// The statement of a bank by its number, if it is of this bank.
pub fn statement(bank: Bank, number: &str) -> Option<u16> {
    let number: u16 = number.parse().ok()?;
    statements(bank).iter().any(|one| one.id.0 == number).then_some(number)
}

/// The first statement that was not answered yet, or the first of all.
pub fn next_statement(state: &State, bank: Bank) -> u16 {
    let place = if bank == Bank::HardWords { "statement" } else { "prompt.bank" };
    let answered = |event: &Event| {
        let (_, _, payload) = show::name(&event.body);
        show::at(&payload, place).and_then(Value::as_u64)
    };
    let done: Vec<u64> = state.events().filter_map(answered).collect();
    let all = statements(bank);
    let next = all.iter().find(|one| !done.contains(&u64::from(one.id.0)));
    next.or(all.first()).map_or(1, |one| one.id.0)
}

/// Activities that are left in and not rated yet.
pub fn activities(state: &State) -> Vec<ActivityId> {
    let rated = &state.world().activities;
    let open = |id: ActivityId| rated.rating(id).is_none();
    let left_in = ACTIVITIES.iter().filter(|one| rated.avoid().is_none_or(|avoid| avoid.allows(one)));
    left_in.map(|one| one.id).filter(|id| open(*id)).collect()
}

/// Activities that both would do.
pub fn matches(state: &State) -> Vec<ActivityId> {
    state.world().activities.matches().map(|one| one.id).collect()
}

/// The own answers for the item and the days in a form.
pub fn points(state: &State, form: &Value) -> Value {
    let part = |name: &str| form.get(name).cloned().unwrap_or(Value::Null);
    let item = serde_json::from_value::<Item>(part("item"));
    let from = serde_json::from_value::<Day>(part("from"));
    let to = serde_json::from_value::<Day>(part("to"));
    match (item, from, to) {
        (Ok(item), Ok(from), Ok(to)) => json!(state.world().patience.points(item, from, to)),
        _ => json!([]),
    }
}
