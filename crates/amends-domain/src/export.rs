//! Taking everything along: open JSON that can be read back, and Markdown to read.
//!
//! Own entries, and those of the other that they let be copied. The gate leaves nothing to export.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::{Body, Event, Space};
use crate::state::State;

/// Name of the format in the file.
pub const FORMAT: &str = "amends-entries";
/// Version of the format.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u32,
    note: &'static str,
    events: Vec<&'a Event>,
}

#[derive(Deserialize)]
struct In {
    format: String,
    version: u32,
    events: Vec<Value>,
}

/// Why a file cannot be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Not JSON, or not of this shape.
    #[error("this is not a file that Amends wrote")]
    NotOurs(#[source] serde_json::Error),
    /// JSON of something else.
    #[error("this file holds something else: {0}")]
    OtherFormat(String),
    /// Written by a later version.
    #[error("this file was written by a later version ({0})")]
    Later(u32),
}

/// What was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Events, to be applied like any others.
    pub events: Vec<Event>,
    /// Number of entries that could not be read; the rest is not stopped by them.
    pub skipped: usize,
}

/// Events that may leave: own ones, and the other's where they allowed a copy.
pub fn exportable(state: &State) -> impl Iterator<Item = &Event> {
    state.events().filter(|event| !state.is_retracted(event)).filter(|event| {
        event.author == state.world().me
            || matches!(event.body, Body::Consent(_))
            || state.may_copy(event.id).is_ok()
    })
}

/// Everything that may leave, as JSON.
pub fn to_json(state: &State) -> String {
    let out = Out {
        format: FORMAT,
        version: VERSION,
        note: "Private notes, not verified.",
        events: exportable(state).collect(),
    };
    serde_json::to_string_pretty(&out).expect("events have string keys only")
}

/// Reads such a file. Entries that cannot be read are counted and skipped.
///
/// # Errors
/// [`ImportError`] if it is another file, or of a later version.
pub fn from_json(text: &str) -> Result<Imported, ImportError> {
    let file: In = serde_json::from_str(text).map_err(ImportError::NotOurs)?;
    if file.format != FORMAT {
        return Err(ImportError::OtherFormat(file.format));
    }
    if file.version > VERSION {
        return Err(ImportError::Later(file.version));
    }
    let total = file.events.len();
    let events: Vec<Event> =
        file.events.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect();
    Ok(Imported { skipped: total - events.len(), events })
}

/// Everything that may leave, as Markdown, by step. `label` gives the words for a step or field name;
/// `None` leaves the name as it is.
pub fn to_markdown(state: &State, utc_offset: i16, label: impl Fn(&str) -> Option<String>) -> String {
    let label = |name: &str| label(name).unwrap_or_else(|| name.replace('_', " "));
    let superseded = state.superseded();
    let entries: Vec<&Event> = exportable(state)
        .filter(|event| state.holds(event) && !superseded.contains(&event.id))
        .filter(|event| !matches!(event.body, Body::Safety(_) | Body::Entry(_)) && !is_key(&event.body))
        .collect();
    let mut steps: Vec<&str> = Vec::new();
    for event in &entries {
        if !steps.contains(&event.body.step()) {
            steps.push(event.body.step());
        }
    }
    steps.sort_by_key(|slug| amends_guide::STEPS.iter().position(|step| step.slug == *slug));
    let mut text = String::new();
    for step in steps {
        text.push_str(&format!("# {}\n\n", label(step)));
        for event in entries.iter().filter(|event| event.body.step() == step) {
            entry(&mut text, event, utc_offset, &label);
        }
    }
    text
}

// A key says nothing to people.
fn is_key(body: &Body) -> bool {
    use crate::prove::communication::Event as Communication;
    use Communication::{AgreeGuest, AskHalf, EndGuest, Half};
    matches!(body, Body::Communication(Half { .. } | AskHalf { .. } | AgreeGuest { .. } | EndGuest { .. }))
}

fn entry(text: &mut String, event: &Event, utc_offset: i16, label: &impl Fn(&str) -> String) {
    let value = serde_json::to_value(&event.body).unwrap_or(Value::Null);
    let inner = value.as_object().and_then(|body| body.values().next()).unwrap_or(&Value::Null);
    let (kind, content) = match inner {
        Value::String(kind) => (kind.as_str(), &Value::Null),
        Value::Object(body) => {
            body.iter().next().map_or(("", &Value::Null), |(kind, content)| (kind.as_str(), content))
        }
        _ => ("", &Value::Null),
    };
    let space = label(if event.space == Space::Private { "private" } else { "shared" });
    text.push_str(&format!("## {} - {} ({space})\n\n", event.at.time().day(utc_offset), label(kind)));
    lines(text, content, 0, label);
    text.push('\n');
}

// Ids and versions are for programs; people read words, numbers and dates.
fn lines(text: &mut String, value: &Value, depth: usize, label: &impl Fn(&str) -> String) {
    let Value::Object(fields) = value else {
        if let Some(words) = plain(value) {
            text.push_str(&format!("{}\n", quoted(&words)));
        }
        return;
    };
    let indent = "  ".repeat(depth);
    for (name, value) in fields {
        // Sealed bytes; where they can be read, the words stand beside them.
        if name == "letter" && value.is_string() {
            continue;
        }
        match value {
            Value::Object(inner) if inner.contains_key("device") => {}
            Value::Object(_) => {
                text.push_str(&format!("{indent}- {}:\n", label(name)));
                lines(text, value, depth + 1, label);
            }
            Value::Array(items) => {
                for item in items.iter().filter(|item| !is_id(item)) {
                    text.push_str(&format!("{indent}- {}:", label(name)));
                    match plain(item) {
                        Some(words) => text.push_str(&format!(" {}\n", quoted(&words))),
                        None => {
                            text.push('\n');
                            lines(text, item, depth + 1, label);
                        }
                    }
                }
            }
            _ => {
                if let Some(words) = plain(value) {
                    text.push_str(&format!("{indent}- {}: {}\n", label(name), quoted(&words)));
                }
            }
        }
    }
}

fn is_id(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.contains_key("device"))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(words) if words.trim().is_empty() => None,
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(holds) => Some(if *holds { "yes".into() } else { "no".into() }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

// Own lines stay own lines, and no word becomes a heading.
fn quoted(words: &str) -> String {
    words
        .lines()
        .map(|line| if line.starts_with('#') { format!("\\{line}") } else { line.into() })
        .collect::<Vec<_>>()
        .join("\n  ")
}
