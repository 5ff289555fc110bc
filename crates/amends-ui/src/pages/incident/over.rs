//! Whether it is over, or "not yet" said openly; and the risks for health and money.

use amends_domain::event::Space;
use amends_domain::incident::{Ending, Event, Risk};
use maud::{Markup, html};

use super::{Known, known as look};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::parts::{by_name, choices, form, line, main_button, problem, words, write_and_go};

pub(super) fn page(known: &Known<'_>, wrong: Option<&str>) -> Page {
    let said = known.incident.ending.as_ref();
    let ended = said.map(|(ending, ..)| *ending);
    let endings = [
        ("ended", known.text("cli-ending-ended"), ended == Some(Ending::Ended)),
        ("not_yet", known.text("cli-ending-not-yet"), ended == Some(Ending::NotYet)),
    ];
    let inner = html! {
        (choices("radio", "ending", &known.text("ask-ending"), &endings))
        (risk(known, "health", said.map(|(_, health, _)| health)))
        (risk(known, "money", said.map(|(.., money)| money)))
        (main_button(known.here.frame, "settings-save"))
    };
    let shared = known.incident.space == Space::Shared;
    let main = html! {
        p class="lead" { (known.text(if shared { "over-lead-both" } else { "over-lead" })) }
        (problem(known.here.frame, wrong))
        (form(&known.path("over"), &inner))
        p { (known.text("over-help")) " " a href="/safety" { (known.text("nav-help")) } }
    };
    known.framed("tool-incident-ending", &main)
}

fn risk(known: &Known<'_>, of: &str, said: Option<&Risk>) -> Markup {
    let options = [
        ("none_known", known.text("cli-risk-none-known"), said == Some(&Risk::NoneKnown)),
        ("known", known.text("cli-risk-known"), matches!(said, Some(Risk::Known { .. }))),
        ("not_sure", known.text("cli-risk-not-sure"), said == Some(&Risk::NotSure)),
    ];
    let what = match said {
        Some(Risk::Known { what }) => what.as_str(),
        _ => "",
    };
    html! {
        (choices("radio", of, &known.text(&format!("ask-risk-{of}")), &options))
        (line(known.here.frame, &format!("{of}-what"), "ask-risk-what", Some(&format!("over-{of}-help")), what))
    }
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let risk = |turn: &Turn<'_>, of: &str| {
        let what = words(turn, &format!("{of}-what"));
        match turn.request.field(of) {
            "known" => Risk::Known { what },
            "none_known" if what.is_empty() => Risk::NoneKnown,
            _ if !what.is_empty() => Risk::Known { what },
            _ => Risk::NotSure,
        }
    };
    let (health, money) = (risk(turn, "health"), risk(turn, "money"));
    let ending: Option<Ending> = by_name(turn.request.field("ending"));
    let Some(ending) = ending else {
        return look(turn, id, |known| Outcome::Show(page(known, Some("over-missing"))));
    };
    let (action, path) = look(turn, id, |known| {
        let body = Event::Ending { incident: known.id, ending, health, money };
        (known.action(body), known.path(""))
    })?;
    write_and_go(turn, vec![action], &path, "incident-said")
}
