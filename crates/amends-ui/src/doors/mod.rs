//! The doors of the vault: making one, unlocking, the recovery kit, locking.

use maud::html;

use crate::layout::{Frame, Page};

/// What stands in place of a page that needs the open vault.
pub(crate) fn needed(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("door-needed-title")) }
        p { (frame.text("door-needed-text")) }
        p { a class="main-button" href="/door" { (frame.text("door-needed-link")) } }
    };
    Page::new("/", main)
}
