//! A page per step: what the guide asks, why, what studies found, what to take care of, what one can do now.

use amends_guide::{METHODS, STAGES, STEPS, Step};
use amends_lint::Genre;
use amends_tools::{Side, voice};
use maud::{Markup, html};

use crate::layout::{Frame, Page};
use crate::pages::evidence::finding;
use crate::request::Request;
use crate::tools::on_step;

pub(crate) fn page(frame: &Frame<'_>, step: &Step, request: &Request) -> Page {
    let part = |name: &str| frame.text(&format!("step-{}-{name}", step.slug));
    let method = METHODS.iter().find(|method| method.slug == step.method).map_or(1, |method| method.number);
    let method_title = frame.spoken(&format!("method-{}-title", step.method));
    let main = html! {
        p class="quiet" {
            a href="/path" { (frame.text("back-to-path")) } " · "
            (frame.core.messages.with("step-method", &[
                ("number", method.to_string().into()), ("title", method_title.into()),
            ]))
        }
        h1 {
            span class="over" { (frame.fill("step-number", "number", step.number)) }
            (frame.step_title(step.slug))
        }
        @if frame.side() == Side::Hurt {
            p class="lead" { (part("hurt")) }
            (on_step(frame, step.slug, request))
            section class="card" {
                h2 { (frame.text("step-hurt-asks-label")) }
                p class="quiet" { (frame.fill("step-hurt-asks-lead", "title", part("title"))) }
                blockquote { @for name in ["asks", "why", "care"] { p { (part(name)) } } }
            }
            p { (frame.text("step-violence-rule")) " " a href="/safety" { (frame.text("nav-help")) } }
        } @else {
            @if let Some(title) = title_for_hurt(frame, step.slug, frame.side()) {
                section class="card" {
                    p { strong { (title) } }
                    p { (part("hurt")) }
                }
            }
            h2 { (frame.text("step-asks-label")) }
            p class="lead" { (part("asks")) }
            h2 { (frame.text("step-why-label")) }
            p { (part("why")) }
            (now(frame, step))
            (on_step(frame, step.slug, request))
            section class="card rule" {
                h2 { (frame.text("step-care-label")) }
                p { (part("care")) }
                p { (frame.text("step-violence-rule")) " " a href="/safety" { (frame.text("nav-help")) } }
            }
        }
        h2 { (frame.text("step-evidence-label")) }
        @for id in step.evidence { (finding(frame, id, false)) }
        (stage(frame, step))
        (neighbors(frame, step))
    };
    Page::new("/path", main)
}

/// The name of a step for one who was hurt, beside the other one: for who has not said who they are, and for who did
/// harm and was hurt.
pub(crate) fn title_for_hurt(frame: &Frame<'_>, slug: &str, side: Side) -> Option<String> {
    let key = match side {
        Side::New => "step-if-hurt",
        Side::Both => "step-where-hurt",
        Side::Doer | Side::Hurt => return None,
    };
    Some(frame.fill(key, "title", voice::step_title(frame.core.messages(), slug, Side::Hurt)))
}

/// What can be done with the desk alone.
fn now(frame: &Frame<'_>, step: &Step) -> Markup {
    let genre = genre_of(step.slug);
    let genre_name = frame.text(&format!("genre-{}", genre.name())).to_lowercase();
    html! {
        section class="card" {
            h2 { (frame.text("step-now-label")) }
            p { (frame.text(&format!("step-{}-tool", step.slug))) }
            p {
                a class="main-button" href=(format!("/desk?genre={}", genre.name())) {
                    (frame.fill("step-desk-link", "genre", genre_name))
                }
            }
        }
    }
}

fn stage(frame: &Frame<'_>, step: &Step) -> Markup {
    let Some(stage) = STAGES.iter().find(|stage| stage.id == step.stage) else { return html! {} };
    html! {
        h2 { (frame.text("step-stage-label")) }
        p {
            (frame.core.messages.with("home-stage", &[
                ("number", stage.number.to_string().into()),
                ("title", frame.text(&format!("stage-{}-title", stage.slug)).into()),
            ]))
            ". "
            (frame.spoken(&format!("stage-{}-opens", stage.slug)))
        }
    }
}

fn neighbors(frame: &Frame<'_>, step: &Step) -> Markup {
    let position = STEPS.iter().position(|other| other.slug == step.slug).unwrap_or_default();
    let link = |key: &str, other: &Step| {
        let title = frame.step_title(other.slug);
        html! { a href=(format!("/step/{}", other.slug)) { (frame.fill(key, "title", title)) } }
    };
    html! {
        p class="neighbors" {
            @if let Some(before) = position.checked_sub(1).and_then(|index| STEPS.get(index)) {
                span { (link("step-previous", before)) }
            }
            @if let Some(next) = STEPS.get(position + 1) { span { (link("step-next", next)) } }
        }
    }
}

/// What one writes in a step, for the link to the draft desk.
pub(crate) fn genre_of(slug: &str) -> Genre {
    match slug {
        "responsibility" => Genre::Confession,
        "listening" | "acceptance" => Genre::Reply,
        "change" => Genre::Plan,
        "honesty" => Genre::Apology,
        "needs" | "contact" | "activities" | "patience" => Genre::Message,
        "gratitude" => Genre::Gratitude,
        _ => Genre::Letter,
    }
}
