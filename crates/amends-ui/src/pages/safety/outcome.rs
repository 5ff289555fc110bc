//! What follows from the answers: help first, the most urgent at the top; then whether the part for two can open.
//! With an open vault, open or closed is written for own devices, never why; without one it is only told.

use amends_client::NewEvent;
use amends_domain::consent;
use amends_domain::permit::Action;
use amends_domain::safety::{Couple, Event, GatePass, Help, Verdict};
use maud::{Markup, html};

use super::gate::{answers, carried};
use super::help::{country, emergency, expiry, lines};
use crate::area::{Outcome, Turn};
use crate::help_lines::Line;
use crate::layout::{Frame, Page};
use crate::pages::parts::{Way, choice, form, problem, ways, why, write};
use crate::request::Request;

/// After the last question.
pub(super) fn act(turn: &mut Turn<'_>) -> Outcome {
    let verdict = answers(turn.request).verdict();
    let wrong = if turn.session.vault().is_some() { leave_behind(turn, &verdict).err() } else { None };
    Outcome::Show(page(&turn.frame(), turn.request, &verdict, wrong.as_deref()))
}

/// Open or closed, for own devices; and no more sending, where there must be no contact.
fn leave_behind(turn: &mut Turn<'_>, verdict: &Verdict) -> Result<(), String> {
    let now = turn.visit.moment.now;
    let channel_open = turn.session.vault().is_some_and(|vault| {
        let world = vault.state().world();
        world.partner.is_some() && world.consent.is_open(world.me, now)
    });
    let own = verdict.own_events().into_iter().map(Action::private);
    let both = verdict.shared_events(channel_open).into_iter().map(Action::shared);
    let all: Vec<Action> = own.chain(both).collect();
    write(turn, all).map(drop)
}

fn page(frame: &Frame<'_>, request: &Request, verdict: &Verdict, wrong: Option<&str>) -> Page {
    let (country, _) = country(frame, "");
    let main = html! {
        h1 { (frame.text("outcome-title")) }
        (problem(frame, wrong))
        @if !verdict.help.is_empty() { (emergency(frame, country)) (expiry(frame)) }
        @for help in &verdict.help { (said(frame, *help)) }
        @if verdict.close_both_ways { p { (frame.text("outcome-no-contact")) } }
        @if !verdict.help.is_empty() {
            @match country {
                Some(country) => {
                    h2 { (frame.text("help-lines-title")) }
                    (lines(frame, country, |line| is_for(line, &verdict.help)))
                },
                None => p { a class="main-button" href="/safety" { (frame.text("help-country-none")) } },
            }
        }
        section class="card" {
            h2 { (frame.text("outcome-two-title")) }
            p { (frame.text(couple_key(verdict))) }
            (opening(frame, request, verdict))
        }
        @if frame.vault().is_none() { p { (frame.text("outcome-no-vault")) } }
        p { (frame.text("gate-told-nobody")) " " (frame.text("gate-again")) }
        p class="quiet" { (frame.text("gate-not-a-test")) }
        p { a href="/" { (frame.text("outcome-done")) } }
    };
    Page::new("/safety", main)
}

fn couple_key(verdict: &Verdict) -> &'static str {
    match (&verdict.couple, verdict.help.is_empty()) {
        (Couple::Open(_), _) => "outcome-open",
        (Couple::AfterReading(_), _) => "outcome-after-reading",
        (Couple::Closed, false) => "outcome-closed",
        (Couple::Closed, true) => "outcome-left-out",
    }
}

/// One kind of help.
fn said(frame: &Frame<'_>, help: Help) -> Markup {
    match help {
        Help::CrisisLine => html! { h2 { (frame.text("outcome-crisis")) } },
        Help::HelpPage => html! {
            p { (frame.text("help-table-lead")) }
            (ways(&[Way::new("/safety#hurt-or-danger", frame.text("hurt-or-danger-title"))]))
        },
        Help::ExitPlan => html! {
            p { (frame.text("help-leave-text")) }
            (ways(&[
                Way::new("/safety/plan", frame.text("plan-title")),
                Way::new("/leave", frame.text("leave-page-title")),
            ]))
        },
        Help::StopUsingForce => html! {
            p { (frame.text("outcome-used-force")) }
            (ways(&[Way::new("/safety/letters", frame.text("letters-closed-title"))]))
        },
        Help::HelpLine => html! { p { (frame.text("safety-talk-to-somebody")) } },
    }
}

/// Whether a line is for one of these kinds of help.
fn is_for(line: &Line, help: &[Help]) -> bool {
    help.iter().any(|help| match help {
        Help::CrisisLine => line.kind == "crisis",
        Help::StopUsingForce => line.kind == "force",
        Help::HelpPage | Help::ExitPlan | Help::HelpLine => !matches!(line.kind, "crisis" | "force"),
    })
}

/// The part for two can be opened now, or after reading: with the answers sent once more, because nothing kept them.
fn opening(frame: &Frame<'_>, request: &Request, verdict: &Verdict) -> Markup {
    let paired = frame.vault().is_some_and(|vault| vault.state().world().partner.is_some());
    let read_first = match verdict.couple {
        Couple::Open(_) => false,
        Couple::AfterReading(_) => true,
        Couple::Closed => return html! {},
    };
    html! {
        @if paired {
            (form("/safety/questions/open", &html! {
                (carried(request, 8))
                @if read_first { (choice("checkbox", "read", "yes", &frame.text("safety-open-after-reading"), false)) }
                button type="submit" { (frame.text("outcome-open-button")) }
            }))
        } @else if frame.vault().is_some() {
            p { (frame.text("outcome-alone")) }
        }
    }
}

/// Opens the part for two, if the answers allow it.
pub(super) fn open(turn: &mut Turn<'_>) -> Option<Outcome> {
    let verdict = answers(turn.request).verdict();
    let pass = match verdict.couple {
        Couple::Open(pass) => pass,
        Couple::AfterReading(reading) if turn.request.field("read") == "yes" => {
            // Closed by the answers, opened again by the person who has read.
            if let Err(why) = write(turn, vec![Action::private(Event::Door { open: true })]) {
                return turn.done("/pace", &why);
            }
            reading.open_after_reading()
        }
        Couple::AfterReading(_) | Couple::Closed => {
            let verdict = answers(turn.request).verdict();
            let wrong =
                Some("outcome-read-first").filter(|_| matches!(verdict.couple, Couple::AfterReading(_)));
            return Some(Outcome::Show(page(&turn.frame(), turn.request, &verdict, wrong)));
        }
    };
    match opt_in(turn, &pass) {
        Ok(()) => turn.done("/pace", "safety-opened"),
        Err(why) => turn.done("/pace", &why),
    }
}

fn opt_in(turn: &mut Turn<'_>, pass: &GatePass) -> Result<(), String> {
    let now = turn.visit.moment.now;
    let Some(vault) = turn.vault() else { return Err("door-needed-text".to_owned()) };
    let opening = NewEvent::shared(consent::Event::OptIn);
    vault.append_knowing(now, opening, |local| local.gate = Some(pass)).map(drop).map_err(|error| why(&error))
}
