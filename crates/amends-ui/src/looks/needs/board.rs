//! The own board: forty words in eight groups and own ones, each a card with a mark; shown one at a time.

use amends_domain::bank::{NEED_GROUPS, NeedId};
use amends_domain::permit::Action;
use amends_domain::prove::needs::{Event, Mark, Need};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::{PATH, mark_words, words};
use crate::area::Turn;
use crate::layout::Page;

const MARKS: [Mark; 4] = [Mark::Now, Mark::Later, Mark::NotFromYou, Mark::DontKnow];

/// Forty words in eight groups, and own ones. Each is a card with a mark.
pub(super) fn page(look: &Look<'_>) -> Page {
    let own = look.world().needs.own();
    let marked = |need: &Need| own.iter().find(|(other, _)| other == need).map(|(_, mark)| *mark);
    let options: Vec<(String, String)> = std::iter::once((String::new(), look.text("look-no-mark")))
        .chain(MARKS.into_iter().map(|mark| (value(mark), mark_words(look, mark))))
        .collect();
    let inner = html! {
        @for group in NEED_GROUPS {
            section class="group" {
                h2 { (look.text(&format!("needs-{}", group.slug))) }
                div class="board" {
                    @for id in (group.first..group.first + group.len).map(NeedId) {
                        @let need = Need::Word(id);
                        @let mark = marked(&need);
                        div class=(format!("need {}", mark.map(slug).unwrap_or_default())) {
                            (look.select(&format!("need-{}", id.0), &words(look, &need), &options, &mark.map(value).unwrap_or_default()))
                        }
                    }
                }
            }
        }
        h2 { (look.text("look-own-needs")) }
        @for (need, mark) in own.iter().filter(|(need, _)| matches!(need, Need::Own(_))) {
            p { (words(look, need)) " " span class="quiet" { (mark_words(look, *mark)) } }
        }
        (look.line("own", "look-own-need", ""))
        (look.select("own-mark", &look.text("look-mark"), &options[1..], "now"))
        (look.main_button("look-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-board-lead")) }
        (look.form("mark", &inner))
        @if !own.is_empty() && look.world().partner.is_some() { (show(look, own)) }
        (look.how_to_print())
    };
    look.page("needs", "look-needs-board", &main)
}

/// Marked needs that can be shown to the other, one at a time.
fn show(look: &Look<'_>, own: &[(Need, Mark)]) -> Markup {
    let shown: Vec<&Need> = look
        .world()
        .needs
        .shared()
        .filter(|(_, need)| need.owner == look.me())
        .map(|(_, need)| &need.need)
        .collect();
    html! {
        section class="card no-print" {
            h2 { (look.text("look-show-need")) }
            (look.quiet("look-show-need-help"))
            @for (row, (need, mark)) in own.iter().enumerate().filter(|(_, (need, _))| !shown.contains(&need)) {
                (look.form("share", &html! {
                    (hidden("row", &row.to_string()))
                    button type="submit" { (words(look, need)) ": " (mark_words(look, *mark)) }
                }))
            }
        }
    }
}

pub(super) fn mark(turn: &mut Turn<'_>) -> Did {
    let before: Vec<(Need, Mark)> =
        turn.session.vault().ok_or(Wrong::Unknown)?.state().world().needs.own().to_vec();
    let mut wanted: Vec<(Need, Mark)> = NEED_GROUPS
        .iter()
        .flat_map(|group| group.first..group.first + group.len)
        .filter_map(|id| Some((Need::Word(NeedId(id)), by_name(turn.request.field(&format!("need-{id}")))?)))
        .collect();
    let own = turn.words("own");
    if let Some(mark) = by_name(turn.request.field("own-mark")).filter(|_| !own.is_empty()) {
        wanted.push((Need::Own(own), mark));
    }
    wanted.retain(|one| !before.contains(one));
    for (need, mark) in wanted {
        write(turn, Action::private(Event::Mark { need, mark }), None)?;
    }
    Ok(Next::Go(format!("{PATH}/board"), "look-kept"))
}

pub(super) fn share(turn: &mut Turn<'_>) -> Did {
    let row: usize = turn.request.field("row").parse().map_err(|_| Wrong::Unknown)?;
    let own = turn.session.vault().ok_or(Wrong::Unknown)?.state().world().needs.own();
    let (need, mark) = own.get(row).cloned().ok_or(Wrong::Unknown)?;
    write(turn, Action::shared(Event::Share { need, mark }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}
