//! Today: at most one thing in front, then what waits, then what belongs to the role. Nothing is counted, nothing
//! asks twice.

use amends_domain::consent::Connection;
use maud::{Markup, html};

use super::{came_in, doer, hurt, open_now, solo};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::pair::missing_link;
use crate::pages::parts::{Way, form, hidden, name, ways};
use crate::pages::removal;
use crate::timer::timer;

pub(crate) fn page(here: &Here<'_>) -> Page {
    let side = here.side();
    let mut open = open_now::all(here, side);
    let first = open.iter().position(|thing| thing.may_be_first).map(|place| open.remove(place));
    let rest: Vec<Way> = open.into_iter().map(|thing| thing.way).collect();
    let main = html! {
        h1 { (here.text(&format!("today-title-{}", side.slug()))) }
        p class="lead" { (here.text(&format!("today-lead-{}", side.slug()))) }
        (new_device(here))
        (pause(here))
        @match &first {
            Some(thing) => (front(here, &thing.way)),
            None if rest.is_empty() => p { (here.text("today-nothing")) },
            None => {},
        }
        @if !rest.is_empty() {
            h2 {
                @if first.is_some() { (here.text(&format!("today-rest-{}", side.slug()))) }
                @else { (here.text("incident-open-title")) }
            }
            (ways(&rest))
        }
        (came_in::section(here))
        @if side.was_hurt() { (hurt::sections(here)) }
        @if side.did() { (doer::sections(here)) }
        (other(here))
        (missing_link(here))
        p {
            a href="/path" { (here.text("first-path-link")) } " · "
            a href="/incident" { (here.text("incident-list-title")) }
        }
    };
    Page::new("/", main)
}

/// The one thing in front.
fn front(here: &Here<'_>, way: &Way) -> Markup {
    html! {
        section class="card" {
            h2 { (way.words) }
            @if !way.note.is_empty() { p { (way.note) } }
            p { a class="main-button" href=(way.path) { (here.text("today-go")) } }
        }
    }
}

/// For seven days: one more device of one's own, in case it was somebody else.
fn new_device(here: &Here<'_>) -> Markup {
    let devices = here.vault.own_devices(here.now());
    let new = devices.iter().find(|device| !device.is_this && device.new_since.is_some());
    html! {
        @if let Some(since) = new.and_then(|device| device.new_since) {
            section class="card rule" {
                h2 { (here.text("today-new-device")) }
                p { (here.fill("today-new-device-text", "when", here.when(since))) }
                p { a href="/devices" { (here.text("devices-title")) } }
            }
        }
    }
}

/// A break that runs: when it ends, and nothing else.
fn pause(here: &Here<'_>) -> Markup {
    let Some((id, pause)) = here.world().perspective.pause(here.now()) else { return html! {} };
    html! {
        section class="card rule" {
            h2 { (here.text("pause-runs")) }
            (timer(here.frame, &here.fill("pause-back-at", "time", here.when(pause.back_at)), &[pause.back_at]))
            p { (here.text("today-pause-text")) }
            @if pause.author == here.me() {
                (form("/pace/pause", &html! {
                    (hidden("back", &name(id)))
                    button type="submit" { (here.text("tool-perspective-back")) }
                }))
            }
        }
    }
}

/// How things stand with the other person, in the same words whatever the cause.
fn other(here: &Here<'_>) -> Markup {
    let name = here.other_name();
    match here.connection() {
        Connection::Alone => solo::section(here),
        Connection::NoAnswerYet => html! { p class="quiet" { (here.fill("today-no-answer", "name", name)) } },
        Connection::NotConnected => html! {
            p class="quiet" { (here.text("today-not-connected")) }
            (removal::link(here))
        },
        Connection::Open => html! {},
    }
}
