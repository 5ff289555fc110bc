//! The recovery words: to be printed or written down, and three of them asked back.

use maud::{Markup, html};

use super::{enter, fields, keep};
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::request::Request;

/// The page; `wrong` are the places at which another word was typed.
pub(super) fn page(frame: &Frame<'_>, request: &Request, wrong: &[usize]) -> Page {
    let today = frame.visit.day_of(frame.visit.moment.now);
    let Some(kit) = &frame.session.kit else {
        return Page::new("/door", html! {});
    };
    let main = html! {
        h1 { (frame.text("kit-title")) }
        p class="lead no-print" { (frame.text("kit-lead")) }
        section class="card kit" {
            h2 { (frame.text("kit-card-title")) }
            p { (frame.fill("kit-date", "day", keep::date(frame, today))) }
            ol class="words" { @for word in kit.words() { li { (word) } } }
            p { (frame.text("kit-what-for")) }
            p { (frame.text("kit-how")) }
        }
        p class="with-script no-print" {
            button type="button" data-print { (frame.text("kit-print")) }
        }
        ul class="no-print" {
            li { (frame.text("kit-where")) }
            li { (frame.text("kit-no-photo")) }
            li { (frame.text("kit-once")) }
        }
        section class="no-print" {
            h2 { (frame.text("kit-check-title")) }
            p { (frame.text("kit-check-text")) }
            @if !wrong.is_empty() { p class="problem" role="alert" { (frame.text("kit-check-wrong")) } }
            form id="check-kit" method="post" action="/door/kit" autocomplete="off" {
                (fields::next(request))
                @for place in kit.asked { (asked(frame, place, wrong.contains(&place))) }
                p class="row" {
                    button type="submit" class="main-button" { (frame.text("kit-check-button")) }
                }
            }
            form method="post" action="/door/kit" {
                (fields::next(request))
                button type="submit" name="later" value="yes" { (frame.text("kit-later")) }
            }
        }
    };
    Page::new("/door", main)
}

fn asked(frame: &Frame<'_>, place: usize, wrong: bool) -> Markup {
    let id = format!("word-{}", place + 1);
    let hint = format!("{id}-wrong");
    html! {
        div class="field" {
            label for=(id) { (frame.fill("kit-word", "number", (place + 1).to_string())) }
            @if wrong { p class="help" id=(hint) { (frame.text("kit-word-wrong")) } }
            input type="text" id=(id) name=(id) autocomplete="off" autocapitalize="off" autocorrect="off"
                spellcheck="false" aria-invalid=[wrong.then_some("true")]
                aria-describedby=[wrong.then_some(hint.as_str())];
        }
    }
}

/// What comes after the words: a pairing that waits, the page that was wanted before, or the vault.
fn further(turn: &Turn<'_>) -> String {
    let pairing = turn.session.vault().is_some_and(|vault| vault.pairing().is_some());
    let next = enter::safe_next(turn.request.field("next"));
    if pairing { "/pair".to_owned() } else { next.unwrap_or("/door").to_owned() }
}

pub(super) fn check(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.request.has("later") {
        turn.session.kit = None;
        return turn.done(further(turn), "kit-skipped");
    }
    let request = turn.request;
    let Some(kit) = &turn.session.kit else { return Some(Outcome::Go("/door".to_owned())) };
    let wrong = kit.wrong(|place| request.field(&format!("word-{}", place + 1)).to_owned());
    if wrong.is_empty() {
        turn.session.kit = None;
        return turn.done(further(turn), "kit-checked");
    }
    Some(Outcome::Show(page(&turn.frame(), turn.request, &wrong)))
}
