//! Safety: help, the eight private questions, a plan for leaving. All of it works with the vault locked, without a
//! vault, and without a network.

mod gate;
mod help;
mod letters;
mod outcome;
mod phone;
mod plan;

use crate::area::{Area, Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::request::Request;

pub(crate) use help::{country, emergency, expiry, lines};

/// Safety among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    match request.parts().as_slice() {
        ["safety"] => Some(help::page(frame, request)),
        // A question is only ever asked in a form that was sent: its address alone begins anew.
        ["safety", "questions", ..] => Some(gate::first(frame)),
        ["safety", "plan"] => Some(plan::page(frame)),
        ["safety", "letters"] => Some(letters::page(frame)),
        ["safety", "phone"] => Some(phone::page(frame)),
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    match turn.request.parts().as_slice() {
        ["safety", "questions", "open"] => outcome::open(turn),
        ["safety", "questions", number] => gate::act(turn, number),
        _ => None,
    }
}
