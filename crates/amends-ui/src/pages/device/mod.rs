//! One device and two people.

mod hand_over;

use crate::area::{Area, Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::request::Request;

/// These pages among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    (request.parts() == ["hand-over"]).then(|| hand_over::page(frame, request))
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.request.parts() == ["hand-over"] { hand_over::act(turn) } else { None }
}
