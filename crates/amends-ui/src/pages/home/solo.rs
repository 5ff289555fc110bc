//! Alone with it: what this can do, and what nobody can claim of it (E23).

use amends_domain::incident::CameOut;
use maud::{Markup, html};

use crate::pages::evidence::finding;
use crate::pages::here::Here;

pub(crate) fn section(here: &Here<'_>) -> Markup {
    let untold = here.incidents().any(|(_, incident)| {
        incident.intake.as_ref().is_some_and(|intake| intake.came_out == Some(CameOut::NotYet))
    });
    html! {
        section {
            h2 { (here.text("solo-title")) }
            p { (here.text("solo-text")) }
            @if untold { p { (here.text("solo-untold")) } }
            details {
                summary { (here.text("step-evidence-label")) }
                (finding(here.frame, "E23", false))
            }
            p { a href="/pair" { (here.text("solo-pair-link")) } }
        }
    }
}
