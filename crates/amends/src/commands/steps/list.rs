//! What a step holds: incidents, tools, entries, kept lines.

use amends_messages::Messages;
use amends_tools::{TAKE_BACK, choices, closed, show, title_key, tools};
use serde_json::{Value, json};

use super::moment;
use crate::commands::CLEAN;
use crate::commands::vault::{OpenVault, offset_at};

pub(super) fn print(vault: &OpenVault, slug: &str, as_json: bool, words: &Messages) -> anyhow::Result<u8> {
    if as_json {
        anstream::println!("{}", serde_json::to_string_pretty(&to_json(vault, slug))?);
    } else {
        print_text(vault, slug, words);
    }
    Ok(CLEAN)
}

/// Areas whose entries belong to a step here.
fn areas(slug: &str) -> &'static [&'static str] {
    match slug {
        "incident" | "stage" => &["incident"],
        "contact" => &["contact", "consent"],
        _ => &[],
    }
}

fn belongs(slug: &str, step: &str) -> bool {
    step == slug || areas(slug).contains(&step)
}

fn to_json(vault: &OpenVault, slug: &str) -> Value {
    let view = vault.state().view_for(vault.me(), moment());
    let entries: Vec<Value> = show::entries(vault.state(), moment())
        .into_iter()
        .filter(|event| belongs(slug, event.body.step()))
        .map(|event| {
            let (step, name, _) = show::name(&event.body);
            let readable = show::readable(vault.state(), event);
            json!({
                "id": event.id,
                "document": show::root(event),
                "mine": event.author == vault.me(),
                "space": event.space,
                "day": event.at.time().day(moment().utc_offset),
                "step": step,
                "event": name,
                "closed": readable.is_none(),
                "content": readable,
            })
        })
        .collect();
    let tools: Vec<Value> = tools(slug)
        .iter()
        .chain([&TAKE_BACK])
        .map(|tool| json!({ "name": tool.name, "event": tool.event, "closed": closed(vault.state(), slug, tool, moment()) }))
        .collect();
    let drafts: Vec<Value> =
        kept(vault, slug).map(|draft| json!({ "key": draft.key, "text": draft.text })).collect();
    let mut all = json!({
        "step": slug,
        "connection": view.connection,
        "incidents": view.incidents,
        "tools": tools,
        "entries": entries,
        "drafts": drafts,
    });
    if slug == "activities" {
        all["matches"] = json!(choices::matches(vault.state()));
    }
    all
}

/// What both would do, and how that comes about.
pub(super) fn matches(vault: &OpenVault, words: &Messages) {
    let found = choices::matches(vault.state());
    anstream::println!("{}", words.text("look-matches"));
    for activity in &found {
        anstream::println!("  {:>2}. {}", activity.0, words.text(&activity.message_key()));
    }
    if found.is_empty() {
        anstream::println!("  {}", words.text("look-matches-none"));
    }
    for number in 1..=4 {
        anstream::println!("  {}", words.text(&format!("look-matches-how-{number}")));
    }
}

fn kept<'v>(vault: &'v OpenVault, slug: &str) -> impl Iterator<Item = &'v amends_client::Draft> {
    let prefix = format!("cli/{slug}/");
    vault.drafts().filter(move |draft| draft.key.starts_with(&prefix))
}

fn print_text(vault: &OpenVault, slug: &str, words: &Messages) {
    let view = vault.state().view_for(vault.me(), moment());
    for incident in &view.incidents {
        let stage = serde_json::to_value(incident.stage).unwrap_or(Value::Null);
        let stage = stage.as_str().unwrap_or_default().replace('_', "-");
        anstream::println!("{}: {}", incident.title, words.text(&format!("cli-stage-{stage}")));
        if slug == "stage" {
            for condition in &incident.next {
                let mark = if condition.met { "x" } else { " " };
                anstream::println!("  [{mark}] {}", words.text(condition.key));
            }
        }
    }
    if slug == "activities" {
        matches(vault, words);
    }
    let mut any = false;
    for event in
        show::entries(vault.state(), moment()).into_iter().filter(|event| belongs(slug, event.body.step()))
    {
        any = true;
        let (step, name, _) = show::name(&event.body);
        let day = event.at.time().day(moment().utc_offset);
        let whose = words.text(if event.author == vault.me() { "cli-mine" } else { "cli-theirs" });
        anstream::println!("\n{day}  {}  ({whose})", show::event_title(&step, &name, words));
        match show::readable(vault.state(), event) {
            None => anstream::println!("  {}", words.text("cli-closed")),
            Some(payload) => show::lines(&payload, 0, words, &offset_at)
                .iter()
                .for_each(|line| anstream::println!("{line}")),
        }
    }
    if !any {
        anstream::println!("{}", words.text("cli-nothing-here"));
    }
    for draft in kept(vault, slug) {
        let title = tools(slug).iter().find(|tool| draft.key == format!("cli/{slug}/{}", tool.name));
        let title = title.map_or_else(|| draft.key.clone(), |tool| words.text(&title_key(slug, tool)));
        anstream::println!("\n{} {title}", words.text("cli-kept-in"));
        draft.text.lines().for_each(|line| anstream::println!("  {line}"));
    }
}
