//! Hints on several boxes of one form, read as one text in the order of the boxes.

use amends_lint::{Finding, Genre};
use amends_text::offsets::Locator;
use maud::Markup;

use crate::desk::marks::{self, Mark, Place};
use crate::desk::{margin, reading};
use crate::layout::Frame;
use crate::state::DeskDraft;

/// What the checks say to the boxes of a form.
pub(crate) struct Several {
    /// The margin beside them.
    pub(crate) margin: Markup,
    /// One line for people who hear the page.
    pub(crate) status: String,
    /// For each box its words once more, with marks.
    pub(crate) mirrors: Vec<Markup>,
    /// All marks, each with the number of its box from 0.
    pub(crate) marks: Vec<Mark>,
}

/// Between two boxes, so that no sentence runs from one into the next.
const BETWEEN: &str = "\n\n";

/// Reads the boxes of a form.
pub(crate) fn several(frame: &Frame<'_>, genre: Genre, texts: &[&str], partner: &str) -> Several {
    let mut all = String::new();
    let mut starts = Vec::with_capacity(texts.len());
    for text in texts {
        if !all.is_empty() && !text.is_empty() {
            all.push_str(BETWEEN);
        }
        starts.push(all.len());
        all.push_str(text);
    }
    let draft = DeskDraft { genre: Some(genre), text: all, partner: partner.to_owned() };
    let read = reading::read(frame, &draft);
    let boxes = || texts.iter().zip(&starts).map(|(text, start)| (*text, places(text, *start, &read.hints)));
    let marks = (0_u32..).zip(boxes()).flat_map(|(field, (text, places))| {
        let locator = Locator::new(text);
        let unit = |at: usize| locator.locate(u32::try_from(at).unwrap_or(u32::MAX)).utf16;
        let mark =
            |place: &Place| Mark { field, start: unit(place.start), end: unit(place.end), hint: place.hint };
        places.iter().map(mark).collect::<Vec<_>>()
    });
    Several {
        marks: marks.collect(),
        mirrors: boxes().map(|(text, places)| marks::mirror_of(text, &places)).collect(),
        margin: margin::margin(frame, &draft, &read),
        status: margin::status(frame, &read),
    }
}

/// Places of the hints that begin in a box, counted from its own beginning.
fn places(text: &str, start: usize, hints: &[Finding]) -> Vec<Place> {
    (1..)
        .zip(hints)
        .filter_map(|(hint, finding)| {
            let from = (finding.span.start as usize).checked_sub(start).filter(|from| *from < text.len())?;
            let to = (finding.span.end as usize).saturating_sub(start).min(text.len());
            Some(Place { start: from, end: to, hint })
        })
        .collect()
}
