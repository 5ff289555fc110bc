//! 1.3 Giving back what was said: practice on one statement at a time, what was noticed, own practice over time,
//! and rounds with the partner.

mod practice;
mod rounds;

use amends_domain::admit::listening::{Event, Tally};
use amends_domain::event::Body;
use amends_domain::id::{Day, EventId};
use maud::{Markup, html};

use super::chart::{Dot, Plot, plot};
use super::write::{Did, Wrong};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::named;

const PATH: &str = "/look/listening";

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["practice"] => Some(practice::page(look)),
        ["noticed", id] => practice::noticed(look, named(id)?),
        ["together"] => Some(rounds::together(look)),
        ["round", id] => rounds::page(look, named(id)?),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match rest {
        [] => rounds::open(turn),
        ["practice"] => practice::keep(turn),
        ["together"] => rounds::hand_over(turn),
        ["round", id] => rounds::act(turn, named(id).ok_or(Wrong::Unknown)?),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let main = html! {
        (lead(look, "listening"))
        // Who was hurt is heard first; practice is there too.
        @if look.was_only_hurt() {
            (rounds::list(look))
            h2 { (look.text("look-own-practice")) }
            p { (look.link("/look/listening/practice", "look-practice-one")) }
        } @else {
            p { a class="main-button" href="/look/listening/practice" { (look.text("look-practice-one")) } }
            (allowed(look))
            (rounds::list(look))
            h2 { (look.text("look-own-practice")) }
        }
        (own_practice(look))
    };
    look.page("listening", "look-listening", &main)
}

/// Sentences of the partner that may be practiced on.
fn allowed(look: &Look<'_>) -> Markup {
    let partner = look.world().partner;
    let step = &look.world().listening;
    let theirs: Vec<(EventId, &str)> =
        partner.into_iter().flat_map(|partner| step.allowed_by(partner)).collect();
    html! {
        @if !theirs.is_empty() {
            h2 { (look.text("look-their-sentences")) }
            ul class="links" {
                @for (id, text) in theirs {
                    li { a href=(format!("/look/listening/practice?theirs={}", crate::name::name(id))) { q { (text) } } }
                }
            }
        }
    }
}

/// Own replies, oldest first, with their day. Nobody else has them.
fn own_replies<'l>(look: &Look<'l>) -> Vec<(Day, EventId, &'l Tally)> {
    let state = look.state();
    let own = state.events().filter(|event| event.author == look.me() && state.holds(event));
    own.filter_map(|event| match &event.body {
        Body::Listening(Event::Practice { tally, .. } | Event::HandedOver { tally, .. }) => {
            Some((look.day_of(event.at.time()), event.id, tally))
        }
        _ => None,
    })
    .collect()
}

/// Times given back and questions of each day.
fn by_day(replies: &[(Day, EventId, &Tally)]) -> Vec<(Day, u32, u32)> {
    let mut days: Vec<(Day, u32, u32)> = Vec::new();
    for (day, _, tally) in replies {
        let back = u32::from(tally.content) + u32::from(tally.feeling);
        let questions = u32::from(tally.questions);
        match days.last_mut().filter(|last| last.0 == *day) {
            Some(last) => (last.1, last.2) = (last.1 + back, last.2 + questions),
            None => days.push((*day, back, questions)),
        }
    }
    days
}

/// Times something was given back for each question asked, by day: for oneself only.
fn own_practice(look: &Look<'_>) -> Markup {
    let replies = own_replies(look);
    if replies.is_empty() {
        return look.quiet("look-no-practice");
    }
    let dots: Vec<Dot> = by_day(&replies)
        .into_iter()
        .map(|(day, back, questions)| Dot {
            day,
            tenths: back * 10 / questions.max(1),
            label: look
                .with("look-back-and-questions", &[("back", back.into()), ("questions", questions.into())]),
        })
        .collect();
    let sums = look.world().listening.own_practice(amends_domain::id::Millis(0));
    let summary = look.with(
        "look-practice-summary",
        &[
            ("replies", sums.replies.into()),
            ("back", sums.reflections.into()),
            ("feelings", sums.feelings.into()),
            ("questions", sums.questions.into()),
        ],
    );
    let most = dots.iter().map(|dot| dot.tenths).max().unwrap_or(0).max(20).next_multiple_of(20);
    html! {
        (plot(look, &Plot {
            id: "practice",
            title: look.text("look-practice-title"),
            summary,
            dots: &dots,
            most,
            band: None,
            column: look.text("look-practice-column"),
        }))
        (look.quiet("look-practice-note"))
    }
}
