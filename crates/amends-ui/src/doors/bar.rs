//! What the frame of every page shows of the vault: the lock, the sign of the demonstration, the warning before it
//! locks by itself.

use amends_client::Vault;
use maud::{Markup, html};

use crate::keeper::Place;
use crate::layout::Frame;
use crate::session::Door;

/// In the head of the page: a way to the door, or the lock.
pub(crate) fn bar(frame: &Frame<'_>) -> Markup {
    if !frame.visit.state.begun {
        return html! {};
    }
    match frame.session.door() {
        Door::None => html! {},
        Door::Open => html! {
            form class="lock" method="post" action="/door/lock" data-lock {
                a href="/door" { (frame.text("door-bar-inside")) }
                button type="submit" { (frame.text("door-lock")) }
            }
        },
        _ => html! { p class="lock" { a href="/door" { (frame.text("door-bar-outside")) } } },
    }
}

/// Below the head: whose vault this is if it is invented, and a place for the warning.
pub(crate) fn notes(frame: &Frame<'_>) -> Markup {
    let open = frame.session.door() == Door::Open;
    let place = frame.session.place();
    html! {
        @if open && place.is_demo() { (demo(frame, place)) }
        @if frame.vault().is_some_and(Vault::is_taken_away) {
            aside class="taken-away" aria-label=(frame.text("device-gone-label")) {
                p { (frame.text("device-gone")) " " a href="/devices" { (frame.text("device-gone-more")) } }
            }
        }
        @if open {
            div id="idle" role="alert" hidden data-minutes=(frame.visit.state.settings.idle_minutes)
                data-text=(frame.text("door-idle-warning")) {}
        }
        div id="unsaved" role="alert" hidden data-text=(frame.text("door-unsaved")) {}
    }
}

fn demo(frame: &Frame<'_>, place: Place) -> Markup {
    let who = if place == Place::DemoInvolved { "demo-banner-one" } else { "demo-banner-two" };
    html! {
        aside class="demo-banner" aria-label=(frame.text("demo-banner-label")) {
            p { (frame.text(who)) }
            form method="post" action="/door/demo/switch" {
                button type="submit" { (frame.text("demo-switch")) }
            }
            form method="post" action="/door/demo/leave" {
                button type="submit" { (frame.text("demo-leave")) }
            }
        }
    }
}
