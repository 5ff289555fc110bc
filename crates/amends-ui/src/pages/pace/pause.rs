//! A break with an agreed time to come back: twenty minutes at least by default, a day at most.

use amends_domain::admit::perspective::Event;
use amends_domain::id::{HOUR, MINUTE};
use amends_domain::permit::Action;
use maud::html;

use super::framed;
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{choices, form, hidden, main_button, name, named, write_and_go};
use crate::timer::timer;

/// Value and length in milliseconds.
const SPANS: [(&str, u64); 6] = [
    ("20", 20 * MINUTE),
    ("40", 40 * MINUTE),
    ("60", HOUR),
    ("180", 3 * HOUR),
    ("720", 12 * HOUR),
    ("1440", 24 * HOUR),
];

pub(super) fn page(here: &Here<'_>) -> Page {
    let running = here.world().perspective.pause(here.now());
    let spans: Vec<(&str, String, bool)> = SPANS
        .iter()
        .map(|(span, _)| (*span, here.text(&format!("pace-pause-{span}")), *span == "20"))
        .collect();
    let inner = html! {
        @if let Some((id, pause)) = running {
            section class="card rule" {
                h2 { (here.text("pause-runs")) }
            (timer(here.frame, &here.fill("pause-back-at", "time", here.when(pause.back_at)), &[pause.back_at]))
                @if pause.author == here.me() {
                    (form("/pace/pause", &html! {
                        (hidden("back", &name(id)))
                        button type="submit" { (here.text("tool-perspective-back")) }
                    }))
                }
            }
        }
        (form("/pace/pause", &html! {
            (choices("radio", "span", &here.text("pace-pause-how-long"), &spans))
            (main_button(here.frame, "pace-pause-button"))
        }))
        p { (here.text("pace-pause-rule")) " " a href="/safety" { (here.text("nav-help")) } }
    };
    framed(here, "pause", &inner)
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    if let Some(pause) = named(turn.request.field("back")) {
        return write_and_go(turn, vec![Action::shared(Event::Back { pause })], "/", "pace-pause-over");
    }
    let span = SPANS.iter().find(|(span, _)| *span == turn.request.field("span")).map(|(_, span)| *span);
    let back_at = turn.visit.moment.now.plus(span.unwrap_or(20 * MINUTE));
    write_and_go(turn, vec![Action::shared(Event::Pause { back_at })], "/", "pace-pause-set")
}
