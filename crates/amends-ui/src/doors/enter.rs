//! The door itself: locked, open, or with something in the way.

use amends_client::{PhraseError, RecoveryPhrase};
use maud::{Markup, html};

use super::fields::{self, Problem, problem};
use super::{keep, passkey};
use crate::area::{Outcome, Turn};
use crate::keeper::Place;
use crate::layout::{Frame, Page};
use crate::request::Request;
use crate::session::Door;

pub(super) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    match frame.session.door() {
        Door::None => no_keeper(frame),
        Door::Empty => empty(frame, safe_next(request.field("next"))),
        Door::Locked => locked(frame, safe_next(request.field("next")).unwrap_or_default(), None),
        Door::Open => inside(frame),
        Door::Broken => broken(frame),
    }
}

fn no_keeper(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("door-none-title")) }
        p { (frame.text("door-none-text")) }
    };
    Page::new("/door", main)
}

fn empty(frame: &Frame<'_>, next: Option<&str>) -> Page {
    let make = next.map_or("/door/make".to_owned(), |next| format!("/door/make?next={next}"));
    let main = html! {
        h1 { (frame.text("door-empty-title")) }
        p class="lead" { (frame.text("door-empty-lead")) }
        (here(frame))
        p { a class="main-button" href=(make) { (frame.text("door-empty-make")) } }
        h2 { (frame.text("door-empty-other-title")) }
        p { a href="/door/device" { (frame.text("device-door-link")) } }
        p { a href="/keep/restore" { (frame.text("door-empty-restore")) } }
        p { (frame.text("demo-text")) }
        form method="post" action="/door/demo" {
            button type="submit" data-working=(frame.text("door-working")) { (frame.text("demo-open")) }
        }
        (places(frame))
    };
    Page::new("/door", main)
}

/// Which place this is, where there is more than one.
fn here(frame: &Frame<'_>) -> Markup {
    let place = frame.session.place();
    let several = frame.session.places().iter().any(|other| !other.is_demo() && *other != place);
    html! {
        @if several || place != Place::First {
            p class="quiet" { (frame.fill("door-here", "place", fields::place_name(frame, place))) }
        }
    }
}

/// The demonstration after it locked by itself: nobody has to know its passphrase.
fn locked_demo(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("demo-locked-title")) }
        (here(frame))
        form method="post" action="/door/demo" {
            p {
                button type="submit" class="main-button" data-working=(frame.text("door-working")) {
                    (frame.text("demo-go-on"))
                }
            }
        }
        form method="post" action="/door/demo/leave" { button type="submit" { (frame.text("demo-leave")) } }
        p { (frame.text("door-locked-safety")) " " a href="/safety" { (frame.text("nav-help")) } }
    };
    Page::new("/door", main)
}

pub(super) fn locked(frame: &Frame<'_>, next: &str, what: Option<Problem>) -> Page {
    if frame.session.place().is_demo() {
        return locked_demo(frame);
    }
    let main = html! {
        h1 { (frame.text("door-locked-title")) }
        (here(frame))
        (problem(frame, what))
        form id="unlock" method="post" action="/door" autocomplete="off" {
            @if !next.is_empty() { input type="hidden" name="next" value=(next); }
            (fields::passphrase(frame, "passphrase", "door-passphrase", None))
            (fields::slow_button(frame, "door-unlock"))
        }
        (passkey::at_door(frame))
        p { a href="/door/phrase" { (frame.text("door-forgot")) } }
        p { (frame.text("door-locked-safety")) " " a href="/safety" { (frame.text("nav-help")) } }
        (places(frame))
        @if frame.session.place() == Place::First {
            details {
                summary { (frame.text("door-more")) }
                form method="post" action="/door/demo" {
                    p { (frame.text("demo-text")) }
                    button type="submit" data-working=(frame.text("door-working")) { (frame.text("demo-open")) }
                }
                p { a href="/keep/erase" { (frame.text("erase-link")) } }
            }
        }
    };
    Page::new("/door", main)
}

/// Doors of this device: used ones, and one free one.
fn places(frame: &Frame<'_>) -> Markup {
    let here = frame.session.place();
    let used = frame.session.places();
    let free = Place::REAL.into_iter().find(|place| !used.contains(place) && *place != here);
    let others: Vec<Place> = Place::REAL
        .into_iter()
        .filter(|place| *place != here && (used.contains(place) || Some(*place) == free))
        .collect();
    html! {
        details {
            summary { (frame.text("door-places-title")) }
            p { (frame.text("door-places-text")) }
            form class="row" method="post" action="/door/place" {
                @for place in others {
                    button type="submit" name="place" value=(place.name()) {
                        (fields::place_name(frame, place))
                        @if !used.contains(&place) { " " (frame.text("door-place-free")) }
                    }
                }
            }
        }
    }
}

/// Deliberately dull: this is what shows after unlocking, whoever looks over the shoulder.
fn inside(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("door-inside-title")) }
        p { a class="main-button" href="/" { (frame.text("door-inside-on")) } }
        (keep::reminder(frame))
        ul {
            li { a href="/keep" { (frame.text("keep-title")) } }
            li { a href="/door/keys" { (frame.text("keys-title")) } }
            @if frame.session.kit.is_some() { li { a href="/door/kit" { (frame.text("kit-title")) } } }
        }
        (places(frame))
    };
    Page::new("/door", main)
}

fn broken(frame: &Frame<'_>) -> Page {
    let words = frame.session.obstacle().map(|obstacle| fields::obstacle_words(frame, obstacle));
    let main = html! {
        h1 { (frame.text("door-broken-title")) }
        @if let Some(words) = words { p class="problem" { (words) } }
        p { a class="main-button" href="/door" { (frame.text("door-again")) } }
        p { (frame.text("door-locked-safety")) " " a href="/safety" { (frame.text("nav-help")) } }
        (places(frame))
    };
    Page::new("/door", main)
}

pub(super) fn phrase_page(frame: &Frame<'_>, what: Option<Problem>) -> Page {
    let main = html! {
        h1 { (frame.text("door-phrase-title")) }
        p { (frame.text("door-phrase-text")) }
        (problem(frame, what))
        form id="by-phrase" method="post" action="/door/phrase" autocomplete="off" {
            (fields::phrase(frame))
            (fields::passphrase(frame, "new", "door-new-passphrase", Some("door-rule")))
            (fields::slow_button(frame, "door-phrase-open"))
        }
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

pub(super) fn unlock(turn: &mut Turn<'_>) -> Option<Outcome> {
    let next = safe_next(turn.request.field("next")).map(str::to_owned);
    match turn.session.unlock(turn.request.field("passphrase")) {
        Ok(()) => Some(Outcome::Go(next.unwrap_or_else(|| "/door".to_owned()))),
        Err(obstacle) => {
            let next = next.unwrap_or_default();
            Some(Outcome::Show(locked(&turn.frame(), &next, Some(obstacle.into()))))
        }
    }
}

/// The phrase opens, and the new passphrase takes the place of the forgotten one.
pub(super) fn unlock_with_phrase(turn: &mut Turn<'_>) -> Option<Outcome> {
    match try_phrase(turn) {
        Ok(()) => turn.done("/door", "door-passphrase-changed"),
        Err(problem) => Some(Outcome::Show(phrase_page(&turn.frame(), Some(problem)))),
    }
}

fn try_phrase(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let phrase = typed_phrase(turn.request)?;
    let new = turn.request.field("new");
    if !super::make::is_long_enough(new) {
        return Err(Problem::of(amends_client::Trouble::ShortPassphrase));
    }
    turn.session.unlock_with_phrase(&phrase)?;
    let (cost, now) = (turn.session.cost(), turn.visit.moment.now);
    let changed = turn.session.vault_mut().map(|vault| vault.reset_passphrase(&phrase, new, cost));
    if let Some(Err(error)) = changed {
        turn.session.lock(now);
        return Err(Problem::of(&error));
    }
    Ok(())
}

/// The twelve words as they were typed, or which of them to look at.
pub(super) fn typed_phrase(request: &Request) -> Result<RecoveryPhrase, Problem> {
    RecoveryPhrase::parse(request.field("phrase")).map_err(|error| match error {
        PhraseError::WordCount(count) => Problem::Word("door-phrase-count", count),
        PhraseError::UnknownWord(number) => Problem::Word("door-phrase-unknown", number),
        _ => Problem::Form("door-phrase-order"),
    })
}

pub(super) fn choose_place(turn: &mut Turn<'_>) -> Option<Outcome> {
    let place = Place::by_name(turn.request.field("place")).filter(|place| !place.is_demo())?;
    turn.session.go_to(place, turn.visit.moment.now);
    Some(Outcome::Go("/door".to_owned()))
}

pub(super) fn lock(turn: &mut Turn<'_>) -> Option<Outcome> {
    let idle = turn.request.has("idle");
    turn.session.lock(turn.visit.moment.now);
    turn.done("/door", if idle { "door-locked-idle" } else { "door-locked-done" })
}

/// A page of ours to go to after unlocking: no other address gets through.
pub(super) fn safe_next(path: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    let fits = path.len() > 1 && path.starts_with('/') && !path.starts_with("//") && path.chars().all(plain);
    (fits && !path.starts_with("/door")).then_some(path)
}
