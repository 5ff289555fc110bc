//! What is set now, and the ways to change it.

use amends_domain::consent::Connection;
use maud::{Markup, html};

use super::words::{closed_topics, in_words};
use crate::layout::Page;
use crate::pages::here::{Here, Side};
use crate::pages::parts::{Way, one_button, ways};

pub(super) fn page(here: &Here<'_>) -> Page {
    let main = html! {
        h1 { (here.text("pace-title")) }
        p class="lead" { (here.text("pace-lead")) }
        @match here.connection() {
            Connection::Alone => (alone(here)),
            Connection::NotConnected => p { (here.text("today-not-connected")) },
            Connection::Open | Connection::NoAnswerYet => (between_two(here)),
        }
        p { a href="/leave" { (here.text("leave-page-title")) } }
    };
    Page::new("/more", main)
}

fn alone(here: &Here<'_>) -> Markup {
    html! {
        p { (here.text("pace-alone")) }
        p { a href="/pair" { (here.text("solo-pair-link")) } }
    }
}

fn between_two(here: &Here<'_>) -> Markup {
    let channel = here.world().consent.channel(here.me());
    let topics = closed_topics(here, here.me());
    let topics = if topics.is_empty() { here.text("pace-topics-none") } else { topics.join(", ") };
    let amount = match channel.and_then(|channel| channel.pace()) {
        Some(pace) => in_words(here, pace),
        None => here.text("hurt-pace-none"),
    };
    let mut all = vec![
        Way::new("/pace/amount", here.text("pace-amount-title")).with(amount),
        Way::new("/pace/topics", here.text("pace-topics-title")).with(topics),
        Way::new("/pace/mute", here.text("pace-mute-title")).with(here.text("pace-mute-note")),
        Way::new("/pace/pause", here.text("pace-pause-title")).with(here.text("pace-pause-note")),
    ];
    // Who only did harm is told nothing there.
    if here.side_ever() != Side::Doer {
        let depth = Way::new("/look/responsibility", here.text("tool-responsibility-depth"));
        all.push(depth.with(here.text("pace-depth-note")));
    }
    all.push(Way::new("/pace/copies", here.text("pace-copies-title")).with(here.text("pace-copies-note")));
    html! {
        (door(here))
        h2 { (here.text("pace-set-title")) }
        (ways(&all))
        (theirs(here))
    }
}

/// The own door: open or closed. Opening it takes the questions, closing it takes one press.
fn door(here: &Here<'_>) -> Markup {
    let world = here.world();
    let open = world.consent.is_open(world.me, here.now()) && world.safety.closed_since().is_none();
    html! {
        section class="card" {
            h2 { (here.text(if open { "pace-open-title" } else { "pace-shut-title" })) }
            p { (here.text(if open { "pace-open-text" } else { "pace-shut-text" })) }
            p { strong { (here.text("pace-they-see")) ":" } " " (here.text("pace-door-they-see")) }
            @if open {
                (one_button(here.frame, "/pace/close", "pace-close-button", &html! {}))
            } @else {
                p { a class="main-button" href="/safety/questions" { (here.text("pace-open-link")) } }
            }
        }
    }
}

/// What the other person set, as far as one has to know it for sending.
fn theirs(here: &Here<'_>) -> Markup {
    let Some(other) = here.world().partner.filter(|_| here.reaches_other()) else { return html! {} };
    let pace = here.world().consent.channel(other).and_then(|channel| channel.pace());
    let topics = closed_topics(here, other);
    html! {
        h2 { (here.text("doer-pace-title")) }
        p {
            @match pace {
                Some(pace) => (in_words(here, pace)),
                None => (here.text("pace-theirs-none")),
            }
            @if !topics.is_empty() { " " (here.fill("hurt-topics", "topics", topics.join(", "))) }
        }
    }
}
