//! Where the relay is that carries between devices: an address kept sealed in the vault. Nothing is asked of it here.

use amends_client::{RelayRefusal, Trouble};
use maud::{Markup, html};

use super::relay;
use crate::area::{Outcome, Turn};
use crate::pages::here::Here;
use crate::pages::parts::{form, line, words};

pub(super) fn section(here: &Here<'_>) -> Markup {
    let address = relay(here).unwrap_or_default();
    html! {
        details open[here.frame.typed("address").is_some()] {
            summary { (here.text("relay-title")) }
            p { (here.text("relay-text")) }
            (form("/pair/relay", &html! {
                (line(here.frame, "address", "relay-label", Some("relay-help"), &address))
                (line(here.frame, "invite", "relay-invite-label", Some("relay-invite-help"), ""))
                button type="submit" { (here.text("settings-save")) }
            }))
        }
    }
}

/// What the relay does not take or give, in plain words; nothing where all goes well.
pub(super) fn trouble(here: &Here<'_>) -> Markup {
    let key = here.vault.sync_status().relay_refuses.map(|refusal| match refusal {
        RelayRefusal::NoRoom => "relay-no-room",
        RelayRefusal::Invite => "relay-asks-invite",
        RelayRefusal::NotLetIn => "relay-not-let-in",
    });
    html! { @if let Some(key) = key { p class="quiet" { (here.text(key)) } } }
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let typed = words(turn, "address");
    let Some(address) = checked(&typed) else { return again(turn, "relay-wrong") };
    let invite = words(turn, "invite");
    match keep(turn, &address).and_then(|()| keep_invite(turn, &invite)) {
        Ok(()) => turn.done("/pair", "relay-kept"),
        Err(key) if key == "relay-invite-wrong" => again(turn, &key),
        Err(key) => turn.done("/pair", &key),
    }
}

/// The form once more, with what was typed.
fn again(turn: &Turn<'_>, wrong: &str) -> Option<Outcome> {
    let frame = turn.frame();
    Some(Outcome::Show(super::begin::page(&Here::of(&frame)?, Some(wrong))))
}

/// What the relay asks of newcomers; an empty field leaves it as it is.
fn keep_invite(turn: &mut Turn<'_>, typed: &str) -> Result<(), String> {
    if typed.trim().is_empty() {
        return Ok(());
    }
    let vault = turn.vault().ok_or("door-needed-text")?;
    match vault.set_relay_invite(typed) {
        Ok(true) => Ok(()),
        Ok(false) => Err("relay-invite-wrong".to_owned()),
        Err(error) => Err(format!("trouble-{}", Trouble::from(&error).code())),
    }
}

/// The relay that a whole link names, if none is known here.
pub(super) fn of_link(turn: &mut Turn<'_>, link: &str) -> Result<(), String> {
    let unknown = turn.session.vault().is_some_and(|vault| matches!(vault.relay_address(), Ok(None)));
    match link.split_once('#').and_then(|(address, _)| checked(address)) {
        Some(address) if unknown => keep(turn, &address),
        _ => Ok(()),
    }
}

fn keep(turn: &mut Turn<'_>, address: &str) -> Result<(), String> {
    let vault = turn.vault().ok_or("door-needed-text")?;
    vault.set_relay_address(address).map_err(|error| format!("trouble-{}", Trouble::from(&error).code()))
}

/// An https address that ends in a slash; on this very computer, http will do.
fn checked(text: &str) -> Option<String> {
    let text = text.trim();
    let here = ["http://127.0.0.1:", "http://localhost:"];
    if here.iter().any(|start| text.starts_with(start)) {
        let port = text.rsplit(':').next().unwrap_or_default().trim_end_matches('/');
        return port.parse::<u16>().ok().map(|_| format!("{}/", text.trim_end_matches('/')));
    }
    let host = text.strip_prefix("https://")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:/_~[]".contains(c);
    let fits = host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && host.chars().all(plain);
    fits.then(|| format!("https://{}/", host.trim_end_matches('/')))
}
