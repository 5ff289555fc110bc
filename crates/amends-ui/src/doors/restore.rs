//! A vault from a backup, at a place where there is none.

use amends_client::{Backup, Trouble};
use maud::html;

use super::enter;
use super::fields::{self, Problem, problem};
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::session::Secret;

pub(super) fn page(frame: &Frame<'_>, what: Option<Problem>) -> Page {
    let main = html! {
        h1 { (frame.text("restore-title")) }
        p class="lead" { (frame.text("restore-lead")) }
        (problem(frame, what))
        form id="restore" method="post" action="/keep/restore" enctype="multipart/form-data" autocomplete="off" data-lasting {
            (fields::file(frame, "file", "keep-file"))
            div class="field" {
                label for="passphrase" { (frame.text("restore-passphrase")) }
                p class="help" id="passphrase-help" { (frame.text("restore-passphrase-help")) }
                div class="with-button" {
                    input type="password" id="passphrase" name="passphrase" autocomplete="off" autocapitalize="off"
                        spellcheck="false" aria-describedby="passphrase-help";
                    button type="button" class="with-script" data-reveal="passphrase" aria-pressed="false"
                        data-hide=(frame.text("door-hide")) { (frame.text("door-show")) }
                }
            }
            div class="field" {
                label for="phrase" { (frame.text("restore-phrase")) }
                textarea id="phrase" name="phrase" rows="3" autocomplete="off" autocapitalize="off" autocorrect="off"
                    spellcheck="false" writingsuggestions="false" data-gramm="false" {}
            }
            (fields::slow_button(frame, "restore-button"))
        }
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

pub(super) fn restore(turn: &mut Turn<'_>) -> Option<Outcome> {
    match try_restore(turn) {
        Ok(()) => turn.done("/door", "restore-done"),
        Err(problem) => Some(Outcome::Show(page(&turn.frame(), Some(problem)))),
    }
}

fn try_restore(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let file = turn.request.file("file").ok_or(Problem::Form("keep-no-file"))?;
    let backup = Backup::read(file).map_err(|error| Problem::of(&error))?;
    let passphrase = turn.request.field("passphrase");
    if !turn.request.field("phrase").trim().is_empty() {
        let phrase = enter::typed_phrase(turn.request)?;
        return Ok(turn.session.restore(&backup, Secret::Phrase(&phrase))?);
    }
    if passphrase.is_empty() {
        return Err(Problem::of(Trouble::WrongPassphrase));
    }
    Ok(turn.session.restore(&backup, Secret::Passphrase(passphrase))?)
}
