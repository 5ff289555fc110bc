//! Four words: the same on both screens if nobody stands between.

use maud::{Markup, html};

use super::why;
use crate::area::{Outcome, Turn};
use crate::pages::here::Here;
use crate::pages::parts::{form, one_button};

pub(super) fn words(here: &Here<'_>, words: &[&str; 4]) -> Markup {
    let own = here.vault.is_pairing_own_device();
    html! {
        @if own { p { (here.text("device-words-own")) } }
        p class="lead" { (here.text("pair-words-lead")) }
        ol class="safety-words" translate="no" { @for word in words { li { (word) } } }
        p { (here.text(if own { "device-words-text" } else { "pair-words-text" })) }
        (form("/pair/words", &html! {
            button type="submit" class="main-button" { (here.text("pair-words-same")) }
        }))
        (one_button(here.frame, "/pair/cancel", "pair-words-differ", &html! {}))
    }
}

/// Said here, and not yet by the other side.
pub(super) fn confirmed(here: &Here<'_>) -> Markup {
    let key = if here.vault.is_pairing_own_device() { "device-confirmed" } else { "pair-confirmed" };
    html! { p { (here.text(key)) } (cancel_button(here)) }
}

pub(super) fn cancel_button(here: &Here<'_>) -> Markup {
    one_button(here.frame, "/pair/cancel", "pair-cancel", &html! {})
}

/// "Both screens show the same words."
pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let page = if turn.vault()?.is_pairing_own_device() { "/devices" } else { "/pair" };
    match turn.vault()?.confirm_words(now) {
        Ok(()) => turn.done(page, "pair-same"),
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
