//! Taking back the last thing that was done since the vault was opened.

use amends_domain::event::{Event, Space};
use amends_domain::texts::texts;
use amends_tools::show;
use maud::html;

use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{form, main_button, why};

pub(super) fn page(here: &Here<'_>) -> Page {
    let main = html! {
        h1 { (here.text("undo-title")) }
        @match here.vault.undoable() {
            Some(event) => {
                p class="lead" { (here.text("undo-lead")) }
                p { strong { (title(here, event)) } " " (amends_tools::parts::shortened(&texts(&event.body).join(" "))) }
                @if event.space == Space::Shared { p { (here.text("undo-shared")) } }
                (form("/undo", &main_button(here.frame, "undo-button")))
            }
            None => p { (here.text("undo-nothing-here")) },
        }
        p { a href="/trash" { (here.text("trash-title")) } }
    };
    Page::new("/more", main)
}

fn title(here: &Here<'_>, event: &Event) -> String {
    let (step, name, _) = show::name(&event.body);
    show::event_title(&step, &name, here.frame.core.messages())
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    match turn.vault()?.undo(now) {
        Ok(Some(_)) => turn.done("/", "undo-is-done"),
        Ok(None) => turn.done("/undo", "undo-nothing-here"),
        Err(error) => turn.done("/undo", &why(&error)),
    }
}
