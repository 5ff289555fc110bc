//! Own devices: which there are, one more, one less, new keys after somebody had one in hand. Nothing is shown of the
//! devices of the other person.

use amends_client::{DeviceKeyId, OwnDevice, Stage};
use maud::{Markup, html};

use super::{compare, qr, relay, why};
use crate::area::{Outcome, Turn};
use crate::layout::{Page, ShellKind};
use crate::pages::here::Here;
use crate::pages::parts::{Way, form, hidden, line, main_button, problem, sentences, ways};

pub(super) fn page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    framed(here, wrong, &html! {})
}

fn framed(here: &Here<'_>, wrong: Option<&str>, shown: &Markup) -> Page {
    if here.vault.is_taken_away() {
        return taken_away(here);
    }
    let devices = here.vault.own_devices(here.now());
    let main = html! {
        h1 { (here.text("devices-title")) }
        p class="lead" { (here.text("devices-lead")) }
        (problem(here.frame, wrong))
        (shown)
        @if here.vault.is_pairing_own_device() { (under_way(here)) }
        @if devices.len() < 2 { p { (here.text("devices-only-this")) } } @else {
            ul class="entries" { @for (at, device) in devices.iter().enumerate() { (one(here, at, device)) } }
        }
        @if relay(here).is_some() { (one_more(here)) }
        @if here.frame.core.shell.kind == ShellKind::Browser {
            p { a href="/notices" { (here.text("notices-link")) } }
        }
        h2 { (here.text("phone-title")) }
        p { (here.text("devices-renew-text")) }
        (asking(here, "/devices/renew", "devices-renew", &html! {}))
        p { a href="/safety/phone" { (here.text("devices-phone-link")) } }
    };
    Page::new("/more", main)
}

/// Another own device has taken this one away: what holds here now, and what can be done about it.
fn taken_away(here: &Here<'_>) -> Page {
    let main = html! {
        h1 { (here.text("devices-title")) }
        p class="lead" { (here.text("device-gone")) }
        (sentences(here.frame, &["device-gone-keep", "device-gone-again", "device-gone-not-you"]))
        (ways(&[
            Way::new("/keep/erase", here.text("leave-erase-place")),
            Way::new("/safety/phone", here.text("phone-title")),
        ]))
    };
    Page::new("/more", main)
}

fn one(here: &Here<'_>, at: usize, device: &OwnDevice) -> Markup {
    let number = (at + 1).to_string();
    let field = hidden("device", &hex(device.id));
    html! {
        li {
            h2 {
                @if device.is_this { (here.text("devices-this")) } @else { (here.fill("devices-other", "number", number)) }
            }
            @if let (None, Some(added)) = (device.new_since, device.added) {
                p class="quiet" { (here.fill("devices-added", "day", here.day(here.day_of(added)))) }
            }
            @if let Some(since) = device.new_since { p { strong { (here.fill("devices-new", "when", here.when(since))) } } }
            @if !device.has_history { p { (here.text("devices-no-history")) } }
            @if device.can_approve { (asking(here, "/devices/approve", "devices-approve", &field)) }
            @if !device.is_this { (asking(here, "/devices/remove", "devices-remove", &field)) }
        }
    }
}

fn one_more(here: &Here<'_>) -> Markup {
    html! {
        h2 { (here.text("devices-add-title")) }
        p { (here.text("devices-add-text")) }
        (asking(here, "/devices/invite", "devices-add", &html! {}))
    }
}

/// A form that asks for the passphrase again.
fn asking(here: &Here<'_>, path: &str, button: &str, inner: &Markup) -> Markup {
    html! {
        details {
            summary { (here.text(button)) }
            (form(path, &html! {
                (inner)
                div class="field" {
                    label {
                        (here.text("devices-passphrase"))
                        input type="password" name="passphrase" autocomplete="off";
                    }
                }
                button type="submit" { (here.text(button)) }
            }))
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let passphrase = turn.request.field("passphrase");
    let device = from_hex(turn.request.field("device"));
    let vault = turn.session.vault_mut()?;
    let (done, said) = match (rest, device) {
        (["invite"], _) => return invited(turn),
        (["join"], _) => return join(turn),
        (["renew"], _) => (vault.replace_keys(passphrase, now), "devices-renewed"),
        (["remove"], Some(device)) => (vault.revoke_device(passphrase, device, now), "devices-removed"),
        (["approve"], Some(device)) => (vault.approve_device(passphrase, device, now), "devices-approved"),
        _ => return None,
    };
    match done {
        Ok(()) => turn.done("/devices", said),
        Err(error) => turn.done("/devices", &why(&error)),
    }
}

/// The link for one more own device, shown once.
fn invited(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let passphrase = turn.request.field("passphrase");
    let made = turn.session.vault_mut()?.invite_device(passphrase, now);
    let frame = turn.frame();
    let here = Here::of(&frame)?;
    Some(Outcome::Show(match made {
        Err(error) => framed(&here, Some(&why(&error)), &html! {}),
        Ok(link) => {
            let whole = format!("{}{link}", relay(&here).unwrap_or_default());
            framed(
                &here,
                None,
                &html! {
                    section class="card" {
                        h2 { (here.text("devices-link-title")) }
                        p { (here.text("devices-link-text")) }
                        (qr::svg(&whole, &here.text("pair-qr-title")))
                        div class="field" {
                            label for="link" { (here.text("pair-join-label")) }
                            input type="text" id="link" readonly autocomplete="off" value=(whole);
                        }
                        p { a href="/pair" { (here.text("pair-look-again")) } }
                    }
                },
            )
        }
    }))
}

/// A device is being added: nothing but waiting, or the words.
fn under_way(here: &Here<'_>) -> Markup {
    match here.vault.pairing() {
        Some(Stage::Compare(words)) => compare::words(here, &words),
        Some(Stage::Confirmed) => compare::confirmed(here),
        _ => waiting(here),
    }
}

/// The other device has not answered yet.
pub(super) fn waiting(here: &Here<'_>) -> Markup {
    html! {
        p class="lead" { (here.text("device-waiting")) }
        (ways(&[Way::new("/pair", here.text("pair-look-again"))]))
        (compare::cancel_button(here))
    }
}

/// Making an empty vault one more own device.
pub(super) fn join_page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    let main = html! {
        h1 { (here.text("device-join-title")) }
        p class="lead" { (here.text("device-join-lead")) }
        (problem(here.frame, wrong))
        (sentences(here.frame, &["device-join-where", "device-join-own-only"]))
        (form("/devices/join", &html! {
            (line(here.frame, "link", "pair-join-label", Some("pair-join-help"), ""))
            (main_button(here.frame, "device-join-button"))
        }))
        p { a href="/devices" { (here.text("devices-title")) } }
    };
    Page::new("/more", main)
}

fn join(turn: &mut Turn<'_>) -> Option<Outcome> {
    let link = turn.request.field("link").to_owned();
    match join_by(turn, &link) {
        Ok(()) => turn.done("/pair", "device-joined"),
        Err(key) => {
            let frame = turn.frame();
            Some(Outcome::Show(join_page(&Here::of(&frame)?, Some(&key))))
        }
    }
}

/// Makes the open, empty vault one more device of the person who shows this link. Gives the message key of why not.
pub(crate) fn join_by(turn: &mut Turn<'_>, link: &str) -> Result<(), String> {
    let now = turn.visit.moment.now;
    let vault = turn.vault().ok_or("door-needed-text")?;
    vault.join_own_devices(link, now).map_err(|error| why(&error))?;
    relay::of_link(turn, link)
}

fn hex(id: DeviceKeyId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<DeviceKeyId> {
    let digits = text.as_bytes();
    if digits.len() != 32 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u128::from_str_radix(text, 16).ok().map(|id| DeviceKeyId(id.to_be_bytes()))
}
