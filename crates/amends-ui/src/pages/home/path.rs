//! The path: thirteen steps under three methods, which of them are open, and when the others open.

use std::collections::BTreeSet;

use amends_domain::event::Space;
use amends_domain::prove::gratitude::Spot;
use amends_guide::{METHODS, STAGES, STEPS, Step};
use amends_tools::show;
use maud::{Markup, html};

use crate::layout::{Frame, Page};
use crate::looks;
use crate::pages::here::{Here, Side};
use crate::pages::step;
use crate::tools;

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let here = Here::of(frame);
    let open = here.as_ref().and_then(open_steps);
    let begun = here.as_ref().map(begun_steps).unwrap_or_default();
    let main = html! {
        h1 { (frame.text("home-title")) }
        p class="lead" { (frame.spoken("home-lead")) }
        @if let Some(here) = &here { (how_far(here)) }
        (looks::notes_on(frame, Spot::Path))
        div class="methods" { @for method in &METHODS {
            section class="method" {
                h2 {
                    span class="number" { (method.number) }
                    (frame.spoken(&format!("method-{}-title", method.slug)))
                }
                p { (frame.spoken(&format!("method-{}-text", method.slug))) }
                ol class="steps" aria-label=(frame.fill("home-steps-label", "number", method.number.to_string())) {
                    @for step in STEPS.iter().filter(|step| step.method == method.slug) {
                        (entry(frame, open.as_ref(), &begun, step))
                    }
                }
            }
        } }
        @if here.is_none() { p class="quiet" { (frame.text("path-without-vault")) } }
        p { a href="/safety" { (frame.text("path-safety-link")) } }
    };
    Page::new("/path", main)
}

/// One line on what opens the steps.
fn how_far(here: &Here<'_>) -> Markup {
    let shared = here.incidents().any(|(_, incident)| incident.space == Space::Shared);
    let key = match (here.incidents().next().is_some(), shared) {
        (false, _) => "path-nothing-named",
        (true, false) => "path-alone",
        (true, true) => "path-between-two",
    };
    html! {
        p { (here.text(key)) }
        @if here.side() == Side::Hurt { p { (here.text("path-hurt")) } }
        @if key == "path-nothing-named" {
            p { a class="main-button" href="/incident/new" { (here.text("today-name-it")) } }
        }
    }
}

fn entry(frame: &Frame<'_>, open: Option<&BTreeSet<&str>>, begun: &BTreeSet<&str>, step: &Step) -> Markup {
    let later = open.is_some_and(|open| !open.contains(step.slug));
    html! {
        li {
            a href=(format!("/step/{}", step.slug)) {
                span class="number" { (step.number) }
                span {
                    (frame.step_title(step.slug))
                    @if let Some(other) = step::title_for_hurt(frame, step.slug, frame.side()) { span class="over" { (other) } }
                    @if begun.contains(step.slug) { span class="over" { (frame.text("path-begun")) } }
                    @if later { span class="over" { (frame.text("path-later")) ". " (opens(frame, step)) } }
                }
            }
        }
    }
}

/// When a step opens, as the guide has it; nothing about what somebody thinks or does.
fn opens(frame: &Frame<'_>, step: &Step) -> String {
    let stage = STAGES.iter().find(|stage| stage.id == step.stage);
    stage.map_or_else(String::new, |stage| frame.spoken(&format!("stage-{}-opens", stage.slug)))
}

/// Slugs of the steps at which there is something of this person, or for them. Nothing is counted.
fn begun_steps(here: &Here<'_>) -> BTreeSet<&'static str> {
    let entries = show::entries(here.state(), here.moment());
    entries.into_iter().map(|event| tools::slug_of(event)).collect()
}

/// Slugs of the steps that are open in anything that is not closed; none if nothing is going on, and then all can be
/// read.
fn open_steps(here: &Here<'_>) -> Option<BTreeSet<&'static str>> {
    let view = here.state().view_for(here.me(), here.moment());
    let mut going_on = view.incidents.iter().filter(|incident| here.closed(incident.id).is_none()).peekable();
    going_on.peek()?;
    Some(going_on.flat_map(|incident| incident.open.iter().copied()).collect())
}
