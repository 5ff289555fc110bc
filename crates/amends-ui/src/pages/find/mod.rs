//! Finding one's own words again: search, what is not finished, taking back, what was deleted.

mod drafts;
mod search;
mod trash;
mod undo;

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::request::Request;

/// These pages among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let parts = request.parts();
    if !matches!(parts.as_slice(), ["search" | "drafts" | "undo" | "trash"]) {
        return None;
    }
    let Some(here) = Here::of(frame) else { return Some(doors::needed_for(frame, request)) };
    Some(match parts.as_slice() {
        ["search"] => search::page(&here, ""),
        ["drafts"] => drafts::page(&here),
        ["undo"] => undo::page(&here),
        _ => trash::page(&here),
    })
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let parts = turn.request.parts();
    if !matches!(parts.as_slice(), ["search" | "drafts" | "undo" | "trash"]) {
        return None;
    }
    if turn.session.vault().is_none() {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    }
    match parts.as_slice() {
        ["search"] => search::act(turn),
        ["drafts"] => drafts::act(turn),
        ["undo"] => undo::act(turn),
        _ => trash::act(turn),
    }
}
