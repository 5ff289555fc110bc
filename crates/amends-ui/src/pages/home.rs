//! The first screen: the draft desk, the safety rule, and the path of thirteen steps.

use amends_guide::{METHODS, STEPS};
use maud::html;

use crate::layout::{Frame, Page};

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("home-title")) }
        p class="lead" { (frame.text("home-lead")) }
        div class="pair" {
            section class="card" {
                h2 { (frame.text("home-desk-title")) }
                p { (frame.text("home-desk-text")) }
                p { a class="main-button" href="/desk" { (frame.text("home-desk-button")) } }
            }
            section class="card rule" {
                h2 { (frame.text("home-safety-title")) }
                p { (frame.text("home-safety-rule")) }
                p { a href="/safety" { (frame.text("home-safety-link")) } }
            }
        }
        div class="methods" { @for method in &METHODS {
            section class="method" {
                h2 {
                    span class="number" { (method.number) }
                    (frame.text(&format!("method-{}-title", method.slug)))
                }
                p { (frame.text(&format!("method-{}-text", method.slug))) }
                ol class="steps" aria-label=(frame.fill("home-steps-label", "number", method.number.to_string())) {
                    @for step in STEPS.iter().filter(|step| step.method == method.slug) {
                        li {
                            a href=(format!("/step/{}", step.slug)) {
                                span class="number" { (step.number) }
                                span { (frame.text(&format!("step-{}-title", step.slug))) }
                            }
                        }
                    }
                }
            }
        } }
        p class="quiet" { (frame.text("home-tools-note")) }
    };
    Page::new("/", main)
}
