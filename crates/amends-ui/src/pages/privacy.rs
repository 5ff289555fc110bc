//! What is kept, what is sent, what cannot be hidden, what this is not; and the way to erase.

use maud::{Markup, html};

use crate::layout::{Frame, Page, ShellKind};
use crate::request::Request;

pub(crate) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    let native = frame.core.shell.kind == ShellKind::Native;
    let main = html! {
        h1 { (frame.text("about-title")) }
        p class="lead" { (frame.text("about-lead")) }
        @if request.has("erase") { p class="done" role="alert" { (frame.text("about-erased")) } }
        h2 { (frame.text("about-kept-title")) }
        (list(frame, &["about-kept-settings", "about-kept-not-here", "about-kept-draft", "about-kept-nothing"]))
        p { (frame.text(if native { "about-kept-where-native" } else { "about-kept-where-browser" })) }
        h2 { (frame.text("about-sent-title")) }
        p { (frame.text("about-sent-text")) @if native { " " (frame.text("about-sent-native")) } }
        h2 { (frame.text("about-traces-title")) }
        (list(frame, &[
            "about-traces-history", "about-traces-installed", "about-traces-spy", "about-traces-calls",
            "about-traces-clear",
        ]))
        h2 { (frame.text("about-not-title")) }
        (list(frame, &[
            "about-not-therapy", "about-not-writer", "about-not-judge", "about-not-safe", "about-not-law",
        ]))
        p {
            a href="/rules" { (frame.text("about-rules-link")) } " · "
            a href="/evidence" { (frame.text("about-evidence-link")) } " · "
            a href="/components" { (frame.text("components-title")) }
        }
        h2 { (frame.text("about-erase-title")) }
        p { (frame.text("about-erase-text")) }
        form method="post" action="/privacy" {
            button type="submit" name="erase" value="yes" { (frame.text("about-erase-button")) }
        }
    };
    Page::new("/more", main)
}

fn list(frame: &Frame<'_>, keys: &[&str]) -> Markup {
    html! { ul { @for key in keys { li { (frame.text(key)) } } } }
}
