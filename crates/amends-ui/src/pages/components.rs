//! The parts that all pages are made of, in one place: for people who change how they look.

use maud::{Markup, html};

use crate::layout::{Frame, Page};
use crate::pages::parts::{Way, choice, choices, line, main_button, ways};

/// Colors by their names in the style sheet, with what they are for (message key).
const COLORS: [(&str, &str); 11] = [
    ("paper", "components-paper"),
    ("sheet", "components-sheet"),
    ("ink", "components-ink"),
    ("quiet", "components-quiet"),
    ("line", "components-line"),
    ("edge", "components-edge"),
    ("accent", "components-accent"),
    ("mark", "components-mark"),
    ("mark-wash", "components-mark-wash"),
    ("rule-wash", "components-rule-wash"),
    ("danger-wash", "components-danger-wash"),
];

pub(crate) fn page(frame: &Frame<'_>) -> Page {
    let main = html! {
        h1 { (frame.text("components-title")) }
        p class="lead" { (frame.text("components-lead")) }
        (colors(frame))
        (words(frame))
        (buttons(frame))
        (fields(frame))
        (notices(frame))
        (lists(frame))
    };
    Page::new("/more", main)
}

fn colors(frame: &Frame<'_>) -> Markup {
    html! {
        h2 { (frame.text("components-colors")) }
        ul class="swatches" {
            @for (color, key) in COLORS {
                li { span class=(format!("swatch {color}")) {} code { "--" (color) } " " (frame.text(key)) }
            }
        }
    }
}

fn words(frame: &Frame<'_>) -> Markup {
    let sample = frame.text("components-sample");
    html! {
        h2 { (frame.text("components-words")) }
        p class="lead" { (sample) }
        p { (sample) " " a href="/components" { (frame.text("components-title")) } }
        p class="quiet" { (sample) }
        p class="help" { (sample) }
        article class="letter" { p { (sample) } }
    }
}

fn buttons(frame: &Frame<'_>) -> Markup {
    html! {
        h2 { (frame.text("components-buttons")) }
        p { a class="main-button" href="/components" { (frame.text("components-main-button")) } }
        div class="row" {
            button type="button" { (frame.text("components-button")) }
            button type="button" disabled { (frame.text("components-button-off")) }
        }
        div class="taps" { button type="button" { (frame.text("components-tap")) } }
    }
}

fn fields(frame: &Frame<'_>) -> Markup {
    let one = frame.text("components-choice-one");
    let other = frame.text("components-choice-other");
    html! {
        h2 { (frame.text("components-fields")) }
        form method="get" action="/components" autocomplete="off" {
            (line(frame, "line", "components-line-label", Some("components-line-help"), ""))
            (choices("radio", "choice", &frame.text("components-choice"), &[("one", one, true), ("other", other, false)]))
            (choice("checkbox", "tick", "yes", &frame.text("components-tick"), false))
            fieldset {
                legend { (frame.text("components-scale")) }
                div class="numbers" {
                    @for number in 0..=10 {
                        label { input type="radio" name="scale" value=(number); (number) }
                    }
                }
            }
            details { summary { (frame.text("components-details")) } p { (frame.text("components-sample")) } }
            (main_button(frame, "components-main-button"))
        }
    }
}

fn notices(frame: &Frame<'_>) -> Markup {
    let sample = frame.text("components-sample");
    html! {
        h2 { (frame.text("components-notices")) }
        p class="done" { (sample) }
        p class="problem" { (sample) }
        p class="note" { (sample) }
        p class="emergency" { (sample) }
        section class="card" { h3 { (frame.text("components-card")) } p { (sample) } }
        section class="card rule" { h3 { (frame.text("components-rule")) } p { (sample) } }
        blockquote class="statement" { p { (sample) } }
    }
}

fn lists(frame: &Frame<'_>) -> Markup {
    let title = || frame.text("components-title");
    html! {
        h2 { (frame.text("components-lists")) }
        (ways(&[Way::new("/components", title()).with(frame.text("components-sample")), Way::new("/components", title())]))
        ul class="ticks" {
            li class="there" { (frame.text("components-there")) }
            li class="open" { (frame.text("components-open")) }
        }
        p class="chips" { span class="chip" { (frame.text("components-choice-one")) } span class="chip" { (frame.text("components-choice-other")) } }
    }
}
