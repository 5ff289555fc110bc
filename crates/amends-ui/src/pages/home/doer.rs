//! Who did the harm sees what they said they would do, and their own consistency. Nothing of the other's answers.

use maud::{Markup, html};

use crate::pages::here::Here;
use crate::pages::pace::words::in_words;
use crate::pages::parts::{Way, ways};

pub(super) fn sections(here: &Here<'_>) -> Markup {
    let open = promises(here);
    html! {
        section {
            h2 { (here.text("doer-mine-title")) }
            @if open.is_empty() {
                p { (here.text("doer-mine-none")) }
            } @else {
                (ways(&open))
            }
            p { (here.text("doer-mine-text")) }
            (ways(&[
                Way::new("/look/patience", here.text("doer-weeks")),
                Way::new("/step/honesty/promise", here.text("tool-honesty-promise")),
                Way::new("/step/change", here.text("step-change-title")),
            ]))
            @if here.world().safety.tools_closed() {
                p { a href="/safety/letters" { (here.text("letters-closed-title")) } }
            }
        }
        (their_pace(here))
    }
}

/// Promises that are open, with their day.
fn promises(here: &Here<'_>) -> Vec<Way> {
    let open = here.world().honesty.open_promises(here.me());
    let way = |text: &str, day| {
        Way::new("/step/honesty/report", text).with(here.fill("doer-by", "day", here.day(day)))
    };
    open.map(|(_, entry)| way(&entry.promise.text, entry.promise.review_on)).collect()
}

/// What the other person wants to get, as they set it.
fn their_pace(here: &Here<'_>) -> Markup {
    let set = here.world().partner.and_then(|other| here.world().consent.channel(other)?.pace());
    html! {
        @if let Some(pace) = set.filter(|_| here.reaches_other()) {
            section {
                h2 { (here.text("doer-pace-title")) }
                p { (in_words(here, pace)) }
                p class="quiet" { (here.text("doer-pace-text")) }
            }
        }
    }
}
