//! Telling a device that something waits: off until the person turns it on here, once a day at most, without a word of what
//! waits. The page script asks the browser; the relay is asked over the line.

use amends_client::{WakeStanding, Waking};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::{Markup, html};

use crate::area::{Outcome, Turn};
use crate::layout::{Page, ShellKind};
use crate::pages::here::{Here, clock, minute};
use crate::pages::pair::why;
use crate::pages::parts::{hidden, main_button, problem, sentences, time};

/// Usual hours, in minutes of the day.
const USUAL: (u16, u16) = (9 * 60, 20 * 60);
/// Shortest hours, in minutes: shorter ones would tell the push service when something came.
const SHORTEST: u16 = 60;
/// Longest address of a push service, in bytes.
const MAX_ENDPOINT: usize = 1024;

pub(super) fn page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    let main = html! {
        h1 { (here.text("notices-title")) }
        p class="lead" { (here.text("notices-lead")) }
        (problem(here.frame, wrong))
        p { (here.text("notices-shows")) }
        blockquote class="statement" { p { strong { (here.text("notice-title")) } br; (here.text("notice-text")) } }
        p { (here.text("notices-when")) }
        h2 { (here.text("notices-learns-title")) }
        (sentences(here.frame, &[
            "notices-learns-maker", "notices-learns-relay", "notices-learns-screen", "notices-learns-partner",
        ]))
        (switch(here))
    };
    Page::new("/more", main)
}

/// Where it can be turned on or off, or why it cannot.
fn switch(here: &Here<'_>) -> Markup {
    let why_not = |key: &str| html! { p class="note" { (here.text(key)) } };
    if here.frame.core.shell.kind != ShellKind::Browser {
        return why_not("notices-only-browser");
    }
    if let Some((waking, standing)) = here.vault.waking() {
        return turned_on(here, waking, standing);
    }
    if here.vault.sync_status().partner.is_none() {
        return why_not("notices-needs-two");
    }
    match here.vault.push_key() {
        None => why_not("notices-not-connected"),
        Some(None) => why_not("notices-relay-none"),
        Some(Some(key)) => turned_off(here, &key),
    }
}

fn turned_off(here: &Here<'_>, key: &[u8; 65]) -> Markup {
    html! {
        p class="note" id="notices-unable" hidden { (here.text("notices-unable")) }
        section id="notices" class="with-script" hidden {
            form method="post" action="/notices" autocomplete="off" data-notices="on"
                data-key=(URL_SAFE_NO_PAD.encode(key)) data-failed=(here.text("notices-failed")) {
                (hidden("do", "on"))
                (hours(here, usual(here)))
                (main_button(here.frame, "notices-turn-on"))
            }
        }
    }
}

fn turned_on(here: &Here<'_>, waking: &Waking, standing: WakeStanding) -> Markup {
    let state = match standing {
        WakeStanding::Asked => "notices-state-asked",
        WakeStanding::Set => "notices-state-set",
        WakeStanding::Refused => "notices-state-refused",
    };
    html! {
        p class="note" { strong { (here.text(state)) } }
        p class="note" id="notices-lost" hidden data-endpoint=(waking.endpoint) { (here.text("notices-lost")) }
        form method="post" action="/notices" data-notices="off" {
            (hidden("do", "off"))
            (main_button(here.frame, "notices-turn-off"))
        }
        h2 { (here.text("notices-hours-title")) }
        form method="post" action="/notices" autocomplete="off" data-notices="hours" {
            (hidden("do", "hours"))
            (hours(here, (waking.from, waking.until)))
            button type="submit" { (here.text("notices-hours-save")) }
        }
    }
}

fn hours(here: &Here<'_>, (from, until): (u16, u16)) -> Markup {
    html! {
        (time(here.frame, "from", "notices-from", &clock(from)))
        (time(here.frame, "until", "notices-until", &clock(until)))
    }
}

/// The hours at which this person wants to hear from the other, or else the day.
fn usual(here: &Here<'_>) -> (u16, u16) {
    let pace = here.world().consent.channel(here.me()).and_then(|channel| channel.pace());
    let own = pace.map(|pace| (pace.from_minute, pace.to_minute % 1_440));
    own.filter(|(from, until)| is_long_enough(*from, *until)).unwrap_or(USUAL)
}

fn is_long_enough(from: u16, until: u16) -> bool {
    (until + 1_440 - from) % 1_440 >= SHORTEST
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let offset = turn.visit.moment.utc_offset;
    let vault = turn.session.vault_mut()?;
    let times = (minute(turn.request.field("from")), minute(turn.request.field("until")));
    let old = vault.waking().map(|(waking, _)| waking.endpoint.clone());
    let (endpoint, said) = match turn.request.field("do") {
        "off" => (None, "notices-now-off"),
        "on" => match turn.request.field("endpoint") {
            given if given.starts_with("https://") && given.len() <= MAX_ENDPOINT => {
                (Some(given.to_owned()), "notices-asked")
            }
            _ => return again(turn, "notices-failed"),
        },
        _ => (Some(old?), "settings-saved"),
    };
    let waking = match (endpoint, times) {
        (None, _) => None,
        (Some(endpoint), (Some(from), Some(until))) if is_long_enough(from, until) => {
            Some(Waking { endpoint, from, until, offset })
        }
        _ => return again(turn, "notices-hours-wrong"),
    };
    match vault.set_waking(waking) {
        Ok(()) => turn.done("/notices", said),
        Err(error) => turn.done("/notices", &why(&error)),
    }
}

fn again(turn: &Turn<'_>, wrong: &str) -> Option<Outcome> {
    let frame = turn.frame();
    Some(Outcome::Show(page(&Here::of(&frame)?, Some(wrong))))
}
