//! Not showing some kinds for a while, here only. The sender is told nothing.

use amends_domain::consent::Event;
use amends_domain::id::{DAY, HOUR};
use amends_domain::permit::Action;
use amends_domain::prove::contact::ContactKind;
use maud::html;

use super::{KINDS, framed};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{all, by_name, choices, form, main_button, slug, value, write_and_go};

/// Value and length in milliseconds.
const SPANS: [(&str, u64); 4] =
    [("evening", 8 * HOUR), ("today", DAY), ("three", 3 * DAY), ("week", 7 * DAY)];

pub(super) fn page(here: &Here<'_>) -> Page {
    let kinds: Vec<(String, String, bool)> = KINDS
        .into_iter()
        .map(|kind| {
            let muted = here.world().consent.is_muted(kind, here.now());
            (value(kind), here.text(&format!("cli-contact-{}", slug(kind))), muted)
        })
        .collect();
    let kinds: Vec<(&str, String, bool)> =
        kinds.iter().map(|(value, words, muted)| (value.as_str(), words.clone(), *muted)).collect();
    let spans: Vec<(&str, String, bool)> = SPANS
        .iter()
        .map(|(span, _)| (*span, here.text(&format!("pace-mute-{span}")), *span == "today"))
        .collect();
    let now_muted = KINDS.into_iter().filter_map(|kind| {
        let until = here.world().consent.muted_until(kind, here.now())?;
        Some((here.text(&format!("cli-contact-{}", slug(kind))), here.when(until)))
    });
    let inner = html! {
        @for (kind, until) in now_muted { p class="note" { (kind) ": " (here.fill("pace-mute-until", "time", until)) } }
        (choices("checkbox", "kind", &here.text("pace-mute-which"), &kinds))
        (choices("radio", "span", &here.text("pace-topics-how-long"), &spans))
        (main_button(here.frame, "settings-save"))
    };
    framed(here, "mute", &form("/pace/mute", &inner))
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let span =
        SPANS.iter().find(|(span, _)| *span == turn.request.field("span")).map_or(DAY, |(_, span)| *span);
    let chosen: Vec<ContactKind> = all(turn, "kind").into_iter().filter_map(by_name).collect();
    let others: Vec<ContactKind> = KINDS.into_iter().filter(|kind| !chosen.contains(kind)).collect();
    let actions = vec![
        Action::private(Event::Mute { kinds: others, until: now }),
        Action::private(Event::Mute { kinds: chosen, until: now.plus(span) }),
    ];
    write_and_go(turn, actions, "/pace", "pace-mute-set")
}
