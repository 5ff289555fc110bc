//! Looking around with two invented people, in places of their own.

use super::enter;
use super::fields::obstacle_words;
use crate::area::{Outcome, Turn};
use crate::keeper::Place;
use crate::layout::Page;

pub(super) fn open(turn: &mut Turn<'_>) -> Option<Outcome> {
    // Who comes back after it locked by itself is the same person as before.
    let place = Some(turn.session.place()).filter(|place| place.is_demo());
    go_in(turn, place.unwrap_or(Place::DemoInvolved))
}

/// The other one of the two.
pub(super) fn switch(turn: &mut Turn<'_>) -> Option<Outcome> {
    match turn.session.place() {
        place if place.is_demo() => go_in(turn, place.other_in_demo()),
        _ => Some(Outcome::Go("/door".to_owned())),
    }
}

pub(super) fn leave(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.session.place().is_demo() {
        turn.session.leave_demo(turn.visit.moment.now);
    }
    turn.done("/door", "demo-left")
}

fn go_in(turn: &mut Turn<'_>, place: Place) -> Option<Outcome> {
    match turn.session.open_demo(place, turn.visit.moment) {
        Ok(()) => Some(Outcome::Go("/".to_owned())),
        Err(obstacle) => {
            let frame = turn.frame();
            let problem =
                maud::html! { p class="problem" role="alert" { (obstacle_words(&frame, obstacle)) } };
            let page = enter::page(&frame, turn.request);
            Some(Outcome::Show(Page { main: maud::html! { (problem) (page.main) }, ..page }))
        }
    }
}
