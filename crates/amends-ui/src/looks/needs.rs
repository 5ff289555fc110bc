//! 3.2 A board of needs that its owner fills, requests with their answers, and asking with care.

mod board;

use amends_domain::id::EntryId;
use amends_domain::permit::Action;
use amends_domain::prove::needs::{Answer, Event, Mark, Need, SharedNeed};
use amends_lint::Genre;
use maud::{Markup, html};

use super::Look;
use super::kit::hidden;
use super::write::{Did, Next, Wrong, slug, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/needs";

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["board"] => Some(board::page(look)),
        ["control"] => Some(control(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        (["board"], "mark") => board::mark(turn),
        (["board"], "share") => board::share(turn),
        ([], "ask") => {
            write(turn, Action::shared(Event::Ask), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-sent"))
        }
        ([], "dont-know") => {
            write(turn, Action::shared(Event::DontKnow), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-sent"))
        }
        ([], "request") => request(turn),
        ([], "answer") => answer(turn),
        _ => Err(Wrong::Unknown),
    }
}

/// A need in words.
fn words(look: &Look<'_>, need: &Need) -> String {
    match need {
        Need::Word(id) => id.message_key().map(|key| look.text(&key)).unwrap_or_default(),
        Need::Own(text) => text.clone(),
    }
}

fn mark_words(look: &Look<'_>, mark: Mark) -> String {
    look.text(&format!("mark-{}", slug(mark)))
}

fn overview(look: &Look<'_>) -> Page {
    let (mine, theirs): (Vec<_>, Vec<_>) =
        look.world().needs.shared().partition(|(_, need)| need.owner == look.me());
    let main = html! {
        p class="lead" { (look.frame.spoken("look-needs-lead")) }
        p { a class="main-button" href="/look/needs/board" { (look.text("look-needs-board")) } }
        @if !mine.is_empty() {
            h2 { (look.text("look-needs-shown")) }
            div class="board" { @for (id, need) in &mine { (own_need(look, *id, need)) } }
        }
        h2 { (look.text("look-needs-theirs")) }
        @if theirs.is_empty() { (look.quiet("look-needs-none")) }
        div class="board" { @for (id, need) in &theirs { (their_need(look, *id, need)) } }
        (asking(look))
        p { (look.link("/look/needs/control", "look-control")) }
    };
    look.page("needs", "look-needs", &main)
}

/// "What do you need?", at most once a week, and silence after "I don't know".
fn asking(look: &Look<'_>) -> Markup {
    let Some(partner) = look.world().partner else { return html! {} };
    let from = look.world().needs.may_ask_from(look.me(), partner);
    let ask = html! {
        @if from > look.now() { p { (look.fill("look-ask-from", "date", look.date(look.day_of(from)))) } }
        @else {
            p { (look.text("look-ask-help")) }
            (look.form("ask", &look.button("look-ask-now")))
        }
    };
    html! {
        section class="card" {
            (look.for_who_did("look-ask-title", &ask))
            details {
                summary { (look.text("look-asked-you")) }
                p { (look.text("look-dont-know-help")) }
                (look.form("dont-know", &look.button("mark-dont-know")))
            }
        }
    }
}

/// A need of the other, with the request made for it, to answer.
fn their_need(look: &Look<'_>, id: EntryId, need: &SharedNeed) -> Markup {
    html! {
        section class=(format!("need {}", slug(need.mark))) id=(name(id)) {
            h3 { (words(look, &need.need)) }
            p class="quiet" { (mark_words(look, need.mark)) }
            @if let Some(request) = &need.request {
                (look.said(&request.text))
                @match &request.answer {
                    Some(answer) => (answered(look, answer)),
                    None => (look.form("answer", &html! {
                        (hidden("entry", &name(request.id)))
                        (look.area(&format!("offer-{}", request.id.seq), "look-other-offer", 2, ""))
                        p class="taps" {
                            @for (one, key) in [("yes", "look-answer-yes"), ("no", "look-answer-no"), ("offer", "look-answer-offer")] {
                                button type="submit" name="answer" value=(one) { (look.text(key)) }
                            }
                        }
                    })),
                }
            }
        }
    }
}

fn answered(look: &Look<'_>, answer: &Answer) -> Markup {
    html! {
        @match answer {
            Answer::Yes => p { strong { (look.text("look-answer-yes")) } },
            Answer::No => p { strong { (look.text("look-answer-no")) } },
            Answer::OtherOffer { text } => { p { strong { (look.text("look-answer-offer")) } } (look.said(text)) }
        }
    }
}

/// An own need that was shown: its mark, its one request, its answer.
fn own_need(look: &Look<'_>, id: EntryId, need: &SharedNeed) -> Markup {
    let field = format!("text-{}", id.seq);
    let text = look.typed(&field, "");
    html! {
        section class=(format!("need {}", slug(need.mark))) id=(name(id)) {
            h3 { (words(look, &need.need)) }
            p class="quiet" { (mark_words(look, need.mark)) }
            @match &need.request {
                Some(request) => {
                    (look.said(&request.text))
                    @match &request.answer { Some(answer) => (answered(look, answer)), None => (look.quiet("look-no-answer-yet")) }
                }
                None if need.mark == Mark::NotFromYou => {}
                None => details open[!text.is_empty()] {
                    summary { (look.text("look-request")) }
                    (look.form("request", &html! {
                        (hidden("entry", &name(id)))
                        (look.area(&field, "look-request-words", 2, ""))
                        (look.button("look-send"))
                    }))
                },
            }
            (look.tools("needs", &["remark"]))
        }
    }
}

fn request(turn: &mut Turn<'_>) -> Did {
    let shared = turn.entry("entry")?;
    let text = turn.words(&format!("text-{}", shared.seq));
    write(turn, Action::shared(Event::Request { shared, text }), Some(Genre::Message))?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}

fn answer(turn: &mut Turn<'_>) -> Did {
    let request = turn.entry("entry")?;
    let answer = match turn.request.field("answer") {
        "yes" => Answer::Yes,
        "no" => Answer::No,
        "offer" => Answer::OtherOffer { text: turn.words(&format!("offer-{}", request.seq)) },
        _ => return Err(Wrong::Unknown),
    };
    write(turn, Action::shared(Event::Answer { request, answer }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}

/// What is a need, and what is control: kept apart, for either of the two. Nothing typed here is kept.
fn control(look: &Look<'_>) -> Page {
    let rows = ["passwords", "tracking", "people", "money", "sex"];
    let main = html! {
        p class="lead" { (look.text("look-control-lead")) }
        table class="compare" {
            thead { tr { th scope="col" { (look.text("look-control-need")) } th scope="col" { (look.text("look-control-control")) } } }
            tbody { @for row in rows {
                tr {
                    td data-side=(look.text("look-control-need")) { (look.text(&format!("look-control-need-{row}"))) }
                    td data-side=(look.text("look-control-control")) { (look.text(&format!("look-control-{row}"))) }
                }
            } }
        }
        p { strong { (look.text("look-violence-rule")) } " " a href="/safety" { (look.text("nav-help")) } }
    };
    look.page("needs", "look-control", &main)
}
