//! 1.2 A two-minute warm-up, the day they found out, hard words one at a time, and a pause with its return.

use amends_domain::admit::perspective::{Event, Perspective, Value};
use amends_domain::bank::{HARD_WORDS, StatementId};
use amends_domain::id::MINUTE;
use amends_domain::permit::Action;
use amends_lint::Genre;
use amends_tools::{Bank, choices, writing};
use maud::{Markup, html};

use super::kit::{choice, hidden};
use super::paper::{Boxes, Written};
use super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;
use crate::timer::timer;

const PATH: &str = "/look/perspective";
const HARD_PATH: &str = "/look/perspective/hard-words";

const VALUES: [Value; 12] = [
    Value::Honesty,
    Value::Kindness,
    Value::Family,
    Value::Friendship,
    Value::Learning,
    Value::Faith,
    Value::Courage,
    Value::Fairness,
    Value::Creativity,
    Value::Nature,
    Value::Humor,
    Value::Craft,
];

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["values"] => Some(values(look)),
        ["hard-words"] => Some(hard_words(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "pause") => pause(turn),
        ([], "back") => {
            let pause = turn.entry("entry")?;
            write(turn, Action::shared(Event::Back { pause }), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-welcome-back"))
        }
        (["values"], "keep") => warm_up(turn),
        (["hard-words"], "reply") => rehearse(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let step = &look.world().perspective;
    let main = html! {
        (lead(look, "perspective"))
        (pause_card(look))
        @if !look.was_only_hurt() { (practice(look)) }
        @for (_, shown) in step.shown() {
            h2 { (look.text(if shown.author == look.me() { "look-day-yours" } else { "look-day-theirs" })) }
            (day(look, &shown.page))
        }
        @if look.was_only_hurt() { (look.for_who_did("look-practice-own", &practice(look))) }
    };
    look.page("perspective", "look-perspective", &main)
}

/// What the one who did it does alone, or before showing it.
fn practice(look: &Look<'_>) -> Markup {
    let step = &look.world().perspective;
    html! {
        ul class="cards" {
            li {
                h2 { (look.link("/look/perspective/values", "look-values")) }
                p { (look.text("look-values-about")) }
                @if step.warmed_up(look.now()) { (look.quiet("look-values-today")) }
            }
            li {
                h2 { (look.tool("perspective", "page")) }
                p { (look.text("look-day-about")) }
            }
            li {
                h2 { (look.link(HARD_PATH, "look-hard-words")) }
                p { (look.text("look-hard-about")) }
            }
        }
        (look.tools("perspective", &["share"]))
    }
}

/// The day they found out, in its order.
fn day(look: &Look<'_>, page: &Perspective) -> Markup {
    let parts = [
        ("perspective-before", &page.before),
        ("perspective-found", &page.found),
        ("perspective-thought", &page.thought),
        ("perspective-felt", &page.felt),
        ("perspective-after", &page.after),
    ];
    look.sheet(&html! {
        ol class="hours" {
            @for (key, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
                li { p class="quiet" { (look.frame.spoken(key)) } (look.said(text)) }
            }
        }
    })
}

/// The pause that runs, or a way to take one.
fn pause_card(look: &Look<'_>) -> Markup {
    let running = look.world().perspective.pause(look.now());
    let lengths: Vec<(String, String)> = [20, 40, 60, 180, 720, 1440]
        .into_iter()
        .map(|minutes: u32| {
            let at = look.now().plus(u64::from(minutes) * MINUTE);
            let words = look.with(&format!("look-pause-{minutes}"), &[("time", look.clock(at).into())]);
            (minutes.to_string(), words)
        })
        .collect();
    html! {
        section class="card" id="pause" {
            @if let Some((id, pause)) = running {
                h2 { (look.text("pause-runs")) }
                (timer(look.frame, &look.fill("pause-back-at", "time", look.clock(pause.back_at)), &[pause.back_at]))
                (look.quiet("look-pause-both"))
                @if pause.author == look.me() { (look.one_button("back", id, "look-pause-back")) }
            } @else {
                h2 { (look.text("look-pause")) }
                p { (look.text("look-pause-about")) }
                @if look.world().partner.is_some() {
                    (look.form("pause", &html! {
                        (look.select("minutes", &look.text("look-pause-length"), &lengths, "20"))
                        (look.button("look-pause-begin"))
                    }))
                } @else { (look.quiet("look-pause-alone")) }
            }
        }
    }
}

fn pause(turn: &mut Turn<'_>) -> Did {
    let minutes: u64 = turn.request.field("minutes").parse().map_err(|_| Wrong::Unknown)?;
    let back_at = turn.visit.moment.now.plus(minutes.min(24 * 60) * MINUTE);
    write(turn, Action::shared(Event::Pause { back_at }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-pause-begun"))
}

fn values(look: &Look<'_>) -> Page {
    let chosen = look.typed("value", "");
    let inner = html! {
        fieldset class="inline" {
            legend { (look.text("look-values-choose")) }
            @for one in VALUES {
                (choice("radio", "value", &value(one), &look.text(&format!("value-{}", slug(one))), chosen == value(one)))
            }
        }
        (look.area("lines", "look-values-lines", 4, ""))
        (look.main_button("look-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-values-lead")) }
        (look.form("keep", &inner))
        (look.quiet("look-private"))
    };
    look.page("perspective", "look-values", &main)
}

fn warm_up(turn: &mut Turn<'_>) -> Did {
    let value = by_name(turn.request.field("value")).ok_or(Wrong::Say("look-choose-value"))?;
    let lines = turn.lines("lines");
    write(turn, Action::private(Event::WarmUp { value, lines }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

/// The statement that is rehearsed: the one asked for, or the next.
fn statement(look: &Look<'_>) -> StatementId {
    let asked = look.request.field("statement").parse().ok().map(StatementId);
    let known = asked.filter(|id| HARD_WORDS.iter().any(|one| one.id == *id));
    known.unwrap_or_else(|| StatementId(choices::next_statement(look.state(), Bank::HardWords)))
}

/// Name of the box of a reply: what was begun for one statement is not shown at another.
fn reply_field(id: StatementId) -> String {
    format!("text-{}", id.0)
}

fn hard_words(look: &Look<'_>) -> Page {
    let id = statement(look);
    let (said, field) = (look.text(&id.message_key()), reply_field(id));
    let place = HARD_WORDS.iter().position(|one| one.id == id).unwrap_or(0);
    let next = HARD_WORDS.get((place + 1) % HARD_WORDS.len()).map_or(id, |one| one.id);
    let inner = |boxes: &Boxes| {
        html! {
            (hidden("statement", &id.0.to_string()))
            (boxes.area(look, &field, "look-your-reply", 5))
            p class="row" {
                (look.look_button())
                button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-keep-next")) }
                a href=(format!("{HARD_PATH}?statement={}", next.0)) { (look.text("look-another")) }
            }
        }
    };
    let written = Written { tool: ("perspective", "hard-words"), about: None };
    let main = html! {
        p class="lead" { (look.text("look-hard-lead")) }
        p class="note" { strong { (look.text("look-violence-rule")) } " " a href="/safety" { (look.text("nav-help")) } }
        p class="quiet" {
            (look.with("look-place-of", &[("place", (place + 1).into()), ("count", HARD_WORDS.len().into())]))
        }
        blockquote class="statement" { p { (said) } }
        (look.live_form("reply", Genre::Reply, written, &said, &[(field.clone(), String::new())], inner))
        section class="card rule" {
            details open { summary { (look.text("hurt-or-danger-title")) } (look.hurt_or_danger()) }
        }
    };
    look.page("perspective", "look-hard-words", &main)
}

fn rehearse(turn: &mut Turn<'_>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let id: u16 = turn.request.field("statement").parse().map_err(|_| Wrong::Unknown)?;
    let statement = StatementId(id);
    statement.get().ok_or(Wrong::Unknown)?;
    let said = turn.core.messages().text(&statement.message_key());
    let reply = turn.words(&reply_field(statement));
    let noticed = writing::noticed(&mut turn.core.reader(), &reply, Some(&said));
    let noticed: Vec<String> = serde_json::from_value(noticed).unwrap_or_default();
    write(turn, Action::private(Event::Rehearse { statement, reply, noticed }), Some(Genre::Reply))?;
    Ok(Next::Go(HARD_PATH.to_owned(), "look-kept"))
}
