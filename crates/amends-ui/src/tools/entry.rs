//! One entry as a page: readable, made for print, with what can be done with it.

use amends_client::NewEvent;
use amends_domain::entry;
use amends_domain::event::{Event, Space};
use amends_domain::id::EventId;
use amends_domain::permit::Action;
use amends_domain::state::State;
use amends_tools::beside::{self, Next};
use amends_tools::parts::{self, Part};
use amends_tools::{Shape, Tool, Writing, actions, choices, closed, show, title_key, writing};
use maud::{Markup, html};
use serde_json::json;

use crate::area::{Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::name::{name as token, named as entry_of};
use crate::request::Request;

/// The page of an entry.
pub(super) fn page(frame: &Frame<'_>, name: &str, request: &Request) -> Page {
    let Some(vault) = frame.vault() else { return doors::needed_for(frame, request) };
    let state = vault.state();
    let seen = |event: &&Event| state.may_see(vault.me(), event, frame.visit.moment);
    match entry_of(name).and_then(|id| state.event(id)).filter(seen) {
        Some(event) => Page::new("/path", readable(frame, state, event, request.has("done"))),
        None => Page { status: 404, ..Page::new("/path", gone(frame)) },
    }
}

fn gone(frame: &Frame<'_>) -> Markup {
    html! {
        h1 { (frame.text("entry-gone-title")) }
        p { (frame.text("entry-gone-text")) }
        p { a href="/path" { (frame.text("back-to-path")) } }
    }
}

fn readable(frame: &Frame<'_>, state: &State, event: &Event, is_new: bool) -> Markup {
    let (step, kind, _) = show::name(&event.body);
    let own = event.author == state.world().me;
    let day = parts::day(&frame.core.messages, frame.visit.day_of(event.at.time()));
    html! {
        p class="quiet no-print" { (way_back(frame, event)) }
        h1 { (show::event_title(&step, &kind, &frame.core.messages)) }
        p class="quiet" {
            (frame.fill(if own { "entry-from-you" } else { "entry-from-them" }, "day", day)) ", "
            (frame.text(if event.space == Space::Shared { "tools-for-both" } else { "tools-for-you" }))
        }
        @if is_new { (next(frame, state, event)) }
        (newer(frame, state, event))
        article class="entry" { (read_back(frame, state, event)) }
        (what_can_be_done(frame, state, event))
        p class="help no-print" { (frame.text("entry-print")) }
    }
}

fn way_back(frame: &Frame<'_>, event: &Event) -> Markup {
    let slug = super::slug_of(event);
    html! {
        @if amends_guide::step_by_slug(slug).is_some() {
            a href=(format!("/step/{slug}")) {
                (frame.fill("tools-back", "title", frame.step_title(slug)))
            }
        } @else { a href="/path" { (frame.text("back-to-path")) } }
    }
}

/// What an entry says; that it is closed, or that there is nothing in it.
pub(crate) fn read_back(frame: &Frame<'_>, state: &State, event: &Event) -> Markup {
    match parts::parts(state, event, &frame.core.messages, &|at| frame.visit.offset_at(at)) {
        None => html! { p { (frame.text("entry-closed")) } },
        Some(found) if found.is_empty() => {
            let theirs = event.author != state.world().me;
            let closed = theirs && show::name(&event.body).1 == "seal";
            html! { p class="quiet" { (frame.text(if closed { "entry-closed" } else { "entry-nothing" })) } }
        }
        Some(found) => html! { dl class="read-back" { @for part in &found { (one(part)) } } },
    }
}

fn one(part: &Part) -> Markup {
    html! {
        div class="answer" {
            @if !part.label.is_empty() { dt { (part.label) } }
            dd {
                @if !part.text.is_empty() { p class="own" { (part.text) } }
                @if !part.parts.is_empty() { dl class="read-back" { @for part in &part.parts { (one(part)) } } }
            }
        }
    }
}

/// What may come after it, said once.
fn next(frame: &Frame<'_>, state: &State, event: &Event) -> Markup {
    let own = actions::tool_of(event).filter(|_| event.author == state.world().me);
    // Promises are found in words that are not left alone.
    let is_read = |tool: &Tool| !Writing::about(state, tool, Some(event.id)).is_left_alone(state);
    let genre = own.filter(|(_, tool)| is_read(tool)).and_then(|(_, tool)| tool.genre);
    let report = genre.map(|genre| writing::read(&mut frame.core.reader(), &event.body, genre, None).report);
    let offset_at = |at| frame.visit.offset_at(at);
    let all = beside::next(state, &event.body, report.as_ref(), &frame.core.messages, &offset_at);
    html! {
        @for next in &all {
            @match next {
                Next::PromiseFound => p class="done" {
                    (frame.text("entry-promise")) " "
                    a href="/step/honesty/promise" { (frame.text("entry-promise-link")) }
                },
                Next::IsThisSafe => p class="done" {
                    (frame.text("entry-is-this-safe")) " " a href="/safety" { (frame.text("tools-help-link")) }
                },
                Next::Text(text) => p class="done" { (text) },
            }
        }
    }
}

fn newer(frame: &Frame<'_>, state: &State, event: &Event) -> Markup {
    let newest =
        serde_json::from_value::<EventId>(choices::version_of(state, Some(&json!(show::root(event))))).ok();
    html! {
        @if let Some(newest) = newest.filter(|newest| *newest != event.id) {
            p class="done" {
                (frame.text("entry-newer")) " "
                a href=(format!("/entry/{}", token(newest))) { (frame.text("entry-newer-link")) }
            }
        }
    }
}

fn what_can_be_done(frame: &Frame<'_>, state: &State, event: &Event) -> Markup {
    let moment = frame.visit.moment;
    let own = event.author == state.world().me;
    let change = actions::tool_of(event).filter(|(slug, tool)| {
        own && tool.shape == Shape::Save && closed(state, slug, tool, moment).is_none()
    });
    let other = actions::actions(state, event, moment);
    let name = token(event.id);
    html! {
        @if own || !other.is_empty() {
            section class="card no-print" {
                h2 { (frame.text("entry-do-title")) }
                ul class="links" {
                    @if let Some((slug, tool)) = change {
                        li { a href=(format!("/step/{slug}/{}?entry={name}", tool.name)) { (frame.text("entry-change")) } }
                    }
                    @for (slug, tool) in &other {
                        li {
                            a href=(format!("/step/{slug}/{}?entry={name}", tool.name)) {
                                (frame.text(&title_key(slug, tool)))
                            }
                        }
                    }
                }
                @if own {
                    @if event.space == Space::Shared { p class="help" { (frame.text("entry-take-back-both")) } }
                    (take_back(frame, event))
                }
            }
        }
    }
}

/// The button that takes an own entry back.
pub(super) fn take_back(frame: &Frame<'_>, event: &Event) -> Markup {
    html! {
        form method="post" action=(format!("/entry/{}/take-back", token(event.id))) {
            button type="submit" { (frame.text("entry-take-back")) }
        }
    }
}

/// Takes an own entry back, or puts it back.
pub(super) fn act(turn: &mut Turn<'_>, name: &str, wish: &str) -> Option<Outcome> {
    let moment = turn.visit.moment;
    let Some(vault) = turn.session.vault_mut() else {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    };
    let event = entry_of(name).and_then(|id| vault.state().event(id)).cloned();
    let gone_page = |turn: &Turn<'_>| {
        let frame = turn.frame();
        Some(Outcome::Show(Page { status: 404, ..Page::new("/path", gone(&frame)) }))
    };
    let Some(event) = event else { return gone_page(turn) };
    let target = show::root(&event);
    let (body, said) = match wish {
        "take-back" => (entry::Event::Delete { target }, "tools-taken"),
        "put-back" => (entry::Event::Restore { target }, "tools-put-back-said"),
        _ => return None,
    };
    let action = Action { space: event.space, body: body.into() };
    match vault.append(moment.now, NewEvent { action, finishes: None }) {
        Ok(_) => {
            turn.session.say(said);
            let taken =
                if wish == "take-back" { format!("?taken={}", token(event.id)) } else { String::new() };
            Some(Outcome::Go(format!("{}{taken}", super::home_of(super::slug_of(&event)))))
        }
        Err(_) => gone_page(turn),
    }
}
