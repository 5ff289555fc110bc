//! Sending a form: read, judged by the domain, written; or shown again with everything in it.

use amends_client::AppendError;
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::EventId;
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;
use amends_tools::writing::{self, Said};
use amends_tools::{Field, Form, Kind, Tool, guest, show};

use super::draft;
use super::form::{self, Shown};
use super::read::{Problem, Reading};
use super::sheet::{ADDED, ASKED, Sheet, inside, rows_name};
use crate::area::{Outcome, Turn};
use crate::doors;
use crate::name::{name as token, named as entry_of};

/// A form was sent: to be written, to be looked at, or for one more line.
pub(super) fn act(turn: &mut Turn<'_>, slug: &'static str, tool: &'static Tool) -> Outcome {
    let mut sheet = Sheet::sent(turn.request);
    let wish = sheet.one("_do").to_owned();
    let about = sheet.one("_entry").to_owned();
    turn.effects.extend(super::not_here(turn.request));
    if turn.session.vault().is_none() {
        return Outcome::Show(doors::needed(&turn.frame()));
    }
    match wish.split_once(' ') {
        Some(("add", name)) => {
            let rows = sheet.rows(name);
            let name = name.to_owned();
            sheet.set(&rows_name(&name), (rows + 1).to_string());
            sheet.set(ADDED, inside(&name, &rows.to_string()));
        }
        Some(("another", name)) => another(turn, tool, name, &mut sheet),
        _ if matches!(wish.as_str(), "later" | "forget") => return keep(turn, slug, tool),
        _ if wish == "ask" => sheet.set(ASKED, "yes"),
        _ if wish == "look" || sheet.has("not-here") => {}
        _ => return write(turn, slug, tool, &about, sheet),
    }
    again(turn, &Shown::new(slug, tool, &about, sheet))
}

/// The form as it was sent, kept for later; or thrown away, or only saved by the script.
pub(super) fn keep(turn: &mut Turn<'_>, slug: &'static str, tool: &'static Tool) -> Outcome {
    let sheet = Sheet::sent(turn.request);
    let about = sheet.one("_entry").to_owned();
    let key = draft::key(slug, tool, &about);
    let wish = sheet.one("_do").to_owned();
    let now = turn.visit.moment.now;
    let Some(vault) = turn.vault() else { return Outcome::Show(doors::needed(&turn.frame())) };
    let kept = if wish == "forget" || sheet.is_blank() {
        vault.discard_draft(&key)
    } else {
        vault.save_draft(&key, &sheet.to_text(), now)
    };
    if kept.is_err() {
        return again(turn, &Shown { trouble: Some("tools-lost"), ..Shown::new(slug, tool, &about, sheet) });
    }
    let entry = if about.is_empty() { String::new() } else { format!("?entry={about}") };
    match wish.as_str() {
        "later" => {
            turn.session.say("tools-kept-later");
            Outcome::Go(super::home_of(slug))
        }
        "forget" => {
            turn.session.say("tools-forgot");
            Outcome::Go(format!("/step/{slug}/{}{entry}", tool.name))
        }
        _ => again(turn, &Shown::new(slug, tool, &about, sheet)),
    }
}

fn again(turn: &Turn<'_>, shown: &Shown<'_>) -> Outcome {
    let frame = turn.frame();
    // A place marked "not here" holds for this very answer.
    let mut state = turn.visit.state.clone();
    turn.effects.iter().for_each(|effect| state.apply(effect));
    let visit = crate::core::Visit { state: &state, ..*turn.visit };
    let frame = crate::layout::Frame { visit: &visit, ..frame };
    Outcome::Show(match frame.vault() {
        Some(vault) => form::page(&frame, vault, shown),
        None => doors::needed(&frame),
    })
}

/// The statement after the one that is shown.
fn another(turn: &Turn<'_>, tool: &Tool, name: &str, sheet: &mut Sheet) {
    let Some(bank) = tool.fields.iter().find_map(|field| match field.kind {
        amends_tools::Kind::Statement(bank) if field.path == name => Some(bank),
        _ => None,
    }) else {
        return;
    };
    let all = amends_tools::choices::statements(bank);
    let here = all.iter().position(|one| one.id.0.to_string() == sheet.one(name));
    let next = here.map_or(0, |here| (here + 1) % all.len().max(1));
    if let (Some(statement), true) = (all.get(next), turn.session.vault().is_some()) {
        sheet.set(name, statement.id.0.to_string());
    }
}

fn write(turn: &mut Turn<'_>, slug: &'static str, tool: &'static Tool, about: &str, sheet: Sheet) -> Outcome {
    let moment = turn.visit.moment;
    let mut shown = Shown::new(slug, tool, about, sheet);
    let Some(vault) = turn.session.vault() else { return again(turn, &shown) };
    let state = vault.state();
    let mut reading = Reading::new(state, turn.visit, &turn.core.messages, &shown.sheet);
    let answers = reading.answers(tool.fields);
    let (mut problems, copied, partner_said) = (reading.problems, reading.copied, reading.said);
    let space = form::space(state, tool, &answers, &shown.sheet);
    if space.is_none() && problems.is_empty() {
        let question = "tools-where".to_owned();
        problems.push(Problem { name: "_space".to_owned(), question, key: "problem-choose", range: None });
    }
    let (Some(space), true) = (space, problems.is_empty()) else {
        return again(turn, &Shown { problems, ..shown });
    };
    let upon =
        entry_of(about).and_then(|id| state.event(id)).filter(|event| form::is_next_version(tool, event));
    let mut form = Form { answers, ..upon.map(Form::upon).unwrap_or_default() };
    let mut reader = turn.core.reader();
    let Ok(body) = form.body(slug, tool, &mut reader, partner_said.as_deref()) else {
        drop(reader);
        return again(turn, &Shown { trouble: Some("tools-does-not-fit"), ..shown });
    };
    let body = guest::completed(state, body, turn.core.messages(), &|at| turn.visit.offset_at(at));
    let checked = tool.genre.map(|genre| writing::read(&mut reader, &body, genre, partner_said.as_deref()));
    let findings = writing::findings(&reader, &body, checked.as_ref());
    drop(reader);
    let passed = |name: &str| shown.sheet.all("_ok").any(|passed| passed == name);
    let said = Said {
        without_rest: passed("rest"),
        before_stage: passed("later"),
        telling_is_safe: passed("safe"),
        draft: copied,
        finishes: Some(draft::key(slug, tool, about)),
    };
    let action = Action { space, body };
    let Some(vault) = turn.session.vault_mut() else { return again(turn, &shown) };
    match writing::write(vault, action, &findings, &said, moment) {
        Ok(id) => {
            let to = next_address(turn, slug, id);
            turn.session.say(if space == Space::Shared { "tools-given" } else { "tools-done" });
            Outcome::Go(to)
        }
        Err(AppendError::Refused(refusal)) => {
            match at_field(refusal, tool.fields, "", &shown.sheet) {
                Some(problem) => shown.problems.push(problem),
                None => shown.refusal = Some(refusal),
            }
            again(turn, &shown)
        }
        Err(_) => again(turn, &Shown { trouble: Some("tools-lost"), ..shown }),
    }
}

/// The box that a refusal speaks of: one without words, or with too many.
fn at_field(refusal: Refusal, fields: &[Field], prefix: &str, sheet: &Sheet) -> Option<Problem> {
    let key = match refusal {
        Refusal::Empty => "problem-empty",
        Refusal::TooLong => "problem-too-long",
        _ => return None,
    };
    let mut boxes: Vec<(String, &Field)> = Vec::new();
    written(fields, prefix, sheet, &mut boxes);
    let length = |name: &str| sheet.one(name).trim().chars().count();
    let found = match refusal {
        Refusal::Empty => boxes.iter().find(|(name, _)| length(name) == 0),
        _ => boxes.iter().max_by_key(|(name, _)| length(name)),
    };
    let (name, field) = found?;
    Some(Problem { name: name.clone(), question: field.key.to_owned(), key, range: None })
}

/// What is written into, in order: boxes, and groups of which any part will do.
fn written<'f>(fields: &'f [Field], prefix: &str, sheet: &Sheet, found: &mut Vec<(String, &'f Field)>) {
    for field in fields {
        let name = inside(prefix, field.path);
        match field.kind {
            Kind::Text | Kind::Line | Kind::Lines => found.push((name, field)),
            Kind::Each(..) | Kind::Choices(_) | Kind::Feelings => {
                let is_empty = !sheet.any_in(&name) && !sheet.has(&name);
                found.extend(is_empty.then_some((name, field)));
            }
            Kind::Variant(_, with) => {
                let chosen = sheet.one(&name);
                let inner = with.iter().find(|(value, _)| *value == chosen);
                inner
                    .into_iter()
                    .for_each(|(value, fields)| written(fields, &inside(&name, value), sheet, found));
            }
            Kind::Rows(fields) => written(fields, &inside(&name, "0"), sheet, found),
            _ => {}
        }
    }
}

/// Where somebody looks after writing: at the entry, or at what it was done to.
fn next_address(turn: &Turn<'_>, slug: &str, id: EventId) -> String {
    let Some(vault) = turn.session.vault() else { return super::home_of(slug) };
    let state = vault.state();
    let seen = |event: &&Event| state.may_see(vault.me(), event, turn.visit.moment);
    match state.event(id) {
        Some(event) if seen(&event) => format!("/entry/{}?done=yes", token(event.id)),
        Some(event) => match target(&event.body).and_then(|id| state.event(id)).filter(seen) {
            Some(target) => format!("/entry/{}", token(target.id)),
            None => super::home_of(slug),
        },
        None => super::home_of(slug),
    }
}

/// The entry that something is done to.
fn target(body: &Body) -> Option<EventId> {
    let (_, _, payload) = show::name(body);
    let values = payload.as_object()?.values();
    values.into_iter().find_map(|value| serde_json::from_value(value.clone()).ok())
}
