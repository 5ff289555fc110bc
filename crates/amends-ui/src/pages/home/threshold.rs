//! The first page without an open vault: the draft desk as the first useful act, and the vault beside it.

use maud::html;

use crate::layout::{Frame, Page};
use crate::session::Door;

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let locked = frame.session.door() == Door::Locked;
    let can_keep = !matches!(frame.session.door(), Door::None);
    let vault = if locked { "first-locked" } else { "first-vault" };
    let desk_first = !locked;
    let desk = html! {
        section class="card" {
            h2 { (frame.text("home-desk-title")) }
            p { (frame.text("home-desk-text")) }
            p { a class=[desk_first.then_some("main-button")] href="/desk" { (frame.text("home-desk-button")) } }
        }
    };
    let door = html! {
        @if can_keep {
            section class="card" {
                h2 { (frame.text(&format!("{vault}-title"))) }
                p { (frame.text(&format!("{vault}-text"))) }
                p { a class=[locked.then_some("main-button")] href="/door" { (frame.text(&format!("{vault}-link"))) } }
            }
        }
    };
    let main = html! {
        h1 { (frame.text(if locked { "first-title-locked" } else { "first-title" })) }
        p class="lead" { (frame.text(if locked { "first-lead-locked" } else { "first-lead" })) }
        div class="pair" {
            @if locked { (door) (desk) } @else { (desk) (door) }
        }
        section class="card rule" {
            h2 { (frame.text("home-safety-title")) }
            p { (frame.text("home-safety-rule")) }
            p { a href="/safety" { (frame.text("home-safety-link")) } }
        }
        p { a href="/path" { (frame.text("first-path-link")) } }
    };
    Page::new("/", main)
}
