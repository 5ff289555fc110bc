//! Using it together: where things stand, inviting, joining.

use amends_client::Stage;
use amends_domain::consent::Connection;
use maud::{Markup, html};

use super::{compare, devices, invite, missing, relay, why};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{Way, form, line, main_button, one_button, problem, sentences, ways, words};

pub(super) fn page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    let paired = here.world().partner.is_some();
    let inner = match here.vault.pairing() {
        Some(Stage::Waiting) if here.vault.is_pairing_own_device() => devices::waiting(here),
        Some(Stage::Waiting) => waiting(here),
        Some(Stage::Compare(words)) => compare::words(here, &words),
        Some(Stage::Confirmed) => compare::confirmed(here),
        None if paired => together(here),
        None => html! { (invited_here(here)) (alone(here)) },
    };
    framed(here, wrong, &inner)
}

pub(super) fn framed(here: &Here<'_>, wrong: Option<&str>, inner: &Markup) -> Page {
    let main = html! {
        h1 { (here.text("pair-title")) }
        (problem(here.frame, wrong))
        (relay::trouble(here))
        (missing::section(here))
        (inner)
    };
    Page::new("/more", main)
}

/// Nobody is there yet.
fn alone(here: &Here<'_>) -> Markup {
    html! {
        p class="lead" { (here.text("pair-lead")) }
        (sentences(here.frame, &["pair-first-safe", "pair-nothing-goes", "pair-own-vault", "pair-may-say-no"]))
        p { a href="/safety/questions" { (here.text("gate-title")) } }
        (one_button(here.frame, "/pair/invite", "pair-invite-button", &html! {}))
        p { a href="/pair/join" { (here.text("pair-join-title")) } }
        @if super::relay(here).is_none() { p class="quiet" { (here.text("pair-here-note")) } }
        (relay::section(here))
    }
}

/// An invitation by the other person who uses this device.
fn invited_here(here: &Here<'_>) -> Markup {
    let place = here.frame.session.place();
    let invited = here.frame.session.invitation().is_some_and(|(from, _)| *from != place);
    html! {
        @if invited {
            section class="card" {
                h2 { (here.text("pair-invited-title")) }
                p { (here.text("pair-invited-text")) }
                (one_button(here.frame, "/pair/here", "pair-invited-button", &html! {}))
            }
        }
    }
}

fn waiting(here: &Here<'_>) -> Markup {
    html! {
        p class="lead" { (here.text("pair-waiting")) }
        (invite::shown(here))
        (ways(&[Way::new("/pair", here.text("pair-look-again"))]))
        (compare::cancel_button(here))
    }
}

fn together(here: &Here<'_>) -> Markup {
    let key = match here.connection() {
        Connection::NotConnected => "today-not-connected",
        // The own half counts, too: who has not opened it can send nothing.
        _ if here.reaches_other() => "pair-connected",
        _ => "pair-connected-shut",
    };
    html! {
        p class="lead" { (here.text(key)) }
        @if here.connection() == Connection::NotConnected && !here.vault.is_taken_away() { (again(here)) }
        @if key == "pair-connected-shut" && !here.own_part_is_open() {
            (ways(&[Way::new("/safety/questions", here.text("gate-title")).with(here.text("gate-opens"))]))
        }
        (ways(&[
            Way::new("/pace", here.text("pace-title")),
            Way::new("/devices", here.text("devices-title")),
            Way::new("/leave", here.text("leave-page-title")),
        ]))
        @if super::relay(here).is_none() { p { a href="/hand-over" { (here.text("hand-title")) } } }
        (relay::section(here))
    }
}

/// The two were connected once. They can be again, if both want it.
fn again(here: &Here<'_>) -> Markup {
    html! {
        section class="card" {
            h2 { (here.text("pair-again-title")) }
            (sentences(here.frame, &["pair-again-both", "pair-again-old", "pair-may-say-no"]))
            p { a href="/safety/questions" { (here.text("gate-title")) } }
            (one_button(here.frame, "/pair/invite", "pair-invite-button", &html! {}))
            p { a href="/pair/join" { (here.text("pair-join-title")) } }
        }
    }
}

/// A link that somebody else gave.
pub(super) fn join_page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    framed(
        here,
        wrong,
        &html! {
            p class="lead" { (here.text("pair-join-lead")) }
            (sentences(here.frame, &["pair-nothing-goes", "pair-may-say-no"]))
            (form("/pair/join", &html! {
                (line(here.frame, "link", "pair-join-label", Some("pair-join-help"), ""))
                (main_button(here.frame, "pair-join-button"))
            }))
            p { a href="/devices/join" { (here.text("device-join-title")) } }
            p { a href="/pair" { (here.text("pair-title")) } }
        },
    )
}

pub(super) fn join(turn: &mut Turn<'_>) -> Option<Outcome> {
    let link = words(turn, "link");
    match join_by(turn, &link).and_then(|()| relay::of_link(turn, &link)) {
        Ok(()) => turn.done("/pair", "pair-joined"),
        Err(key) => {
            let frame = turn.frame();
            Some(Outcome::Show(join_page(&Here::of(&frame)?, Some(&key))))
        }
    }
}

/// Takes the invitation of the other person on this device.
pub(super) fn join_here(turn: &mut Turn<'_>) -> Option<Outcome> {
    let place = turn.session.place();
    let invitation = turn.session.invitation().filter(|(from, _)| *from != place);
    let Some(link) = invitation.map(|(_, link)| link.clone()) else {
        return turn.done("/pair", "pair-bad-link");
    };
    match join_by(turn, &link) {
        Ok(()) => turn.done("/pair", "pair-joined-here"),
        Err(key) => turn.done("/pair", &key),
    }
}

fn join_by(turn: &mut Turn<'_>, link: &str) -> Result<(), String> {
    let now = turn.visit.moment.now;
    let vault = turn.vault().ok_or("door-needed-text")?;
    vault.join_partner(link, now).map_err(|error| why(&error))
}
