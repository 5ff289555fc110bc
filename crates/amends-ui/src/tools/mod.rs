//! Every tool of the thirteen steps as a form, and every entry as a page.
//!
//! `/step/<slug>/<tool>` is a form made from the tool's fields; it is sent to its own address, and to `.../keep` to be
//! kept unfinished. `/entry/<name>` is one entry; `/entry/<name>/take-back` and `/put-back` take posts only. What the
//! tools are, and what an answer means, is in `amends-tools`.

mod check;
mod controls;
mod draft;
mod entry;
mod fill;
mod form;
mod picks;
mod read;
mod send;
mod sheet;
mod step;

use amends_domain::event::Event;

use crate::area::{Area, Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::request::Request;
use crate::state::Effect;

pub(crate) use check::live;
pub(crate) use entry::read_back;
pub(crate) use step::on_step;

/// The tools among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    match request.parts().as_slice() {
        ["step", slug, name] => {
            let (slug, tool) = find(slug, name)?;
            Some(form::open(frame, slug, tool, request))
        }
        ["entry", name] => Some(entry::page(frame, name, request)),
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let request = turn.request;
    match request.parts().as_slice() {
        ["step", slug, name] => {
            let (slug, tool) = find(slug, name)?;
            Some(send::act(turn, slug, tool))
        }
        ["step", slug, name, "keep"] => {
            let (slug, tool) = find(slug, name)?;
            Some(send::keep(turn, slug, tool))
        }
        ["entry", name, wish] => entry::act(turn, name, wish),
        _ => None,
    }
}

/// A tool with the name of its step. Taking back has its own button.
fn find(slug: &str, name: &str) -> Option<(&'static str, &'static amends_tools::Tool)> {
    amends_tools::all_tools().find(|(known, tool)| *known == slug && tool.name == name)
}

/// A place that was marked "not here".
fn not_here(request: &Request) -> Vec<Effect> {
    let mark = request.field("not-here");
    let is_mark = mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_mark.then(|| Effect::NotHere(mark.to_owned())).into_iter().collect()
}

/// The step on whose page an entry stands.
pub(crate) fn slug_of(event: &Event) -> &'static str {
    match event.body.step() {
        "consent" => "contact",
        step => step,
    }
}

/// The page of a step; of what belongs to none, the path.
fn home_of(slug: &str) -> String {
    match amends_guide::step_by_slug(slug) {
        Some(_) => format!("/step/{slug}"),
        None => "/".to_owned(),
    }
}
