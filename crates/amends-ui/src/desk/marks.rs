//! Places of hints in the text: counted as a browser counts, and drawn under the words.

use amends_lint::Finding;
use amends_text::offsets::Locator;
use maud::{Markup, html};
use serde::Serialize;

/// A marked place, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// First unit.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Number of the hint, from 1.
    pub hint: u32,
}

/// Marks of `hints`, which are in order of place.
pub(super) fn marks(text: &str, hints: &[Finding]) -> Vec<Mark> {
    let locator = Locator::new(text);
    let place = |offset: u32| locator.locate(offset).utf16;
    (1..)
        .zip(hints)
        .map(|(hint, finding)| Mark { start: place(finding.span.start), end: place(finding.span.end), hint })
        .collect()
}

/// The text once more, with marks, to lie under the box one writes in. Where two marks overlap, the first
/// keeps the shared words.
pub(super) fn mirror(text: &str, hints: &[Finding]) -> Markup {
    let mut from = 0;
    let mut pieces = Vec::new();
    for (hint, finding) in (1_u32..).zip(hints) {
        let start = (finding.span.start as usize).max(from);
        let end = (finding.span.end as usize).max(start);
        pieces.push((&text[from..start], hint, &text[start..end]));
        from = end;
    }
    html! {
        @for (before, hint, marked) in pieces {
            (before) @if !marked.is_empty() { mark data-hint=(hint) { (marked) } }
        }
        (text[from..]) "\u{200B}"
    }
}
