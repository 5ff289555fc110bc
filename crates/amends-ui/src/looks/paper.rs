//! Pages to be read or printed: one sheet, nothing around it.

use maud::{Markup, html};

use super::Look;
use crate::desk::{self, Beside};
use amends_lint::Genre;

impl Look<'_> {
    /// A sheet like paper.
    pub(crate) fn sheet(&self, inner: &Markup) -> Markup {
        html! { article class="letter" { (inner) } }
    }

    /// Words of a person, line by line as they wrote them.
    pub(crate) fn said(&self, text: &str) -> Markup {
        html! {
            @for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
                p class="own" { (part.trim()) }
            }
        }
    }

    /// How to print, where that helps: the way is the browser's own.
    pub(crate) fn how_to_print(&self) -> Markup {
        html! { p class="help no-print" { (self.text("look-print-how")) } }
    }

    /// Hints beside a text; nothing before there are words.
    pub(crate) fn beside(&self, genre: Genre, text: &str, partner: &str) -> Beside {
        desk::beside(self.frame, genre, text, partner)
    }

    /// A box to write in, with the places of the hints under the words, and the hints after it. The button looks at
    /// the words and keeps nothing.
    pub(crate) fn checked_box(&self, genre: Genre, label: &str, text: &str, partner: &str) -> Markup {
        let beside = self.beside(genre, text, partner);
        html! {
            label for="draft" class="sheet-label" { (self.text(label)) }
            div class="paper small" {
                div class="mirror" id="mirror" aria-hidden="true" { (beside.mirror) }
                (desk::writing_box("draft", "text", None, 5, text))
            }
            p { button type="submit" name="look" value="yes" { (self.text("look-check")) } }
            @if !text.trim().is_empty() {
                section class="margin" id="margin" aria-label=(self.text("desk-hints-title")) { (beside.margin) }
            }
        }
    }
}
