//! What stands beside a text: what is missing in it, and what may come after it. Nothing here holds the writer back.

use amends_domain::admit::{listening, responsibility};
use amends_domain::apologize::{change, explanation, honesty};
use amends_domain::event::Body;
use amends_domain::prove::patience;
use amends_lint::Report;
use amends_messages::Messages;

use super::show;
use crate::commands::vault::{OpenVault, now, offset_at};

/// Message keys of what a worksheet does not deal with yet.
pub(super) fn gaps(vault: &OpenVault, body: &Body) -> Vec<String> {
    let key = |prefix: &str, value: serde_json::Value| {
        format!("{prefix}-{}", value.as_str().unwrap_or_default().replace('_', "-"))
    };
    match body {
        Body::Responsibility(responsibility::Event::Save(save)) => {
            let incident = save.incident.and_then(|id| vault.state().world().incidents.get(id));
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

/// What may come next, once it is written.
pub(super) fn next(vault: &OpenVault, body: &Body, report: Option<&Report>, words: &Messages) {
    if report.is_some_and(|report| !report.commitments.is_empty())
        && !matches!(body, Body::Honesty(honesty::Event::Promise { .. } | honesty::Event::Report { .. }))
    {
        anstream::println!("{}", words.text("cli-promise-found"));
    }
    match body {
        Body::Change(change::Event::Slip { incident, happened_at, what, next }) => {
            let (what, next) = (what.clone(), next.clone());
            let slip = change::Slip { incident: *incident, happened_at: *happened_at, what, next };
            let by = show::when(slip.tell_by());
            anstream::println!("{}", words.with("slip-tell-by", &[("time", by.into())]));
        }
        Body::Listening(listening::Event::Practice { .. }) => {
            let own = vault.state().world().listening.own_practice(amends_domain::id::Millis(0));
            let counts = [("reflections", own.reflections.into()), ("questions", own.questions.into())];
            anstream::println!("{}", words.with("cli-own-practice", &counts));
        }
        // Said here, to the one who answered, and to nobody else.
        Body::Patience(patience::Event::CheckIn { .. }) if vault.state().world().patience.opens_safety() => {
            anstream::println!("{}", words.text("cli-is-this-safe"));
        }
        _ => {}
    }
}

/// Whether there is a better hour for telling than now.
pub(super) fn is_late() -> bool {
    let time = now();
    responsibility::better_hour(time.minute_of_day(offset_at(time)))
}
