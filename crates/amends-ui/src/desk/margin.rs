//! The margin beside the draft: help where there is danger, else at most three hints, what is missing, and
//! the promises in the text.

use amends_lint::{Commitment, Finding, Origin, Reading, Rule, SafetyKind};
use maud::{Markup, html};

use crate::desk::reading::Read;
use crate::layout::Frame;
use crate::pages::evidence::finding as study;
use crate::pages::safety::{country, emergency, expiry, lines};
use crate::state::DeskDraft;

/// Most missing parts shown at a time: the rest follows when these are there.
const MAX_MISSING: usize = 3;
/// A text shorter than this is still being begun; nothing is called missing in it.
const WORDS_BEFORE_MISSING: usize = 12;

pub(super) fn margin(frame: &Frame<'_>, draft: &DeskDraft, read: &Read) -> Markup {
    let quiet = |key: &str| html! { p class="quiet" { (frame.text(key)) } };
    match read.report.reading {
        Reading::Empty => quiet("desk-empty"),
        Reading::OtherLanguage => quiet("desk-other-language"),
        Reading::Read if read.is_danger() => danger(frame, read, "danger-wrong"),
        Reading::Read => html! {
            (judged_as(frame, draft, read))
            (hints(frame, draft, read))
            (missing(frame, draft, read))
            (promises(frame, draft, read))
        },
    }
}

/// One line for people who hear the page.
pub(super) fn status(frame: &Frame<'_>, read: &Read) -> String {
    match read.report.reading {
        Reading::Empty => String::new(),
        Reading::OtherLanguage => frame.text("desk-other-language"),
        Reading::Read if read.is_danger() => frame.text("desk-status-safety"),
        Reading::Read => {
            let hints = read.hints.len().into();
            let missing = read.report.missing.len().min(MAX_MISSING).into();
            let text = frame.core.messages().with("desk-status", &[("hints", hints), ("missing", missing)]);
            text.trim().to_owned()
        }
    }
}

fn judged_as(frame: &Frame<'_>, draft: &DeskDraft, read: &Read) -> Markup {
    html! {
        @if let (None, Some(genre)) = (draft.genre, read.report.genre) {
            p class="quiet" {
                (frame.fill("desk-read-as", "genre", frame.text(&format!("genre-{}", genre.name())).to_lowercase()))
            }
        }
    }
}

fn hints(frame: &Frame<'_>, draft: &DeskDraft, read: &Read) -> Markup {
    if read.hints.is_empty() {
        return html! { p class="quiet" { (frame.text("desk-clear")) } };
    }
    html! {
        h2 { (frame.text("desk-hints-title")) }
        @if read.hints.len() > 1 {
            p class="walk" {
                button type="button" data-walk="-1" { (frame.text("desk-previous")) }
                button type="button" data-walk="1" { (frame.text("desk-next")) }
            }
            p class="help keys" { (frame.text("desk-keys")) }
        }
        @for (number, finding) in (1_usize..).zip(&read.hints) {
            (hint(frame, draft, number, read.hints.len(), finding))
        }
    }
}

fn hint(frame: &Frame<'_>, draft: &DeskDraft, number: usize, count: usize, finding: &Finding) -> Markup {
    let rule = &frame.core.pack.rules[finding.check as usize];
    let said = frame.core.messages().with(
        "desk-at-hint",
        &[("number", number.into()), ("count", count.into()), ("title", rule.title.clone().into())],
    );
    let number = number.to_string();
    html! {
        article class="hint" id=(format!("hint-{number}")) data-hint=(number) data-check=(rule.id) data-said=(said)
            tabindex="-1" {
            h3 {
                span class="number" aria-hidden="true" { (number) }
                span class="unseen" { (frame.fill("desk-hint-number", "number", number.as_str())) ": " }
                (rule.title)
            }
            button type="button" class="place" data-show=(number) {
                (frame.fill("desk-hint-place", "words", shortened(finding.span.of(&draft.text))))
            }
            p { (rule.why) }
            @if !rule.question.is_empty() {
                p class="ask" { span class="quiet" { (frame.text("desk-ask-yourself")) } br; (rule.question) }
            }
            @if !rule.pattern.is_empty() {
                p class="ask" { span class="quiet" { (frame.text("desk-pattern")) } br; span class="pattern" { (rule.pattern) } }
            }
            @if finding.origin == Origin::Model { p class="quiet" { (frame.text("desk-from-model")) } }
            (sources(frame, rule, &number))
            p class="hint-end" {
                button type="submit" name="not-here" value=(format!("{:016x}", finding.fingerprint.0)) {
                    (frame.text("desk-not-here"))
                    span class="unseen" { " " (frame.fill("desk-not-here-for", "number", number.as_str())) }
                }
            }
        }
    }
}

/// The studies behind a check, folded.
fn sources(frame: &Frame<'_>, rule: &Rule, number: &str) -> Markup {
    html! {
        @if !rule.sources.is_empty() {
            details id=(format!("sources-{number}")) {
                summary { (frame.fill("studies-link", "ids", rule.sources.join(", "))) }
                @for id in &rule.sources { (study(frame, id, false)) }
                p { a href=(format!("/rules#{}", rule.id)) { (frame.text("desk-rule-link")) } }
            }
        }
    }
}

fn missing(frame: &Frame<'_>, draft: &DeskDraft, read: &Read) -> Markup {
    let begun = draft.text.split_whitespace().nth(WORDS_BEFORE_MISSING - 1).is_some();
    let parts: Vec<&Rule> = read
        .report
        .missing
        .iter()
        .take(if begun { MAX_MISSING } else { 0 })
        .map(|missing| &frame.core.pack.rules[missing.check as usize])
        .collect();
    html! {
        @if read.report.explains_before_owning {
            h2 { (frame.text("desk-order-title")) }
            p { (frame.text("desk-order-text")) }
        }
        @if !parts.is_empty() {
            h2 { (frame.text("desk-missing-title")) }
            p class="quiet" { (frame.text("desk-missing-lead")) }
            ul class="missing" {
                @for rule in parts {
                    li id=(format!("missing-{}", rule.id)) data-check=(rule.id) {
                        strong { (rule.title) } " " (rule.why)
                        @if !rule.pattern.is_empty() { " " span class="pattern" { (rule.pattern) } }
                    }
                }
            }
        }
    }
}

fn promises(frame: &Frame<'_>, draft: &DeskDraft, read: &Read) -> Markup {
    html! {
        @if !read.report.commitments.is_empty() {
            h2 { (frame.text("desk-promises-title")) }
            ul class="promises" {
                @for promise in &read.report.commitments {
                    li {
                        q { (shortened(promise.span.of(&draft.text))) }
                        @for key in remarks(promise) { " " span class="quiet" { (frame.text(key)) } }
                    }
                }
            }
        }
    }
}

fn remarks(promise: &Commitment) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if promise.who == amends_text::Actor::We {
        keys.push("desk-promise-who-we");
    } else if !promise.own_control {
        keys.push("desk-promise-outside");
    }
    if !promise.bounded {
        keys.push("desk-promise-unbounded");
    } else if keys.is_empty() {
        keys.push("desk-promise-bounded");
    }
    keys
}

/// Instead of hints for who did not ask for any: so it is said, and with this button they ask.
pub(super) fn unasked(frame: &Frame<'_>, ask: &Markup) -> Markup {
    html! {
        p class="quiet" { (frame.text("desk-unasked")) }
        p { (ask) }
    }
}

/// Help instead of hints. The last line, for words that meant something else, has this key.
pub(super) fn danger(frame: &Frame<'_>, read: &Read, if_wrong: &str) -> Markup {
    let (country, _) = country(frame, "");
    let kinds = &read.report.safety;
    html! {
        section class="danger" id="danger" {
            h2 { (frame.text("danger-title")) }
            p { (frame.text("danger-lead")) }
            @for kind in kinds { p { (frame.text(&format!("danger-{}", kind.name()))) } }
            @if kinds.is_empty() { p { (frame.text("danger-threat")) } }
            (emergency(frame, country))
            (expiry(frame))
            @match country {
                Some(country) => (lines(frame, country, |line| fits(line.kind, kinds))),
                None => p { (frame.text("help-country-none")) },
            }
            p { a href="/safety" { (frame.text("danger-help-link")) } }
            p class="quiet" { (frame.text(if_wrong)) }
        }
    }
}

/// Whether a line of this kind helps with one of these dangers. Crisis lines are always shown.
fn fits(line: &str, kinds: &[SafetyKind]) -> bool {
    match line {
        "crisis" => true,
        "force" => kinds.contains(&SafetyKind::UsedForce) || kinds.contains(&SafetyKind::Threat),
        _ => kinds.iter().any(|kind| *kind != SafetyKind::SelfHarm) || kinds.is_empty(),
    }
}

/// At most twelve words, so that a margin stays a margin.
fn shortened(words: &str) -> String {
    let mut kept: Vec<&str> = words.split_whitespace().take(13).collect();
    if kept.len() == 13 {
        kept[12] = "…";
    }
    kept.join(" ")
}
