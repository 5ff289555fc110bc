//! Letters and apologies to this person are closed: after words about force of one's own, by own answers, or by own
//! wish. The page looks the same for all of them. Whoever has them open, or has no vault open, reads why a letter does
//! not help after force.

use maud::html;

use super::help::{country, emergency, expiry, lines};
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::pages::parts::sentences;

pub(super) fn page(frame: &Frame<'_>) -> Page {
    let (country, _) = country(frame, "");
    let closed = Here::of(frame).is_some_and(|here| here.world().safety.tools_closed());
    let main = html! {
        h1 { (frame.text(if closed { "letters-closed-title" } else { "help-force-link" })) }
        @if closed { p class="lead" { (frame.text("letters-closed-lead")) } }
        (sentences(frame, &["letters-closed-why", "letters-closed-now"]))
        @if closed { (sentences(frame, &["letters-closed-rest", "letters-closed-told"])) }
        (emergency(frame, country))
        (expiry(frame))
        h2 { (frame.text("help-lines-title")) }
        @match country {
            Some(country) => (lines(frame, country, |line| matches!(line.kind, "force" | "crisis"))),
            None => p { a class="main-button" href="/safety" { (frame.text("help-country-none")) } },
        }
        @if closed { p { (frame.text("letters-closed-open")) } }
        p { a href="/safety/questions" { (frame.text("gate-title")) } }
    };
    Page::new("/safety", main)
}
