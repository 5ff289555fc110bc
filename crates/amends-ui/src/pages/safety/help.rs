//! Safety and help: emergency number, help lines by country, hurt anger or abuse. Works with no network.

use amends_guide::hurt_or_danger::ROWS;
use maud::{Markup, html};

use crate::help_lines::{Country, Line, help_lines};
use crate::layout::{Frame, Page};
use crate::pages::parts::{Way, ways};
use crate::pages::settings::country_choice;
use crate::request::Request;

/// The country to show, and whether it is a guess.
pub(crate) fn country(frame: &Frame<'_>, asked: &str) -> (Option<&'static Country>, bool) {
    let lines = help_lines();
    match asked {
        "" => match &frame.visit.state.settings.country {
            Some(code) => (lines.country(code), false),
            None => (lines.guess(frame.visit.language), true),
        },
        code => (lines.country(code), false),
    }
}

pub(crate) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    let asked = request.field("country");
    let (country, guessed) = country(frame, asked);
    let main = html! {
        h1 { (frame.text("help-title")) }
        p class="lead" { (frame.text("help-lead")) }
        (emergency(frame, country))
        h2 { (frame.text("help-lines-title")) }
        (expiry(frame))
        form method="get" action="/safety" class="row" {
            label for="country" { (frame.text("help-country-label")) }
            (country_choice(frame, country.map_or(asked, |country| country.code)))
            button type="submit" { (frame.text("help-country-show")) }
        }
        // Whoever chose a country is brought to its lines, not to the top of the page.
        div tabindex="-1" data-focus[request.has("country")] {
            @match country {
                Some(country) => {
                    @if guessed { p class="quiet" { (frame.text("help-country-guess")) } }
                    (lines(frame, country, |_| true))
                }
                None => p { (frame.text("help-country-none")) },
            }
        }
        (elsewhere(frame))
        h2 { (frame.text("help-before-call-title")) }
        p { (frame.text("help-before-call-text")) }
        h2 { (frame.text("help-device-title")) }
        p { (frame.text("help-device-text")) }
        (table(frame))
        h2 { (frame.text("help-force-title")) }
        p {
            (frame.text("help-force-text")) " "
            a href="/safety/letters" { (frame.text("help-force-link")) }
        }
        h2 { (frame.text("help-leave-title")) }
        p { (frame.text("help-leave-text")) }
        (ways(&[
            Way::new("/safety/questions", frame.text("gate-title")).with(frame.text("help-questions-note")),
            Way::new("/safety/plan", frame.text("plan-title")),
            Way::new("/leave", frame.text("leave-page-title")),
            Way::new("/safety/phone", frame.text("phone-title")),
        ]))
        @if !frame.visit.state.begun { p { a href="/" { (frame.text("start-title")) } } }
    };
    Page::new("/safety", main)
}

/// The emergency number, as large as it must be.
pub(crate) fn emergency(frame: &Frame<'_>, country: Option<&Country>) -> Markup {
    html! {
        p class="emergency" {
            @match country {
                Some(country) => (frame.fill("help-now", "number", country.emergency)),
                None => (frame.text("help-now-unknown")),
            }
        }
    }
}

/// Lines of a country that `wanted` picks, with how sure they are.
pub(crate) fn lines(frame: &Frame<'_>, country: &Country, wanted: impl Fn(&Line) -> bool) -> Markup {
    let mark = frame.text(&format!("help-mark-{}", country.mark.slug()));
    html! {
        div class="lines" {
            h3 { (country.name) }
            ul {
                @for entry in country.lines.iter().filter(|entry| wanted(entry)) { li { (line(frame, entry)) } }
            }
            @if !country.note.is_empty() {
                p { strong { (frame.text("help-note-label")) ":" } " " (country.note) }
            }
            @if !country.pages.is_empty() || !country.pages_unsure.is_empty() {
                p {
                    (frame.text("help-page-label")) ": "
                    @for (position, page) in country.pages.iter().enumerate() {
                        @if position > 0 { ", " }
                        (web(page))
                    }
                    @for page in country.pages_unsure { (web(page)) " (" (frame.text("help-unsure")) ")" }
                }
            }
            p class="quiet" {
                strong { (frame.text("help-mark-label")) ":" } " " (mark) " "
                @if country.mark.is_dated() {
                    (frame.fill("help-checked", "date", checked(frame)))
                } @else {
                    (frame.text("help-unchecked"))
                }
                " " (frame.text("help-unopened"))
            }
        }
    }
}

fn line(frame: &Frame<'_>, line: &Line) -> Markup {
    let hours = match line.hours {
        "always" => frame.text("help-hours-always"),
        "weekdays" => frame.text("help-hours-weekdays"),
        "unknown" => frame.text("help-hours-unknown"),
        other => other.to_owned(),
    };
    html! {
        span class="quiet kind" { (frame.text(&format!("help-kind-{}", line.kind))) }
        " "
        @match line.dial() {
            Some(address) => a class="call" href=(address) { (line.number) },
            None => strong { (line.number) },
        }
        @if !line.text.is_empty() { " " (frame.fill("help-text-to", "how", line.text)) }
        @if !line.name.is_empty() { " " span { (line.name) } }
        " " span class="quiet" { (hours) @if line.unsure { ". " (frame.text("help-unsure")) } }
    }
}

/// Link to a page of others: opens outside, tells nothing about where one came from.
fn web(address: &str) -> Markup {
    html! { a href=(format!("https://{address}")) rel="nofollow noreferrer external" { (address) } }
}

/// The day on which the list was checked, as people say it.
fn checked(frame: &Frame<'_>) -> String {
    let text = help_lines().checked;
    text.parse().map_or_else(|_| text.to_owned(), |day| amends_tools::parts::day(&frame.core.messages, day))
}

/// Says when the list has grown old.
pub(crate) fn expiry(frame: &Frame<'_>) -> Markup {
    let expired = frame.visit.today.is_some_and(|today| help_lines().is_expired(today));
    html! { @if expired { p class="problem" { (frame.text("help-expired")) } } }
}

pub(crate) fn elsewhere(frame: &Frame<'_>) -> Markup {
    let lines = help_lines();
    html! {
        p {
            (frame.text("help-elsewhere-text")) " "
            @for page in lines.elsewhere { (web(page)) ", " }
            @for (position, page) in lines.elsewhere_unsure.iter().enumerate() {
                @if position > 0 { ", " }
                (web(page)) " (" (frame.text("help-unsure")) ")"
            }
        }
        p { (frame.text("help-elsewhere-crisis")) " " (web(lines.elsewhere_crisis)) }
    }
}

pub(crate) fn table(frame: &Frame<'_>) -> Markup {
    let (left, right) = (frame.text("hurt-or-danger-left"), frame.text("hurt-or-danger-right"));
    html! {
        h2 id="hurt-or-danger" { (frame.text("hurt-or-danger-title")) }
        p { (frame.text("help-table-lead")) }
        table class="compare" {
            thead {
                tr {
                    th scope="col" { (left) }
                    th scope="col" { (right) }
                }
            }
            tbody {
                @for row in ROWS {
                    tr {
                        td data-side=(left) { (frame.text(row.hurt)) }
                        td data-side=(right) { (frame.text(row.danger)) }
                    }
                }
            }
        }
        p { strong { (frame.text("hurt-or-danger-rule")) } }
    }
}
