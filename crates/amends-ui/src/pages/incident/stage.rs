//! How far it is: who moves it moves it, forward and back; the other sees only what is open.

use amends_domain::event::Space;
use amends_domain::incident::{Event, Role, StageMark};
use amends_domain::view::IncidentView;
use maud::{Markup, html};

use super::{Known, known as look};
use crate::area::{Outcome, Turn};
use crate::pages::parts::{form, hidden, one_button, select, slug, write_and_go};

/// For who moves it: where it stands, what usually comes before, on, and back.
pub(super) fn section(known: &Known<'_>, seen: &IncidentView<'_>) -> Markup {
    let here = known.here;
    let partner = here.world().partner;
    if !known.incident.moves(here.me(), partner) || here.closed(known.id).is_some() {
        return html! {};
    }
    let hurt_alone =
        known.incident.space == Space::Private && known.incident.role(here.me()) == Role::InjuredPartner;
    let both = partner.is_some_and(|other| known.incident.moves(other, Some(here.me())));
    html! {
        h2 { (known.text("stage-page-title")) }
        p { (here.fill("hurt-stage", "stage", known.text(&format!("cli-stage-{}", slug(seen.stage))))) }
        @if known.incident.space == Space::Shared {
            p class="quiet" { (known.text(if both { "stage-both-move" } else { "stage-they-see" })) }
        } @else {
            p class="quiet" { (known.text("stage-alone")) }
        }
        // Alone, who was hurt has none of the work in hand that usually comes first.
        @if !seen.next.is_empty() && !hurt_alone {
            p { (known.text("stage-usually-before")) }
            ul {
                @for condition in &seen.next {
                    li {
                        (here.frame.spoken(condition.key)) ": "
                        (known.text(if condition.met { "stage-is-there" } else { "stage-not-there" }))
                    }
                }
            }
            p class="quiet" { (known.text("stage-no-rule")) }
        }
        (forward(known, seen.stage))
        (back(known, seen.stage))
        (without_telling(known, seen.stage))
    }
}

fn forward(known: &Known<'_>, stage: StageMark) -> Markup {
    let Some(next) = StageMark::from_number(stage.number() + 1) else { return html! {} };
    if next == StageMark::DecideAndReview {
        return html! {};
    }
    let key = format!("stage-go-{}", slug(next));
    one_button(known.here.frame, &known.path("stage"), &key, &hidden("to", &next.number().to_string()))
}

fn back(known: &Known<'_>, stage: StageMark) -> Markup {
    let earlier: Vec<(String, String)> = (0..stage.number())
        .rev()
        .filter_map(StageMark::from_number)
        .map(|stage| (stage.number().to_string(), known.text(&format!("cli-stage-{}", slug(stage)))))
        .collect();
    html! {
        @if stage == StageMark::Reconnect {
            (one_button(
                known.here.frame, &known.path("stage"), "stage-not-ready",
                &hidden("to", &StageMark::Change.number().to_string()),
            ))
        }
        @if !earlier.is_empty() {
            details {
                summary { (known.text("stage-back")) }
                p { (known.text("stage-back-text")) }
                (form(&known.path("stage"), &html! {
                    (select("to", &known.text("ask-stage"), &earlier, ""))
                    button type="submit" { (known.text("stage-back-button")) }
                }))
            }
        }
    }
}

/// Doing without being told is the choice of who was hurt.
fn without_telling(known: &Known<'_>, stage: StageMark) -> Markup {
    let may = known.incident.space == Space::Shared
        && known.incident.role(known.here.me()) != Role::InvolvedPartner
        && !known.incident.waived
        && stage <= StageMark::StopAndTell;
    html! {
        @if may {
            details {
                summary { (known.text("tool-incident-waive")) }
                p { (known.text("stage-waive-text")) }
                (one_button(known.here.frame, &known.path("waive"), "stage-waive-button", &html! {}))
            }
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let stage = turn.request.field("to").parse().ok().and_then(StageMark::from_number)?;
    let (action, path) = look(turn, id, |known| {
        (known.action(Event::MoveStage { incident: known.id, stage }), known.path(""))
    })?;
    write_and_go(turn, vec![action], &path, "stage-moved")
}

pub(super) fn waive(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let (action, path) = look(turn, id, |known| {
        (known.action(Event::WaiveDisclosure { incident: known.id }), known.path(""))
    })?;
    write_and_go(turn, vec![action], &path, "stage-waived")
}
