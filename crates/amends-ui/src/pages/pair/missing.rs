//! Something that was sent and has not come for days. It is said in plain words, and nobody is blamed: nothing shows who or
//! what holds it up.

use maud::{Markup, html};

use crate::pages::here::Here;
use crate::pages::parts::sentences;

/// What is missing, and what it may mean; nothing where all came.
pub(super) fn section(here: &Here<'_>) -> Markup {
    let status = here.vault.sync_status();
    html! {
        @if status.own_misses_for_long || status.pair_misses_for_long {
            section class="card rule" {
                h2 { (here.text("missing-title")) }
                @if status.pair_misses_for_long { p { (here.text("missing-pair")) } }
                @if status.own_misses_for_long { p { (here.text("missing-own")) } }
                (sentences(here.frame, &["missing-why", "missing-looks", "missing-ask"]))
            }
        }
    }
}

/// The way to that, for the first page: one quiet line.
pub(crate) fn link(here: &Here<'_>) -> Markup {
    let status = here.vault.sync_status();
    html! {
        @if status.own_misses_for_long || status.pair_misses_for_long {
            p class="quiet" { a href="/pair" { (here.text("missing-title")) } }
        }
    }
}
