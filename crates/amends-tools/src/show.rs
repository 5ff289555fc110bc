//! Entries read back: words, days and times, without ids.

use amends_domain::bank::{ActivityId, FeelingId, NeedId, StatementId};
use amends_domain::event::{Body, Event};
use amends_domain::id::{EventId, Millis};
use amends_domain::state::State;
use amends_domain::texts::texts;
use amends_domain::view::Moment;
use amends_messages::Messages;
use serde_json::{Value, json};

/// The offset from UTC here, in minutes, at a point in time.
pub type OffsetAt<'a> = &'a dyn Fn(Millis) -> i16;

/// The value under a path of names parted by dots.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return Some(value);
    }
    path.split('.').try_fold(value, |value, name| value.get(name))
}

/// Puts a value under a path; an empty path takes over the fields of an object.
pub fn set(root: &mut Value, path: &str, new: Value) {
    if path.is_empty() {
        if let (Some(root), Value::Object(fields)) = (root.as_object_mut(), new) {
            root.extend(fields);
        }
        return;
    }
    let mut place = root;
    for name in path.split('.') {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[name];
    }
    *place = new;
}

/// Step and name of an event, as in JSON, without sealed bytes and keys: they say nothing to people.
pub fn name(body: &Body) -> (String, String, Value) {
    let (step, event, mut payload) = named(body);
    let hidden: &[&str] = match event.as_str() {
        "send_sealed" => &["letter"],
        "half" => &["share", "half", "withdraw"],
        _ => &[],
    };
    if let Some(fields) = payload.as_object_mut() {
        fields.retain(|name, _| !hidden.contains(&name.as_str()));
    }
    (step, event, payload)
}

fn named(body: &Body) -> (String, String, Value) {
    let value = serde_json::to_value(body).unwrap_or(Value::Null);
    let first = |value: &Value| {
        value.as_object().and_then(|object| object.iter().next().map(|(k, v)| (k.clone(), v.clone())))
    };
    let Some((step, inner)) = first(&value) else {
        return (body.step().to_owned(), String::new(), Value::Null);
    };
    match inner {
        Value::String(event) => (step, event, json!({})),
        other => first(&other)
            .map_or((step.clone(), String::new(), Value::Null), |(event, payload)| (step, event, payload)),
    }
}

/// Entries that the owner sees and that hold now, oldest first, only the newest version of each.
pub fn entries(state: &State, moment: Moment) -> Vec<&Event> {
    let gone = state.superseded();
    let me = state.world().me;
    let seen = |event: &&Event| state.may_see(me, event, moment) && !gone.contains(&event.id);
    let mut events: Vec<&Event> = state.events().filter(seen).collect();
    events.sort_by_key(|event| event.order());
    events
}

/// The payload as the owner may read it now: what is still closed has no words.
pub fn readable(state: &State, event: &Event) -> Option<Value> {
    use amends_domain::admit::responsibility;
    use amends_domain::permission::{DisclosureFor, LetterFor};
    use amends_domain::prove::communication;
    let world = state.world();
    let me = world.me;
    let (_, _, mut payload) = name(&event.body);
    match &event.body {
        Body::Communication(communication::Event::Send { .. } | communication::Event::SendSealed { .. }) => {
            match world.letter_for(me, event.id) {
                Some(LetterFor::Author(_)) => Some(payload),
                Some(LetterFor::Reader(reader)) => reader.text().map(|_| payload),
                None => None,
            }
        }
        Body::Responsibility(responsibility::Event::Seal { .. }) => {
            match world.disclosure_for(me, event.id) {
                Some(DisclosureFor::Author(_)) => Some(payload),
                Some(DisclosureFor::Reader(reader)) => {
                    let fields: Vec<_> =
                        reader.sections().filter_map(|section| reader.field(section)).collect();
                    payload["content"]["fields"] = serde_json::to_value(fields).unwrap_or(Value::Null);
                    payload["content"]["own_words"] = json!(reader.own_words().unwrap_or_default());
                    Some(payload)
                }
                None => None,
            }
        }
        Body::Responsibility(responsibility::Event::Add { disclosure, section, .. }) => {
            let author = event.author == me;
            (author || world.responsibility.is_open(*disclosure, *section)).then_some(payload)
        }
        _ => Some(payload),
    }
}

/// The day of an entry, what it is, and its first words.
pub fn excerpt(state: &State, event: &Event, words: &Messages, offset: OffsetAt<'_>) -> String {
    let day = event.at.time().day(offset(event.at.time()));
    let (step, kind, _) = name(&event.body);
    format!("{day}  {}  {}", event_title(&step, &kind, words), first_words(state, event, words, offset))
}

/// The first words of an entry; of one that is still closed, that it is.
pub fn first_words(state: &State, event: &Event, words: &Messages, offset: OffsetAt<'_>) -> String {
    let (_, kind, payload) = name(&event.body);
    let text = match readable(state, event) {
        None => words.text("cli-closed"),
        Some(_) if event.author != state.world().me && kind == "seal" => words.text("cli-closed"),
        Some(_) => {
            let mut text = texts(&event.body).join(" ").replace('\n', " ");
            if text.trim().is_empty() {
                text = lines(&payload, 0, words, offset).join(" ").trim().to_owned();
            }
            text
        }
    };
    crate::parts::shortened(&text)
}

/// What an entry is, in a few words; where it has none of its own, the title of the tool that makes it. A tool says what
/// to do, and whoever reads an entry did it long ago, or never.
pub fn event_title(step: &str, event: &str, words: &Messages) -> String {
    let slug = if step == "consent" { "contact" } else { step };
    let found =
        crate::tools(slug).iter().find(|tool| tool.event == event && tool.area.unwrap_or(slug) == step);
    let found = found.map(|tool| {
        let own = format!("kept-{slug}-{}", tool.name);
        words.text(&if words.has(&own) { own } else { crate::title_key(slug, tool) })
    });
    found.unwrap_or_else(|| event.replace('_', " "))
}

/// What a value says, as lines; ids say nothing to people and are left out.
pub fn lines(value: &Value, depth: usize, words: &Messages, offset: OffsetAt<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let Some(fields) = value.as_object() else {
        all.extend(plain("", value, words, offset));
        return all;
    };
    let indent = "  ".repeat(depth + 1);
    for (name, value) in fields.iter().filter(|(name, _)| !matches!(name.as_str(), "doc" | "base")) {
        let label = name.replace('_', " ");
        match value {
            Value::Object(inner) if inner.contains_key("device") => {}
            Value::Object(_) => {
                all.push(format!("{indent}{label}:"));
                all.extend(lines(value, depth + 1, words, offset));
            }
            Value::Array(items) => {
                for item in items {
                    match plain(name, item, words, offset) {
                        Some(text) => all.push(format!("{indent}{label}: {text}")),
                        None if item.is_object() => all.extend(lines(item, depth + 1, words, offset)),
                        None => {}
                    }
                }
            }
            _ => all.extend(plain(name, value, words, offset).map(|text| format!("{indent}{label}: {text}"))),
        }
    }
    all
}

fn plain(name: &str, value: &Value, words: &Messages, offset: OffsetAt<'_>) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.replace('\n', "\n      ")),
        Value::Bool(true) => Some(words.text("gate-yes")),
        Value::Bool(false) => Some(words.text("gate-no")),
        Value::Number(number) => Some(
            number_of(name, number.as_u64().unwrap_or_default(), words, offset)
                .unwrap_or_else(|| number.to_string()),
        ),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Numbers that stand for words or times.
fn number_of(name: &str, number: u64, words: &Messages, offset: OffsetAt<'_>) -> Option<String> {
    let id = u16::try_from(number).ok();
    let key = match name {
        "feelings" | "words" => FeelingId(id?).message_key()?,
        "word" => NeedId(id?).message_key()?,
        "activity" | "activities" => ActivityId(id?).message_key(),
        "statement" | "bank" => StatementId(id?).message_key(),
        "back_at" | "start" | "until" | "happened_at" | "opens_at" => {
            return Some(when(Millis(number), offset));
        }
        "minute" | "from_minute" | "to_minute" => {
            return Some(format!("{:02}:{:02}", number / 60, number % 60));
        }
        _ => return None,
    };
    words.has(&key).then(|| words.text(&key))
}

/// A moment as day and time here.
pub fn when(at: Millis, offset: OffsetAt<'_>) -> String {
    let offset = offset(at);
    let minute = at.minute_of_day(offset);
    format!("{} {:02}:{:02}", at.day(offset), minute / 60, minute % 60)
}

/// Name of the document an event is a version of, or its own.
pub fn root(event: &Event) -> EventId {
    event.body.root().unwrap_or(event.id)
}
