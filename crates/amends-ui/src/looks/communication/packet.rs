//! For a counselor: questions to ask first, and one clean sheet with chosen entries, to print.

use amends_domain::event::Event as Entry;
use amends_domain::id::{DAY, EntryId};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{COUNSELOR_QUESTIONS, Event, Packet};
use amends_tools::show;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::write::{Did, Next, Wrong, write};
use super::{PATH, guest};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::{name, named};
use crate::tools::read_back;

/// Entries that are offered, newest first.
const MOST_OFFERED: usize = 60;

pub(super) fn page(look: &Look<'_>) -> Page {
    let open: Vec<(EntryId, &Packet)> = look.world().communication.open_packets(look.now()).collect();
    let main = html! {
        h2 { (look.text("look-counselor-questions")) }
        ul { @for key in COUNSELOR_QUESTIONS { li { (look.text(key)) } } }
        (guest::section(look))
        @if !open.is_empty() {
            h2 { (look.text("look-packets")) }
            ul class="links" { @for (id, packet) in open {
                li { a href=(format!("{PATH}/packet/{}", name(id))) {
                    (look.fill("look-packet-until", "date", look.date(look.day_of(packet.until))))
                } }
            } }
        }
        h2 { (look.text("look-packet-new")) }
        p { (look.text("look-packet-about")) }
        (compose(look))
    };
    look.page("communication", "look-counselor", &main)
}

/// Entries that may be copied: own ones, and those of the other where they allowed it.
fn offered<'l>(look: &Look<'l>) -> Vec<&'l Entry> {
    let mut all = show::entries(look.state(), look.moment());
    all.retain(|event| look.state().may_copy(event.id).is_ok() && has_words(look, event));
    all.reverse();
    all.truncate(MOST_OFFERED);
    all
}

fn has_words(look: &Look<'_>, event: &Entry) -> bool {
    let words = amends_domain::texts::texts(&event.body);
    words.iter().any(|text| !text.trim().is_empty()) && show::readable(look.state(), event).is_some()
}

fn compose(look: &Look<'_>) -> Markup {
    let chosen = |id: &str| look.request.fields.iter().any(|(field, value)| field == "item" && value == id);
    let inner = html! {
        (look.area("summary", "look-packet-summary", 4, ""))
        (look.area("questions", "look-packet-questions", 3, ""))
        fieldset {
            legend { (look.text("look-packet-items")) }
            @for event in offered(look) {
                @let id = name(event.id);
                (choice("checkbox", "item", &id, &line(look, event), chosen(&id)))
            }
        }
        (look.select("days", &look.text("look-packet-days"), &[7, 14, 30].map(|days: u32| (days.to_string(), look.with("look-days", &[("count", days.into())]))), "14"))
        (look.main_button("look-packet-make"))
    };
    look.form("keep", &inner)
}

/// What an entry is, of which day, and how it begins.
pub(super) fn line(look: &Look<'_>, event: &Entry) -> String {
    let (step, kind, _) = show::name(&event.body);
    let (visit, messages) = (look.frame.visit, look.frame.core.messages());
    look.with(
        "look-packet-item",
        &[
            ("title", show::event_title(&step, &kind, messages).into()),
            ("date", look.date(look.day_of(event.at.time())).into()),
            ("words", show::first_words(look.state(), event, messages, &|at| visit.offset_at(at)).into()),
        ],
    )
}

pub(super) fn keep(turn: &mut Turn<'_>) -> Did {
    let items = turn
        .request
        .fields
        .iter()
        .filter(|(field, _)| field == "item")
        .filter_map(|(_, id)| named(id))
        .collect();
    let days: u64 = turn.request.field("days").parse().unwrap_or(14);
    let until = turn.visit.moment.now.plus(days.clamp(1, 30) * DAY);
    let (questions, summary) = (turn.lines("questions"), turn.words("summary"));
    let id = write(turn, Action::private(Event::Packet { items, questions, summary, until }), None)?;
    Ok(Next::Go(format!("{PATH}/packet/{}", name(id)), "look-packet-made"))
}

/// The sheet: no menu and no frame when it is printed.
pub(super) fn sheet(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let packet = look.world().communication.open_packets(look.now()).find(|(of, _)| *of == id)?.1;
    let entries: Vec<&Entry> = packet
        .items
        .iter()
        .filter(|item| look.state().may_copy(**item).is_ok())
        .filter_map(|item| look.state().event(*item))
        .collect();
    let main = html! {
        (look.how_to_print())
        article class="letter packet" {
            h2 { (look.text("look-packet-title")) }
            p class="quiet" { (look.dated(look.today())) " · " (look.text("look-not-verified")) }
            (look.said(&packet.summary))
            @if !packet.questions.is_empty() {
                h3 { (look.text("look-packet-our-questions")) }
                ol { @for question in &packet.questions { li { (question) } } }
            }
            @for event in entries { (item(look, event)) }
            h3 { (look.text("look-counselor-questions")) }
            ul { @for key in COUNSELOR_QUESTIONS { li { (look.text(key)) } } }
        }
        div class="no-print" { (look.one_button("close", id, "look-packet-close")) }
    };
    Some(look.page("communication", "look-packet", &main))
}

fn item(look: &Look<'_>, event: &Entry) -> Markup {
    let (step, kind, _) = show::name(&event.body);
    html! {
        section class="item" {
            h3 { (show::event_title(&step, &kind, look.frame.core.messages())) }
            p class="quiet" { (look.who(event.author)) " · " (look.dated(look.day_of(event.at.time()))) }
            (read_back(look.frame, look.state(), event))
        }
    }
}

pub(super) fn close(turn: &mut Turn<'_>, packet: EntryId) -> Did {
    if turn.wish() != "close" {
        return Err(Wrong::Unknown);
    }
    write(turn, Action::private(Event::ClosePacket { packet }), None)?;
    Ok(Next::Go(format!("{PATH}/counselor"), "look-packet-closed"))
}
