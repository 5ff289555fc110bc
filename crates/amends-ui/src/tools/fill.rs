//! Answers in JSON, filled into the fields of a form.

use amends_domain::id::{EventId, Millis};
use amends_tools::{Field, Kind, show};
use serde_json::Value;

use super::sheet::{Sheet, inside};
use crate::core::Visit;
use crate::name::name as token;

/// Fills fields in from answers; what is not there stays empty.
pub(super) fn fill(sheet: &mut Sheet, fields: &[Field], prefix: &str, answers: &Value, visit: &Visit<'_>) {
    for field in fields.iter().filter(|field| !field.path.is_empty()) {
        if let Some(value) = show::at(answers, field.path).filter(|value| !value.is_null()) {
            one(sheet, field.kind, &inside(prefix, field.path), value, visit);
        }
    }
}

fn one(sheet: &mut Sheet, kind: Kind, name: &str, value: &Value, visit: &Visit<'_>) {
    match kind {
        Kind::Lines => {
            let lines: Vec<&str> = items(value).iter().filter_map(Value::as_str).collect();
            sheet.set(name, lines.join("\n"));
        }
        Kind::Choices(_) | Kind::Feelings => {
            items(value).iter().filter_map(plain).for_each(|value| sheet.add(name, value));
        }
        Kind::Time => sheet.set(name, value.as_u64().map(clock).unwrap_or_default()),
        Kind::Moment => {
            sheet.set(name, value.as_u64().map(|at| local(Millis(at), visit)).unwrap_or_default())
        }
        Kind::Incident | Kind::MaybeIncident | Kind::Entry(_) | Kind::MaybeEntry(_) => {
            if let Ok(id) = serde_json::from_value::<EventId>(value.clone()) {
                sheet.set(name, token(id));
            }
        }
        Kind::Variant(_, with) => match value.as_object().and_then(|object| object.iter().next()) {
            Some((chosen, inner)) => {
                sheet.set(name, chosen.clone());
                if let Some((_, fields)) = with.iter().find(|(known, _)| known == chosen) {
                    fill(sheet, fields, &inside(name, chosen), inner, visit);
                }
            }
            None => sheet.set(name, plain(value).unwrap_or_default()),
        },
        Kind::Each(_, tag, fields) => {
            for item in items(value) {
                let group = item.get(tag).and_then(Value::as_str).unwrap_or_default();
                fill(sheet, fields, &inside(name, group), item, visit);
            }
        }
        Kind::Rows(fields) => {
            for (row, item) in items(value).iter().enumerate() {
                fill(sheet, fields, &inside(name, &row.to_string()), item, visit);
            }
        }
        Kind::Flag if value == &Value::Bool(false) => {}
        _ => sheet.set(name, plain(value).unwrap_or_default()),
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        _ => None,
    }
}

/// Minutes since midnight as a time field has them; the end of the day is one minute earlier there.
fn clock(minutes: u64) -> String {
    let minutes = minutes.min(1439);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A moment as a field for day and time has it.
fn local(at: Millis, visit: &Visit<'_>) -> String {
    format!("{}T{}", visit.day_of(at), clock(at.minute_of_day(visit.offset_at(at)).into()))
}
