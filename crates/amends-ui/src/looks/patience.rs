//! 3.6 The weekly check-in with its plot, what I controlled, and the review every three months.

mod charts;

use amends_domain::permit::Action;
use amends_domain::prove::patience::{Decision, Degree, Event, Item, ItemAnswer};
use amends_tools::Side;
use amends_tools::week::monday;
use maud::{Markup, html};

use super::kit::choice;
use super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;

const PATH: &str = "/look/patience";
const DEGREES: [Degree; 4] = [Degree::Yes, Degree::Partly, Degree::No, Degree::Skipped];
const DECISIONS: [Decision; 3] = [Decision::Together, Decision::Apart, Decision::NotYet];
const QUESTIONS: [&str; 3] = ["wrote", "told", "listened"];

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["check-in"] => Some(check_in(look)),
        ["controlled"] => Some(controlled(look)),
        ["review"] => Some(review(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], _) => charts::act(turn),
        (["check-in"], "keep") => keep_check_in(turn),
        (["controlled"], "keep") => keep_controlled(turn),
        (["review"], "keep" | "tell") => keep_review(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let side = look.frame.side();
    let begun = look.world().patience.controlled().next().is_some();
    let card = |path: &str, key: &str| {
        html! { li { h2 { (look.link(path, key)) } p { (look.text(&format!("{key}-about"))) } } }
    };
    let check_in_card = card("/look/patience/check-in", "look-check-in");
    let controlled_card = card("/look/patience/controlled", "look-controlled");
    let main = html! {
        (lead(look, "patience"))
        @if look.world().patience.opens_safety() {
            p class="note" { (look.text("look-is-this-safe")) " " a href="/safety" { (look.text("nav-help")) } }
        }
        ul class="cards" {
            @if side == Side::Doer { (controlled_card) (check_in_card) }
            @else {
                (check_in_card)
                @if side != Side::Hurt || begun { (controlled_card) }
            }
            li { h2 { (look.link("/look/patience/review", "look-review")) } p { (look.text("look-review-about")) } }
        }
        (charts::own(look))
        (charts::shared(look))
    };
    look.page("patience", "look-patience", &main)
}

fn check_in(look: &Look<'_>) -> Page {
    let due = look.world().patience.due(look.today());
    let main = html! {
        p class="lead" { (look.text("look-check-in-lead")) }
        (look.quiet("check-in-own-items"))
        @if due.is_empty() { p { (look.text("look-check-in-done")) } }
        @else {
            (look.form("keep", &html! {
                @for item in due { (one_item(look, item)) }
                (look.line("note", "ask-note", ""))
                (look.main_button("look-keep"))
            }))
        }
        p { (look.link(PATH, "look-own-charts")) }
    };
    look.page("patience", "look-check-in", &main)
}

/// Eleven buttons from 0 to 10, and one to skip: no slider, so that a tap is enough.
fn one_item(look: &Look<'_>, item: Item) -> Markup {
    let field = value(item);
    let chosen = look.typed(&field, "");
    html! {
        fieldset class="scale" {
            legend { (look.text(item.message_key())) }
            p class="ends quiet" { span { "0 " (look.text("look-not-at-all")) } span { "10 " (look.text("look-fully")) } }
            div class="numbers" {
                @for number in 0..=10 {
                    @let number = number.to_string();
                    label { input type="radio" name=(field) value=(number) checked[chosen == number]; span { (number) } }
                }
            }
            (choice("radio", &field, "", &look.text("look-skip"), chosen.is_empty()))
        }
    }
}

fn keep_check_in(turn: &mut Turn<'_>) -> Did {
    let moment = turn.visit.moment;
    let day = moment.now.day(moment.utc_offset);
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let due = vault.state().world().patience.due(day);
    let answers: Vec<ItemAnswer> = due
        .into_iter()
        .map(|item| ItemAnswer { item, value: turn.request.field(&value(item)).parse().ok() })
        .collect();
    if answers.is_empty() {
        return Err(Wrong::Say("look-check-in-done"));
    }
    let note = turn.words("note");
    write(turn, Action::private(Event::CheckIn { day, answers, note }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

/// What I had in my hands this week, and the weeks before as they were.
fn controlled(look: &Look<'_>) -> Page {
    let filled = |week| look.world().patience.controlled().any(|(day, _)| monday(day) == week);
    let inner = html! {
        (look.which_week(filled))
        @for question in QUESTIONS {
            @let chosen = look.typed(question, "skipped");
            fieldset class="inline lined" {
                legend { (look.text(&format!("controlled-{question}"))) }
                @for degree in DEGREES {
                    (choice("radio", question, &value(degree), &look.text(&format!("cli-degree-{}", slug(degree))), chosen == value(degree)))
                }
            }
        }
        (look.area("note", "look-controlled-note", 3, ""))
        (look.main_button("look-keep"))
    };
    let before: Vec<_> = look.world().patience.controlled().collect();
    let degree = |degree: Degree| look.text(&format!("cli-degree-{}", slug(degree)));
    let main = html! {
        p class="lead" { (look.text("look-controlled-lead")) }
        (look.form("keep", &inner))
        @if !before.is_empty() {
            h2 { (look.text("look-weeks-before")) }
            div class="scroll" tabindex="0" role="region" aria-label=(look.text("look-weeks-before")) {
                table class="plain stack" {
                    thead { tr {
                        th scope="col" { (look.text("look-week-from")) }
                        @for question in QUESTIONS { th scope="col" { (look.text(&format!("controlled-{question}"))) } }
                        th scope="col" { (look.text("look-note-column")) }
                    } }
                    tbody { @for (week, one) in before.iter().rev().take(13) { tr {
                        th scope="row" { (look.dated(monday(*week))) }
                        @for (question, said) in QUESTIONS.into_iter().zip([one.wrote, one.told, one.listened]) {
                            td data-side=(look.text(&format!("controlled-{question}"))) { (degree(said)) }
                        }
                        td data-side=(look.text("look-note-column")) { (one.note) }
                    } } }
                }
            }
            (look.quiet("look-weeks-mean-nothing"))
        }
    };
    look.page("patience", "look-controlled", &main)
}

fn keep_controlled(turn: &mut Turn<'_>) -> Did {
    let degree =
        |field: &str| by_name(turn.request.field(field)).ok_or(Wrong::Say("look-controlled-missing"));
    let event = Event::Controlled {
        week: turn.day("week")?,
        wrote: degree("wrote")?,
        told: degree("told")?,
        listened: degree("listened")?,
        note: turn.words("note"),
    };
    write(turn, Action::private(event), None)?;
    Ok(Next::Go(format!("{PATH}/controlled"), "look-kept"))
}

/// Together, apart, not yet: three ways that count the same.
fn review(look: &Look<'_>) -> Page {
    let chosen = look.typed("decision", "");
    let reviews: Vec<_> = look.world().patience.reviews().collect();
    let inner = html! {
        fieldset class="inline" {
            legend { (look.text("look-review-where")) }
            @for decision in DECISIONS {
                (choice("radio", "decision", &value(decision), &look.text(&format!("decision-{}", slug(decision))), chosen == value(decision)))
            }
        }
        (look.area("text", "look-review-words", 4, ""))
        (look.which_incident(None))
        (look.main_button("look-review-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-review-lead")) }
        (look.form("keep", &inner))
        (look.quiet("look-private"))
        (look.tools("patience", &["tell-decision", "closing"]))
        @if !reviews.is_empty() {
            h2 { (look.text("look-reviews-before")) }
            @for (_, review) in reviews.iter().rev() {
                section class="card" {
                    h3 { (look.text(&format!("decision-{}", slug(review.decision)))) }
                    p class="quiet" { (look.who(review.author)) " · " (look.dated(look.day_of(review.at)))
                        " · " (look.text(if review.told { "look-told" } else { "look-only-you" })) }
                    (look.said(&review.text))
                }
            }
        }
        (look.how_to_print())
    };
    look.page("patience", "look-review", &main)
}

fn keep_review(turn: &mut Turn<'_>) -> Did {
    let decision = by_name(turn.request.field("decision")).ok_or(Wrong::Say("look-nothing-chosen"))?;
    let event = Event::Review { incident: turn.incident(None).ok(), decision, text: turn.words("text") };
    write(turn, Action::private(event), None)?;
    Ok(Next::Go(format!("{PATH}/review"), "look-kept"))
}
