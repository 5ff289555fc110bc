//! The fields of a form, read as answers in JSON; each that cannot be read is a problem at its field.

use amends_domain::bank::{ActivityId, FeelingId, NeedId, StatementId};
use amends_domain::event::Event;
use amends_domain::id::{DAY, Day, EventId, MINUTE};
use amends_domain::state::State;
use amends_messages::Messages;
use amends_tools::{Field, Kind, Options, choices, show, week};
use serde_json::{Value, json};

use super::sheet::{Sheet, inside};
use crate::core::Visit;
use crate::name::named as entry_of;

/// A field that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// Name of the field.
    pub(super) name: String,
    /// Message key of its question, or of the value of the list it stands beside.
    pub(super) question: String,
    /// Message key of what to do.
    pub(super) key: &'static str,
    /// For a number: least and most.
    pub(super) range: Option<(i64, i64)>,
}

/// Reads a sheet.
pub(super) struct Reading<'r> {
    pub(super) state: &'r State,
    pub(super) visit: &'r Visit<'r>,
    pub(super) words: &'r Messages,
    pub(super) sheet: &'r Sheet,
    pub(super) problems: Vec<Problem>,
    /// The entry that something is copied from.
    pub(super) copied: Option<EventId>,
    /// What the partner said, where this answers something.
    pub(super) said: Option<String>,
}

impl<'r> Reading<'r> {
    pub(super) fn new(state: &'r State, visit: &'r Visit<'r>, words: &'r Messages, sheet: &'r Sheet) -> Self {
        Self { state, visit, words, sheet, problems: Vec::new(), copied: None, said: None }
    }

    /// All fields of a tool.
    pub(super) fn answers(&mut self, fields: &[Field]) -> Value {
        let mut answers = json!({});
        for field in fields {
            let value = match field.kind {
                Kind::VersionOf(path) => choices::version_of(self.state, show::at(&answers, path)),
                Kind::Points => choices::points(self.state, &answers),
                _ => self.field(field, ""),
            };
            show::set(&mut answers, field.path, value);
        }
        answers
    }

    fn group(&mut self, fields: &[Field], prefix: &str) -> Value {
        let mut group = json!({});
        for field in fields {
            let value = self.field(field, prefix);
            show::set(&mut group, field.path, value);
        }
        group
    }

    fn field(&mut self, field: &Field, prefix: &str) -> Value {
        let name = inside(prefix, field.path);
        let text = self.sheet.one(&name).trim();
        let maybe = text.is_empty();
        let found = match field.kind {
            Kind::Lines => Ok(json!(lines(text))),
            Kind::MaybeLine
            | Kind::MaybeDay
            | Kind::MaybeYesNo
            | Kind::MaybeNumber(..)
            | Kind::MaybeChoice(_)
                if maybe =>
            {
                Ok(Value::Null)
            }
            Kind::MaybeIncident | Kind::MaybeEntry(_) | Kind::Match if maybe => Ok(Value::Null),
            Kind::Text | Kind::Line | Kind::MaybeLine => Ok(json!(text)),
            Kind::Week => text.parse().map(|day| json!(week::monday(day))).map_err(|_| "problem-choose"),
            Kind::Day | Kind::MaybeDay => {
                text.parse::<Day>().map(|day| json!(day)).map_err(|_| "problem-day")
            }
            Kind::YesNo | Kind::MaybeYesNo => yes_no(text).ok_or("problem-choose"),
            Kind::Number(from, to) | Kind::MaybeNumber(from, to) => {
                number(text, from, to).map(|number| json!(number)).ok_or("problem-number")
            }
            Kind::MinutesFromNow(from, to) => self.later(text, from, to, MINUTE),
            Kind::DaysFromNow(from, to) => self.later(text, from, to, DAY),
            Kind::Time => minutes(text).map(|minutes| json!(minutes)).ok_or("problem-time"),
            Kind::Moment => self.point_in_time(text).ok_or("problem-moment"),
            Kind::Offset => Ok(json!(self.visit.moment.utc_offset)),
            Kind::ClockChanges => Ok(json!(self.visit.clock_changes(self.visit.moment.now))),
            Kind::Choice(options) | Kind::MaybeChoice(options) => one_of(options, text),
            Kind::Choices(options) => {
                let chosen =
                    options.values.iter().filter(|value| self.sheet.all(&name).any(|sent| sent == **value));
                Ok(json!(chosen.collect::<Vec<_>>()))
            }
            Kind::Variant(options, with) => self.variant(&name, options, with, text),
            Kind::Each(options, tag, fields) => Ok(self.each(&name, options, tag, fields)),
            Kind::Rows(fields) => Ok(self.rows(&name, fields)),
            Kind::Incident | Kind::MaybeIncident => self.incident(text).ok_or("problem-choose"),
            Kind::Entry(of) | Kind::MaybeEntry(of) => self.entry(text, of),
            Kind::Entries => Ok(self.entries(&name)),
            Kind::Copy(of, parts) => self.copy(text, of, parts),
            Kind::Feelings => Ok(json!(self.feelings(&name))),
            Kind::Need => self.need(&name, text).ok_or("problem-words"),
            Kind::Statement(bank) => match choices::statement(bank, text) {
                Some(number) => {
                    self.said = Some(self.words.text(&StatementId(number).message_key()));
                    Ok(json!(number))
                }
                None => Err("problem-choose"),
            },
            Kind::Activity => activity(text).ok_or("problem-choose"),
            Kind::Match => activity(text).ok_or("problem-choose"),
            Kind::Flag => Ok(json!(text == "yes")),
            Kind::Tally(_) | Kind::Noticed(_) | Kind::VersionOf(_) | Kind::Points | Kind::SameAs(_) => {
                Ok(Value::Null)
            }
        };
        found.unwrap_or_else(|key| {
            self.problem(&name, field, key);
            Value::Null
        })
    }

    fn problem(&mut self, name: &str, field: &Field, key: &'static str) {
        let range = match field.kind {
            Kind::Number(from, to) | Kind::MaybeNumber(from, to) => Some((from, to)),
            Kind::MinutesFromNow(from, to) | Kind::DaysFromNow(from, to) => {
                Some((i64::try_from(from).unwrap_or(0), i64::try_from(to).unwrap_or(i64::MAX)))
            }
            _ => None,
        };
        self.problems.push(Problem { name: name.to_owned(), question: field.key.to_owned(), key, range });
    }

    fn later(&self, text: &str, from: u64, to: u64, unit: u64) -> Result<Value, &'static str> {
        let span = text.parse().ok().filter(|span| (from..=to).contains(span)).ok_or("problem-number")?;
        Ok(json!(self.visit.moment.now.plus(unit * span)))
    }

    /// `2026-11-22T19:30`, here.
    fn point_in_time(&self, text: &str) -> Option<Value> {
        let (day, clock) = text.split_once(['T', ' '])?;
        let day: Day = day.parse().ok()?;
        Some(json!(self.visit.instant(day, minutes(clock)?)))
    }

    fn variant(
        &mut self,
        name: &str,
        options: Options,
        with: &[(&str, &[Field])],
        text: &str,
    ) -> Result<Value, &'static str> {
        let chosen = one_of(options, text)?;
        match with.iter().find(|(value, _)| *value == text) {
            None => Ok(chosen),
            Some((value, fields)) => Ok(json!({ *value: self.group(fields, &inside(name, value)) })),
        }
    }

    /// One item for each value of the list whose first answer is there, or of which it is said that there is nothing.
    fn each(&mut self, name: &str, options: Options, tag: &str, fields: &[Field]) -> Value {
        let Some(first) = fields.first() else { return json!([]) };
        let counts_empty = matches!(first.kind, Kind::MaybeNumber(..));
        let items = options.values.iter().filter_map(|value| {
            let group = inside(name, value);
            let there = if fields.len() == 1 {
                !self.sheet.one(&inside(&group, first.path)).trim().is_empty()
            } else {
                self.sheet.any_in(&group)
            };
            if !there && !counts_empty {
                return None;
            }
            let mut item = self.group(fields, &group);
            item[tag] = json!(value);
            // "Nothing to tell" beside words means the words.
            if item["nothing"] == json!(true) && says_something(&item, tag) {
                item["nothing"] = json!(false);
            }
            Some(item)
        });
        Value::Array(items.collect())
    }

    fn rows(&mut self, name: &str, fields: &[Field]) -> Value {
        let mut rows = Vec::new();
        for row in 0..self.sheet.rows(name) {
            let group = inside(name, &row.to_string());
            if !self.sheet.any_in(&group) {
                continue;
            }
            let first = fields.first().filter(|first| {
                matches!(first.kind, Kind::Text | Kind::Line)
                    && self.sheet.one(&inside(&group, first.path)).trim().is_empty()
            });
            if let Some(first) = first {
                self.problem(&inside(&group, first.path), first, "problem-row");
            }
            rows.push(self.group(fields, &group));
        }
        Value::Array(rows)
    }

    fn incident(&self, text: &str) -> Option<Value> {
        let id = entry_of(text)?;
        self.state.world().incidents.get(id).map(|_| json!(id))
    }

    fn candidate(&self, text: &str, of: &[&str]) -> Option<&'r Event> {
        let id = entry_of(text)?;
        let events = choices::candidates(self.state, of, self.visit.moment);
        events.into_iter().find(|event| show::root(event) == id || event.id == id)
    }

    fn entry(&mut self, text: &str, of: &[&str]) -> Result<Value, &'static str> {
        let event = self.candidate(text, of).ok_or("problem-choose")?;
        self.said = choices::said(event);
        Ok(json!(show::root(event)))
    }

    fn entries(&self, name: &str) -> Value {
        let events = choices::candidates(self.state, &["*"], self.visit.moment);
        let chosen = |event: &&Event| self.sheet.all(name).any(|sent| entry_of(sent) == Some(event.id));
        json!(events.into_iter().filter(chosen).map(|event| event.id).collect::<Vec<_>>())
    }

    fn copy(&mut self, text: &str, of: &str, parts: &[(&str, &str)]) -> Result<Value, &'static str> {
        let event = self.candidate(text, &[of]).ok_or("problem-choose")?;
        self.copied = Some(show::root(event));
        Ok(choices::copy(event, parts))
    }

    fn feelings(&self, name: &str) -> Vec<u16> {
        let known = |id: &u16| FeelingId(*id).message_key().is_some();
        self.sheet.all(name).filter_map(|id| id.parse().ok()).filter(known).collect()
    }

    fn need(&self, name: &str, text: &str) -> Option<Value> {
        let word = text.parse().ok().filter(|id| NeedId(*id).message_key().is_some());
        let own = self.sheet.one(&inside(name, "own")).trim();
        match word {
            Some(id) => Some(json!({ "word": id })),
            None => (!own.is_empty()).then(|| json!({ "own": own })),
        }
    }
}

fn says_something(item: &Value, tag: &str) -> bool {
    let fields = item.as_object().into_iter().flatten().filter(|(name, _)| name.as_str() != tag);
    fields.filter_map(|(_, value)| value.as_str()).any(|text| !text.is_empty())
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn yes_no(text: &str) -> Option<Value> {
    match text {
        "yes" => Some(json!(true)),
        "no" => Some(json!(false)),
        _ => None,
    }
}

fn number(text: &str, from: i64, to: i64) -> Option<i64> {
    text.parse().ok().filter(|number| (from..=to).contains(number))
}

/// `19:30` as minutes since midnight; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let mut parts = text.split(':').map(str::parse::<u16>);
    let (hours, minutes) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= 1440).then_some(all)
}

fn one_of(options: Options, text: &str) -> Result<Value, &'static str> {
    options.values.iter().find(|value| **value == text).map(|value| json!(value)).ok_or("problem-choose")
}

fn activity(text: &str) -> Option<Value> {
    let id: u16 = text.parse().ok()?;
    ActivityId(id).get().map(|_| json!(id))
}
