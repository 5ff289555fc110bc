//! The studies: what was found, how large it was, what it cannot tell.

use amends_guide::{EVIDENCE, Mark, evidence};
use maud::{Markup, html};

use crate::layout::{Frame, Page};

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("evidence-title")) }
        p class="lead" { (frame.text("evidence-lead")) }
        @for entry in &EVIDENCE { (finding(frame, entry.id, true)) }
    };
    Page::new("", main)
}

/// One study with its source. `anchored` gives it an address within the page.
pub(crate) fn finding(frame: &Frame<'_>, id: &str, anchored: bool) -> Markup {
    let Some(entry) = evidence(id) else { return html! {} };
    let slug = id.to_lowercase();
    let mark = match entry.mark {
        Mark::Seen => "evidence-mark-seen",
        Mark::Secondary => "evidence-mark-secondary",
        Mark::Opinion => "evidence-mark-opinion",
    };
    html! {
        div class="study" id=[anchored.then_some(&slug)] tabindex=[anchored.then_some("-1")] {
            p {
                @if anchored { strong { (id) } } @else { a href=(format!("/evidence#{slug}")) { (id) } }
                " " (frame.text(&format!("evidence-{slug}")))
            }
            p class="quiet" { cite { (entry.source) } ". " (frame.text(mark)) }
        }
    }
}
