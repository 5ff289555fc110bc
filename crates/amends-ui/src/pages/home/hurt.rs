//! Who was hurt sees what they decide: pace, what they want to know, closed topics, what waits, how far it may go.

use amends_domain::admit::responsibility;
use amends_domain::event::{Body, Space};
use amends_domain::id::EntryId;
use amends_domain::incident::{Incident, Role};
use maud::{Markup, html};

use crate::pages::here::Here;
use crate::pages::pace::words::{closed_topics, in_words};
use crate::pages::parts::{Way, name, slug, ways};

pub(super) fn sections(here: &Here<'_>) -> Markup {
    html! {
        (pace(here))
        (decisions(here))
    }
}

/// What can come in, and how to change it.
fn pace(here: &Here<'_>) -> Markup {
    if here.world().partner.is_none() {
        return html! {};
    }
    let channel = here.world().consent.channel(here.me());
    let closed = closed_topics(here, here.me());
    html! {
        section {
            h2 { (here.text("hurt-pace-title")) }
            p {
                @match channel.and_then(|channel| channel.pace()).filter(|_| here.reaches_other()) {
                    Some(pace) => (in_words(here, pace)),
                    None => (here.text("hurt-pace-none")),
                }
                @if !closed.is_empty() { " " (here.fill("hurt-topics", "topics", closed.join(", "))) }
            }
            (ways(&[
                Way::new("/pace", here.text("hurt-pace-link")),
                Way::new("/pace/topics", here.text("hurt-topics-link")),
                Way::new("/pace/pause", here.text("tool-perspective-pause")),
            ]))
        }
    }
}

/// What this person decides in each incident.
fn decisions(here: &Here<'_>) -> Markup {
    let mine = here.incidents().filter(|(id, incident)| {
        incident.role(here.me()) != Role::InvolvedPartner && here.closed(*id).is_none()
    });
    let mut list: Vec<Way> = mine.flat_map(|(id, incident)| of(here, id, incident)).collect();
    if !list.is_empty() {
        list.push(Way::new("/step/needs/mark", here.text("tool-needs-mark")));
    }
    html! {
        @if !list.is_empty() {
            section {
                h2 { (here.text("hurt-decide-title")) }
                p { (here.text("hurt-decide-text")) }
                (ways(&list))
            }
        }
    }
}

fn of(here: &Here<'_>, id: EntryId, incident: &Incident) -> Vec<Way> {
    let stage = incident.stage(here.me(), here.world().partner);
    let page = format!("/incident/{}", name(id));
    let stage_words = here.text(&format!("cli-stage-{}", slug(stage)));
    let mut ways =
        vec![Way::new(page, incident.title.clone()).with(here.fill("hurt-stage", "stage", stage_words))];
    if incident.space == Space::Shared {
        let chosen = here.own_shared().any(|event| is_depth(&event.body, id));
        let key = if chosen { "hurt-depth-chosen" } else { "hurt-depth" };
        ways.push(
            Way::new(
                format!("/look/responsibility/depth/{}", name(id)),
                here.text("tool-responsibility-depth"),
            )
            .with(here.text(key)),
        );
    }
    ways
}

/// Whether it says what this person wants to know of an incident.
fn is_depth(body: &Body, id: EntryId) -> bool {
    matches!(body, Body::Responsibility(responsibility::Event::Depth { incident, .. }) if *incident == id)
}
