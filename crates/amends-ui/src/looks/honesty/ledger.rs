//! Promises: three open at most, each with its day, what became of it, and twelve weeks as they were. Nothing is
//! counted or compared.

use amends_domain::apologize::honesty::{Entry, Event, HISTORY_DAYS, MOST_OPEN, Outcome, Promise, Response};
use amends_domain::event::Space;
use amends_domain::id::{Day, EntryId};
use amends_domain::permission::PromiseFor;
use amends_domain::permit::Action;
use amends_lint::Genre;
use maud::{Markup, html};

use super::super::Look;
use super::super::chart::{Span, spans};
use super::super::kit::hidden;
use super::super::paper::{Boxes, Written};
use super::super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/honesty/promises";

pub(super) fn page(look: &Look<'_>) -> Page {
    let main = html! {
        p class="lead" { (look.text("look-promises-lead")) }
        // Whoever was hurt finds first what was promised to them.
        @if look.was_only_hurt() { (theirs(look)) (to_answer(look)) }
        // What is promised already is never folded away.
        @if look.world().honesty.open_promises(look.me()).next().is_some() {
            h2 { (look.text("look-promises-mine")) }
            (mine(look))
        } @else { (look.for_who_did("look-promises-mine", &mine(look))) }
        @if !look.was_only_hurt() { (theirs(look)) (to_answer(look)) }
        (history(look))
    };
    look.page("honesty", "look-promises", &main)
}

/// Own promises with places for more, three at most.
fn mine(look: &Look<'_>) -> Markup {
    let mine: Vec<_> = look.world().honesty.open_promises(look.me()).collect();
    html! {
        @for (id, entry) in &mine { (open_promise(look, *id, entry, true)) }
        @for _ in mine.len()..MOST_OPEN { p class="slot quiet" { (look.text("look-promise-slot")) } }
        @if mine.len() < MOST_OPEN { (new_promise(look)) } @else { (look.quiet("refusal-three-open")) }
    }
}

fn theirs(look: &Look<'_>) -> Markup {
    let step = &look.world().honesty;
    let theirs: Vec<_> =
        look.world().partner.into_iter().flat_map(|partner| step.open_promises(partner)).collect();
    html! {
        @if theirs.is_empty() {
            @if look.was_only_hurt() { (look.quiet("look-promises-none")) }
        } @else {
            h2 { (look.text("look-promises-theirs")) }
            @for (id, entry) in &theirs { (open_promise(look, *id, entry, false)) }
        }
    }
}

fn open_promise(look: &Look<'_>, id: EntryId, entry: &Entry, mine: bool) -> Markup {
    html! {
        section class="card promise" id=(name(id)) {
            (look.said(&entry.promise.text))
            p class="quiet" { (look.fill("look-due", "date", look.date(entry.promise.review_on))) }
            @if mine { (report(look, id)) }
        }
    }
}

/// The one who promised reports first.
fn report(look: &Look<'_>, id: EntryId) -> Markup {
    html! {
        (look.form("report", &html! {
            (hidden("entry", &name(id)))
            p class="taps" {
                @for outcome in ["kept", "missed", "withdrawn"] {
                    button type="submit" name="outcome" value=(outcome) { (look.text(&format!("promise-{outcome}"))) }
                }
            }
        }))
        details {
            summary { (look.text("look-renegotiate")) }
            (look.form("report", &html! {
                (hidden("entry", &name(id)))
                (hidden("outcome", "renegotiated"))
                (look.area(&format!("text-{}", id.seq), "look-promise-new-words", 2, ""))
                (look.day_field(&format!("day-{}", id.seq), "look-review-day", None))
                (look.button("look-keep"))
            }))
        }
    }
}

fn new_promise(look: &Look<'_>) -> Markup {
    let inner = |boxes: &Boxes| {
        html! {
            h3 { (look.text("look-promise-new")) }
            (boxes.area(look, "text", "ask-promise", 3))
            (look.day_field("review", "look-review-day", Some(look.today().plus(7))))
            (look.which_incident(None))
            p class="row" {
                (look.look_button())
                button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-promise-make")) }
            }
        }
    };
    let written = Written { tool: ("honesty", "promise"), about: look.incident_chosen() };
    look.live_form("promise", Genre::Promise, written, "", &[("text".to_owned(), String::new())], inner)
}

/// Reports of the other that wait for one answer, or for none.
fn to_answer(look: &Look<'_>) -> Markup {
    let waiting: Vec<(EntryId, &Entry)> = look
        .world()
        .honesty
        .history(look.today(), look.moment().utc_offset)
        .into_iter()
        .filter(|(id, _)| match look.world().promise_for(look.me(), *id) {
            Some(PromiseFor::Partner(partner)) => partner.verifier().is_some(),
            _ => false,
        })
        .collect();
    html! {
        @if !waiting.is_empty() {
            h2 { (look.text("look-promise-reports")) }
            (look.quiet("look-promise-reports-help"))
            @for (id, entry) in waiting {
                section class="card" {
                    (look.said(&entry.promise.text))
                    p { (outcome_words(look, entry)) }
                    (look.form("respond", &html! {
                        (hidden("entry", &name(id)))
                        p class="taps" {
                            @for response in ["confirm", "dispute"] {
                                button type="submit" name="response" value=(response) { (look.text(&format!("response-{response}"))) }
                            }
                        }
                    }))
                }
            }
        }
    }
}

fn outcome_words(look: &Look<'_>, entry: &Entry) -> String {
    match &entry.outcome {
        None => look.fill("look-due", "date", look.date(entry.promise.review_on)),
        Some((_, Outcome::Kept)) => look.text("promise-kept"),
        Some((_, Outcome::Missed)) => look.text("promise-missed"),
        Some((_, Outcome::Withdrawn)) => look.text("promise-withdrawn"),
        Some((_, Outcome::Renegotiated { .. })) => look.text("promise-renegotiated"),
    }
}

/// Twelve weeks as they were: a picture and a table.
fn history(look: &Look<'_>) -> Markup {
    let (today, offset) = (look.today(), look.moment().utc_offset);
    let all = look.world().honesty.history(today, offset);
    if all.is_empty() {
        return html! {};
    }
    let end = |entry: &Entry| -> Day {
        entry.outcome.as_ref().map_or(entry.promise.review_on, |(at, _)| at.day(offset))
    };
    let last = all.iter().map(|(_, entry)| end(entry)).max().unwrap_or(today).max(today);
    let rows: Vec<Span> = all
        .iter()
        .map(|(_, entry)| Span {
            from: entry.made.day(offset),
            to: end(entry),
            name: short(&entry.promise.text),
            end: outcome_words(look, entry),
            open: entry.is_open(),
        })
        .collect();
    html! {
        h2 { (look.text("look-promise-history")) }
        (look.quiet("look-promise-history-help"))
        (spans(look, "promises", &look.text("look-promise-history"), today.plus(-HISTORY_DAYS), last, &rows))
        table class="plain stack" {
            thead { tr {
                th scope="col" { (look.text("look-promise")) }
                th scope="col" { (look.text("look-made")) }
                th scope="col" { (look.text("look-became")) }
            } }
            tbody { @for (_, entry) in &all { tr {
                th scope="row" { (look.who(entry.author)) ": " (entry.promise.text)
                    @for (_, before) in &entry.earlier { br; span class="quiet" { (look.text("look-before")) " " (before.text) } } }
                td data-side=(look.text("look-made")) { (look.dated(entry.made.day(offset))) }
                td data-side=(look.text("look-became")) {
                    (outcome_words(look, entry))
                    @match entry.response {
                        Some(Response::Confirm) => { br; span class="quiet" { (look.text("response-confirm")) } }
                        Some(Response::Dispute) => { br; span class="quiet" { (look.text("response-dispute")) } }
                        None => {}
                    }
                }
            } } }
        }
    }
}

/// The first words, so that a picture stays a picture.
fn short(text: &str) -> String {
    let mut kept: Vec<&str> = text.split_whitespace().take(6).collect();
    if text.split_whitespace().count() > kept.len() {
        kept.push("…");
    }
    kept.join(" ")
}

pub(super) fn act(turn: &mut Turn<'_>) -> Did {
    match turn.wish() {
        "promise" => promise(turn),
        "report" => {
            let promise = turn.entry("entry")?;
            let outcome = match turn.request.field("outcome") {
                "kept" => Outcome::Kept,
                "missed" => Outcome::Missed,
                "withdrawn" => Outcome::Withdrawn,
                "renegotiated" => Outcome::Renegotiated {
                    text: turn.words(&format!("text-{}", promise.seq)),
                    review_on: turn.day(&format!("day-{}", promise.seq))?,
                },
                _ => return Err(Wrong::Unknown),
            };
            let space = space_of(turn, promise)?;
            let body = Event::Report { promise, outcome }.into();
            write(turn, Action { space, body }, Some(Genre::Promise))?;
            Ok(Next::Go(PATH.to_owned(), "look-kept"))
        }
        "respond" => {
            let promise = turn.entry("entry")?;
            let response = match turn.request.field("response") {
                "confirm" => Response::Confirm,
                "dispute" => Response::Dispute,
                _ => return Err(Wrong::Unknown),
            };
            write(turn, Action::shared(Event::Respond { promise, response }), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-kept"))
        }
        _ => Err(Wrong::Unknown),
    }
}

fn promise(turn: &mut Turn<'_>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let incident = turn.incident(None)?;
    let content = Promise { text: turn.words("text"), review_on: turn.day("review")? };
    let world = turn.session.vault().ok_or(Wrong::Unknown)?.state().world();
    let space = world.incidents.get(incident).map_or(Space::Private, |found| found.space);
    let body = Event::Promise { incident, content }.into();
    write(turn, Action { space, body }, Some(Genre::Promise))?;
    Ok(Next::Go(PATH.to_owned(), "look-promise-made"))
}

fn space_of(turn: &Turn<'_>, promise: EntryId) -> Result<Space, Wrong> {
    let world = turn.session.vault().ok_or(Wrong::Unknown)?.state().world();
    Ok(world.honesty.promise(promise).ok_or(Wrong::Unknown)?.space)
}
