//! Chores, the own share first. No points and no sums.

use amends_domain::event::Space;
use amends_domain::id::{Day, EntryId};
use amends_domain::permit::Action;
use amends_domain::prove::gratitude::{Chore, Event, Whose};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::write::{Did, Next, Wrong, by_name, write};
use super::PATH;
use crate::area::Turn;
use crate::layout::Page;

/// The list, and a way to add to it.
pub(super) fn page(look: &Look<'_>) -> Page {
    let all = look.world().gratitude.chores(look.me());
    let paired = look.world().partner.is_some();
    let main = html! {
        p class="lead" { (look.text("look-chores-lead")) }
        @for (title, own) in [("look-chores-mine", true), ("look-chores-other", false)] {
            @let part: Vec<_> = all.iter().filter(|(_, chore)| is_own(look, chore) == own).collect();
            @if !part.is_empty() {
                h2 { (look.text(title)) }
                ul class="chores" { @for (id, chore) in part { li { (one_chore(look, *id, chore)) } } }
            }
        }
        (look.form("add", &html! {
            h2 { (look.text("look-chore-new")) }
            (look.line("text", "look-chore-what", ""))
            fieldset class="inline" {
                legend { (look.text("look-chore-whose")) }
                (choice("radio", "whose", "mine", &look.text("look-chore-mine"), true))
                (choice("radio", "whose", "ours", &look.text("look-chore-ours"), false))
            }
            @if paired { (choice("checkbox", "both", "yes", &look.text("look-chore-both"), false)) }
            (look.button("look-keep"))
        }))
    };
    look.page("gratitude", "look-chores", &main)
}

fn is_own(look: &Look<'_>, chore: &Chore) -> bool {
    chore.author == look.me() && chore.whose == Whose::Mine
}

fn one_chore(look: &Look<'_>, id: EntryId, chore: &Chore) -> Markup {
    let today = look.today();
    let done_today = chore.done.contains(&(look.me(), today));
    let last = chore.done.iter().map(|(_, day)| *day).max();
    let may = chore.author == look.me() || chore.whose == Whose::Ours;
    html! {
        p { (chore.text) @if chore.space == Space::Private { " " span class="quiet" { (look.text("look-only-you")) } } }
        @if let Some(day) = last { p class="quiet" { (look.fill("look-chore-last", "date", look.date(day))) } }
        div class="row" {
            @if may && !done_today { (look.one_button("done", id, "look-chore-done")) }
            @if chore.author == look.me() { (look.one_button("drop", id, "look-chore-drop")) }
        }
        @if done_today { (look.quiet("look-chore-today")) }
    }
}

pub(super) fn add(turn: &mut Turn<'_>) -> Did {
    let whose = by_name(turn.request.field("whose")).ok_or(Wrong::Say("problem-choose"))?;
    let space = if turn.request.has("both") { Space::Shared } else { Space::Private };
    let body = Event::AddChore { text: turn.words("text"), whose }.into();
    write(turn, Action { space, body }, None)?;
    Ok(Next::Go(format!("{PATH}/chores"), "look-kept"))
}

pub(super) fn act(turn: &mut Turn<'_>, event: impl Fn(EntryId, Day) -> Event) -> Did {
    let chore = turn.entry("entry")?;
    let moment = turn.visit.moment;
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let all = vault.state().world().gratitude.chores(vault.me());
    let space = all.iter().find(|(id, _)| *id == chore).ok_or(Wrong::Unknown)?.1.space;
    let body = event(chore, moment.now.day(moment.utc_offset)).into();
    write(turn, Action { space, body }, None)?;
    Ok(Next::Go(format!("{PATH}/chores"), "look-kept"))
}
