//! What can be done with an entry now: the domain itself is asked, with sample answers that are never written.

use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DAY, EventId, MINUTE};
use amends_domain::permit::{Action, Local};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_domain::view::Moment;
use serde_json::{Value, json};

use crate::answers::Form;
use crate::choices;
use crate::show;
use crate::tool::{Field, Kind, Shape, To, Tool};
use crate::week;

/// The event that made an entry, as in [`Kind::Entry`].
fn made_by(event: &Event) -> String {
    let (step, name, _) = show::name(&event.body);
    format!("{step}/{name}")
}

/// Whether a field can take this entry.
pub fn takes(field: &Field, event: &Event) -> bool {
    match field.kind {
        // Looked at first: the name of an event costs more than its step.
        Kind::Entry(of) | Kind::MaybeEntry(of) if !of.iter().any(|name| is_of(name, event)) => false,
        Kind::Copy(of, _) if !is_of(of, event) => false,
        Kind::Entry(of) | Kind::MaybeEntry(of) => of.contains(&made_by(event).as_str()),
        Kind::Copy(of, _) => of == made_by(event),
        _ => false,
    }
}

fn is_of(name: &str, event: &Event) -> bool {
    name.split_once('/').is_some_and(|(step, _)| step == event.body.step())
}

/// The tool that wrote an entry, with its step.
pub fn tool_of(event: &Event) -> Option<(&'static str, &'static Tool)> {
    let (step, name, payload) = show::name(&event.body);
    let made = |(slug, tool): &(&str, &Tool)| tool.event == name && tool.area.unwrap_or(slug) == step;
    let fits = |(_, tool): &(&str, &Tool)| {
        let asked = tool.fields.iter().filter(|field| !field.path.is_empty() && !field.key.is_empty());
        tool.shape != Shape::Plain
            || asked.map(|field| show::at(&payload, field.path)).all(|found| found.is_some())
    };
    crate::all_tools().filter(made).find(fits).or_else(|| crate::all_tools().find(made))
}

/// Tools that are open and take this entry, as far as the domain would allow it to this person now.
pub fn actions(state: &State, event: &Event, moment: Moment) -> Vec<(&'static str, &'static Tool)> {
    crate::all_tools()
        .filter(|(_, tool)| tool.fields.iter().any(|field| takes(field, event)))
        .filter(|(slug, tool)| crate::closed(state, slug, tool, moment).is_none())
        .filter(|(slug, tool)| may(state, slug, tool, event, moment))
        .collect()
}

/// Whether the domain would take this entry for a tool, with the right answers.
pub(crate) fn may(state: &State, slug: &str, tool: &Tool, event: &Event, moment: Moment) -> bool {
    let needs_incident = tool.fields.iter().any(|field| matches!(field.kind, Kind::Incident));
    if !needs_incident {
        return try_with(state, slug, tool, event, None, moment);
    }
    choices::incidents(state)
        .into_iter()
        .any(|(incident, _)| try_with(state, slug, tool, event, Some(incident), moment))
}

fn try_with(
    state: &State,
    slug: &str,
    tool: &Tool,
    event: &Event,
    incident: Option<EventId>,
    moment: Moment,
) -> bool {
    let mut form = Form::default();
    for field in tool.fields {
        let value = match (field.kind, takes(field, event)) {
            (Kind::Copy(_, parts), true) => choices::copy(event, parts),
            (_, true) => json!(show::root(event)),
            (Kind::Incident, _) => json!(incident),
            (Kind::VersionOf(path), _) => choices::version_of(state, show::at(&form.answers, path)),
            _ => sample(state, field.kind, moment),
        };
        show::set(&mut form.answers, field.path, value);
    }
    let payload = form.payload(tool);
    let value = match tool.shape {
        Shape::Unit => json!(tool.event),
        _ => json!({ tool.event: payload }),
    };
    // What a sample cannot stand for is left to the person.
    let Ok(body) = serde_json::from_value::<Body>(json!({ tool.area.unwrap_or(slug): value })) else {
        return true;
    };
    let space = match tool.to {
        To::Own => Space::Private,
        To::Pair => Space::Shared,
        To::Follow => event.space,
    };
    let id = EventId { seq: u64::MAX, ..event.id };
    let local = Local {
        utc_offset: moment.utc_offset,
        draft: Some(show::root(event)),
        without_rest: true,
        before_stage: true,
        telling_is_safe: true,
        ..Local::new(id, state.last_clock().tick(moment.now))
    };
    !matches!(state.permit(Action { space, body }, local), Err(refusal) if is_for_good(refusal))
}

/// Whether other answers would not help.
fn is_for_good(refusal: Refusal) -> bool {
    use Refusal::{
        AlreadyDone, Deleted, ForMeOnly, ForeignPrivate, NotForWriter, NotFound, NotFromYou, NotYours,
        OneRequest, OnlyShared, StaysPrivate, TooEarly, TooLate, WrongRole,
    };
    matches!(
        refusal,
        NotYours
            | NotForWriter
            | WrongRole
            | NotFound
            | Deleted
            | AlreadyDone
            | TooEarly
            | TooLate
            | StaysPrivate
            | OnlyShared
            | ForeignPrivate
            | ForMeOnly
            | OneRequest
            | NotFromYou
    )
}

fn sample(state: &State, kind: Kind, moment: Moment) -> Value {
    match kind {
        Kind::Text | Kind::Line | Kind::MaybeLine | Kind::SameAs(_) => json!("x"),
        Kind::Lines => json!(["x"]),
        Kind::Week => json!(week::looked_back_on(moment)),
        Kind::Day => json!(moment.now.day(moment.utc_offset)),
        Kind::YesNo => json!(true),
        Kind::Number(least, _) => json!(least),
        Kind::Time => json!(0),
        Kind::Moment => json!(moment.now),
        Kind::MinutesFromNow(least, _) => json!(moment.now.plus(least * MINUTE)),
        Kind::DaysFromNow(least, _) => json!(moment.now.plus(least * DAY)),
        Kind::Offset => json!(moment.utc_offset),
        Kind::Choice(options) | Kind::Variant(options, _) => json!(options.values.first()),
        Kind::Choices(_) | Kind::Each(..) | Kind::Rows(_) | Kind::Entries | Kind::Feelings => json!([]),
        Kind::Noticed(_) | Kind::Points => json!([]),
        Kind::Need => json!({ "own": "x" }),
        Kind::Statement(bank) => json!(choices::next_statement(state, bank)),
        Kind::Activity => json!(choices::activities(state).first()),
        Kind::Tally(_) => crate::writing::no_tally(),
        Kind::Flag => json!(false),
        _ => Value::Null,
    }
}
