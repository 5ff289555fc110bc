//! One incident as this person sees it: what is known, what is open, and what is theirs to say.

use amends_domain::event::Space;
use amends_domain::incident::{Ending, Risk, Role};
use amends_domain::view::IncidentView;
use amends_guide::STEPS;
use maud::{Markup, html};

use super::list::role_key;
use super::{Known, guidance, stage};
use crate::layout::Page;
use crate::pages::parts::{Way, name, ways};

pub(super) fn page(known: &Known<'_>) -> Page {
    let here = known.here;
    let view = here.state().view_for(here.me(), here.moment());
    let seen = view.incidents.iter().find(|incident| incident.id == known.id);
    let role = known.text(&format!("role-{}", role_key(known.incident, &here)));
    let space = if known.incident.space == Space::Shared { "incident-for-both" } else { "incident-for-me" };
    let main = html! {
        p class="quiet" { a href="/incident" { (known.text("incident-list-title")) } }
        h1 { (known.incident.title) }
        p class="quiet" {
            (known.text(&format!("kind-{}", known.incident.kind.template().slug))) " · " (role) " · "
            (known.text(space))
        }
        @if let Some(decision) = here.closed(known.id) {
            p class="done" { (known.text(&format!("incident-closed-{}", crate::pages::parts::slug(decision)))) }
        }
        (over(known))
        (guidance::section(known))
        @if let Some(seen) = seen { (open_steps(known, seen)) (stage::section(known, seen)) }
        h2 { (known.text("incident-say-title")) }
        (ways(&to_say(known)))
    };
    Page::new("/", main)
}

/// Whether it is over, and which risks there are, as the person who did it said.
fn over(known: &Known<'_>) -> Markup {
    let Some((ending, health, money)) = &known.incident.ending else { return html! {} };
    let over = match ending {
        Ending::Ended => "incident-over",
        Ending::NotYet => "incident-not-over",
    };
    let risk = |of: &str, risk: &Risk| match risk {
        Risk::NoneKnown => known.text(&format!("incident-{of}-none")),
        Risk::NotSure => known.text(&format!("incident-{of}-unsure")),
        Risk::Known { what } => known.here.fill(&format!("incident-{of}-known"), "what", what),
    };
    html! {
        ul {
            li { (known.text(over)) }
            li { (risk("health", health)) }
            li { (risk("money", money)) }
        }
    }
}

fn open_steps(known: &Known<'_>, seen: &IncidentView<'_>) -> Markup {
    let steps = STEPS.iter().filter(|step| seen.open.contains(&step.slug));
    let list: Vec<Way> = steps.map(|step| known.step(step.slug)).collect();
    html! {
        h2 { (known.text("incident-open-title")) }
        @if list.is_empty() {
            p { (known.text("incident-open-none")) }
        } @else if known.incident.space == Space::Private {
            p { (known.text("incident-open-all")) }
            p { a href="/path" { (known.text("first-path-link")) } }
        } @else {
            (ways(&list))
        }
    }
}

/// What this person can say about it.
fn to_say(known: &Known<'_>) -> Vec<Way> {
    let here = known.here;
    let role = known.incident.role(here.me());
    let way = |below: &str, key: &str| Way::new(known.path(below), known.text(key));
    let mut list = Vec::new();
    if role != Role::InjuredPartner {
        list.push(way("over", "tool-incident-ending"));
        list.push(way("questions", "tool-incident-intake"));
    }
    list.push(way("role", "tool-incident-role"));
    list.push(way("decide", "incident-decide-title").with(known.text("incident-decide-note")));
    if known.incident.space == Space::Private
        && here.reaches_other()
        && here.world().incidents.shared_for(known.id).is_none()
    {
        list.push(way("share", "incident-share-title"));
    }
    if known.incident.opened_by == here.me() {
        let entry = format!("/entry/{}", name(known.id));
        list.push(Way::new(entry, known.text("incident-take-back")));
    }
    list
}
