//! On the page of a step: its tools, and what is there already.

use amends_client::Vault;
use amends_domain::event::{Event, Space};
use amends_domain::refusal::Refusal;
use amends_tools::{By, Possible, Tool, closed, parts, show, title_key, tools};
use maud::{Markup, html};

use super::draft;
use crate::layout::Frame;
use crate::looks;
use crate::name::{name as token, named as entry_of};
use crate::pages::here::{Here, Side};
use crate::request::Request;
use crate::session::AnyStore;

/// Tools and entries of a step; without an open vault the way to it.
pub(crate) fn on_step(frame: &Frame<'_>, slug: &str, request: &Request) -> Markup {
    match frame.vault() {
        Some(vault) => html! {
            (put_back(frame, vault, request))
            (looks::way(frame, slug))
            (all_tools(frame, vault, slug))
            (begun(frame, vault, slug))
            (entries(frame, vault, slug))
        },
        None => html! {
            section class="card" {
                h2 { (frame.text("tools-title")) }
                ul { @for tool in tools(slug) { li { (frame.text(&title_key(slug, tool))) } } }
                p { (frame.text("tools-open-vault")) " " a href="/door" { (frame.text("tools-open-vault-link")) } }
            }
        },
    }
}

/// After taking something back: the way to put it back.
fn put_back(frame: &Frame<'_>, vault: &Vault<AnyStore>, request: &Request) -> Markup {
    let state = vault.state();
    let taken = entry_of(request.field("taken")).and_then(|id| state.event(id));
    let own = taken.filter(|event| event.author == vault.me());
    html! {
        @if let Some(event) = own {
            form class="row" method="post" action=(format!("/entry/{}/put-back", token(event.id))) {
                button type="submit" { (frame.text("tools-put-back")) }
            }
        }
    }
}

fn all_tools(frame: &Frame<'_>, vault: &Vault<AnyStore>, slug: &str) -> Markup {
    let moment = frame.visit.moment;
    let state = vault.state();
    let other = Here::of(frame).and_then(|here| other_side(here.side_ever()));
    let (aside, mine): (Vec<&Tool>, Vec<&Tool>) =
        tools(slug).iter().partition(|tool| other.is_some_and(|(by, _)| tool.by == by));
    let with_reason = |all: Vec<&'static Tool>| -> (Vec<(&'static Tool, Refusal)>, Vec<&'static Tool>) {
        let (mut shut, mut open) = (Vec::new(), Vec::new());
        for tool in all {
            match closed(state, slug, tool, moment) {
                Some(refusal) => shut.push((tool, refusal)),
                None => open.push(tool),
            }
        }
        (shut, open)
    };
    let (shut, open) = with_reason(mine);
    let (_, open_aside) = with_reason(aside);
    let possible = Possible::new(state, moment);
    let ready = |all: Vec<&'static Tool>| -> (Vec<&'static Tool>, Vec<Waiting>) {
        let found = all.into_iter().map(|tool| (tool, possible.waits(slug, tool)));
        let (later, now): (Vec<_>, Vec<_>) = found.partition(|(_, waits)| waits.is_some());
        let later = later.into_iter().filter_map(|(tool, waits)| Some((tool, waits?))).collect();
        (now.into_iter().map(|(tool, _)| tool).collect(), later)
    };
    let (open, later) = ready(open);
    let (open_aside, _) = ready(open_aside);
    html! {
        section class="card" {
            h2 { (frame.text("tools-title")) }
            @if open.is_empty() && shut.is_empty() && later.is_empty() { p class="quiet" { (frame.text("tools-none-for-you")) } }
            @else if open.is_empty() { p class="quiet" { (frame.text("tools-nothing-now")) } }
            @else { (links(frame, slug, &open)) }
            @if !later.is_empty() { (for_later(frame, slug, &later)) }
            @if !shut.is_empty() { (not_open(frame, slug, &shut)) }
            @if let Some((_, title)) = other.filter(|_| !open_aside.is_empty()) {
                details { summary { (frame.text(title)) } (links(frame, slug, &open_aside)) }
            }
        }
    }
}

/// A tool with the key of what it waits for.
type Waiting = (&'static Tool, String);

/// Whose tools are put aside for this person, and under which words (message key).
fn other_side(side: Side) -> Option<(By, &'static str)> {
    match side {
        Side::Hurt => Some((By::WhoDid, "tools-for-who-did")),
        Side::Doer => Some((By::WhoWasHurt, "tools-for-who-was-hurt")),
        Side::New | Side::Both => None,
    }
}

fn links(frame: &Frame<'_>, slug: &str, tools: &[&Tool]) -> Markup {
    html! {
        ul class="links" {
            @for tool in tools {
                li { a href=(format!("/step/{slug}/{}", tool.name)) { (frame.text(&title_key(slug, tool))) } }
            }
        }
    }
}

/// Tools that have nothing to be used on yet, folded, with what each waits for.
fn for_later(frame: &Frame<'_>, slug: &str, later: &[Waiting]) -> Markup {
    html! {
        details {
            summary { (frame.text("tools-later-title")) }
            dl {
                @for (tool, waits) in later {
                    dt { (frame.text(&title_key(slug, tool))) }
                    dd class="quiet" { (frame.text(waits)) }
                }
            }
        }
    }
}

/// Tools that are closed now, folded, each reason said once.
fn not_open(frame: &Frame<'_>, slug: &str, shut: &[(&Tool, Refusal)]) -> Markup {
    let reason = |refusal: &Refusal| refusal.message_key();
    let mut reasons: Vec<String> = Vec::new();
    for (_, refusal) in shut {
        if !reasons.contains(&reason(refusal)) {
            reasons.push(reason(refusal));
        }
    }
    html! {
        details {
            summary { (frame.text("tools-closed-title")) }
            @for key in &reasons {
                p { (frame.text(key)) }
                ul {
                    @for (tool, _) in shut.iter().filter(|(_, refusal)| reason(refusal) == *key) {
                        li class="quiet" { (frame.text(&title_key(slug, tool))) }
                    }
                }
            }
        }
    }
}

fn begun(frame: &Frame<'_>, vault: &Vault<AnyStore>, slug: &str) -> Markup {
    let drafts: Vec<_> = draft::of_step(vault, slug).collect();
    html! {
        @if !drafts.is_empty() {
            ul class="links" {
                @for (tool, address, _) in &drafts {
                    li {
                        a href=(address) { (frame.text(&title_key(slug, tool))) } " "
                        span class="quiet" { (frame.text("tools-begun")) }
                    }
                }
            }
        }
    }
}

/// The person's entries of this step and those shared with them, newest first.
fn entries(frame: &Frame<'_>, vault: &Vault<AnyStore>, slug: &str) -> Markup {
    let state = vault.state();
    let of_step = |event: &&Event| super::slug_of(event) == slug;
    let mut all: Vec<&Event> = show::entries(state, frame.visit.moment).into_iter().filter(of_step).collect();
    all.reverse();
    html! {
        h2 { (frame.text("tools-entries-title")) }
        @if all.is_empty() { p class="quiet" { (frame.text("tools-entries-none")) } }
        @else { ul class="kept" { @for event in all { (line(frame, vault, event)) } } }
    }
}

fn line(frame: &Frame<'_>, vault: &Vault<AnyStore>, event: &Event) -> Markup {
    let state = vault.state();
    let words = &frame.core.messages;
    let (step, kind, _) = show::name(&event.body);
    let own = event.author == vault.me();
    html! {
        li {
            p {
                a href=(format!("/entry/{}", token(event.id))) { (show::event_title(&step, &kind, words)) } " "
                span class="quiet" {
                    (parts::day(words, frame.visit.day_of(event.at.time()))) ", "
                    (frame.text(if own { "tools-from-you" } else { "tools-from-them" })) ", "
                    (frame.text(if event.space == Space::Shared { "tools-for-both" } else { "tools-for-you" }))
                }
            }
            p class="quiet" { (parts::first_words(state, event, words, &|at| frame.visit.offset_at(at))) }
            @if own { (super::entry::take_back(frame, event)) }
        }
    }
}
