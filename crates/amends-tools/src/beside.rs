//! What stands beside a text: what is missing in it, and what may come after it. Nothing here holds the writer back.

use amends_domain::admit::{listening, responsibility};
use amends_domain::apologize::{change, explanation, honesty};
use amends_domain::event::Body;
use amends_domain::prove::patience;
use amends_domain::state::State;
use amends_domain::view::Moment;
use amends_lint::Report;
use amends_messages::Messages;

use crate::show::OffsetAt;

/// Message keys of what a worksheet does not deal with yet.
pub fn gaps(state: &State, body: &Body) -> Vec<String> {
    let key = |prefix: &str, value: serde_json::Value| {
        format!("{prefix}-{}", value.as_str().unwrap_or_default().replace('_', "-"))
    };
    match body {
        Body::Responsibility(responsibility::Event::Save(save)) => {
            let incident = save.incident.and_then(|id| state.world().incidents.get(id));
            let missing = incident.map(|incident| save.content.missing(incident.kind)).unwrap_or_default();
            missing.into_iter().map(|section| key("section", serde_json::json!(section))).collect()
        }
        Body::Honesty(honesty::Event::Save(save)) => {
            save.content.missing().into_iter().map(|part| key("part", serde_json::json!(part))).collect()
        }
        Body::Explanation(explanation::Event::Save(save)) => {
            let open = !save.content.rows_without_choice().is_empty();
            open.then(|| "explanation-choice".to_owned()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What may come next, once something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// There is a promise in the words; it can go on the list of promises.
    PromiseFound,
    /// Somebody felt less safe; said to them alone.
    IsThisSafe,
    /// A sentence.
    Text(String),
}

/// What may come next, once this is written.
pub fn next(
    state: &State,
    body: &Body,
    report: Option<&Report>,
    words: &Messages,
    offset: OffsetAt<'_>,
) -> Vec<Next> {
    let mut said = Vec::new();
    if report.is_some_and(|report| !report.commitments.is_empty())
        && !matches!(body, Body::Honesty(honesty::Event::Promise { .. } | honesty::Event::Report { .. }))
    {
        said.push(Next::PromiseFound);
    }
    match body {
        Body::Change(change::Event::Slip { incident, happened_at, what, next }) => {
            let (what, next) = (what.clone(), next.clone());
            let slip = change::Slip { incident: *incident, happened_at: *happened_at, what, next };
            let by = crate::parts::moment(words, slip.tell_by(), offset);
            said.push(Next::Text(words.with("slip-tell-by", &[("time", by.into())])));
        }
        Body::Listening(listening::Event::Practice { .. }) => {
            let own = state.world().listening.own_practice(amends_domain::id::Millis(0));
            let counts = [("reflections", own.reflections.into()), ("questions", own.questions.into())];
            said.push(Next::Text(words.with("cli-own-practice", &counts)));
        }
        // Said here, to the one who answered, and to nobody else.
        Body::Patience(patience::Event::CheckIn { .. }) if state.world().patience.opens_safety() => {
            said.push(Next::IsThisSafe);
        }
        _ => {}
    }
    said
}

/// Something to know before one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// A sentence.
    Text(&'static str),
    /// The table that tells hurt from danger, with its rule.
    HurtOrDanger,
    /// Things to do or to ask: a heading and the points.
    List(&'static str, Vec<&'static str>),
}

/// What to know before a tool is used here and now, by the keys of [`Tool::first`](crate::Tool::first).
pub fn first(state: &State, keys: &[&'static str], moment: Moment) -> Vec<First> {
    keys.iter().flat_map(|key| one_first(state, key, moment)).collect()
}

fn one_first(state: &State, key: &'static str, moment: Moment) -> Vec<First> {
    use amends_domain::prove::gratitude::{GiftTiming, gift_timing};
    match key {
        "hurt-or-danger-table" => vec![First::HurtOrDanger],
        "better-hour" if !is_late(moment) => Vec::new(),
        "gift-timing" => gift_timing(state.world(), moment.now)
            .into_iter()
            .map(|hint| match hint {
                GiftTiming::AfterConflict => First::Text("gift-after-conflict"),
                GiftTiming::JoinedToRequest => First::Text("gift-joined-to-request"),
            })
            .collect(),
        "counselor-ask-list" => {
            let questions = amends_domain::prove::communication::COUNSELOR_QUESTIONS;
            vec![First::List("cli-counselor-questions", questions.to_vec())]
        }
        key => vec![First::Text(key)],
    }
}

/// Whether there is a better hour for telling than now.
pub fn is_late(moment: Moment) -> bool {
    responsibility::better_hour(moment.now.minute_of_day(moment.utc_offset))
}
