//! Every check of the language pack, in its own words.

use amends_lint::{Genre, Kind, Rule, Severity};
use maud::{Markup, html};

use crate::layout::{Frame, Page};

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let rules = &frame.core.pack.rules;
    let group = |kind: Kind| rules.iter().filter(move |rule| rule.kind == kind);
    let main = html! {
        h1 { (frame.text("rules-title")) }
        p class="lead" { (frame.text("rules-lead")) }
        @if rules.is_empty() { p { (frame.text("rules-none")) } }
        h2 { (frame.text("rules-fault-title")) }
        @for rule in group(Kind::Fault) { (entry(frame, rule)) }
        h2 { (frame.text("rules-presence-title")) }
        @for rule in group(Kind::Presence) { (entry(frame, rule)) }
    };
    Page::new("", main)
}

fn entry(frame: &Frame<'_>, rule: &Rule) -> Markup {
    let severity = match rule.severity {
        Severity::Normal => "rules-severity-normal",
        Severity::Strong => "rules-severity-strong",
        Severity::Interrupt => "rules-severity-interrupt",
        Severity::Presence => "rules-severity-presence",
    };
    html! {
        section class="study" id=(rule.id) tabindex="-1" {
            h3 { (rule.title) }
            p class="quiet" { (frame.text(severity)) ". " (genres(frame, rule)) "." }
            p { (rule.why) }
            @if !rule.question.is_empty() {
                p { strong { (frame.text("rules-question")) ":" } " " (rule.question) }
            }
            @if !rule.pattern.is_empty() {
                p { strong { (frame.text("rules-pattern")) ":" } " " q { (rule.pattern) } }
            }
            p class="quiet" {
                (frame.text("rules-steps")) ": "
                @for (position, slug) in known_steps(rule).enumerate() {
                    @if position > 0 { ", " }
                    a href=(format!("/step/{slug}")) { (frame.step_title(slug)) }
                }
                @for id in &rule.sources {
                    " · " a href=(format!("/evidence#{}", id.to_lowercase())) { (id) }
                }
            }
        }
    }
}

fn known_steps(rule: &Rule) -> impl Iterator<Item = &str> {
    rule.steps.iter().map(String::as_str).filter(|slug| amends_guide::step_by_slug(slug).is_some())
}

fn genres(frame: &Frame<'_>, rule: &Rule) -> String {
    let named: Vec<String> = Genre::ALL
        .into_iter()
        .filter(|genre| rule.genres.has(*genre))
        .map(|genre| frame.text(&format!("genre-{}", genre.name())).to_lowercase())
        .collect();
    match named.len() == Genre::ALL.len() {
        true => frame.text("rules-all-genres"),
        false => frame.fill("rules-genres", "genres", named.join(", ")),
    }
}
