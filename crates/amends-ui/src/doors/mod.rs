//! The doors of the vault: making one, unlocking, recovery words, locking, backups, the demonstration.

mod bar;
mod demo;
mod device;
mod enter;
mod erase;
mod fields;
mod keep;
mod keys;
mod kit;
mod make;
mod passkey;
mod restore;

use maud::html;

use crate::area::{Area, Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::request::{Method, Request};
use crate::session::{Door, Session};

pub(crate) use bar::{bar, notes};

/// `/door...` and `/keep...`.
pub(crate) const AREA: Area = Area { act, page };

/// Before anything is answered: what is at the door may have changed since the last time.
pub(crate) fn before(request: &Request, session: &mut Session) {
    let at_door = matches!(request.parts().first(), None | Some(&("door" | "keep" | "start")));
    if at_door && request.method == Method::Get {
        session.look_if_closed();
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    match turn.request.parts().as_slice() {
        ["door"] => enter::unlock(turn),
        ["door", "phrase"] => enter::unlock_with_phrase(turn),
        ["door", "passkey"] => passkey::unlock(turn),
        ["door", "place"] => enter::choose_place(turn),
        ["door", "lock"] => enter::lock(turn),
        ["door", "make"] => make::make(turn),
        ["door", "device"] => device::join(turn),
        ["door", "kit"] => kit::check(turn),
        ["door", "keys", what] => keys::act(turn, what),
        ["door", "demo"] => demo::open(turn),
        ["door", "demo", "switch"] => demo::switch(turn),
        ["door", "demo", "leave"] => demo::leave(turn),
        ["keep", "restore"] => restore::restore(turn),
        ["keep", "erase"] => erase::erase(turn),
        ["keep", what] => keep::act(turn, what),
        _ => None,
    }
}

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let door = frame.session.door();
    let open = door == Door::Open;
    Some(match request.parts().as_slice() {
        ["door"] => enter::page(frame, request),
        ["door", "phrase"] if door == Door::Locked => enter::phrase_page(frame, None),
        ["door", "make"] if door == Door::Empty => make::page(frame, request, None),
        ["door", "device"] if door == Door::Empty => device::page(frame, None),
        ["door", "kit"] if frame.session.kit.is_some() => kit::page(frame, request, &[]),
        ["door", "keys"] if open => keys::page(frame, None),
        ["keep"] if open => keep::page(frame, None),
        ["keep", "restore"] if door == Door::Empty => restore::page(frame, None),
        ["keep", "erase"] if door != Door::None => erase::page(frame, None),
        ["door" | "keep", ..] => enter::page(frame, request),
        _ => return None,
    })
}

/// What stands in place of a page that needs the open vault.
pub(crate) fn needed(frame: &Frame<'_>) -> Page {
    needed_at(frame, "")
}

/// The same; after unlocking, the page of `request` is shown.
pub(crate) fn needed_for(frame: &Frame<'_>, request: &Request) -> Page {
    needed_at(frame, &request.path)
}

fn needed_at(frame: &Frame<'_>, path: &str) -> Page {
    let door = match enter::safe_next(path) {
        Some(path) => format!("/door?next={path}"),
        None => "/door".to_owned(),
    };
    let made = frame.session.door() != Door::Empty;
    let text = if made { "door-needed-text" } else { "door-needed-make" };
    let main = html! {
        h1 { (frame.text("door-needed-title")) }
        p { (frame.text(text)) }
        p { a class="main-button" href=(door) { (frame.text(if made { "door-needed-link" } else { "first-vault-link" })) } }
    };
    Page::new("/door", main)
}
