//! The weekly look at each plan: did the moment come, did the plan hold. Weeks without a look are neutral.

use amends_domain::apologize::change::{Event, WeeklyLook};
use amends_domain::id::{Day, EntryId};
use amends_domain::permit::Action;
use amends_tools::week::monday;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

/// Weeks shown in the grid.
const WEEKS: i32 = 12;

pub(super) fn page(look: &Look<'_>) -> Page {
    let plans: Vec<_> = look.world().change.plans.iter().collect();
    let week = monday(look.today());
    let looked = |plan, week| look.world().change.looks(plan).any(|one| monday(one.week) == week);
    let filled = |week| plans.iter().all(|(plan, _)| looked(*plan, week));
    let main = html! {
        p class="lead" { (look.text("look-week-lead")) }
        @if plans.is_empty() { p { (look.text("look-no-plan-yet")) " " (look.tool("change", "plan")) } }
        @else {
            (look.form("keep", &html! {
                (look.which_week(filled))
                @for (id, draft) in &plans { (question(look, *id, &draft.text.current.if_situation)) }
                (look.main_button("look-keep"))
            }))
            (grid(look, &plans.iter().map(|(id, draft)| (*id, draft.text.current.if_situation.as_str())).collect::<Vec<_>>(), week))
        }
    };
    look.page("change", "look-week", &main)
}

fn question(look: &Look<'_>, plan: EntryId, situation: &str) -> Markup {
    let (field, note) = (format!("plan-{}", name(plan)), format!("note-{}", name(plan)));
    let chosen = look.typed(&field, "");
    html! {
        fieldset class="lined" {
            legend { (look.text("look-if")) " " (situation) }
            @for (value, key) in [("held", "look-held"), ("not", "look-not-held"), ("none", "look-not-fired"), ("", "look-leave-out")] {
                (choice("radio", &field, value, &look.text(key), chosen == value))
            }
            (look.line(&note, "look-week-note", ""))
        }
    }
}

/// One row for each plan, one column for each week: words in every cell.
fn grid(look: &Look<'_>, plans: &[(EntryId, &str)], last: Day) -> Markup {
    let mut columns: Vec<Day> = (0..WEEKS).map(|back| last.plus(-7 * back)).collect();
    columns.reverse();
    let looked = |plan: EntryId, week: Day| -> Option<&WeeklyLook> {
        look.world().change.looks(plan).find(|one| monday(one.week) == week)
    };
    let shown: Vec<Day> = columns
        .into_iter()
        .filter(|week| plans.iter().any(|(plan, _)| looked(*plan, *week).is_some()))
        .collect();
    if shown.is_empty() {
        return look.quiet("look-no-weeks");
    }
    html! {
        h2 { (look.text("look-weeks-before")) }
        div class="scroll" tabindex="0" role="region" aria-label=(look.text("look-weeks-before")) {
            table class="plain" {
                thead { tr {
                    th scope="col" { (look.text("look-if")) }
                    @for week in &shown { th scope="col" { (look.date(*week)) } }
                } }
                tbody { @for (plan, situation) in plans {
                    tr {
                        th scope="row" { (situation) }
                        @for week in &shown { td { (cell(look, looked(*plan, *week))) } }
                    }
                } }
            }
        }
        (look.quiet("look-weeks-neutral"))
    }
}

fn cell(look: &Look<'_>, looked: Option<&WeeklyLook>) -> Markup {
    let Some(looked) = looked else { return html! { span class="quiet" { "–" } } };
    let key = match (looked.fired, looked.held) {
        (false, _) => "look-not-fired",
        (true, Some(true)) => "look-held",
        (true, Some(false)) => "look-not-held",
        (true, None) => "look-fired",
    };
    html! { (look.text(key)) @if !looked.note.is_empty() { br; span class="quiet" { (looked.note) } } }
}

pub(super) fn act(turn: &mut Turn<'_>) -> Did {
    let week = turn.day("week")?;
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let plans: Vec<EntryId> = vault.state().world().change.plans.iter().map(|(id, _)| id).collect();
    let mut kept = 0;
    for plan in plans {
        let (fired, held) = match turn.request.field(&format!("plan-{}", name(plan))) {
            "held" => (true, Some(true)),
            "not" => (true, Some(false)),
            "none" => (false, None),
            _ => continue,
        };
        let note = turn.words(&format!("note-{}", name(plan)));
        write(turn, Action::private(Event::Weekly { plan, week, fired, held, note }), None)?;
        kept += 1;
    }
    if kept == 0 {
        return Err(Wrong::Say("look-nothing-chosen"));
    }
    Ok(Next::Go("/look/change/week".to_owned(), "look-kept"))
}
