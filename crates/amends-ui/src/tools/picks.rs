//! What can be picked in a form, in words.

use amends_domain::bank::{ActivityId, FEELING_FAMILIES, FeelingId, NEED_GROUPS, NeedId, StatementId};
use amends_domain::event::{Event, Space};
use amends_tools::{Bank, Field, To, choices, parts, show};
use maud::{Markup, html};

use super::controls::{Controls, id};
use crate::name::name as token;

/// An incident or an entry.
pub(super) struct Pick {
    pub(super) value: String,
    pub(super) words: Markup,
    /// Where it can be read.
    pub(super) address: Option<String>,
    also: String,
}

impl Pick {
    /// Whether a field names it, by its document or by the version.
    pub(super) fn is(&self, sent: &str) -> bool {
        !sent.is_empty() && (self.value == sent || self.also == sent)
    }
}

/// Incidents, with who sees them; only private or shared ones where a field of that name asks.
pub(super) fn incidents(on: &Controls<'_>, name: &str) -> Vec<Pick> {
    let fits = |space: Space| match name {
        "private" => space == Space::Private,
        "shared" => space == Space::Shared,
        _ if on.tool.to == To::Pair => space == Space::Shared,
        _ => true,
    };
    let couple = on.state().world().partner.is_some();
    let pick = |(incident, found): (_, &amends_domain::incident::Incident)| {
        let whom = if found.space == Space::Shared { "tools-for-both" } else { "tools-for-you" };
        let words = html! {
            (found.title)
            @if couple { " " span class="quiet" { "(" (on.text(whom)) ")" } }
        };
        Pick { value: token(incident), words, address: None, also: String::new() }
    };
    choices::incidents(on.state()).into_iter().filter(|(_, found)| fits(found.space)).map(pick).collect()
}

/// Entries made by one of these events, newest first.
pub(super) fn entries(on: &Controls<'_>, of: &[&str]) -> Vec<Pick> {
    let events = choices::candidates(on.state(), of, on.moment());
    events.into_iter().rev().map(|event| entry(on, event)).collect()
}

/// Entries that a question can be answered with now, newest first.
pub(super) fn possible(on: &Controls<'_>, field: &Field) -> Vec<Pick> {
    let events = on.possible.entries(on.slug, on.tool, field);
    events.into_iter().rev().map(|event| entry(on, event)).collect()
}

fn entry(on: &Controls<'_>, event: &Event) -> Pick {
    let (step, kind, _) = show::name(&event.body);
    let words = &on.frame.core.messages;
    let label = html! {
        (first_words(on, event)) br;
        span class="quiet" { (day(on, event)) ", " (show::event_title(&step, &kind, words)) }
    };
    let address = Some(format!("/entry/{}", token(event.id)));
    Pick { value: token(show::root(event)), words: label, address, also: token(event.id) }
}

fn first_words(on: &Controls<'_>, event: &Event) -> String {
    parts::first_words(on.state(), event, &on.frame.core.messages, &|at| on.frame.visit.offset_at(at))
}

fn day(on: &Controls<'_>, event: &Event) -> String {
    parts::day(&on.frame.core.messages, on.frame.visit.day_of(event.at.time()))
}

/// All own entries, newest first.
pub(super) fn all_entries(on: &Controls<'_>) -> Words {
    let events = choices::candidates(on.state(), &["*"], on.moment());
    let line = |event: &Event| format!("{}, {}", first_words(on, event), day(on, event));
    events.into_iter().rev().map(|event| (token(event.id), line(event))).collect()
}

/// Words of a group: value and word.
type Words = Vec<(String, String)>;

/// The words of the feelings list, by family.
pub(super) fn feelings(on: &Controls<'_>) -> Vec<(String, Words)> {
    let word = |number: u16| Some((number.to_string(), on.text(&FeelingId(number).message_key()?)));
    let family = |slug: &str| on.text(&format!("feelings-{slug}"));
    let all = FEELING_FAMILIES.iter();
    all.map(|found| (family(found.slug), (found.first..found.first + found.len).filter_map(word).collect()))
        .collect()
}

/// The words of the needs list, by group.
pub(super) fn needs(on: &Controls<'_>) -> Vec<(String, Words)> {
    let word = |number: u16| Some((number.to_string(), on.text(&NeedId(number).message_key()?)));
    let group = |slug: &str| on.text(&format!("needs-{slug}"));
    let all = NEED_GROUPS.iter();
    all.map(|found| (group(found.slug), (found.first..found.first + found.len).filter_map(word).collect()))
        .collect()
}

/// Activities that are left in and not rated yet.
pub(super) fn activities(on: &Controls<'_>) -> Words {
    choices::activities(on.state()).into_iter().map(|id| named(on, id)).collect()
}

/// Activities that both would do.
pub(super) fn matches(on: &Controls<'_>) -> Words {
    choices::matches(on.state()).into_iter().map(|id| named(on, id)).collect()
}

fn named(on: &Controls<'_>, id: ActivityId) -> (String, String) {
    (id.0.to_string(), on.text(&id.message_key()))
}

/// One statement of a bank to answer, and a button for another one.
pub(super) fn statement(on: &Controls<'_>, bank: Bank, name: &str) -> Markup {
    let number = choices::statement(bank, on.sheet.one(name))
        .unwrap_or_else(|| choices::next_statement(on.state(), bank));
    html! {
        section class="field said" id=(id(name)) tabindex="-1" aria-label=(on.text("form-ask-statement")) {
            p class="quiet" { (on.text("form-ask-statement")) }
            blockquote { (on.text(&StatementId(number).message_key())) }
            input type="hidden" name=(name) value=(number);
            button type="submit" name="_do" value=(format!("another {name}")) { (on.text("tools-another")) }
        }
    }
}
