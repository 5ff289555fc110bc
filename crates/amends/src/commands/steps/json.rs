//! Actions as JSON: one value after the other from standard input, one line of JSON for each on standard output.

use std::io::BufRead as _;

use amends_client::AppendError;
use amends_domain::event::{Body, Space};
use amends_domain::id::EventId;
use amends_domain::permit::Action;
use amends_lint::{SafetyKind, choose_hints};
use amends_messages::Messages;
use amends_reader::Reader;
use amends_tools::writing::{self, Said};
use amends_tools::{TAKE_BACK, To, Tool, Writing, guest, tools};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::commands::vault::{self, OpenVault, offset_at};
use crate::commands::{CLEAN, FOUND, INPUT, reader};

/// One action. Without `event` the value is the event itself.
#[derive(Deserialize)]
struct Request {
    event: Value,
    /// `entry` or `consent` for what does not belong to the step itself.
    #[serde(default)]
    area: Option<String>,
    /// Left out: as the tool does it.
    #[serde(default)]
    space: Option<Space>,
    #[serde(default)]
    draft: Option<EventId>,
    #[serde(default)]
    without_rest: bool,
    #[serde(default)]
    before_stage: bool,
    #[serde(default)]
    telling_is_safe: bool,
    /// Who was hurt gets hints only if they ask for them.
    #[serde(default)]
    look: bool,
}

pub(super) fn run(vault: &mut OpenVault, slug: &str, words: &Messages) -> anyhow::Result<u8> {
    let mut reader = reader::reader(false);
    let mut code = CLEAN;
    let mut input = std::io::stdin().lock();
    if input.fill_buf()?.is_empty() {
        anstream::eprintln!("{}", words.text("cli-no-action"));
        return Ok(INPUT);
    }
    for value in serde_json::Deserializer::from_reader(input).into_iter::<Value>() {
        let answer = match value {
            Ok(value) => one(vault, slug, value, &mut reader, words)?,
            Err(error) => {
                anstream::println!("{}", json!({ "ok": false, "error": error.to_string() }));
                return Ok(INPUT);
            }
        };
        let failed = match (&answer["ok"], answer.get("refusal")) {
            (Value::Bool(true), _) => CLEAN,
            (_, Some(_)) => FOUND,
            _ => INPUT,
        };
        code = code.max(failed);
        anstream::println!("{answer}");
    }
    Ok(code)
}

fn one(
    vault: &mut OpenVault,
    slug: &str,
    value: Value,
    reader: &mut Reader,
    words: &Messages,
) -> anyhow::Result<Value> {
    let request = match value.get("event") {
        Some(_) => serde_json::from_value::<Request>(value),
        None => serde_json::from_value::<Request>(json!({ "event": value })),
    };
    let (request, tool, body) =
        match request.map_err(|error| error.to_string()).and_then(|request| read(slug, request)) {
            Ok(read) => read,
            Err(error) => return Ok(json!({ "ok": false, "error": error })),
        };
    let payload =
        request.event.as_object().and_then(|event| event.values().next()).cloned().unwrap_or(Value::Null);
    let space = request.space.unwrap_or_else(|| match tool.to {
        To::Own => Space::Private,
        To::Pair => Space::Shared,
        To::Follow => writing::space_of(vault.state(), &payload).unwrap_or(Space::Private),
    });
    let body = guest::completed(vault.state(), body, words, &offset_at);
    let checked = tool.genre.map(|genre| writing::read(reader, &body, genre, None));
    let findings = writing::findings(reader, &body, checked.as_ref());
    let said = Said {
        without_rest: request.without_rest,
        before_stage: request.before_stage,
        telling_is_safe: request.telling_is_safe,
        draft: request.draft,
        finishes: None,
    };
    let writing = Writing::with(vault.state(), tool, &payload, request.draft);
    let is_asked = request.look || !writing.is_left_alone(vault.state());
    let read = checked.iter().filter(|_| is_asked);
    let hints: Vec<Value> = read.flat_map(|checked| hints(reader, checked)).collect();
    let mut answer = match writing::write(vault, Action { space, body }, &findings, &said, super::moment()) {
        Ok(id) => json!({ "ok": true, "id": id, "space": space, "hints": hints }),
        Err(AppendError::Refused(refusal)) => json!({
            "ok": false, "refusal": refusal, "text": words.text(&refusal.message_key()), "hints": hints,
        }),
        Err(error) => return Err(vault::trouble(words, amends_client::Trouble::from(&error))),
    };
    let dangers = checked.iter().flat_map(|checked| danger(checked, words)).collect::<Vec<_>>();
    if !dangers.is_empty() {
        answer["danger"] = Value::Array(dangers);
    }
    Ok(answer)
}

/// The dangers that a text speaks of, each with words of help: said whether anybody asked or not.
fn danger(checked: &writing::Checked, words: &Messages) -> Vec<Value> {
    let help = |kind: &SafetyKind| words.text(&format!("danger-{}", kind.name()));
    checked.report.safety.iter().map(|kind| json!({ "kind": kind.name(), "text": help(kind) })).collect()
}

/// The event of the domain with the tool that it belongs to.
fn read(slug: &str, request: Request) -> Result<(Request, &'static Tool, Body), String> {
    let name = match &request.event {
        Value::String(name) => name.clone(),
        Value::Object(object) if object.len() == 1 => object.keys().next().cloned().unwrap_or_default(),
        _ => return Err("an action is one event: {\"name\": {...}} or \"name\"".to_owned()),
    };
    let belongs = |tool: &&Tool| {
        tool.event == name && request.area.as_deref().is_none_or(|area| tool.area.unwrap_or(slug) == area)
    };
    let tool = tools(slug).iter().chain([&TAKE_BACK]).find(belongs).ok_or_else(|| {
        let names: Vec<&str> = tools(slug).iter().map(|tool| tool.event).collect();
        format!("{slug} has no event {name:?}; it has {}", names.join(", "))
    })?;
    let value = json!({ tool.area.unwrap_or(slug): request.event });
    let body = serde_json::from_value(value).map_err(|error| format!("{name}: {error}"))?;
    Ok((request, tool, body))
}

/// At most three hints, each with its place in bytes.
fn hints(reader: &Reader, checked: &writing::Checked) -> Vec<Value> {
    let chosen = choose_hints(reader.pack(), &checked.report.findings, &[]);
    let findings = chosen.iter().map(|hint| &checked.report.findings[hint.finding]);
    findings
        .map(|finding| {
            let rule = &reader.pack().rules[finding.check as usize];
            json!({ "check": rule.id.to_string(), "why": rule.why.to_string(), "pattern": rule.pattern.to_string() })
        })
        .collect()
}
