//! A counselor as a guest of both: one puts a sheet together, the other reads it and agrees or says no, and either ends it.

use amends_client::ShareTrouble;
use amends_domain::event::Event as Entry;
use amends_domain::id::{EntryId, Millis};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{
    Event, Guest, GuestOffer, GuestPart, GuestSheet, Half, MOST_GUEST_DAYS,
};
use amends_tools::{guest, show};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::write::{Did, Next, Wrong, write};
use super::{PATH, packet};
use crate::area::Turn;
use crate::layout::{Frame, Page};
use crate::name::{name, named};

/// Entries that are offered, newest first.
const MOST_OFFERED: usize = 60;

/// Sheets that wait or are open, and the way to a new one: a part of the counselor's page.
pub(super) fn section(look: &Look<'_>) -> Markup {
    if look.world().partner.is_none() {
        return html! {};
    }
    let all: Vec<(EntryId, &Guest)> = look
        .world()
        .communication
        .guests()
        .filter(|(_, guest)| guest.waits() || guest.is_open(look.now()))
        .collect();
    html! {
        h2 { (look.text("look-guest")) }
        p { (look.text("look-guest-about")) }
        ul class="links" {
            @for (id, guest) in all {
                li {
                    a href=(format!("{PATH}/guest/{}", name(id))) { (line(look, guest)) }
                }
            }
            li { a href=(format!("{PATH}/guest")) { (look.text("look-guest-new")) } }
        }
    }
}

fn line(look: &Look<'_>, guest: &Guest) -> String {
    match guest.pass {
        Some(pass) => look.fill("look-guest-open-until", "date", look.date(look.day_of(pass.until))),
        None if guest.author == look.me() => look.text("look-guest-waits"),
        None => look.text("look-guest-asked"),
    }
}

/// Putting a sheet together.
pub(super) fn compose(look: &Look<'_>) -> Page {
    let days = [7, 14, MOST_GUEST_DAYS]
        .map(|days| (days.to_string(), look.with("look-days", &[("count", u32::from(days).into())])));
    let chosen = |id: &str| look.request.fields.iter().any(|(field, value)| field == "item" && value == id);
    let main = html! {
        p class="lead" { (look.text("look-guest-new-lead")) }
        p { (look.text("look-guest-new-help")) }
        (look.form("offer", &html! {
            (look.area("summary", "look-packet-summary", 4, ""))
            (look.area("questions", "look-packet-questions", 3, ""))
            fieldset {
                legend { (look.text("look-guest-items")) }
                @for event in offered(look) {
                    @let id = name(event.id);
                    (choice("checkbox", "item", &id, &packet::line(look, event), chosen(&id)))
                }
            }
            (look.select("days", &look.text("look-guest-days"), &days, "14"))
            (look.main_button("look-guest-offer"))
        }))
    };
    look.page("communication", "look-guest-new", &main)
}

fn offered<'l>(look: &Look<'l>) -> Vec<&'l Entry> {
    let messages = look.frame.core.messages();
    let offset = |at| look.frame.visit.offset_at(at);
    let mut all = show::entries(look.state(), look.moment());
    all.retain(|event| guest::is_fit(look.state(), event, messages, &offset));
    all.reverse();
    all.truncate(MOST_OFFERED);
    all
}

/// One sheet: to agree to, to hand out, to end.
pub(super) fn page(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let found = look.world().communication.guest(id)?;
    let own = found.author == look.me();
    let main = html! {
        @if found.is_open(look.now()) {
            (link(look, id))
            (end(look, "look-guest-end-help", "look-guest-end"))
        } @else if found.waits() && own {
            p class="lead" { (look.text("look-guest-waits-lead")) }
            (end(look, "look-guest-take-back-help", "look-guest-take-back"))
        } @else if found.waits() {
            p class="lead" { (look.text("look-guest-asked-lead")) }
        } @else {
            p class="lead" { (look.text("look-guest-over")) }
        }
        @if !found.ended {
            article class="letter packet" { (sheet(look.frame, &found.offer.sheet, true)) }
        }
        @if found.waits() && !own {
            section class="card no-print" {
                p { (look.with("look-guest-agree-help", &[("count", u32::from(found.offer.days).into())])) }
                (look.form("agree", &look.main_button("look-guest-agree")))
                (end(look, "look-guest-no-help", "look-guest-no"))
            }
        }
    };
    Some(look.page("communication", "look-guest", &main))
}

fn end(look: &Look<'_>, help: &str, label: &str) -> Markup {
    html! {
        div class="no-print" {
            p class="help" { (look.text(help)) }
            (look.form("end", &look.button(label)))
        }
    }
}

/// The link for the counselor, for both to hand out.
fn link(look: &Look<'_>, id: EntryId) -> Markup {
    let Some(link) = look.vault.guest_link(id, look.now()) else { return html! {} };
    let address = look.vault.relay_address().ok().flatten();
    let until = look.date(look.day_of(link.until));
    html! {
        p class="lead" { (look.fill("look-guest-open-until", "date", until)) }
        @match address {
            Some(address) => {
                div class="field" {
                    label for="guest-link" { (look.text("look-guest-link")) }
                    textarea id="guest-link" rows="3" readonly autocomplete="off" {
                        (address.trim_end_matches('/')) "/guest" (link.fragment.as_str())
                    }
                }
                p class="help" { (look.text("look-guest-link-help")) }
            }
            None => p class="note" { (look.text("look-guest-no-relay")) }
        }
        @if link.standing.trouble == Some(ShareTrouble::Lost) {
            p class="note" { (look.text("look-guest-lost")) }
        } @else if !link.standing.is_given { p class="note" { (look.text("look-guest-not-yet")) } }
    }
}

/// What a guest reads. Between the two, chosen entries stay closed until they are opened.
pub(crate) fn sheet(frame: &Frame<'_>, sheet: &GuestSheet, closed: bool) -> Markup {
    html! {
        @if !sheet.summary.is_empty() { (lines(&sheet.summary)) }
        @if !sheet.questions.is_empty() {
            h3 { (frame.text("look-packet-our-questions")) }
            ol { @for question in &sheet.questions { li { (question) } } }
        }
        @for part in &sheet.parts {
            @if closed {
                details {
                    summary { (part.title) " · " (heading(frame, part)) }
                    (lines(&part.text))
                }
            } @else {
                section class="item" {
                    h3 { (part.title) }
                    p class="quiet" { (heading(frame, part)) }
                    (lines(&part.text))
                }
            }
        }
    }
}

fn heading(frame: &Frame<'_>, part: &GuestPart) -> String {
    let date = amends_tools::parts::day(frame.core.messages(), part.day);
    frame.fill(if part.by_proposer { "guest-part-by-one" } else { "guest-part-by-other" }, "date", date)
}

fn lines(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p class="own" { (line) } } }
}

/// A sheet is proposed.
pub(super) fn offer(turn: &mut Turn<'_>) -> Did {
    if turn.wish() != "offer" {
        return Err(Wrong::Unknown);
    }
    let fields = turn.request.fields.iter().filter(|(field, _)| field == "item");
    let items = fields.filter_map(|(_, id)| named(id)).collect();
    let days: u8 = turn.request.field("days").parse().unwrap_or(14);
    let (questions, summary) = (turn.lines("questions"), turn.words("summary"));
    let sheet = GuestSheet { version: 1, summary, questions, parts: Vec::new() };
    let event = Event::OfferGuest(GuestOffer { items, days, sheet });
    let state = turn.session.vault().ok_or(Wrong::Unknown)?.state();
    let offset = |at| turn.visit.offset_at(at);
    let body = guest::completed(state, event.into(), turn.core.messages(), &offset);
    let id = write(turn, Action::shared(body), None)?;
    Ok(Next::Go(format!("{PATH}/guest/{}", name(id)), "look-guest-offered"))
}

/// A sheet is agreed to, or ended.
pub(super) fn act(turn: &mut Turn<'_>, offer: EntryId) -> Did {
    let (event, said) = match turn.wish() {
        "agree" => {
            let (key, append, until) = (Half::none(), Half::none(), Millis(0));
            (Event::AgreeGuest { offer, key, append, until }, "look-guest-agreed")
        }
        "end" => (Event::EndGuest { offer }, "look-guest-ended"),
        _ => return Err(Wrong::Unknown),
    };
    write(turn, Action::shared(event), None)?;
    Ok(Next::Go(format!("{PATH}/guest/{}", name(offer)), said))
}
