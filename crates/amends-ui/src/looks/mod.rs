//! Special screens of the thirteen steps, where looking at something or doing it step by step is better than a form.
//!
//! Addresses: `/look/<step>` and below. A page changes nothing; every form goes to the address of its own page and
//! says in the field `do` what is to be done. Where a plain form is enough, the screens link to it.

mod begun;
mod chart;
mod kit;
mod paper;
mod time;
mod write;

// One module for each step.
mod acceptance;
mod activities;
mod change;
mod communication;
mod contact;
mod explanation;
mod gratitude;
mod honesty;
mod listening;
mod needs;
mod patience;
mod perspective;
mod responsibility;

use amends_domain::prove::gratitude::Spot;
use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::request::Request;

pub(crate) use communication::guest::sheet as guest_sheet;
pub(crate) use kit::Look;
pub(crate) use paper::live;
pub(crate) use responsibility::less_wanted;
use write::{Did, Next, Wrong};

/// The looks among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let parts = request.parts();
    let ["look", slug, rest @ ..] = parts.as_slice() else { return None };
    amends_guide::step_by_slug(slug)?;
    let Some(vault) = frame.vault() else { return Some(doors::needed_for(frame, request)) };
    let kept = begun::kept(vault, &request.path);
    show(&Look { frame, request, vault, problem: None, kept }, slug, rest)
}

/// The screen of a step.
fn show(look: &Look<'_>, slug: &str, rest: &[&str]) -> Option<Page> {
    match slug {
        "responsibility" => responsibility::page(look, rest),
        "perspective" => perspective::page(look, rest),
        "listening" => listening::page(look, rest),
        "acceptance" => acceptance::page(look, rest),
        "explanation" => explanation::page(look, rest),
        "change" => change::page(look, rest),
        "honesty" => honesty::page(look, rest),
        "communication" => communication::page(look, rest),
        "needs" => needs::page(look, rest),
        "contact" => contact::page(look, rest),
        "activities" => activities::page(look, rest),
        "gratitude" => gratitude::page(look, rest),
        "patience" => patience::page(look, rest),
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let request = turn.request;
    let parts = request.parts();
    let ["look", slug, rest @ ..] = parts.as_slice() else { return None };
    amends_guide::step_by_slug(slug)?;
    if turn.session.vault().is_none() {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    }
    if let Some(("keep", page)) = rest.split_last().map(|(last, page)| (*last, page)) {
        return Some(begun::keep(turn, slug, page));
    }
    if write::not_here(turn) {
        return Some(again(turn, slug, rest, None));
    }
    match change(turn, slug, rest) {
        Ok(Next::Go(path, said)) => {
            begun::done(turn);
            turn.done(path, said)
        }
        Ok(Next::Stay) => Some(again(turn, slug, rest, None)),
        Ok(Next::File(file)) => Some(Outcome::File(file)),
        Err(wrong) => {
            let words = wrong.words(&turn.frame());
            Some(again(turn, slug, rest, Some(words)))
        }
    }
}

/// Does what a form of a step asks for.
fn change(turn: &mut Turn<'_>, slug: &str, rest: &[&str]) -> Did {
    match slug {
        "responsibility" => responsibility::act(turn, rest),
        "perspective" => perspective::act(turn, rest),
        "listening" => listening::act(turn, rest),
        "acceptance" => acceptance::act(turn, rest),
        "explanation" => explanation::act(turn, rest),
        "change" => change::act(turn, rest),
        "honesty" => honesty::act(turn, rest),
        "communication" => communication::act(turn, rest),
        "needs" => needs::act(turn, rest),
        "contact" => contact::act(turn, rest),
        "activities" => activities::act(turn, rest),
        "gratitude" => gratitude::act(turn, rest),
        "patience" => patience::act(turn, rest),
        _ => Err(Wrong::Unknown),
    }
}

/// The same page once more, with what was typed.
fn again(turn: &Turn<'_>, slug: &str, rest: &[&str], problem: Option<String>) -> Outcome {
    let frame = turn.frame();
    let Some(vault) = frame.vault() else { return Outcome::Show(doors::needed(&frame)) };
    let look = Look { frame: &frame, request: turn.request, vault, problem, kept: Vec::new() };
    let page = show(&look, slug, rest);
    Outcome::Show(page.unwrap_or_else(|| Page { status: 404, ..Page::new("/", html! {}) }))
}

/// What a screen is for, in words for who looks.
fn lead(look: &Look<'_>, slug: &str) -> Markup {
    html! { p class="lead" { (look.frame.spoken(&format!("look-{slug}-lead"))) } }
}

/// The way from the page of a step to its screens.
pub(crate) fn way(frame: &Frame<'_>, slug: &str) -> Markup {
    html! {
        section class="card" {
            h2 { a href=(format!("/look/{slug}")) { (frame.spoken(&format!("look-{slug}"))) } }
            p { (frame.spoken(&format!("look-{slug}-lead"))) }
        }
    }
}

/// Notes of the other that appear at a place of the app today.
pub(crate) fn notes_on(frame: &Frame<'_>, spot: Spot) -> Markup {
    let Some(vault) = frame.vault() else { return html! {} };
    let request = Request::get("/");
    gratitude::notes_at(&Look { frame, request: &request, vault, problem: None, kept: Vec::new() }, spot)
}
