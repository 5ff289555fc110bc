//! Four words: the same on both screens if nobody stands between.

use maud::{Markup, html};

use super::why;
use crate::area::{Outcome, Turn};
use crate::pages::here::Here;
use crate::pages::parts::{form, one_button};

pub(super) fn words(here: &Here<'_>, words: &[&str; 4]) -> Markup {
    html! {
        p class="lead" { (here.text("pair-words-lead")) }
        ol class="safety-words" translate="no" { @for word in words { li { (word) } } }
        p { (here.text("pair-words-text")) }
        (form("/pair/words", &html! {
            button type="submit" class="main-button" { (here.text("pair-words-same")) }
        }))
        (one_button(here.frame, "/pair/cancel", "pair-words-differ", &html! {}))
    }
}

pub(super) fn cancel_button(here: &Here<'_>) -> Markup {
    one_button(here.frame, "/pair/cancel", "pair-cancel", &html! {})
}

/// "Both screens show the same words."
pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    match turn.vault()?.confirm_words(now) {
        Ok(()) => turn.done("/pair", "pair-same"),
        Err(error) => turn.done("/pair", &why(&error)),
    }
}

/// Ends it; nothing has happened.
pub(super) fn cancel(turn: &mut Turn<'_>) -> Option<Outcome> {
    let ended = turn.vault()?.cancel_pairing();
    turn.session.forget_invitation();
    match ended {
        Ok(()) => turn.done("/pair", "pair-cancelled"),
        Err(error) => turn.done("/pair", &why(&error)),
    }
}
