//! The page before the first use: how to leave fast, where words stay, what this is not, safety first.

use maud::html;

use crate::layout::{Frame, Page};

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let target = host(&frame.visit.state.settings.exit_target);
    let main = html! {
        h1 { (frame.text("start-title")) }
        p class="lead" { (frame.text("start-lead")) }
        section class="card rule" {
            h2 { (frame.text("start-safe-title")) }
            p { (frame.text("start-safe-text")) }
            p { a href="/safety" { (frame.text("start-safe-link")) } }
        }
        h2 { (frame.text("start-exit-title")) }
        p { (frame.fill("start-exit-text", "target", target)) }
        p { strong { (frame.text("start-exit-limit")) } }
        p { (frame.text("start-exit-safer")) }
        h2 { (frame.text("start-private-title")) }
        p { (frame.text("start-private-text")) }
        h2 { (frame.text("start-not-title")) }
        p { (frame.text("start-not-text")) }
        form method="post" action="/start" {
            button type="submit" class="main-button" { (frame.text("start-begin")) }
        }
    };
    Page::new("", main)
}

/// Host of an address, as people say it.
fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
