//! Hints on several boxes of one form, read as one text in the order of the boxes. Who was hurt is left alone until
//! they ask; only danger is always answered with help. Whom that is about, [`Writing`] says.

use amends_lint::{Finding, Genre};
use amends_text::offsets::Locator;
use amends_tools::Writing;
use maud::Markup;

use crate::desk::margin;
use crate::desk::marks::{self, Mark, Place};
use crate::desk::reading::{self, Read};
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

/// How much is said about the words.
pub(crate) enum Scope {
    /// All that the checks see.
    All,
    /// Help where they speak of danger, else nothing but this button, which asks for more.
    DangerOnly(Markup),
}

/// Whether words are left alone until their writer asks. Without an open vault nobody has said that they were hurt.
pub(crate) fn leaves_alone(frame: &Frame<'_>, writing: Writing) -> bool {
    frame.vault().is_some_and(|vault| writing.is_left_alone(vault.state()))
}

/// Between two boxes, so that no sentence runs from one into the next.
const BETWEEN: &str = "\n\n";

/// Reads the boxes of a form.
pub(crate) fn several(
    frame: &Frame<'_>,
    genre: Genre,
    texts: &[&str],
    partner: &str,
    scope: &Scope,
) -> Several {
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
    if let Scope::DangerOnly(ask) = scope {
        return left_alone(frame, texts, &read, ask);
    }
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

/// Words that nobody asked about: no hint and no mark.
fn left_alone(frame: &Frame<'_>, texts: &[&str], read: &Read, ask: &Markup) -> Several {
    let (margin, status) = unasked(frame, read, ask);
    let mirrors = texts.iter().map(|text| marks::mirror_of(text, &[])).collect();
    Several { margin, status, mirrors, marks: Vec::new() }
}

/// Margin and status for words that nobody asked about.
pub(super) fn unasked(frame: &Frame<'_>, read: &Read, ask: &Markup) -> (Markup, String) {
    match read.is_danger() {
        true => (margin::danger(frame, read, "danger-wrong-unasked"), margin::status(frame, read)),
        false => (margin::unasked(frame, ask), String::new()),
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
