//! An entry as labels and words: every answer under its question, without ids.

use amends_domain::admit::responsibility;
use amends_domain::bank::{ActivityId, FeelingId, NeedId, StatementId};
use amends_domain::event::{Body, Event};
use amends_domain::id::{Day, EventId, Millis};
use amends_domain::incident::Role;
use amends_domain::state::State;
use amends_messages::Messages;
use serde_json::Value;

use crate::actions;
use crate::show::{self, OffsetAt};
use crate::tool::{Field, Kind, Options, Shape, Tool};
use crate::week;

/// One answer, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The question; empty for a row of a list.
    pub label: String,
    /// The answer; empty for a group. May hold line ends.
    pub text: String,
    /// What belongs to it.
    pub parts: Vec<Part>,
}

/// A question as a form or a page says it: without what only helps at a keyboard.
pub fn label(words: &Messages, key: &str) -> String {
    let own = format!("form-{key}");
    words.text(if words.has(&own) { &own } else { key })
}

/// The question above an answer that is read: shorter, or none where the answer says it.
fn heading(words: &Messages, key: &str) -> String {
    let own = format!("read-{key}");
    if words.has(&own) { words.text(&own).trim().to_owned() } else { label(words, key) }
}

/// "22 November 2026".
pub fn day(words: &Messages, day: Day) -> String {
    let (year, month, date) = day.ymd();
    let month = words.text(&format!("when-month-{month}"));
    let (date, year) = (date.to_string(), year.to_string());
    words.with("look-date", &[("day", date.into()), ("month", month.into()), ("year", year.into())])
}

/// "22 November".
pub fn day_of_year(words: &Messages, day: Day) -> String {
    let (_, month, date) = day.ymd();
    let month = words.text(&format!("when-month-{month}"));
    words.with("when-date", &[("day", date.to_string().into()), ("month", month.into())])
}

/// "22 November 2026, 20:40".
pub(crate) fn moment(words: &Messages, at: Millis, offset: OffsetAt<'_>) -> String {
    let offset = offset(at);
    let minute = at.minute_of_day(offset);
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    words.with("look-when", &[("date", day(words, at.day(offset)).into()), ("time", time.into())])
}

/// The first words of an entry, for a list; of one that is still closed, that it is.
pub fn first_words(state: &State, event: &Event, words: &Messages, offset: OffsetAt<'_>) -> String {
    let theirs = event.author != state.world().me;
    let found = match parts(state, event, words, offset) {
        Some(found) if !(theirs && show::name(&event.body).1 == "seal") => found,
        _ => return words.text("entry-closed"),
    };
    let own = amends_domain::texts::texts(&event.body).join(" ");
    if !own.trim().is_empty() {
        return shortened(&own);
    }
    let mut leaves = Vec::new();
    found.iter().for_each(|part| part.leaves(&mut leaves));
    shortened(&leaves.join(", "))
}

/// At most twelve words, with a sign that there are more.
pub fn shortened(text: &str) -> String {
    let mut kept: Vec<&str> = text.split_whitespace().take(13).collect();
    if kept.len() == 13 {
        kept[12] = "\u{2026}";
    }
    kept.join(" ")
}

impl Part {
    fn leaves(&self, into: &mut Vec<String>) {
        let is_number = self.text.parse::<i64>().is_ok();
        match (self.text.is_empty(), is_number) {
            (true, _) => {}
            (false, true) => into.push(format!("{}: {}", self.label, self.text)),
            (false, false) => into.push(self.text.replace('\n', ", ")),
        }
        self.parts.iter().for_each(|part| part.leaves(into));
    }
}

/// What an entry says to its reader; none while it is closed.
pub fn parts(state: &State, event: &Event, words: &Messages, offset: OffsetAt<'_>) -> Option<Vec<Part>> {
    let payload = show::readable(state, event)?;
    let is_own = event.author == state.world().me && !is_own_wish(state, event);
    let reading = Reading { state, words, offset, is_own };
    Some(match actions::tool_of(event) {
        Some((_, tool)) => reading.of_tool(tool, &payload),
        None => Vec::new(),
    })
}

/// What somebody who was hurt wants to know, found out alone: it is kept as the guess of the other one would be.
fn is_own_wish(state: &State, event: &Event) -> bool {
    let Body::Responsibility(responsibility::Event::Guess { incident, .. }) = &event.body else {
        return false;
    };
    let world = state.world();
    world.incidents.get(*incident).is_some_and(|found| found.role(world.me) == Role::InjuredPartner)
}

struct Reading<'r> {
    state: &'r State,
    words: &'r Messages,
    offset: OffsetAt<'r>,
    /// Whether it is read in the voice in which it is kept: by the one who wrote it.
    is_own: bool,
}

/// Lists that say "I" or "they", and so have two sets of words.
const VOICES: [&str; 2] = ["section", "depth"];

/// The words of a list as the other of the two reads them: "What I did" is "What they did".
fn in_other_voice(key: &str) -> Option<String> {
    VOICES.iter().find_map(|list| {
        let rest = key.strip_prefix(list)?.strip_prefix('-')?;
        Some(match rest.strip_prefix("theirs-") {
            Some(value) => format!("{list}-{value}"),
            None => format!("{list}-theirs-{rest}"),
        })
    })
}

impl Reading<'_> {
    fn of_tool(&self, tool: &Tool, payload: &Value) -> Vec<Part> {
        let content = match tool.shape {
            Shape::Save => payload.get("content").unwrap_or(&Value::Null),
            _ => payload,
        };
        let mut all = Vec::new();
        for field in tool.fields {
            match field.kind {
                Kind::Copy(of, parts) => all.extend(self.copied(of, parts, payload)),
                Kind::Incident | Kind::MaybeIncident => all.extend(self.field(field, payload)),
                _ => all.extend(self.field(field, content)),
            }
        }
        all
    }

    /// What was copied from an entry, under the questions of the tool that made that entry.
    fn copied(&self, of: &str, parts: &[(&str, &str)], payload: &Value) -> Vec<Part> {
        let Some(source) = crate::all_tools()
            .find(|(slug, tool)| format!("{}/{}", tool.area.unwrap_or(slug), tool.event) == of)
            .map(|(_, tool)| tool)
        else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for field in source.fields {
            let from = if source.shape == Shape::Save {
                format!("content.{}", field.path)
            } else {
                field.path.to_owned()
            };
            for (part, to) in parts {
                let place = if *part == from {
                    Some((*to).to_owned())
                } else {
                    from.strip_prefix(&format!("{part}."))
                        .map(|rest| if to.is_empty() { rest.to_owned() } else { format!("{to}.{rest}") })
                };
                let value = place.and_then(|place| show::at(payload, &place));
                all.extend(value.and_then(|value| self.value(field, value)));
            }
        }
        all
    }

    fn field(&self, field: &Field, from: &Value) -> Option<Part> {
        self.value(field, show::at(from, field.path).filter(|_| !field.path.is_empty())?)
    }

    fn value(&self, field: &Field, value: &Value) -> Option<Part> {
        let label =
            if field.key.is_empty() { String::new() } else { heading(self.words, &self.voiced(field.key)) };
        let group = |parts: Vec<Part>| {
            (!parts.is_empty()).then(|| Part { label: label.clone(), text: String::new(), parts })
        };
        match field.kind {
            Kind::Variant(options, with) => self.variant(&label, options, with, value),
            Kind::Each(options, tag, fields) => {
                let items = value.as_array()?.iter();
                group(items.filter_map(|item| self.item(options, tag, fields, item)).collect())
            }
            Kind::Rows(fields) => {
                let rows = value.as_array()?.iter();
                let row = |row: &Value| {
                    let parts: Vec<Part> = fields.iter().filter_map(|field| self.field(field, row)).collect();
                    (!parts.is_empty()).then(|| Part { label: String::new(), text: String::new(), parts })
                };
                group(rows.filter_map(row).collect())
            }
            kind => {
                let text = self.text(kind, value).filter(|text| !text.trim().is_empty())?;
                Some(Part { label, text, parts: Vec::new() })
            }
        }
    }

    fn variant(
        &self,
        label: &str,
        options: Options,
        with: &[(&str, &[Field])],
        value: &Value,
    ) -> Option<Part> {
        let (name, inner) = match value {
            Value::Object(object) => object.iter().next()?,
            _ => return Some(self.plain(label, self.option(options, value)?)),
        };
        let fields = with.iter().find(|(known, _)| known == name).map_or(&[][..], |(_, fields)| fields);
        let parts = fields.iter().filter_map(|field| self.field(field, inner)).collect();
        Some(Part { parts, ..self.plain(label, self.words.text(&options.key(name))) })
    }

    fn item(&self, options: Options, tag: &str, fields: &[Field], item: &Value) -> Option<Part> {
        let label = self.option(options, item.get(tag)?)?;
        let nothing = item.get("nothing") == Some(&Value::Bool(true));
        if nothing {
            return Some(self.plain(&label, self.words.text("form-nothing")));
        }
        let mut parts: Vec<Part> = fields.iter().filter_map(|field| self.field(field, item)).collect();
        match (fields, parts.len()) {
            (_, 0) => None,
            ([_], 1) => parts.pop().map(|part| Part { label, ..part }),
            _ => Some(Part { label, text: String::new(), parts }),
        }
    }

    fn plain(&self, label: &str, text: String) -> Part {
        Part { label: label.to_owned(), text, parts: Vec::new() }
    }

    /// This key, or the one of the same words for a person who did not write them.
    fn voiced(&self, key: &str) -> String {
        let other = (!self.is_own).then(|| in_other_voice(key)).flatten();
        other.filter(|other| self.words.has(other)).unwrap_or_else(|| key.to_owned())
    }

    fn option(&self, options: Options, value: &Value) -> Option<String> {
        let key = self.voiced(&options.key(value.as_str()?));
        self.words.has(&key).then(|| self.words.text(&key))
    }

    fn text(&self, kind: Kind, value: &Value) -> Option<String> {
        match kind {
            Kind::Choice(options) | Kind::MaybeChoice(options) => self.option(options, value),
            Kind::Choices(options) => {
                Some(list(value, "\n", |value| self.option(options, value))).filter(|text| !text.is_empty())
            }
            Kind::Lines => Some(list(value, "\n", |value| value.as_str().map(str::to_owned))),
            Kind::Feelings => {
                Some(list(value, ", ", |value| self.named(FeelingId(id(value)?).message_key()?)))
            }
            Kind::Entries => Some(list(value, "\n", |value| self.entry(value))),
            Kind::Entry(_) | Kind::MaybeEntry(_) => self.entry(value),
            Kind::Incident | Kind::MaybeIncident => {
                let id = serde_json::from_value::<EventId>(value.clone()).ok()?;
                self.state.world().incidents.get(id).map(|incident| incident.title.clone())
            }
            Kind::YesNo | Kind::MaybeYesNo => {
                Some(self.words.text(if value.as_bool()? { "gate-yes" } else { "gate-no" }))
            }
            Kind::Time => {
                let minutes = value.as_u64()?;
                Some(format!("{:02}:{:02}", minutes / 60, minutes % 60))
            }
            Kind::Moment | Kind::MinutesFromNow(..) | Kind::DaysFromNow(..) => {
                Some(moment(self.words, Millis(value.as_u64()?), self.offset))
            }
            Kind::Need => match value.get("own").and_then(Value::as_str) {
                Some(own) => Some(own.to_owned()),
                None => self.named(NeedId(id(value.get("word")?)?).message_key()?),
            },
            Kind::Statement(_) => self.named(StatementId(id(value)?).message_key()),
            Kind::Activity | Kind::Match => self.named(ActivityId(id(value)?).message_key()),
            Kind::Points => Some(list(value, "\n", |point| {
                let value = point.get("value").filter(|value| !value.is_null())?;
                let on = point.get("day")?.as_str()?.parse().ok()?;
                Some(format!("{}: {value}", day(self.words, on)))
            })),
            Kind::Week => {
                value.as_str()?.parse().ok().map(|found| week::days(self.words, week::monday(found)))
            }
            Kind::Day | Kind::MaybeDay => value.as_str()?.parse().ok().map(|found| day(self.words, found)),
            Kind::Text | Kind::Line | Kind::MaybeLine => value.as_str().map(str::to_owned),
            Kind::Number(..) | Kind::MaybeNumber(..) => value.as_i64().map(|number| number.to_string()),
            _ => None,
        }
    }

    fn named(&self, key: String) -> Option<String> {
        self.words.has(&key).then(|| self.words.text(&key))
    }

    /// The first words of another entry, if this person may read it.
    fn entry(&self, value: &Value) -> Option<String> {
        let id = serde_json::from_value::<EventId>(value.clone()).ok()?;
        let event = self.state.event(id).filter(|event| self.state.holds(event))?;
        Some(first_words(self.state, event, self.words, self.offset))
    }
}

fn id(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|id| u16::try_from(id).ok())
}

fn list(value: &Value, between: &str, text: impl Fn(&Value) -> Option<String>) -> String {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(text).collect::<Vec<_>>().join(between)
}
