//! The eight private questions, one a screen. The answers travel in the form that is sent and nowhere else: not in
//! an address, not in what the device remembers, not in the vault. They are gone when the last page was answered.

use amends_domain::safety::gate::QUESTIONS;
use amends_domain::safety::{Answer, Answers};
use maud::{Markup, html};

use super::outcome;
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, Page};
use crate::pages::parts::{form, held, sentences};
use crate::request::Request;

/// What to know before the first question.
pub(super) fn first(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("gate-title")) }
        p class="lead" { (frame.text("gate-intro")) }
        (sentences(frame, &["gate-not-a-test", "gate-told-nobody", "gate-leaving-out", "gate-again"]))
        (form("/safety/questions/1", &html! {
            button type="submit" class="main-button" { (frame.text("gate-begin")) }
        }))
        p { a href="/safety" { (frame.text("gate-not-now")) } }
    };
    Page::new("/safety", main)
}

pub(super) fn act(turn: &mut Turn<'_>, number: &str) -> Option<Outcome> {
    let number: usize = number.parse().ok()?;
    match number {
        1..=8 => Some(Outcome::Show(question(&turn.frame(), turn.request, number))),
        9 => Some(outcome::act(turn)),
        _ => None,
    }
}

fn question(frame: &Frame<'_>, request: &Request, number: usize) -> Page {
    let key = QUESTIONS[number - 1];
    let answer = |value: &str, key: &str, class: Option<&str>| {
        html! {
            button type="submit" class=[class] name=(field(number)) value=(value) { (frame.text(key)) }
        }
    };
    let main = html! {
        p class="quiet" { (frame.fill("gate-number", "number", number.to_string())) }
        h1 { (frame.text(key)) }
        (form(&format!("/safety/questions/{}", number + 1), &html! {
            (carried(request, number - 1))
            p class="answers" {
                (answer("yes", "gate-yes", None)) " "
                (answer("no", "gate-no", None)) " "
                (answer("skip", "gate-skip", None))
            }
        }))
        @if number > 1 {
            (form(&format!("/safety/questions/{}", number - 1), &html! {
                (carried(request, number - 2))
                button type="submit" { (frame.text("gate-back")) }
            }))
        }
        p { a href="/safety" { (frame.text("gate-stop")) } }
        p class="quiet" { (frame.text("gate-told-nobody")) }
    };
    Page::new("/safety", main)
}

/// Answers given so far, as fields that nobody sees.
pub(super) fn carried(request: &Request, up_to: usize) -> Markup {
    html! { @for number in 1..=up_to { (held(&field(number), request.field(&field(number)))) } }
}

/// The answers of a form that was sent. Anything but yes and no counts as left out.
pub(super) fn answers(request: &Request) -> Answers {
    let mut answers = Answers::default();
    for number in 1..=QUESTIONS.len() {
        let answer = match request.field(&field(number)) {
            "yes" => Answer::Yes,
            "no" => Answer::No,
            _ => Answer::Skipped,
        };
        answers.answer(number, answer);
    }
    answers
}

fn field(number: usize) -> String {
    format!("a{number}")
}
