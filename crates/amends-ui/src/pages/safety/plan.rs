//! A plan for leaving: lists to read or print, nothing to fill in, so that nothing can be found.

use maud::html;

use crate::layout::{Frame, Page};
use crate::pages::parts::sentences;

/// Heading and the sentences under it.
const PARTS: [(&str, &[&str]); 5] = [
    ("plan-before", &["plan-before-talk", "plan-before-place", "plan-before-word", "plan-before-children"]),
    ("plan-take", &["plan-take-papers", "plan-take-medicine", "plan-take-keys", "plan-take-things"]),
    (
        "plan-device",
        &["plan-device-other", "plan-device-accounts", "plan-device-location", "plan-device-spy"],
    ),
    ("plan-go", &["plan-go-time", "plan-go-rooms", "plan-go-call", "plan-go-papers"]),
    ("plan-after", &["plan-after-tell", "plan-after-ways", "plan-after-order", "plan-after-alone"]),
];

pub(super) fn page(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("plan-title")) }
        p class="lead" { (frame.text("plan-lead")) }
        p { strong { (frame.text("plan-not-written")) } }
        @for (title, list) in PARTS {
            h2 { (frame.text(title)) }
            (sentences(frame, list))
        }
        p { a class="main-button" href="/safety" { (frame.text("help-lines-title")) } }
        p { a href="/leave" { (frame.text("leave-page-title")) } }
    };
    Page::new("/safety", main)
}
