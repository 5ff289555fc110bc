//! One statement, one reply, and what the checks notice in it.

use amends_domain::admit::listening::{Event, Prompt, Tally};
use amends_domain::bank::{Grade, STATEMENTS, StatementId};
use amends_domain::event::Body;
use amends_domain::id::EventId;
use amends_domain::permit::Action;
use amends_lint::Genre;
use amends_tools::{Bank, choices, writing};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::paper::{Boxes, Written};
use super::super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::{name, named};

/// What is practiced on: a statement of the bank or the partner's own, and its words.
struct Said {
    prompt: Prompt,
    words: String,
}

fn said(look: &Look<'_>) -> Said {
    let theirs = named(look.request.field("theirs"));
    if let (Some(id), Some(partner)) = (theirs, look.world().partner)
        && let Some((_, text)) = look.world().listening.allowed_by(partner).find(|(of, _)| *of == id)
    {
        return Said { prompt: Prompt::Allowed(id), words: text.to_owned() };
    }
    let asked = look.request.field("statement").parse().ok().map(StatementId);
    let known = asked.filter(|id| STATEMENTS.iter().any(|one| one.id == *id));
    let id = known.unwrap_or_else(|| StatementId(choices::next_statement(look.state(), Bank::Practice)));
    Said { prompt: Prompt::Bank(id), words: look.text(&id.message_key()) }
}

/// Name of the box of a reply: what was begun for one sentence is not shown at another.
fn reply_field(prompt: &Prompt) -> String {
    match prompt {
        Prompt::Bank(id) => format!("text-{}", id.0),
        Prompt::Allowed(id) => format!("text-{}", name(*id)),
    }
}

pub(super) fn page(look: &Look<'_>) -> Page {
    let said = said(look);
    let field = reply_field(&said.prompt);
    let inner = |boxes: &Boxes| {
        html! {
            @match &said.prompt {
                Prompt::Bank(id) => (hidden("statement", &id.0.to_string())),
                Prompt::Allowed(id) => (hidden("theirs", &name(*id))),
            }
            (boxes.area(look, &field, "look-give-back", 5))
            (look.look_button())
            p { button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-done-what-noticed")) } }
        }
    };
    let written = match &said.prompt {
        Prompt::Bank(_) => Written { tool: ("listening", "practice"), about: None },
        Prompt::Allowed(id) => Written { tool: ("listening", "practice-theirs"), about: Some(*id) },
    };
    let main = html! {
        p class="lead" { (look.text("look-practice-lead")) }
        @if let Prompt::Bank(id) = &said.prompt { (grade(look, *id)) } @else { (look.quiet("look-practice-theirs")) }
        blockquote class="statement" { p { (said.words) } }
        (look.live_form("reply", Genre::Reply, written, &said.words, &[(field.clone(), String::new())], inner))
        (grades(look))
    };
    look.page("listening", "look-practice", &main)
}

fn grade(look: &Look<'_>, id: StatementId) -> Markup {
    let key = match id.get().map(|one| one.grade) {
        Some(Grade::One) => "look-grade-1",
        Some(Grade::Two) => "look-grade-2",
        _ => "look-grade-3",
    };
    html! { p class="quiet" { (look.text(key)) } }
}

/// Links to the first statement of each grade.
fn grades(look: &Look<'_>) -> Markup {
    let first = |grade: Grade| STATEMENTS.iter().find(|one| one.grade == grade);
    html! {
        nav aria-label=(look.text("look-grades")) class="no-print" {
            ul class="links" {
                @for (grade, key) in [(Grade::One, "look-grade-1"), (Grade::Two, "look-grade-2"), (Grade::Three, "look-grade-3")] {
                    @if let Some(one) = first(grade) {
                        li { a href=(format!("/look/listening/practice?statement={}", one.id.0)) { (look.text(key)) } }
                    }
                }
            }
        }
    }
}

pub(super) fn keep(turn: &mut Turn<'_>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let (prompt, said) = {
        let frame = turn.frame();
        let vault = frame.vault().ok_or(Wrong::Unknown)?;
        let said =
            said(&Look { frame: &frame, request: turn.request, vault, problem: None, kept: Vec::new() });
        (said.prompt, said.words)
    };
    let reply = turn.words(&reply_field(&prompt));
    let tally = tally(turn, &reply, Some(&said));
    let action = Action::private(Event::Practice { prompt, reply, tally });
    let id = write(turn, action, Some(Genre::Reply))?;
    Ok(Next::Go(format!("/look/listening/noticed/{}", name(id)), "look-kept"))
}

/// What the checks count in a reply.
pub(super) fn tally(turn: &Turn<'_>, reply: &str, said: Option<&str>) -> Tally {
    let counted = writing::tally(&mut turn.core.reader(), reply, said);
    serde_json::from_value(counted).unwrap_or(Tally {
        content: 0,
        feeling: 0,
        questions: 0,
        advice: 0,
        reasons: 0,
        parroting: 0,
    })
}

/// What was noticed in one reply: plain words, no grade.
pub(super) fn noticed(look: &Look<'_>, id: EventId) -> Option<Page> {
    let event =
        look.state().event(id).filter(|event| event.author == look.me() && look.state().holds(event))?;
    let Body::Listening(Event::Practice { prompt, reply, tally }) = &event.body else { return None };
    let said = match prompt {
        Prompt::Bank(id) => look.text(&id.message_key()),
        Prompt::Allowed(id) => {
            let partner = look.world().partner?;
            look.world().listening.allowed_by(partner).find(|(of, _)| of == id)?.1.to_owned()
        }
    };
    let good = [("look-noticed-content", tally.content), ("look-noticed-feeling", tally.feeling)];
    let rather_not = [
        ("look-noticed-questions", tally.questions),
        ("look-noticed-advice", tally.advice),
        ("look-noticed-reasons", tally.reasons),
        ("look-noticed-parroting", tally.parroting),
    ];
    let main = html! {
        blockquote class="statement" { p { (said) } }
        p class="quiet" { (look.text("look-you-gave-back")) }
        (look.said(reply))
        ul class="ticks" {
            @for (key, count) in good {
                li class=(if count > 0 { "there" } else { "open" }) {
                    (look.text(key)) ": " (look.text(if count > 0 { "look-found" } else { "look-not-found" }))
                }
            }
            @for (key, count) in rather_not.into_iter().filter(|(_, count)| *count > 0) {
                li class="open" { (look.with(key, &[("count", count.into())])) }
            }
        }
        (look.quiet("look-noticed-note"))
        p { a class="main-button" href="/look/listening/practice" { (look.text("look-practice-next")) } }
        p { (look.link("/look/listening", "look-own-practice")) }
    };
    Some(look.page("listening", "look-noticed", &main))
}
