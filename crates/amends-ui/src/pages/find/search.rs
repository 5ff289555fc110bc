//! Search in own entries. The words go in a form that is sent, so that no address and no history holds them.

use maud::html;

use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{Way, form, line, main_button, name, ways, words};

/// Most that is shown.
const MOST: usize = 30;

pub(super) fn page(here: &Here<'_>, query: &str) -> Page {
    let found: Vec<Way> = here
        .vault
        .search(query, MOST)
        .into_iter()
        .map(|hit| {
            let day = here.day(here.day_of(hit.at));
            Way::new(format!("/entry/{}", name(hit.id)), hit.excerpt.replace('\n', " ")).with(day)
        })
        .collect();
    let main = html! {
        h1 { (here.text("search-title")) }
        p class="lead" { (here.text("search-lead")) }
        (form("/search", &html! {
            (line(here.frame, "words", "search-label", None, query))
            (main_button(here.frame, "search-button"))
        }))
        @if !query.is_empty() {
            @if found.is_empty() {
                p role="alert" { (here.text("search-nothing-found")) }
            } @else {
                h2 { (here.text("search-some")) }
                (ways(&found))
            }
        }
    };
    Page::new("/more", main)
}

/// Looks; nothing is written.
pub(super) fn act(turn: &Turn<'_>) -> Option<Outcome> {
    let query = words(turn, "words");
    let frame = turn.frame();
    Some(Outcome::Show(page(&Here::of(&frame)?, &query)))
}
