//! A passkey beside the passphrase, where the browser has one with the PRF extension. The page asks the device and
//! sends on what it gives.

use amends_client::{Passkey, Trouble};
use maud::{Markup, html};

use super::fields::{self, Problem};
use crate::area::{Outcome, Turn};
use crate::layout::{Frame, ShellKind};

/// At the locked door: a button for those who have added one. The script shows it where the browser can do it.
pub(super) fn at_door(frame: &Frame<'_>) -> Markup {
    let passkey = frame.session.passkey().filter(|_| frame.core.shell.kind == ShellKind::Browser);
    html! {
        @if let Some(Passkey { id, salt }) = passkey {
            form id="passkey" class="with-script" method="post" action="/door/passkey" hidden
                data-passkey="use" data-id=(hex(&id)) data-salt=(hex(&salt))
                data-failed=(frame.text("passkey-failed")) {
                p { button type="submit" { (frame.text("passkey-use")) } }
            }
        }
    }
}

/// Among the keys: to add one or to remove it.
pub(super) fn among_keys(frame: &Frame<'_>, problem: &Markup) -> Markup {
    if frame.core.shell.kind != ShellKind::Browser {
        return html! {};
    }
    if frame.session.passkey().is_some() {
        return html! {
            h2 { (frame.text("passkey-title")) }
            p { (frame.text("passkey-there")) }
            form method="post" action="/door/keys/no-passkey" {
                p { button type="submit" { (frame.text("passkey-remove")) } }
            }
        };
    }
    html! {
        section id="passkey" class="with-script" hidden {
            h2 { (frame.text("passkey-title")) }
            p { (frame.text("passkey-text")) }
            p { (frame.text("passkey-care")) }
            (problem)
            form method="post" action="/door/keys/passkey" autocomplete="off" data-passkey="make"
                data-failed=(frame.text("passkey-failed")) {
                (fields::passphrase(frame, "passkey-passphrase", "keys-present", None))
                (fields::slow_button(frame, "passkey-add"))
            }
        }
    }
}

pub(super) fn unlock(turn: &mut Turn<'_>) -> Option<Outcome> {
    let secret = bytes(turn.request.field("secret")).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let opened = match secret {
        Some(secret) => turn.session.unlock_with_passkey(&secret).map_err(passkey_problem),
        None => Err(Problem::Form("passkey-failed")),
    };
    match opened {
        Ok(()) => Some(Outcome::Go("/door".to_owned())),
        Err(problem) => Some(Outcome::Show(super::enter::locked(&turn.frame(), "", Some(problem)))),
    }
}

fn passkey_problem(obstacle: crate::keeper::Obstacle) -> Problem {
    match obstacle {
        crate::keeper::Obstacle::Trouble(Trouble::WrongPassphrase) => Problem::Form("passkey-failed"),
        other => other.into(),
    }
}

/// Adds what the page has got from the device, for somebody who knows the passphrase.
pub(super) fn add(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let request = turn.request;
    let field = |name: &str| bytes(request.field(name)).filter(|bytes| !bytes.is_empty());
    let secret = field("secret").and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let (Some(id), Some(salt), Some(secret)) = (field("id"), field("salt"), secret) else {
        return Err(Problem::Form("passkey-failed"));
    };
    let Some(vault) = turn.session.vault_mut() else { return Ok(()) };
    vault.check_passphrase(request.field("passkey-passphrase")).map_err(|error| Problem::of(&error))?;
    vault.add_passkey(&Passkey { id, salt }, &secret).map_err(|error| Problem::of(&error))
}

pub(super) fn remove(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let Some(vault) = turn.session.vault_mut() else { return Ok(()) };
    vault.remove_passkey().map_err(|error| Problem::of(&error))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    (digits.len().is_multiple_of(2) && digits.len() <= 4096).then(|| digits.chunks(2).map(pair).collect())?
}
