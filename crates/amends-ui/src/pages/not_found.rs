//! An address that leads nowhere.

use maud::html;

use crate::layout::{Frame, Page};

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("not-found-title")) }
        p { (frame.text("not-found-text")) }
        p { a href="/" { (frame.text("not-found-home")) } }
    };
    Page { status: 404, ..Page::new("", main) }
}
