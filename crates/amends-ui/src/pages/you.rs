//! How somebody calls the other person here, when the vault locks by itself, and what is shared unless they say so:
//! nothing.

use maud::html;

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::{Here, OTHER_NAME};
use crate::pages::parts::{Way, form, line, main_button, sentences, ways, words};
use crate::request::Request;

/// This page among the parts of the house.
pub(crate) const AREA: Area = Area { act, page: show };

/// Longest name, in characters.
const LONGEST: usize = 40;

fn show(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    if request.parts() != ["you"] {
        return None;
    }
    let Some(here) = Here::of(frame) else { return Some(doors::needed_for(frame, request)) };
    let name = here.vault.draft(OTHER_NAME).map_or("", |draft| draft.text.as_str());
    let main = html! {
        h1 { (here.text("you-title")) }
        (form("/you", &html! {
            (line(frame, "name", "you-name", Some("you-name-help"), name))
            (main_button(frame, "settings-save"))
        }))
        h2 { (here.text("you-shared-title")) }
        p { (here.text("you-shared-text")) }
        (sentences(frame, &["you-shared-private", "you-shared-copies", "you-shared-charts", "you-shared-safety"]))
        h2 { (here.text("more-device")) }
        (ways(&[
            Way::new("/door/keys", here.text("you-lock")),
            Way::new("/keep", here.text("more-keep")),
            Way::new("/settings", here.text("settings-title")),
        ]))
    };
    Some(Page::new("/more", main))
}

/// Keeps the name sealed in the vault, on own devices only; an empty one takes it away.
fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.request.parts() != ["you"] {
        return None;
    }
    let name: String = words(turn, "name").chars().take(LONGEST).collect();
    let now = turn.visit.moment.now;
    let Some(vault) = turn.vault() else { return Some(Outcome::Show(doors::needed(&turn.frame()))) };
    let kept = if name.is_empty() {
        vault.discard_draft(OTHER_NAME)
    } else {
        vault.save_draft(OTHER_NAME, &name, now)
    };
    match kept {
        Ok(()) => turn.done("/you", "you-saved"),
        Err(error) => turn.done("/you", &format!("trouble-{}", amends_client::Trouble::from(&error).code())),
    }
}
