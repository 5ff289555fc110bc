//! Today and the path: what is open for this person, in words that fit who they are in it.

mod asked;
mod came_in;
mod doer;
mod duties;
mod hurt;
mod open_now;
mod path;
mod solo;
mod threshold;
mod today;

use crate::area::Area;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::request::Request;

/// Today and the path among the parts of the house.
pub(crate) const AREA: Area = Area { act: |_| None, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    match request.parts().as_slice() {
        ["path"] => Some(path::page(frame)),
        _ => None,
    }
}

/// The first page, once the page on safety and privacy was read.
pub(crate) fn first(frame: &Frame<'_>) -> Page {
    match Here::of(frame) {
        Some(here) => today::page(&here),
        None => threshold::page(frame),
    }
}
