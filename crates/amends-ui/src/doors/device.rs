//! One more own device: a vault is made here, and asks to be let in by the device that shows a link.

use maud::html;

use super::fields::{self, Problem, problem};
use super::make;
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::pages::pair::join_own_devices;
use crate::pages::parts::{line, sentences};

pub(super) fn page(frame: &Frame<'_>, what: Option<Problem>) -> Page {
    let main = html! {
        h1 { (frame.text("device-door-link")) }
        p class="lead" { (frame.text("device-join-lead")) }
        (sentences(frame, &["device-join-where", "device-join-own-only"]))
        (problem(frame, what))
        form id="device" method="post" action="/door/device" autocomplete="off" data-lasting {
            (line(frame, "link", "pair-join-label", Some("pair-join-help"), ""))
            p { (frame.text("device-join-passphrase")) }
            (fields::new_passphrase(frame))
            (fields::slow_button(frame, "device-join-button"))
        }
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

/// Makes the vault and joins. With a link that cannot be used there is an empty vault, and the link can be given again.
pub(super) fn join(turn: &mut Turn<'_>) -> Option<Outcome> {
    let link = turn.request.field("link").trim().to_owned();
    if !link.contains('#') {
        return Some(Outcome::Show(page(&turn.frame(), Some(Problem::Form("pair-bad-link")))));
    }
    if let Err(problem) = make::try_make(turn) {
        return Some(Outcome::Show(page(&turn.frame(), Some(problem))));
    }
    match join_own_devices(turn, &link) {
        Ok(()) => Some(Outcome::Go("/door/kit?next=/pair".to_owned())),
        Err(key) => {
            let now = turn.visit.moment.now;
            // An empty vault that was never used is in nobody's way.
            turn.session.kit = None;
            let _ = turn.session.erase(now);
            turn.done("/door/device", &key)
        }
    }
}
