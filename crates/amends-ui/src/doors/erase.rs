//! Erasing the vault: slow, separate, and never a part of leaving in a hurry.

use maud::html;

use super::fields::{Problem, problem};
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::state::Effect;

pub(super) fn page(frame: &Frame<'_>, what: Option<Problem>) -> Page {
    let main = html! {
        h1 { (frame.text("erase-title")) }
        p class="lead" { (frame.text("erase-lead")) }
        ul {
            li { (frame.text("erase-backup")) }
            li { (frame.text("erase-evidence")) }
            li { (frame.text("erase-other")) }
            li { (frame.text("erase-traces")) }
        }
        (problem(frame, what))
        form id="erase" method="post" action="/keep/erase" autocomplete="off" {
            div class="field" {
                label for="word" { (frame.fill("erase-label", "word", frame.text("erase-word"))) }
                input type="text" id="word" name="word" autocomplete="off" autocapitalize="off" spellcheck="false";
            }
            p { button type="submit" { (frame.text("erase-button")) } }
        }
        p { a href="/door" { (frame.text("erase-no")) } }
    };
    Page::new("/door", main)
}

pub(super) fn erase(turn: &mut Turn<'_>) -> Option<Outcome> {
    let word = turn.core.messages().text("erase-word");
    if turn.request.field("word").trim().to_lowercase() != word.to_lowercase() {
        return Some(Outcome::Show(page(&turn.frame(), Some(Problem::Form("erase-other-word")))));
    }
    match turn.session.erase(turn.visit.moment.now) {
        Ok(()) => {
            turn.effects.push(Effect::NoBackup(turn.session.place().name().to_owned()));
            turn.done("/door", "erase-done")
        }
        Err(obstacle) => Some(Outcome::Show(page(&turn.frame(), Some(obstacle.into())))),
    }
}
