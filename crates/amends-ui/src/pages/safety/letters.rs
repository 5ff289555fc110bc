//! Letters and apologies to this person are closed: after words about force of one's own, by own answers, or by own
//! wish. The page looks the same for all of them.

use maud::html;

use super::help::{country, emergency, expiry, lines};
use crate::layout::{Frame, Page};
use crate::pages::parts::sentences;

pub(super) fn page(frame: &Frame<'_>) -> Page {
    let (country, _) = country(frame, "");
    let main = html! {
        h1 { (frame.text("letters-closed-title")) }
        p class="lead" { (frame.text("letters-closed-lead")) }
        (sentences(frame, &["letters-closed-why", "letters-closed-now", "letters-closed-rest", "letters-closed-told"]))
        (emergency(frame, country))
        (expiry(frame))
        h2 { (frame.text("help-lines-title")) }
        @match country {
            Some(country) => (lines(frame, country, |line| matches!(line.kind, "force" | "crisis"))),
            None => p { a class="main-button" href="/safety" { (frame.text("help-country-none")) } },
        }
        p { (frame.text("letters-closed-open")) }
        p { a href="/safety/questions" { (frame.text("gate-title")) } }
    };
    Page::new("/safety", main)
}
