//! Places of hints in the text: counted as a browser counts, and drawn under the words.

use amends_lint::Finding;
use amends_text::offsets::Locator;
use maud::{Markup, html};
use serde::Serialize;

/// A marked place, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Number of the box on its form, from 0.
    pub field: u32,
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
        .map(|(hint, finding)| Mark {
            field: 0,
            start: place(finding.span.start),
            end: place(finding.span.end),
            hint,
        })
        .collect()
}

/// A marked place in one box, in bytes.
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of the hint, from 1.
    pub(super) hint: u32,
}

/// The text once more, with marks, to lie under the box one writes in.
pub(super) fn mirror(text: &str, hints: &[Finding]) -> Markup {
    let place = |(hint, finding): (u32, &Finding)| Place {
        start: finding.span.start as usize,
        end: finding.span.end as usize,
        hint,
    };
    mirror_of(text, &(1..).zip(hints).map(place).collect::<Vec<_>>())
}

/// The same with places in order. Where two marks overlap, the first keeps the shared words.
pub(super) fn mirror_of(text: &str, places: &[Place]) -> Markup {
    let mut from = 0;
    let mut pieces = Vec::new();
    for place in places {
        let start = place.start.max(from);
        let end = place.end.max(start);
        pieces.push((&text[from..start], place.hint, &text[start..end]));
        from = end;
    }
    html! {
        @for (before, hint, marked) in pieces {
            (before) @if !marked.is_empty() { mark data-hint=(hint) { (marked) } }
        }
        (text[from..]) "\u{200B}"
    }
}
