//! Looking after the keys: a new passphrase, new recovery words, whether the old words still open, and when the vault
//! locks by itself.

use maud::{Markup, html};

use super::fields::{self, Problem, problem};
use super::{enter, make, passkey};
use crate::area::{Outcome, Turn};
use crate::kit::Kit;
use crate::layout::{Frame, Page};
use crate::state::{Effect, Settings};

/// Minutes without a key or a touch that can be chosen.
const MINUTES: [u32; 5] = [2, 5, 10, 30, 60];

/// What went wrong, and with which form.
pub(super) type Wrong = (&'static str, Problem);

pub(super) fn page(frame: &Frame<'_>, wrong: Option<Wrong>) -> Page {
    let here = |form: &str| problem(frame, wrong.filter(|(of, _)| *of == form).map(|(_, what)| what));
    let main = html! {
        h1 { (frame.text("keys-title")) }
        h2 id="passphrase-title" { (frame.text("keys-passphrase-title")) }
        (here("passphrase"))
        form id="new-passphrase" method="post" action="/door/keys/passphrase" autocomplete="off" {
            (fields::passphrase(frame, "present", "keys-present", None))
            (fields::passphrase(frame, "new", "door-new-passphrase", Some("door-rule")))
            (fields::slow_button(frame, "keys-passphrase-button"))
        }
        h2 { (frame.text("keys-words-title")) }
        p { (frame.text("keys-words-text")) }
        (here("check"))
        form id="check-words" method="post" action="/door/keys/check" autocomplete="off" {
            (fields::phrase(frame))
            p { button type="submit" { (frame.text("keys-check-button")) } }
        }
        h2 { (frame.text("keys-new-title")) }
        p { (frame.text("keys-new-text")) }
        (here("words"))
        form id="new-words" method="post" action="/door/keys/words" autocomplete="off" {
            (fields::passphrase(frame, "passphrase", "keys-present", None))
            (fields::slow_button(frame, "keys-new-button"))
        }
        (passkey::among_keys(frame, &here("passkey")))
        (idle(frame))
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

fn idle(frame: &Frame<'_>) -> Markup {
    let now = frame.visit.state.settings.idle_minutes;
    html! {
        h2 { (frame.text("keys-idle-title")) }
        p { (frame.text("keys-idle-text")) }
        form class="row" method="post" action="/door/keys/idle" {
            label for="minutes" { (frame.text("keys-idle-label")) }
            select id="minutes" name="minutes" {
                @for minutes in MINUTES {
                    option value=(minutes) selected[minutes == now] {
                        (frame.fill("keys-idle-minutes", "minutes", minutes.to_string()))
                    }
                }
            }
            button type="submit" { (frame.text("settings-save")) }
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>, what: &str) -> Option<Outcome> {
    if what == "idle" {
        return set_idle(turn);
    }
    turn.session.vault()?;
    let (form, done) = match what {
        "passphrase" => {
            ("passphrase", change_passphrase(turn).map(|()| ("/door", "door-passphrase-changed")))
        }
        "words" => ("words", new_words(turn).map(|()| ("/door/kit", "keys-new-done"))),
        "passkey" => ("passkey", passkey::add(turn).map(|()| ("/door/keys", "passkey-added"))),
        "no-passkey" => ("passkey", passkey::remove(turn).map(|()| ("/door/keys", "passkey-removed"))),
        "check" => ("check", check_words(turn).map(|()| ("/door/keys", "keys-check-good"))),
        _ => return None,
    };
    match done {
        Ok((path, said)) => turn.done(path, said),
        Err(problem) => Some(Outcome::Show(page(&turn.frame(), Some((form, problem))))),
    }
}

fn set_idle(turn: &mut Turn<'_>) -> Option<Outcome> {
    let chosen = turn.request.field("minutes").parse().ok().filter(|minutes| MINUTES.contains(minutes));
    if let Some(idle_minutes) = chosen {
        let settings = turn.visit.state.settings.clone();
        turn.effects.push(Effect::Settings(Settings { idle_minutes, ..settings }));
    }
    turn.done("/door/keys", "settings-saved")
}

fn change_passphrase(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let (present, new) = (turn.request.field("present"), turn.request.field("new"));
    if !make::is_long_enough(new) {
        return Err(Problem::of(amends_client::Trouble::ShortPassphrase));
    }
    let cost = turn.session.cost();
    let Some(vault) = turn.session.vault_mut() else { return Ok(()) };
    vault.change_passphrase(present, new, cost).map_err(|error| Problem::of(&error))
}

fn new_words(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let passphrase = turn.request.field("passphrase");
    let Some(vault) = turn.session.vault_mut() else { return Ok(()) };
    let phrase = vault.change_recovery_phrase(passphrase).map_err(|error| Problem::of(&error))?;
    let rng = turn.session.rng();
    turn.session.kit = rng.map(|mut rng| Kit::new(phrase, &mut *rng));
    Ok(())
}

fn check_words(turn: &mut Turn<'_>) -> Result<(), Problem> {
    let phrase = enter::typed_phrase(turn.request)?;
    let Some(vault) = turn.session.vault() else { return Ok(()) };
    match vault.check_recovery_phrase(&phrase) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::of(amends_client::Trouble::WrongPhrase)),
        Err(error) => Err(Problem::of(&error)),
    }
}
