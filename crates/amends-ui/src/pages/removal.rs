//! "Please remove what I sent": shown when the other one left with that wish. It is a request, never an order.

use amends_client::Trouble;
use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::pages::parts::{form, main_button, sentences};
use crate::request::Request;

const PATH: &str = "/leave/removal";

/// The request to remove words, among the parts of the house.
pub(crate) const AREA: Area = Area { act, page: show };

/// The way there, as long as something that they want removed is here.
pub(crate) fn link(here: &Here<'_>) -> Markup {
    html! {
        @if !here.vault.asked_to_remove().is_empty() {
            p class="quiet" { a href=(PATH) { (here.text("removal-link")) } }
        }
    }
}

fn show(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    if request.parts() != ["leave", "removal"] {
        return None;
    }
    Some(Here::of(frame).map_or_else(|| doors::needed_for(frame, request), |here| page(&here)))
}

fn page(here: &Here<'_>) -> Page {
    let main = html! {
        h1 { (here.text("removal-title")) }
        @if here.vault.asked_to_remove().is_empty() {
            p class="lead" { (here.text("removal-nothing")) }
        } @else {
            p class="lead" { (here.text("removal-lead")) }
            (sentences(here.frame, &["removal-what", "removal-yours", "removal-this-device"]))
            (form(PATH, &html! { (main_button(here.frame, "removal-button")) }))
        }
        p { a href="/" { (here.text("removal-keep")) } }
    };
    Page::new("/", main)
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.request.parts() != ["leave", "removal"] {
        return None;
    }
    let Some(vault) = turn.session.vault_mut() else {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    };
    match vault.remove_as_asked() {
        Ok(()) => turn.done("/", "removal-done"),
        Err(error) => turn.done(PATH, &format!("trouble-{}", Trouble::from(&error).code())),
    }
}
