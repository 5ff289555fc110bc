//! 2.2 The map of triggers with its plans, the weekly look, the calendar, and events that touch a trigger.

mod calendar;
mod week;

use amends_domain::apologize::change::{Event, Plan, TriggerSort};
use amends_domain::id::EntryId;
use amends_domain::permit::Action;
use maud::{Markup, html};

use super::write::{Did, Next, Wrong, slug, write};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/change";
const SORTS: [TriggerSort; 5] =
    [TriggerSort::Person, TriggerSort::Place, TriggerSort::Time, TriggerSort::State, TriggerSort::Device];

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["week"] => Some(week::page(look)),
        ["calendar"] => Some(calendar::page(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "rehearse") => {
            let plan = turn.entry("entry")?;
            write(turn, Action::private(Event::Rehearse { plan }), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-rehearsed"))
        }
        (["week"], _) => week::act(turn),
        (["calendar"], _) => calendar::act(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let main = html! {
        (lead(look, "change"))
        // Whoever was hurt finds first what was shown to them: the map is the work of the other.
        @if look.was_only_hurt() {
            @if !is_shared(look) { (look.quiet("look-no-shared-plan")) }
            (shared(look))
            (look.for_who_did("look-map", &map(look)))
        } @else {
            ul class="links no-print" {
                li { (look.link("/look/change/week", "look-week")) }
                li { (look.link("/look/change/calendar", "look-calendar")) }
            }
            (look.for_who_did("look-map", &map(look)))
            (shared(look))
        }
        @if is_shared(look) || !look.was_only_hurt() { (look.how_to_print()) }
    };
    look.page("change", "look-change", &main)
}

/// Triggers by sort, each with its plans, and how to write one down.
fn map(look: &Look<'_>) -> Markup {
    let step = &look.world().change;
    let loose: Vec<_> = step.plans.iter().filter(|(_, draft)| draft.text.current.trigger.is_none()).collect();
    html! {
        @for sort in SORTS { (of_sort(look, sort)) }
        @if step.triggers.iter().next().is_none() { (look.quiet("look-map-empty")) }
        @if !loose.is_empty() {
            h3 { (look.text("look-other-plans")) }
            @for (id, draft) in loose { (plan(look, id, &draft.text.current)) }
        }
        (look.tools("change", &["trigger", "plan", "no-contact", "slip"]))
    }
}

fn is_shared(look: &Look<'_>) -> bool {
    let step = &look.world().change;
    step.all_shared().next().is_some() || step.shared_no_contact().next().is_some()
}

fn of_sort(look: &Look<'_>, sort: TriggerSort) -> Markup {
    let step = &look.world().change;
    let triggers: Vec<_> =
        step.triggers.iter().filter(|(_, draft)| draft.text.current.sort == sort).collect();
    html! {
        @if !triggers.is_empty() {
            section class="card" {
                h3 { (look.text(&format!("trigger-{}", slug(sort)))) }
                @for (id, draft) in triggers {
                    div class="trigger" {
                        p class="own" { (draft.text.current.text) }
                        @if !draft.text.current.words.is_empty() {
                            p class="chips" { @for word in &draft.text.current.words { span class="chip" { (word) } " " } }
                        }
                        @let plans: Vec<_> = step.plans.iter().filter(|(_, plan)| plan.text.current.trigger == Some(id)).collect();
                        @if plans.is_empty() { (look.quiet("look-no-plan-yet")) }
                        @for (plan_id, found) in plans { (plan(look, plan_id, &found.text.current)) }
                    }
                }
            }
        }
    }
}

/// One plan: if, then, who helps, and going through it in mind.
fn plan(look: &Look<'_>, id: EntryId, plan: &Plan) -> Markup {
    html! {
        div class="plan" {
            (if_then(look, plan))
            p class="quiet" {
                (look.text(&format!("help-{}", slug(plan.help))))
                @if let Some(day) = plan.review_on { " · " (look.fill("look-review-on", "date", look.date(day))) }
            }
            details class="no-print" {
                summary { (look.text("look-rehearse")) }
                p { (look.text("look-rehearse-how")) }
                (look.one_button("rehearse", id, "look-rehearse-done"))
            }
        }
    }
}

fn if_then(look: &Look<'_>, plan: &Plan) -> Markup {
    html! {
        dl class="if-then" {
            dt { (look.text("look-if")) } dd { (plan.if_situation) }
            dt { (look.text("look-then")) } dd { (plan.then_act) }
        }
    }
}

/// Plans that one of the two showed to the other, and what was suggested.
fn shared(look: &Look<'_>) -> Markup {
    let step = &look.world().change;
    let all: Vec<_> = step.all_shared().collect();
    html! {
        @if !all.is_empty() {
            h2 { (look.text("look-shared-plans")) }
            @for (id, shared) in all {
                section class="card" id=(name(id)) {
                    p class="quiet" { (look.who(shared.author)) @if shared.co_edit { " · " (look.text("look-co-edit")) } }
                    (if_then(look, &shared.plan.current))
                    @for (_, text) in &shared.suggestions {
                        p class="quiet" { (look.text("look-suggested")) } (look.said(text))
                    }
                    (look.tools("change", if shared.author == look.me() { &["edit-shared", "stop-sharing"] } else { &["suggest"] }))
                }
            }
        }
        @for (_, author, plan) in step.shared_no_contact() {
            section class="card" {
                h3 { (look.fill("look-no-contact", "who", plan.with.clone())) }
                p class="quiet" { (look.who(author)) }
                (look.said(&plan.ended_how))
                ul { @for way in &plan.closed { li { (way) } } }
                (look.said(&plan.if_they_reach_out))
                (look.said(&plan.if_unavoidable))
            }
        }
    }
}
