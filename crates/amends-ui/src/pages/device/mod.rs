//! This device: giving it to the other person, and being told on it that something waits.

mod hand_over;
mod notices;

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::request::Request;

/// These pages among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    match request.parts().as_slice() {
        ["hand-over"] => Some(hand_over::page(frame, request)),
        ["notices"] => Some(match Here::of(frame) {
            Some(here) => notices::page(&here, None),
            None => doors::needed_for(frame, request),
        }),
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    match turn.request.parts().as_slice() {
        ["hand-over"] => hand_over::act(turn),
        ["notices"] if turn.session.vault().is_none() => Some(Outcome::Show(doors::needed(&turn.frame()))),
        ["notices"] => notices::act(turn),
        _ => None,
    }
}
