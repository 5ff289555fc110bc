//! A letter on its way: its writer can take it back; its reader opens it when ready, lays it aside or gives it back.
//! Nobody learns whether it was read.

use amends_domain::id::{DAY, EntryId};
use amends_domain::permission::{LetterAuthor, LetterFor, LetterReader};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{Event, SenderSees};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, write};
use super::PATH;
use super::dated;
use super::letters::status;
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

/// A letter that was sent: to read, or to take back.
pub(super) fn page(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let main = match look.world().letter_for(look.me(), id)? {
        LetterFor::Author(author) => for_author(look, id, &author),
        LetterFor::Reader(reader) if is_seen(look, id) => for_reader(look, id, &reader),
        LetterFor::Reader(_) => return None,
    };
    Some(look.page("communication", "look-letter", &main))
}

/// A kind that was muted, or that does not fit the own pace, is not there.
fn is_seen(look: &Look<'_>, id: EntryId) -> bool {
    look.state().event(id).is_some_and(|event| look.state().may_see(look.me(), event, look.moment()))
}

fn for_author(look: &Look<'_>, id: EntryId, author: &LetterAuthor<'_>) -> Markup {
    html! {
        p class="quiet" {
            (look.text(status(author.status())))
            @if let Some(day) = author.opens_at() {
                " · " (look.fill("look-letter-opens", "date", look.date(look.day_of(day))))
            }
        }
        (look.sheet(&look.said(author.text())))
        @if author.status() == SenderSees::Sent {
            (dated::for_author(look, id, author))
            section class="card no-print" {
                p { (look.text("look-recall-help")) }
                (look.one_button("recall", id, "look-recall"))
            }
        }
        (look.how_to_print())
    }
}

fn for_reader(look: &Look<'_>, id: EntryId, reader: &LetterReader<'_>) -> Markup {
    let give_back = html! {
        details {
            summary { (look.text("look-give-back-letter")) }
            p { (look.text("look-give-back-help")) }
            (look.one_button("return", id, "look-give-back-now"))
        }
    };
    match reader.text() {
        Some(text) => html! {
            (look.sheet(&look.said(text)))
            div class="no-print" { (give_back) }
        },
        None if !reader.is_ready(look.now()) => html! {
            (dated::for_reader(look, id, reader))
            (give_back)
        },
        None => html! {
            p class="lead" { (look.text("look-letter-waits")) }
            @if let Some(until) = reader.held_until().filter(|until| until.is_none_or(|until| until > look.now())) {
                p class="quiet" { @match until {
                    Some(until) => (look.fill("look-held-until", "date", look.date(look.day_of(until)))),
                    None => (look.text("look-held")),
                } }
            }
            (look.form("open", &html! { (hidden("entry", &name(id))) (look.main_button("look-letter-open-now")) }))
            details {
                summary { (look.text("look-hold")) }
                (look.form("hold", &html! {
                    (look.select("days", &look.text("look-hold-days"), &days(look), "7"))
                    (look.button("look-hold-now"))
                }))
            }
            (give_back)
        },
    }
}

fn days(look: &Look<'_>) -> Vec<(String, String)> {
    [1, 3, 7, 14, 30]
        .map(|days: u32| (days.to_string(), look.with("look-days", &[("count", days.into())])))
        .to_vec()
}

pub(super) fn act(turn: &mut Turn<'_>, letter: EntryId) -> Did {
    let here = format!("{PATH}/letter/{}", name(letter));
    let (action, next, said) = match turn.wish() {
        "recall" => (Action::shared(Event::Recall { letter }), format!("{PATH}/letters"), "look-recalled"),
        "open" => (Action::private(Event::OpenLetter { letter }), here, "look-opened"),
        "give" => (dated::give(letter), here, "look-half-given"),
        "ask" => (Action::shared(Event::AskHalf { letter }), here, "look-half-asked-now"),
        "return" => (Action::shared(Event::Return { letter }), format!("{PATH}/letters"), "look-given-back"),
        "hold" => {
            let days: u64 = turn.request.field("days").parse().map_err(|_| Wrong::Unknown)?;
            let until = Some(turn.visit.moment.now.plus(days.min(365) * DAY));
            (Action::private(Event::Hold { letter, until }), here, "look-held-kept")
        }
        _ => return Err(Wrong::Unknown),
    };
    write(turn, action, None)?;
    Ok(Next::Go(next, said))
}
