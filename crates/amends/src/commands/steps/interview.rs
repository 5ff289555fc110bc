//! Asking question by question. Every accepted line is saved at once, sealed, so that a kill loses nothing; when the
//! tool is opened again, the kept lines are played back and asking goes on where it stopped.

use std::collections::VecDeque;
use std::io::Write as _;

use amends_client::Trouble;
use amends_domain::id::{Day, EventId, Millis};
use amends_messages::Messages;
use amends_tools::{Field, Kind, Options, show};
use serde_json::{Value, json};

use crate::commands::vault::{self, OpenVault, clock_changes, now, offset_at};

/// Why asking ended before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The person left, or the input ended. What was typed is kept.
    Left,
    /// There is nothing to choose from yet (message key).
    Nothing(&'static str),
    /// The vault could not be written.
    Failed(anyhow::Error),
}

/// A conversation about one tool.
pub(super) struct Interview<'a> {
    pub(super) vault: &'a mut OpenVault,
    pub(super) words: &'a Messages,
    /// Key of the draft.
    key: String,
    /// Accepted lines, by question.
    lines: Vec<Vec<String>>,
    kept: VecDeque<String>,
    /// The question that is being asked, and whether it had an answer before.
    at: usize,
    edits: bool,
    /// The draft that something was copied from.
    pub(super) copied: Option<EventId>,
    /// What the partner said, where the tool answers something.
    pub(super) said: Option<String>,
}

/// What a line was taken as: the value, and the line that means the same for ever.
pub(super) type Taken = Option<(Value, String)>;

impl<'a> Interview<'a> {
    pub(super) fn new(vault: &'a mut OpenVault, words: &'a Messages, key: String) -> Self {
        let text = vault.draft(&key).map(|draft| draft.text.clone());
        let kept = text.map(|text| text.split('\n').map(str::to_owned).collect()).unwrap_or_default();
        Self {
            vault,
            words,
            key,
            lines: vec![Vec::new()],
            kept,
            at: 0,
            edits: false,
            copied: None,
            said: None,
        }
    }

    /// Whether lines of an earlier time wait to be played back.
    pub(super) fn has_kept(&self) -> bool {
        !self.kept.is_empty()
    }

    /// Begins anew.
    pub(super) fn forget(&mut self) -> Result<(), Stop> {
        self.kept.clear();
        self.discard(&self.editing())?;
        self.discard(&self.key.clone())
    }

    fn discard(&mut self, key: &str) -> Result<(), Stop> {
        self.vault
            .discard_draft(key)
            .map_err(|error| Stop::Failed(vault::trouble(self.words, Trouble::from(&error))))
    }

    /// Key of the draft, to be finished with the entry.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Asks one question again, or for the first time. Its lines are kept under its number.
    pub(super) fn question(
        &mut self,
        number: usize,
        field: &Field,
        old: Option<&Value>,
        form: &Value,
    ) -> Result<Value, Stop> {
        if self.lines.len() <= number {
            self.lines.resize(number + 1, Vec::new());
        }
        // Only this question's lines are replaced, and only once it is answered to its end.
        let before = std::mem::take(&mut self.lines[number]);
        self.at = number;
        self.edits = !before.is_empty();
        let answer = self.ask(field, old, form);
        if answer.is_err() && self.edits {
            self.lines[number] = before;
            return answer;
        }
        if std::mem::take(&mut self.edits) {
            self.save()?;
            self.discard(&self.editing())?;
        }
        answer
    }

    /// Whether a question was asked: with one incident, for example, there is nothing to ask.
    pub(super) fn was_asked(&self, number: usize) -> bool {
        self.lines.get(number).is_some_and(|lines| !lines.is_empty())
    }

    /// Lines of an answer that was being changed when the program was stopped.
    pub(super) fn was_editing(&self) -> Option<String> {
        self.vault.draft(&self.editing()).map(|draft| draft.text.clone())
    }

    fn editing(&self) -> String {
        format!("{}/changed", self.key)
    }

    fn ask(&mut self, field: &Field, old: Option<&Value>, form: &Value) -> Result<Value, Stop> {
        let old = old.filter(|old| !old.is_null());
        match field.kind {
            Kind::Text => self.text(field.key, old),
            Kind::Line => self.line(field.key, old),
            Kind::MaybeLine => self.one(field.key, old, true, |line| Some((json!(line), line.to_owned()))),
            Kind::Lines => self.many_lines(field.key, old),
            Kind::Week => self.one(field.key, old, false, week),
            Kind::Day => self.one(field.key, old, false, day),
            Kind::MaybeDay => self.one(field.key, old, true, day),
            Kind::YesNo => self.one(field.key, old, false, yes_no),
            Kind::MaybeYesNo => self.one(field.key, old, true, yes_no),
            Kind::Number(from, to) => self.one(field.key, old, false, |line| number(line, from, to)),
            Kind::MaybeNumber(from, to) => self.one(field.key, old, true, |line| number(line, from, to)),
            Kind::Time => self.one(field.key, old, false, time),
            Kind::Moment => self.one(field.key, old, false, moment),
            Kind::MinutesFromNow(least, most) => {
                self.later(field.key, least, most, amends_domain::id::MINUTE)
            }
            Kind::DaysFromNow(least, most) => self.later(field.key, least, most, amends_domain::id::DAY),
            Kind::Offset => Ok(json!(offset_at(now()))),
            Kind::ClockChanges => Ok(json!(clock_changes(now()))),
            Kind::Flag => Ok(Value::Bool(false)),
            Kind::Choice(options) => self.choice(field.key, old, options, false),
            Kind::MaybeChoice(options) => self.choice(field.key, old, options, true),
            Kind::Choices(options) => self.choices(field.key, old, options),
            Kind::Variant(options, with) => self.variant(field.key, old, options, with),
            Kind::Each(options, tag, fields) => self.each(field.key, old, options, tag, fields),
            Kind::Rows(fields) => self.rows(field.key, old, fields),
            Kind::Tally(_) | Kind::Noticed(_) => Ok(Value::Null),
            Kind::SameAs(_) => Ok(old.cloned().unwrap_or_default()),
            _ => self.pick(field, old, form),
        }
    }

    /// One line that `take` understands; nothing keeps what is there, or leaves it out where that is possible.
    pub(super) fn one(
        &mut self,
        key: &str,
        old: Option<&Value>,
        may_be_nothing: bool,
        take: impl Fn(&str) -> Taken,
    ) -> Result<Value, Stop> {
        self.say(key);
        self.show_old(old);
        loop {
            let (line, was_kept) = self.read()?;
            let line = line.trim();
            let taken = match (line, old) {
                ("", Some(old)) => Some((old.clone(), old_line(old))),
                ("" | "-", _) if may_be_nothing => Some((Value::Null, "-".to_owned())),
                _ => take(line),
            };
            match taken {
                Some((value, line)) => {
                    self.record(line)?;
                    return Ok(value);
                }
                // What was kept does not fit any more (something it pointed at is gone): ask anew from here.
                None if was_kept => self.kept.clear(),
                None => anstream::println!("{}", self.words.text("cli-not-understood")),
            }
        }
    }

    fn line(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        self.say(key);
        self.show_old(old);
        let (line, _) = self.read()?;
        let line = match (line.trim(), old.and_then(Value::as_str)) {
            ("", Some(old)) => old.replace('\n', " "),
            (typed, _) => typed.to_owned(),
        };
        self.record(line.clone())?;
        Ok(json!(line))
    }

    /// Lines up to an empty one. A line with only `/` is an empty line of the text.
    fn text(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        self.say(key);
        self.show_old(old);
        anstream::println!("{}", self.words.text("cli-text-ends"));
        let mut lines: Vec<String> = Vec::new();
        loop {
            let (line, _) = self.read()?;
            let line = line.trim_end().to_owned();
            if !line.is_empty() {
                self.record(line.clone())?;
                lines.push(if line == "/" { String::new() } else { line });
                continue;
            }
            if let (true, Some(old)) =
                (lines.is_empty(), old.and_then(Value::as_str).filter(|old| !old.is_empty()))
            {
                for line in old.lines() {
                    self.record(if line.is_empty() { "/".to_owned() } else { line.to_owned() })?;
                }
                lines = old.lines().map(str::to_owned).collect();
            }
            self.record(String::new())?;
            return Ok(json!(lines.join("\n")));
        }
    }

    fn many_lines(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        let old = old
            .and_then(Value::as_array)
            .map(|items| json!(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")));
        let text = self.text(key, old.as_ref())?;
        let lines = text.as_str().unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(json!(lines.collect::<Vec<_>>()))
    }

    fn later(&mut self, key: &str, least: u64, most: u64, unit: u64) -> Result<Value, Stop> {
        // Kept as the moment it meant, so that playing it back later means the same.
        self.one(key, None, false, |line| {
            let at = match line.strip_prefix('@') {
                Some(at) => at.parse().ok()?,
                None => {
                    let span = line.parse().ok().filter(|span| (least..=most).contains(span))?;
                    now().plus(unit * span).0
                }
            };
            Some((json!(at), format!("@{at}")))
        })
    }

    fn choice(
        &mut self,
        key: &str,
        old: Option<&Value>,
        options: Options,
        maybe: bool,
    ) -> Result<Value, Stop> {
        self.options(options);
        self.one(key, old, maybe, |line| one_of(options, line).map(|value| (json!(value), value.to_owned())))
    }

    fn choices(&mut self, key: &str, old: Option<&Value>, options: Options) -> Result<Value, Stop> {
        self.options(options);
        let none = json!([]);
        let chosen = self.one(key, old, true, |line| {
            let parts = line.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
            let values: Option<Vec<&str>> = parts.map(|part| one_of(options, part)).collect();
            values.map(|values| (json!(values), values.join(",")))
        })?;
        Ok(if chosen.is_null() { none } else { chosen })
    }

    fn variant(
        &mut self,
        key: &str,
        old: Option<&Value>,
        options: Options,
        with: &[(&str, &[Field])],
    ) -> Result<Value, Stop> {
        let (old_name, old_fields) = match old {
            Some(Value::Object(object)) => {
                object.iter().next().map_or((None, None), |(name, fields)| (Some(json!(name)), Some(fields)))
            }
            other => (other.cloned(), None),
        };
        let chosen = self.choice(key, old_name.as_ref(), options, false)?;
        let name = chosen.as_str().unwrap_or_default();
        match with.iter().find(|(value, _)| *value == name) {
            None => Ok(chosen),
            Some((_, fields)) => Ok(json!({ name: self.group(fields, old_fields)? })),
        }
    }

    /// The fields of one row or variant.
    fn group(&mut self, fields: &[Field], old: Option<&Value>) -> Result<Value, Stop> {
        let mut object = json!({});
        for field in fields {
            let answer = self.ask(field, old.and_then(|old| show::at(old, field.path)), &Value::Null)?;
            show::set(&mut object, field.path, answer);
        }
        Ok(object)
    }

    fn each(
        &mut self,
        key: &str,
        old: Option<&Value>,
        options: Options,
        tag: &str,
        fields: &[Field],
    ) -> Result<Value, Stop> {
        self.say(key);
        let mut items = Vec::new();
        for value in options.values {
            anstream::println!("\n[{}]", self.words.text(&options.key(value)));
            let items_before = old.and_then(Value::as_array);
            let old = items_before.and_then(|all| all.iter().find(|item| item[tag] == json!(value)));
            items.extend(self.item(json!(value), tag, fields, old)?);
        }
        Ok(Value::Array(items))
    }

    /// One item of a list: left out if its first answer is nothing, marked as "nothing to tell" by a lone dash.
    fn item(
        &mut self,
        value: Value,
        tag: &str,
        fields: &[Field],
        old: Option<&Value>,
    ) -> Result<Option<Value>, Stop> {
        let mut item = json!({ tag: value });
        let old_of = |field: &Field| old.and_then(|old| show::at(old, field.path)).cloned();
        let Some((first, rest)) = fields.split_first() else { return Ok(Some(item)) };
        let answer = self.ask(first, old_of(first).as_ref(), &Value::Null)?;
        let skipped_counts = matches!(first.kind, Kind::MaybeNumber(..));
        if (answer.is_null() && !skipped_counts) || answer == json!("") {
            return Ok(None);
        }
        let nothing = answer == json!("-") && rest.iter().any(|field| matches!(field.kind, Kind::Flag));
        show::set(&mut item, first.path, if nothing { json!("") } else { answer });
        for field in rest {
            let is_asked = item[tag].as_str().is_none_or(|value| field.is_for(value));
            let answer = match field.kind {
                _ if !is_asked && old_of(field).is_none_or(|old| old.is_null()) => Value::Null,
                Kind::Flag => json!(nothing),
                Kind::Text if nothing => json!(""),
                _ if nothing => Value::Null,
                _ => self.ask(field, old_of(field).as_ref(), &Value::Null)?,
            };
            show::set(&mut item, field.path, answer);
        }
        Ok(Some(item))
    }

    fn rows(&mut self, key: &str, old: Option<&Value>, fields: &[Field]) -> Result<Value, Stop> {
        self.say(key);
        let Some((first, rest)) = fields.split_first() else { return Ok(json!([])) };
        let mut rows = Vec::new();
        for number in 0.. {
            let old = old.and_then(|old| old.get(number));
            let of = |field: &Field| old.and_then(|old| show::at(old, field.path)).cloned();
            let answer = self.ask(first, of(first).as_ref(), &Value::Null)?;
            match answer.as_str() {
                Some("") => break,
                Some("-") => continue,
                _ => {}
            }
            let mut row = json!({});
            show::set(&mut row, first.path, answer);
            for field in rest {
                let answer = self.ask(field, of(field).as_ref(), &Value::Null)?;
                show::set(&mut row, field.path, answer);
            }
            rows.push(row);
        }
        Ok(Value::Array(rows))
    }

    fn options(&self, options: Options) {
        for (index, value) in options.values.iter().enumerate() {
            anstream::println!("  {:>2}. {}", index + 1, self.words.text(&options.key(value)));
        }
    }

    pub(super) fn say(&self, key: &str) {
        if !key.is_empty() {
            anstream::println!("{}", self.words.text(key));
        }
    }

    fn show_old(&self, old: Option<&Value>) {
        if let Some(old) = old.map(old_line).filter(|old| !old.is_empty()) {
            anstream::println!("  ({} {old})", self.words.text("cli-there-is"));
        }
    }

    /// The next line: a kept one, or one typed now. `/leave` and the end of the input leave.
    pub(super) fn read(&mut self) -> Result<(String, bool), Stop> {
        if let Some(line) = self.kept.pop_front() {
            anstream::println!("> {line}");
            return Ok((line, true));
        }
        anstream::print!("> ");
        let _ = std::io::stdout().flush();
        match vault::secret::line().map_err(Stop::Failed)? {
            Some(line) if line.trim() == "/leave" => Err(Stop::Left),
            Some(line) => Ok((line, false)),
            None => Err(Stop::Left),
        }
    }

    /// Takes a line into the draft and saves it, unless it is only played back.
    pub(super) fn record(&mut self, line: String) -> Result<(), Stop> {
        self.lines[self.at].push(line);
        if self.edits {
            let text = self.lines[self.at].join("\n");
            let saved = self.vault.save_draft(&self.editing(), &text, now());
            return saved.map_err(|error| Stop::Failed(vault::trouble(self.words, Trouble::from(&error))));
        }
        if self.kept.is_empty() { self.save() } else { Ok(()) }
    }

    fn save(&mut self) -> Result<(), Stop> {
        let mut all: Vec<&str> = self.lines.iter().flatten().map(String::as_str).collect();
        all.extend(self.kept.iter().map(String::as_str));
        let saved = self.vault.save_draft(&self.key, &all.join("\n"), now());
        saved.map_err(|error| Stop::Failed(vault::trouble(self.words, Trouble::from(&error))))
    }
}

/// The line by which a value is answered again.
fn old_line(old: &Value) -> String {
    match old {
        Value::String(text) => text.replace('\n', " / "),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(old_line).collect::<Vec<_>>().join(","),
        Value::Object(object) => super::pick::id_line(object).unwrap_or_default(),
        Value::Null => String::new(),
    }
}

/// A value of a list, by its number or name.
fn one_of(options: Options, line: &str) -> Option<&'static str> {
    let by_number = line.parse::<usize>().ok().and_then(|number| options.values.get(number.checked_sub(1)?));
    let name = line.replace('-', "_");
    by_number.or_else(|| options.values.iter().find(|value| **value == name)).copied()
}

fn yes_no(line: &str) -> Taken {
    match line.to_lowercase().as_str() {
        "y" | "yes" => Some((json!(true), "yes".to_owned())),
        "n" | "no" => Some((json!(false), "no".to_owned())),
        _ => None,
    }
}

fn number(line: &str, from: i64, to: i64) -> Taken {
    let number = line.parse::<i64>().ok().filter(|number| (from..=to).contains(number))?;
    Some((json!(number), number.to_string()))
}

/// `2026-11-22`, `today`, or `+7` for so many days from today.
fn day(line: &str) -> Taken {
    let today = now().day(offset_at(now()));
    let day = match line {
        "today" => today,
        _ => match line.strip_prefix('+') {
            Some(days) => today.plus(days.parse().ok()?),
            None => line.parse::<Day>().ok()?,
        },
    };
    Some((json!(day), day.to_string()))
}

/// The Monday of a week: `this`, `last`, or that of a day.
fn week(line: &str) -> Taken {
    let [this, last, ..] = amends_tools::week::latest(super::moment());
    let monday = match line {
        "this" => this,
        "last" => last,
        _ => amends_tools::week::monday(serde_json::from_value(day(line)?.0).ok()?),
    };
    Some((json!(monday), monday.to_string()))
}

/// `19:30`, as minutes since midnight; `24:00` is the end of the day.
fn time(line: &str) -> Taken {
    if let Some(minutes) = line.parse::<u16>().ok().filter(|minutes| (60..=1440).contains(minutes)) {
        return Some((json!(minutes), minutes.to_string()));
    }
    let (hours, minutes) = line.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= 1440).then(|| (json!(all), line.to_owned()))
}

/// When a clock on the wall here shows this minute of a day.
fn instant(date: Day, minute: u16) -> Millis {
    let there = vault::zone().and_then(|zone| zone.instant(date.0, minute)).map(Millis);
    there.unwrap_or_else(|| {
        date.start(offset_at(date.start(0))).plus(u64::from(minute) * amends_domain::id::MINUTE)
    })
}

/// `2026-11-22 19:30` here, or `now`; kept as milliseconds.
fn moment(line: &str) -> Taken {
    let at = if line == "now" {
        now().0
    } else if let Some(millis) = line.parse::<u64>().ok().filter(|millis| *millis > 10_000_000_000) {
        millis
    } else {
        let (date, clock) = line.split_once(' ')?;
        let minutes = u16::try_from(time(clock.trim())?.0.as_u64()?).ok()?;
        instant(date.parse::<Day>().ok()?, minutes).0
    };
    Some((json!(at), at.to_string()))
}
