//! Leaving: one act, always possible, no reason asked.

use amends_client::Trouble;
use amends_domain::consent::Connection;
use amends_domain::safety::leave::leave;
use amends_domain::safety::{Leaving, MyThings};
use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::pages::parts::{choice, choices, form, main_button, problem};
use crate::request::Request;
use crate::session::Door;

/// Leaving among the parts of the house.
pub(crate) const AREA: Area = Area { act, page: show };

fn show(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    (request.parts() == ["leave"]).then(|| page(frame, None))
}

fn page(frame: &Frame<'_>, wrong: Option<&str>) -> Page {
    let inner = match Here::of(frame) {
        Some(here) => inside(&here, wrong),
        None => outside(frame),
    };
    let main = html! {
        h1 { (frame.text("leave-page-title")) }
        p class="lead" { (frame.text("leave-page-lead")) }
        p { (frame.text("leave-page-danger")) " " a href="/safety/plan" { (frame.text("plan-title")) } }
        (inner)
    };
    Page::new("/safety", main)
}

/// With the vault locked or absent nothing is sent or fetched anyway; what can be done without a key is said.
fn outside(frame: &Frame<'_>) -> Markup {
    let door = frame.session.door();
    html! {
        @if matches!(door, Door::Locked | Door::Broken) {
            p { (frame.text("leave-locked")) }
            p { a class="main-button" href="/door" { (frame.text("leave-unlock")) } }
            p { a href="/keep/erase" { (frame.text("leave-erase-place")) } }
        } @else {
            p { (frame.text("leave-nothing-here")) }
            p { a href="/privacy" { (frame.text("about-erase-title")) } }
        }
    }
}

fn inside(here: &Here<'_>, wrong: Option<&str>) -> Markup {
    let alone = here.connection() == Connection::Alone;
    let how = [("quiet", here.text("leave-quiet"), true), ("open", here.text("leave-open"), false)];
    let things = [("keep", here.text("leave-keep"), true), ("erase", here.text("leave-erase"), false)];
    html! {
        @if here.world().consent.left_quietly() { p class="done" { (here.text("leave-done")) } }
        (problem(here.frame, wrong))
        (form("/leave", &html! {
            @if !alone { (choices("radio", "how", &here.text("leave-how"), &how)) }
            (choices("radio", "things", &here.text("leave-things"), &things))
            @if !alone {
                (choice("checkbox", "ask-removal", "yes", &here.text("leave-ask-removal"), false))
                p class="help" { (here.text("leave-their-copy")) }
            }
            p { strong { (here.text("pace-they-see")) ":" } " " (here.text("leave-they-see")) }
            (choice("checkbox", "sure", "yes", &here.text("leave-sure"), false))
            (main_button(here.frame, "leave-button"))
        }))
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.request.parts() != ["leave"] {
        return None;
    }
    let request = turn.request;
    let now = turn.visit.moment.now;
    if !request.has("sure") {
        return Some(Outcome::Show(page(&turn.frame(), Some("leave-not-sure"))));
    }
    let Some(vault) = turn.vault() else { return Some(Outcome::Show(page(&turn.frame(), None))) };
    let paired = vault.state().world().partner.is_some();
    // With nobody to tell, there is nothing to say.
    let how = if request.field("how") == "open" && paired { Leaving::Open } else { Leaving::Quiet };
    let things = if request.field("things") == "erase" { MyThings::Erase } else { MyThings::Keep };
    let plan = leave(vault.state(), how, things, request.has("ask-removal"));
    let left = vault.leave(now, plan);
    match left {
        Ok(()) => turn.done("/", "leave-done"),
        Err(error) => turn.done("/leave", &format!("trouble-{}", Trouble::from(&error).code())),
    }
}
