//! What differs by kind and by the eight answers. For who did it: what telling and changing it needs. For who was
//! hurt: what to look out for, and nothing to do.

use amends_domain::incident::{CameOut, Extent, HowMany, Intake, Nature, Role};
use maud::{Markup, html};

use super::Known;

pub(super) fn section(known: &Known<'_>) -> Markup {
    let template = known.incident.kind.template();
    let part = |name: &str| known.text(&format!("kind-{}-{name}", template.slug));
    let did = known.incident.role(known.here.me()) != Role::InjuredPartner;
    html! {
        @if did {
            h2 { (known.text("incident-needs-title")) }
            ul {
                li { strong { (known.text("incident-tell")) ":" } " " (part("tell")) }
                li { strong { (known.text("incident-plan")) ":" } " " (part("plan")) }
            }
        }
        section class="card rule" {
            h2 { (known.text("incident-risk")) }
            p { (part("risk")) }
            @if template.ask_first { p { (known.text("incident-ask-first")) } }
            p { (known.text("step-violence-rule")) " " a href="/safety" { (known.text("nav-help")) } }
        }
        @if let Some(intake) = known.incident.intake.as_ref().filter(|_| did) { (by_answers(known, intake)) }
    }
}

/// Sentences that follow from the eight answers, each for itself.
fn by_answers(known: &Known<'_>, intake: &Intake) -> Markup {
    let says: Vec<&str> = [
        (intake.nature == Some(Nature::Competence), "intake-says-competence"),
        (intake.nature == Some(Nature::Integrity), "intake-says-integrity"),
        (intake.extent == Some(Extent::Pattern), "intake-says-pattern"),
        (intake.ongoing == Some(true), "intake-says-ongoing"),
        (intake.came_out == Some(CameOut::Discovered), "intake-says-discovered"),
        (intake.came_out == Some(CameOut::NotYet), "intake-says-untold"),
        (intake.hurt == Some(HowMany::Several), "intake-says-several"),
        (intake.reversible == Some(true), "intake-says-reversible"),
        (intake.legal_duty == Some(true), "intake-says-legal"),
        (intake.relapse_prone == Some(true), "intake-says-relapse"),
    ]
    .into_iter()
    .filter_map(|(holds, key)| holds.then_some(key))
    .collect();
    html! {
        @if !says.is_empty() {
            h2 { (known.text("intake-says-title")) }
            ul { @for key in says { li { (known.text(key)) } } }
        }
    }
}
