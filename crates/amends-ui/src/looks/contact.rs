//! 3.3 One line, one thank you or one question, at the pace its receiver set; what is left for today, and why not.

mod photo;

use amends_domain::id::EntryId;
use amends_domain::permit::Action;
use amends_domain::prove::contact::{ContactKind, Event, LONGEST_MESSAGE, Message};
use amends_lint::Genre;
use maud::{Markup, html};

use super::Look;
use super::kit::choice;
use super::paper::{Boxes, Written};
use super::time::clock;
use super::write::{Did, Next, Wrong, by_name, slug, value, write};
use crate::area::Turn;
use crate::layout::Page;

const PATH: &str = "/look/contact";
const KINDS: [ContactKind; 3] = [ContactKind::Line, ContactKind::Thanks, ContactKind::Question];
/// Messages that are shown.
const SHOWN: usize = 30;
/// So many in a row without an answer are worth a word to their writer.
const IN_A_ROW: usize = 3;

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    rest.is_empty().then(|| overview(look))
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "send") => send(turn),
        ([], "photo") => photo::send(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let main = html! {
        p class="lead" { (look.frame.spoken("look-contact-lead")) }
        @if look.world().partner.is_none() { (alone(look)) }
        @else if look.was_only_hurt() {
            (messages(look))
            (left(look))
            (composer(look))
            (photo::form(look))
        } @else {
            (left(look))
            (composer(look))
            (photo::form(look))
            (messages(look))
        }
        (look.tools("contact", &["pace", "mute", "close-topics"]))
    };
    look.page("contact", "look-contact", &main)
}

/// Nobody to write to; a line can be looked at on the desk.
fn alone(look: &Look<'_>) -> Markup {
    html! {
        p class="quiet" {
            (look.text("look-contact-alone"))
            @if !look.was_only_hurt() {
                " " a href="/desk?genre=message" { (look.text("look-contact-practice")) }
            }
        }
    }
}

/// What the receiver set, what is left for today, and what they do not want.
fn left(look: &Look<'_>) -> Markup {
    let world = look.world();
    let Some(partner) = world.partner else { return html! {} };
    if look.is_apart() {
        return look.quiet("today-not-connected");
    }
    let Some(pace) = world.consent.channel(partner).and_then(|channel| channel.pace()) else {
        return look.quiet("refusal-no-pace-yet");
    };
    let left = world.consent.left_today(look.me(), partner, look.now());
    let hours = if pace.is_all_day() {
        look.text("look-contact-any-hour")
    } else {
        look.with(
            "look-contact-hours",
            &[("from", clock(pace.from_minute).into()), ("to", clock(pace.to_minute % 1440).into())],
        )
    };
    html! {
        section class="card" {
            p { (look.with("look-contact-left", &[("count", left.into()), ("most", pace.per_day.into())])) " " (hours) }
            (why_not(look))
            @if world.contact.own_in_a_row(look.me()) >= IN_A_ROW { p class="note" { (look.text("look-in-a-row")) } }
        }
    }
}

/// Why nothing can go, or not of each kind.
fn why_not(look: &Look<'_>) -> Markup {
    let whys = KINDS.map(|kind| (kind, look.why_not(kind)));
    let for_all = whys[0].1.filter(|refusal| whys.iter().all(|(_, why)| *why == Some(*refusal)));
    html! {
        @if let Some(refusal) = for_all {
            (look.quiet(&refusal.message_key()))
        } @else {
            @for (kind, why) in whys {
                @if let Some(refusal) = why {
                    p class="quiet" {
                        (look.text(&format!("contact-{}", slug(kind)))) ": " (look.text(&refusal.message_key()))
                    }
                }
            }
        }
    }
}

fn composer(look: &Look<'_>) -> Markup {
    let open: Vec<ContactKind> = KINDS.into_iter().filter(|kind| look.why_not(*kind).is_none()).collect();
    let chosen = look.typed("kind", open.first().copied().map(value).unwrap_or_default().as_str());
    let inner = |boxes: &Boxes| {
        html! {
            fieldset class="inline" {
                legend { (look.text("look-contact-kind")) }
                @for kind in KINDS {
                    (choice("radio", "kind", &value(kind), &look.text(&format!("contact-{}", slug(kind))), chosen == value(kind)))
                }
            }
            (boxes.area(look, "text", "look-contact-text", 3))
            p { (look.look_button()) }
            p class="help" { (look.with("look-contact-longest", &[("count", LONGEST_MESSAGE.into())])) }
            @if open.is_empty() { (look.quiet("look-contact-wait")) }
            @else { (look.main_button_named("keep", "look-send")) }
        }
    };
    let written = Written { tool: ("contact", "send"), about: None };
    look.live_form("send", Genre::Message, written, "", &[("text".to_owned(), String::new())], inner)
}

fn messages(look: &Look<'_>) -> Markup {
    let mut all: Vec<(EntryId, &Message)> = look
        .world()
        .contact
        .messages()
        .filter(|(id, _)| {
            look.state().event(*id).is_some_and(|event| look.state().may_see(look.me(), event, look.moment()))
        })
        .collect();
    all.reverse();
    all.truncate(SHOWN);
    html! {
        @if !all.is_empty() {
            h2 { (look.text("look-contact-messages")) }
            ul class="messages" { @for (_, message) in all {
                li class=(if message.author == look.me() { "own-side" } else { "their-side" }) {
                    p class="quiet" {
                        (look.who(message.author)) " · " (look.text(&format!("contact-{}", slug(message.kind)))) " · "
                        (look.dated(look.day_of(message.at.time())))
                    }
                    @if let Some(picture) = &message.photo { (photo::show(look, picture)) }
                    (look.said(&message.text))
                }
            } }
        }
    }
}

fn send(turn: &mut Turn<'_>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let kind = by_name(turn.request.field("kind")).ok_or(Wrong::Say("look-nothing-chosen"))?;
    let text = turn.words("text");
    write(turn, Action::shared(Event::Send { kind, text, photo: None }), Some(Genre::Message))?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}
