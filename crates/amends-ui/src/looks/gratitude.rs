//! 3.5 Notes at their place and day, a note for the kitchen table, a gift without a string, chores.

mod chores;

use amends_domain::id::EntryId;
use amends_domain::permit::Action;
use amends_domain::prove::gratitude::{Event, Gift, GiftTiming, Note, Sent, Spot, gift_timing};
use amends_domain::versions::Save;
use amends_lint::Genre;
use maud::{Markup, html};

use super::Look;
use super::kit::choice;
use super::paper::{Boxes, Written};
use super::write::{Did, Next, Wrong, by_name, value, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::{name, named};

const PATH: &str = "/look/gratitude";
const SPOTS: [Spot; 4] = [Spot::Today, Spot::Path, Spot::Talk, Spot::Print];

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["note"] => Some(note_page(look)),
        ["gift"] => Some(gift_page(look)),
        ["chores"] => Some(chores::page(look)),
        ["print", id] => print(look, named(id)?),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        (["note"], "note") => note(turn),
        (["gift"], "gift") => gift(turn),
        (["chores"], "add") => chores::add(turn),
        (["chores"], "done") => chores::act(turn, |chore, day| Event::DoneChore { chore, day }),
        (["chores"], "drop") => chores::act(turn, |chore, _| Event::DropChore { chore }),
        _ => Err(Wrong::Unknown),
    }
}

/// Notes and cards of the other that may be seen today, oldest first.
fn for_me<'l>(look: &Look<'l>) -> Vec<&'l Sent> {
    let state = look.state();
    let seen = |id| state.event(id).is_some_and(|event| state.may_see(look.me(), event, look.moment()));
    let all = look.world().gratitude.sent().filter(|(id, sent)| sent.author != look.me() && seen(*id));
    all.map(|(_, sent)| sent).collect()
}

/// Notes of the other that appear at a place today.
pub(super) fn notes_at(look: &Look<'_>, spot: Spot) -> Markup {
    let mut notes = for_me(look);
    notes.retain(|sent| sent.note.spot == spot);
    html! { @for sent in notes.iter().rev().take(3) { div class="kitchen-note" { (look.said(&sent.note.text)) } } }
}

fn overview(look: &Look<'_>) -> Page {
    let step = &look.world().gratitude;
    let printable: Vec<_> =
        step.notes.iter().filter(|(_, draft)| draft.text.current.spot == Spot::Print).collect();
    let ways = html! {
        ul class="links no-print" {
            li { (look.link("/look/gratitude/note", "look-note")) }
            li { (look.link("/look/gratitude/gift", "look-gift")) }
            li { (look.link("/look/gratitude/chores", "look-chores")) }
        }
    };
    let main = html! {
        p class="lead" { (look.frame.spoken("look-gratitude-lead")) }
        @if !look.was_only_hurt() { (ways) }
        h2 { (look.text("look-notes-for-you")) }
        @let theirs = for_me(look);
        @if theirs.is_empty() { (look.quiet("look-notes-none")) }
        @for sent in theirs.iter().rev() {
            div class="kitchen-note" {
                @if sent.gift { p class="quiet" { (look.text("look-with-a-gift")) } }
                (look.said(&sent.note.text))
            }
        }
        @if look.was_only_hurt() { h2 { (look.text("look-gratitude-own")) } (ways) }
        @if !printable.is_empty() {
            h2 { (look.text("look-notes-print")) }
            ul class="links" { @for (id, draft) in printable {
                li { a href=(format!("{PATH}/print/{}", name(id))) { (draft.text.current.text.lines().next().unwrap_or_default()) } }
            } }
        }
        @let mine: Vec<_> = step.sent().filter(|(_, sent)| sent.author == look.me()).collect();
        @if !mine.is_empty() {
            h2 { (look.text("look-notes-sent")) }
            table class="plain" {
                thead { tr { th scope="col" { (look.text("look-note")) } th scope="col" { (look.text("look-note-where")) } } }
                tbody { @for (_, sent) in mine { tr {
                    th scope="row" { (sent.note.text) }
                    td {
                        (look.text(&format!("look-spot-{}", value(sent.note.spot))))
                        @if let Some(day) = sent.note.on { " · " (look.dated(day)) }
                    }
                } } }
            }
        }
    };
    look.page("gratitude", "look-gratitude", &main)
}

fn note_page(look: &Look<'_>) -> Page {
    // Alone there is nobody to show it to: the kitchen table is left.
    let alone = look.world().partner.is_none();
    let chosen = look.typed("spot", if alone { "print" } else { "today" });
    let inner = |boxes: &Boxes| {
        html! {
            (boxes.area(look, "text", "look-note-text", 4))
            p { (look.look_button()) }
            fieldset class="inline" {
                legend { (look.text("look-note-where")) }
                @for spot in SPOTS.into_iter().filter(|spot| !alone || *spot == Spot::Print) {
                    (choice("radio", "spot", &value(spot), &look.text(&format!("look-spot-{}", value(spot))), chosen == value(spot)))
                }
            }
            @if alone { (look.main_button_named("keep", "look-note-make")) }
            @else {
                (look.day_field("on", "look-note-day", None))
                (look.main_button_named("keep", "look-note-give"))
            }
        }
    };
    let written = Written { tool: ("gratitude", "note"), about: None };
    let boxes = [("text".to_owned(), String::new())];
    let main = html! {
        p class="lead" { (look.text("look-note-lead")) }
        (look.live_form("note", Genre::Gratitude, written, "", &boxes, inner))
    };
    look.page("gratitude", "look-note", &main)
}

fn note(turn: &mut Turn<'_>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let spot = by_name(turn.request.field("spot")).ok_or(Wrong::Say("problem-choose"))?;
    // A day that cannot be read is no day: the note would show at once.
    let on = if turn.request.field("on").trim().is_empty() { None } else { Some(turn.day("on")?) };
    let note = Note { text: turn.words("text"), spot, on };
    if spot == Spot::Print {
        if note.text.is_empty() {
            return Err(Wrong::Say("refusal-empty"));
        }
        let id =
            write(turn, Action::private(Event::SaveNote(Save::new(None, note))), Some(Genre::Gratitude))?;
        return Ok(Next::Go(format!("{PATH}/print/{}", name(id)), "look-kept"));
    }
    write(turn, Action::shared(Event::SendNote(note)), Some(Genre::Gratitude))?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}

/// A note for the kitchen table: large, alone on its sheet.
fn print(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let draft = look.world().gratitude.notes.get(id)?;
    let main = html! {
        (look.how_to_print())
        article class="table-card" { (look.said(&draft.text.current.text)) }
    };
    Some(look.page("gratitude", "look-note-print", &main))
}

fn gift_page(look: &Look<'_>) -> Page {
    let hints = gift_timing(look.world(), look.now());
    let inner = |boxes: &Boxes| {
        html! {
            (look.line("what", "look-gift-what", ""))
            (boxes.area(look, "hope", "gift-hope", 2))
            (boxes.area(look, "card", "look-gift-card", 2))
            p class="row" {
                (look.look_button())
                button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-gift-keep")) }
                @if look.world().partner.is_some() {
                    button type="submit" name="send" value="yes" { (look.text("look-gift-send")) }
                }
            }
        }
    };
    let written = Written { tool: ("gratitude", "gift"), about: None };
    let boxes = ["hope", "card"].map(|name| (name.to_owned(), String::new()));
    let main = html! {
        p class="lead" { (look.text("look-gift-lead")) }
        @for hint in hints {
            p class="note" { (look.text(match hint {
                GiftTiming::AfterConflict => "gift-after-conflict",
                GiftTiming::JoinedToRequest => "gift-joined-to-request",
            })) }
        }
        (look.live_form("gift", Genre::Gratitude, written, "", &boxes, inner))
    };
    look.page("gratitude", "look-gift", &main)
}

fn gift(turn: &mut Turn<'_>) -> Did {
    let gift = Gift { what: turn.words("what"), hope: turn.words("hope"), card: turn.words("card") };
    if turn.request.has("send") {
        write(turn, Action::shared(Event::SendGift { text: gift.card }), Some(Genre::Gratitude))?;
        return Ok(Next::Go(PATH.to_owned(), "look-sent"));
    }
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    if gift.what.is_empty() {
        return Err(Wrong::Say("refusal-empty"));
    }
    write(turn, Action::private(Event::SaveGift(Save::new(None, gift))), Some(Genre::Gratitude))?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}
