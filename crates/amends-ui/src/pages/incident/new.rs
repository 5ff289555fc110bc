//! Naming something: what kind, who one was in it, a name. One question a screen; the role is the last but the name,
//! and "not sure" is an answer.

use amends_domain::event::Space;
use amends_domain::incident::kind::TEMPLATES;
use amends_domain::incident::{Event, Kind, Role};
use amends_domain::permit::Action;
use maud::{Markup, html};

use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{
    by_name, choices, form, held, hidden, line, main_button, name, problem, value, words, write,
};

const ROLES: [(Role, &str); 4] = [
    (Role::InvolvedPartner, "role-involved"),
    (Role::InjuredPartner, "role-injured"),
    (Role::Both, "role-both"),
    (Role::NotSure, "role-not-sure"),
];

/// Which kind it was.
pub(super) fn first(here: &Here<'_>, wrong: Option<&str>) -> Page {
    let kinds: Vec<(String, String)> = TEMPLATES
        .iter()
        .map(|template| (value(template.kind), here.text(&format!("kind-{}", template.slug))))
        .collect();
    let kinds: Vec<(&str, String, bool)> =
        kinds.iter().map(|(value, words)| (value.as_str(), words.clone(), false)).collect();
    asked(
        here,
        wrong,
        &html! {
            (choices("radio", "kind", &here.text("ask-kind"), &kinds))
            (main_button(here.frame, "gate-next"))
        },
    )
}

fn second(here: &Here<'_>, kind: Kind, wrong: Option<&str>) -> Page {
    asked(
        here,
        wrong,
        &html! {
            (held("kind", &value(kind)))
            (hidden("asked", "role"))
            (choices("radio", "role", &here.text("ask-role"), &roles(here, None)))
            p class="help" { (here.text("incident-role-help")) }
            (main_button(here.frame, "gate-next"))
        },
    )
}

fn third(here: &Here<'_>, kind: Kind, role: Role, wrong: Option<&str>, title: &str) -> Page {
    let for_whom =
        [("me", here.text("incident-for-me"), true), ("both", here.text("incident-for-both"), false)];
    asked(
        here,
        wrong,
        &html! {
            (held("kind", &value(kind)))
            (held("role", &value(role)))
            (hidden("named", "yes"))
            (line(here.frame, "title", "ask-incident-title", Some("incident-title-help"), title))
            @if here.reaches_other() { (choices("radio", "for", &here.text("incident-for-whom"), &for_whom)) }
            (main_button(here.frame, "incident-name-button"))
        },
    )
}

/// The four roles as choices.
pub(super) fn roles(here: &Here<'_>, chosen: Option<Role>) -> Vec<(&'static str, String, bool)> {
    let names = ["involved_partner", "injured_partner", "both", "not_sure"];
    let roles = ROLES.iter().zip(names);
    roles.map(|((role, key), name)| (name, here.text(key), chosen == Some(*role))).collect()
}

fn asked(here: &Here<'_>, wrong: Option<&str>, inner: &Markup) -> Page {
    let main = html! {
        h1 { (here.text("today-name-it")) }
        p class="lead" { (here.text("incident-new-lead")) }
        (problem(here.frame, wrong))
        (form("/incident/new", inner))
        p { a href="/" { (here.text("incident-later")) } }
    };
    Page::new("/", main)
}

/// Violence is nothing that is repaired here.
fn not_here(here: &Here<'_>) -> Page {
    let main = html! {
        h1 { (here.text("kind-violence")) }
        p class="lead" { (here.text("refusal-not-for-this-tool")) }
        p { (here.text("kind-violence-risk")) }
        p { a class="main-button" href="/safety" { (here.text("nav-help")) } }
        p { a href="/safety/plan" { (here.text("plan-title")) } }
    };
    Page::new("/safety", main)
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let kind: Option<Kind> = by_name(turn.request.field("kind"));
    let role: Option<Role> = by_name(turn.request.field("role"));
    let title = words(turn, "title");
    let page = {
        let frame = turn.frame();
        let here = Here::of(&frame)?;
        match (kind, role) {
            (None, _) => Some(first(&here, Some("problem-choose"))),
            (Some(kind), _) if !kind.template().repairable => Some(not_here(&here)),
            (Some(kind), None) => {
                let wrong = turn.request.has("asked").then_some("problem-choose");
                Some(second(&here, kind, wrong))
            }
            (Some(kind), Some(role)) if title.is_empty() => {
                let wrong = turn.request.has("named").then_some("incident-title-missing");
                Some(third(&here, kind, role, wrong, ""))
            }
            _ => None,
        }
    };
    if let Some(page) = page {
        return Some(Outcome::Show(page));
    }
    let open = Event::Open { kind: kind?, title: title.clone(), my_role: role? };
    let space = if turn.request.field("for") == "both" { Space::Shared } else { Space::Private };
    match write(turn, vec![Action { space, body: open.into() }]) {
        Ok(id) => turn.done(format!("/incident/{}", name(id)), "incident-named"),
        Err(why) => {
            let frame = turn.frame();
            Some(Outcome::Show(third(&Here::of(&frame)?, kind?, role?, Some(&why), &title)))
        }
    }
}
