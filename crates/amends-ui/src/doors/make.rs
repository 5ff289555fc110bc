//! Making a vault.

use amends_client::{NewVault, Trouble};
use maud::html;

use super::fields::{self, Problem, problem};
use crate::area::{Outcome, Turn};
use crate::kit::Kit;
use crate::layout::{Frame, Page, ShellKind};
use crate::request::Request;

/// The shortest passphrase, in characters.
const SHORTEST: usize = 8;

pub(super) fn is_long_enough(passphrase: &str) -> bool {
    passphrase.chars().count() >= SHORTEST
}

pub(super) fn page(frame: &Frame<'_>, request: &Request, what: Option<Problem>) -> Page {
    let in_browser = frame.core.shell.kind == ShellKind::Browser;
    let main = html! {
        h1 { (frame.text("make-title")) }
        p class="lead" { (frame.text("make-lead")) }
        ul {
            li { (frame.text("make-only-you")) }
            li { (frame.text("make-forgotten")) }
            li { (frame.text("make-other-person")) }
            @if in_browser { li { (frame.text("make-browser")) } }
        }
        (problem(frame, what))
        form id="make" method="post" action="/door/make" autocomplete="off" data-lasting {
            (fields::next(request))
            (fields::new_passphrase(frame))
            (fields::slow_button(frame, "make-button"))
        }
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

pub(super) fn make(turn: &mut Turn<'_>) -> Option<Outcome> {
    match try_make(turn) {
        Ok(()) => Some(Outcome::Go(kit_path(turn.request))),
        Err(problem) => Some(Outcome::Show(page(&turn.frame(), turn.request, Some(problem)))),
    }
}

/// The page of the recovery words; the one that was wanted before comes after it.
fn kit_path(request: &Request) -> String {
    match super::enter::safe_next(request.field("next")) {
        Some(next) => format!("/door/kit?next={next}"),
        None => "/door/kit".to_owned(),
    }
}

/// Makes a vault with the new passphrase of the form.
pub(super) fn try_make(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let passphrase = turn.request.field("passphrase");
    if !is_long_enough(passphrase) {
        return Err(Problem::of(Trouble::ShortPassphrase));
    }
    if passphrase != turn.request.field("again") {
        return Err(Problem::Form("make-not-the-same"));
    }
    let new = NewVault { cost: turn.session.cost(), ..NewVault::with_passphrase(passphrase) };
    let phrase = turn.session.create(new)?;
    let rng = turn.session.rng();
    turn.session.kit = rng.map(|mut rng| Kit::new(phrase, &mut *rng));
    Ok(())
}
