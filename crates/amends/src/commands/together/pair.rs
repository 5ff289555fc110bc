//! `amends pair`: beginning with the other person.

use amends_client::{Notice, Stage};
use amends_messages::Messages;

use super::exchange::{Came, Exchange};
use super::{AtRelay, carrier, failed, say};
use crate::commands::vault::{self, OpenVault, Place, now, secret};
use crate::commands::{CLEAN, FOUND};

/// Beginning with the other person.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Make an invitation: a link for one person and one day. Send it by a way you both trust.
    Invite {
        #[command(flatten)]
        relay: AtRelay,
        /// Do not wait for the answer; go on later with `amends pair words`.
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Take an invitation.
    Join {
        /// The whole link. It names the relay.
        link: String,
        #[command(flatten)]
        relay: AtRelay,
        /// Do not wait; go on later with `amends pair words`.
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Show the four words, or say that the other side has not answered yet.
    Words(Place),
    /// Say that both screens show the same four words.
    Confirm(Place),
    /// End a pairing that is under way. Nothing has happened.
    Cancel(Place),
}

pub(super) fn run(command: &Command, words: &Messages) -> anyhow::Result<u8> {
    let place = match command {
        Command::Invite { place, .. } | Command::Join { place, .. } => place,
        Command::Words(place) | Command::Confirm(place) | Command::Cancel(place) => place,
    };
    let mut vault = place.open(words)?;
    let outcome = match command {
        Command::Invite { relay, no_wait, .. } => invite(&mut vault, relay, *no_wait, words),
        Command::Join { link, relay, no_wait, .. } => join(&mut vault, link, relay, *no_wait, words),
        Command::Words(_) => show_words(&mut vault, words),
        Command::Confirm(_) => carrier(&mut vault, &AtRelay::default(), words)
            .and_then(|carrier| confirm(&mut vault, &Exchange::new(carrier), words)),
        Command::Cancel(_) => cancel(&mut vault, words),
    };
    vault::lock(vault, words);
    outcome
}

fn invite(vault: &mut OpenVault, relay: &AtRelay, no_wait: bool, words: &Messages) -> anyhow::Result<u8> {
    let exchange = Exchange::new(carrier(vault, relay, words)?);
    let part = vault.invite_partner(now()).map_err(|error| failed(words, &error))?;
    show_link(vault, &part, "together-invitation", words)?;
    go_on(vault, &exchange, no_wait, words)
}

/// Shows a link: the relay's address, and the part behind `#` that is never sent.
pub(super) fn show_link(vault: &OpenVault, part: &str, key: &str, words: &Messages) -> anyhow::Result<()> {
    let address = vault.relay_address().ok().flatten().unwrap_or_default();
    anstream::println!("{}\n\n  {}/{part}\n", words.text(key), address.trim_end_matches('/'));
    anstream::println!("{}", words.text("together-link-safe"));
    Ok(())
}

fn join(
    vault: &mut OpenVault,
    link: &str,
    relay: &AtRelay,
    no_wait: bool,
    words: &Messages,
) -> anyhow::Result<u8> {
    let (named, part) = relay.named_by(link, words)?;
    let exchange = Exchange::new(carrier(vault, &named, words)?);
    vault.join_partner(&part, now()).map_err(|error| failed(words, &error))?;
    go_on(vault, &exchange, no_wait, words)
}

/// Waits for the words, asks, and confirms.
pub(super) fn go_on(
    vault: &mut OpenVault,
    exchange: &Exchange,
    no_wait: bool,
    words: &Messages,
) -> anyhow::Result<u8> {
    let mut waits = false;
    loop {
        let came = round(vault, exchange, waits, words)?;
        say(&came, words);
        match vault.pairing() {
            None => return Ok(FOUND),
            Some(Stage::Compare(four)) => {
                tell_words(four, words);
                if no_wait {
                    return Ok(CLEAN);
                }
                if secret::yes(words, &words.text("together-same-words"))? {
                    return confirm(vault, exchange, words);
                }
                vault.cancel_pairing().map_err(|error| failed(words, &error))?;
                anstream::println!("{}", words.text("together-words-differ"));
                return Ok(FOUND);
            }
            Some(Stage::Waiting | Stage::Confirmed) if no_wait => {
                anstream::println!("{}", words.text("together-waiting"));
                return Ok(CLEAN);
            }
            Some(_) => {
                if !waits {
                    anstream::println!("{}", words.text("together-waiting-here"));
                }
                waits = true;
            }
        }
    }
}

fn show_words(vault: &mut OpenVault, words: &Messages) -> anyhow::Result<u8> {
    let exchange = Exchange::new(carrier(vault, &AtRelay::default(), words)?);
    say(&round(vault, &exchange, false, words)?, words);
    match vault.pairing() {
        Some(Stage::Compare(four)) => tell_words(four, words),
        Some(_) => anstream::println!("{}", words.text("together-waiting")),
        None => {
            anstream::println!("{}", words.text("together-no-pairing"));
            return Ok(FOUND);
        }
    }
    Ok(CLEAN)
}

fn tell_words(four: [&str; 4], words: &Messages) {
    anstream::println!("\n{}\n\n  {}\n", words.text("together-compare"), four.join("  "));
}

/// Confirms, and stays until it has gone through.
fn confirm(vault: &mut OpenVault, exchange: &Exchange, words: &Messages) -> anyhow::Result<u8> {
    vault.confirm_words(now()).map_err(|error| failed(words, &error))?;
    // The last message of the other side may take a moment; what is still to come then comes with the next `amends sync`.
    for _ in 0..4 {
        let came = round(vault, exchange, vault.pairing() == Some(Stage::Confirmed), words)?;
        say(&came, words);
        let is_done = came.iter().any(|came| matches!(came.0, Notice::Paired(_) | Notice::Joined(_)));
        if is_done || vault.pairing().is_none() {
            break;
        }
    }
    let key = if vault.pairing().is_none() { "together-confirmed" } else { "together-confirmed-here" };
    anstream::println!("{}", words.text(key));
    Ok(CLEAN)
}

fn cancel(vault: &mut OpenVault, words: &Messages) -> anyhow::Result<u8> {
    vault.cancel_pairing().map_err(|error| failed(words, &error))?;
    anstream::println!("{}", words.text("together-cancelled"));
    Ok(CLEAN)
}

fn round(
    vault: &mut OpenVault,
    exchange: &Exchange,
    wait: bool,
    words: &Messages,
) -> anyhow::Result<Vec<Came>> {
    let round =
        exchange.round(vault, wait).map_err(|error| anyhow::anyhow!("{}", words.text(error.key())))?;
    Ok(round.came)
}
