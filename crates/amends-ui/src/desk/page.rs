//! The page of the desk: kinds of draft, the sheet, the margin.

use amends_lint::Genre;
use amends_tools::Side;
use maud::{Markup, html};

use crate::desk::{LOOK, draft_of, marks, said, writing_box};
use crate::layout::{Frame, Page};
use crate::request::Request;
use crate::state::DeskDraft;

pub(super) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    let draft = draft_to_show(frame, request);
    let said = said(frame, request, &draft);
    let was_hurt = frame.vault().is_some_and(|vault| Side::anywhere(vault.state()).was_hurt());
    let main = html! {
        h1 { (frame.text("desk-title")) }
        p class="lead" { (frame.text(if was_hurt { "desk-lead-hurt" } else { "desk-lead" })) }
        form id="desk" class="desk" method="post" action="/desk" autocomplete="off" {
            div class="sheet" {
                // The Enter key presses the first button; that is no question for hints.
                @if was_hurt { button class="unseen" type="submit" tabindex="-1" aria-hidden="true" {} }
                (genres(frame, draft.genre))
                div class="partner" {
                    label for="partner" { (frame.text("desk-partner-label")) }
                    p class="help" id="partner-help" { (frame.text("desk-partner-help")) }
                    (box_for("partner", "partner-help", 4, &draft.partner))
                }
                label for="draft" class="sheet-label" { (frame.text("desk-text-label")) }
                p class="help" id="draft-help" {
                    (frame.text("desk-text-help")) " " (frame.text("desk-private"))
                }
                div class="paper" {
                    div class="mirror" id="mirror" aria-hidden="true" { (marks::mirror(&draft.text, &said.read.hints)) }
                    (box_for("draft", "draft-help", 12, &draft.text))
                }
                p class="to-hints" { a href="#margin" { (frame.text("desk-to-hints")) } }
                p class="without-script" { button type="submit" name=(LOOK) value="yes" { (frame.text("desk-check")) } }
                (keeping(frame, request))
            }
            section id="margin" class="margin" aria-label=(frame.text("desk-hints-title")) tabindex="-1" {
                (said.margin)
            }
        }
    };
    Page::new("/desk", main)
}

/// The words that were sent, or else the kept draft.
fn draft_to_show(frame: &Frame<'_>, request: &Request) -> DeskDraft {
    let sent = draft_of(request);
    if request.has("text") {
        return sent;
    }
    match &frame.visit.state.draft {
        Some(kept) => DeskDraft { genre: sent.genre.or(kept.genre), ..kept.clone() },
        None => sent,
    }
}

fn genres(frame: &Frame<'_>, chosen: Option<Genre>) -> Markup {
    let choice = |value: &str, checked: bool, title: String, help: String| {
        html! {
            label class="choice" {
                input type="radio" name="genre" id=(format!("genre-{value}")) value=(value) checked[checked];
                span { (title) span class="help" { (help) } }
            }
        }
    };
    html! {
        fieldset class="genres" {
            legend { (frame.text("desk-genre-label")) }
            (choice("any", chosen.is_none(), frame.text("genre-any"), frame.text("genre-any-help")))
            @for genre in Genre::ALL {
                (choice(
                    genre.name(), chosen == Some(genre), frame.text(&format!("genre-{}", genre.name())),
                    frame.text(&format!("genre-{}-help", genre.name())),
                ))
            }
        }
    }
}

fn box_for(id: &str, help: &str, rows: u8, text: &str) -> Markup {
    let name = if id == "draft" { "text" } else { id };
    writing_box(id, name, Some(help), rows, text)
}

fn keeping(frame: &Frame<'_>, request: &Request) -> Markup {
    let kept = frame.visit.state.draft.is_some();
    html! {
        div class="keeping" id="keeping" {
            @if request.has("forget") { p class="done" role="alert" { (frame.text("desk-forgotten")) } }
            @if kept {
                p { (frame.text("desk-kept")) }
                button type="submit" name="forget" value="yes" { (frame.text("desk-forget")) }
            } @else {
                p { (frame.text("desk-keep-text")) }
                button type="submit" name="keep" value="yes" { (frame.text("desk-keep")) }
            }
        }
    }
}
