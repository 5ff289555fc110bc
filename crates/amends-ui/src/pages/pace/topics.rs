//! Topics that are closed for a while. They open again by themselves; closing again is always possible.

use amends_domain::consent::{Event, Topic};
use amends_domain::id::Day;
use amends_domain::permit::Action;
use maud::html;

use super::framed;
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{all, by_name, choices, form, main_button, slug, value, write_and_go};

const TOPICS: [Topic; 9] = [
    Topic::Incident,
    Topic::Causes,
    Topic::Future,
    Topic::Money,
    Topic::Intimacy,
    Topic::Family,
    Topic::Needs,
    Topic::Promises,
    Topic::Plans,
];

/// Value and number of days.
const SPANS: [(&str, i32); 4] = [("today", 1), ("three", 3), ("week", 7), ("month", 28)];

pub(super) fn page(here: &Here<'_>) -> Page {
    let closed: Vec<Topic> = here
        .world()
        .consent
        .channel(here.me())
        .map(|channel| channel.closed_topics(here.now()).collect())
        .unwrap_or_default();
    let topics: Vec<(String, String, bool)> = TOPICS
        .into_iter()
        .map(|topic| {
            (value(topic), here.text(&format!("cli-topic-{}", slug(topic))), closed.contains(&topic))
        })
        .collect();
    let topics: Vec<(&str, String, bool)> =
        topics.iter().map(|(value, words, chosen)| (value.as_str(), words.clone(), *chosen)).collect();
    let spans: Vec<(&str, String, bool)> = SPANS
        .iter()
        .map(|(span, _)| (*span, here.text(&format!("pace-topics-{span}")), *span == "today"))
        .collect();
    let inner = html! {
        (choices("checkbox", "topic", &here.text("pace-topics-which"), &topics))
        (choices("radio", "span", &here.text("pace-topics-how-long"), &spans))
        (main_button(here.frame, "settings-save"))
    };
    framed(here, "topics", &form("/pace/topics", &inner))
}

/// Those that are ticked close until then; those that are not ticked any more open now.
pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let days =
        SPANS.iter().find(|(span, _)| *span == turn.request.field("span")).map_or(1, |(_, days)| *days);
    let today: Day = now.day(turn.visit.moment.utc_offset);
    let until = turn.visit.instant(today.plus(days), 0);
    let chosen: Vec<Topic> = all(turn, "topic").into_iter().filter_map(by_name).collect();
    let vault = turn.session.vault()?;
    let was: Vec<Topic> = vault
        .state()
        .world()
        .consent
        .channel(vault.me())
        .map(|channel| channel.closed_topics(now).collect())
        .unwrap_or_default();
    let opens: Vec<Topic> = was.into_iter().filter(|topic| !chosen.contains(topic)).collect();
    let mut actions = Vec::new();
    if !opens.is_empty() {
        actions.push(Action::shared(Event::CloseTopics { topics: opens, until: now }));
    }
    if !chosen.is_empty() {
        actions.push(Action::shared(Event::CloseTopics { topics: chosen, until }));
    }
    if actions.is_empty() {
        return turn.done("/pace", "pace-topics-set");
    }
    write_and_go(turn, actions, "/pace", "pace-topics-set")
}
