//! `amends device`: own devices. The other person's devices are shown nowhere.

use amends_client::OwnDevice;
use amends_messages::Messages;

use super::exchange::Exchange;
use super::pair::{go_on, show_link};
use super::{AtRelay, carrier, failed};
use crate::commands::vault::{self, OpenVault, Place, now, secret};
use crate::commands::{CLEAN, FOUND};

/// Own devices.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List them.
    List(Place),
    /// Make a link by which one more device of yours can join. Asks for the passphrase again.
    Link {
        #[command(flatten)]
        relay: AtRelay,
        /// Do not wait for the other device; go on later with `amends pair words`.
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Make this new, empty vault one more device of yours.
    Join {
        /// The whole link that the other device shows. It names the relay.
        link: String,
        #[command(flatten)]
        relay: AtRelay,
        /// Do not wait; go on later with `amends pair words`.
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Let a new device read at once what was written before it came.
    Approve(Which),
    /// Take a device away: lost, sold, or never wanted.
    Revoke(Which),
    /// Somebody had this device in hand: make all its keys new.
    Renew(Place),
}

/// One of the own devices.
#[derive(Debug, clap::Args)]
pub(crate) struct Which {
    /// Its number in the list.
    number: usize,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(command: &Command, words: &Messages) -> anyhow::Result<u8> {
    let place = match command {
        Command::List(place) | Command::Renew(place) => place,
        Command::Link { place, .. } | Command::Join { place, .. } => place,
        Command::Approve(which) | Command::Revoke(which) => &which.place,
    };
    let mut vault = place.open(words)?;
    let outcome = act(&mut vault, command, words);
    vault::lock(vault, words);
    outcome
}

fn act(vault: &mut OpenVault, command: &Command, words: &Messages) -> anyhow::Result<u8> {
    match command {
        Command::List(_) => {
            list(vault, words);
            Ok(CLEAN)
        }
        Command::Link { relay, no_wait, place } => {
            let exchange = Exchange::new(carrier(vault, relay, words)?);
            let part = vault
                .invite_device(&passphrase(place, words)?, now())
                .map_err(|error| failed(words, &error))?;
            show_link(vault, &part, "together-device-link", words)?;
            go_on(vault, &exchange, *no_wait, words)
        }
        Command::Join { link, relay, no_wait, .. } => {
            let (named, part) = relay.named_by(link, words)?;
            let exchange = Exchange::new(carrier(vault, &named, words)?);
            vault.join_own_devices(&part, now()).map_err(|error| failed(words, &error))?;
            go_on(vault, &exchange, *no_wait, words)
        }
        Command::Approve(which) => {
            let Some(device) = chosen(vault, which, words) else { return Ok(FOUND) };
            let passphrase = passphrase(&which.place, words)?;
            vault.approve_device(&passphrase, device.id, now()).map_err(|error| failed(words, &error))?;
            send(vault, "together-approved", words)
        }
        Command::Revoke(which) => {
            let Some(device) = chosen(vault, which, words) else { return Ok(FOUND) };
            if device.is_this {
                anstream::println!("{}", words.text("together-not-this-device"));
                return Ok(FOUND);
            }
            let passphrase = passphrase(&which.place, words)?;
            vault.revoke_device(&passphrase, device.id, now()).map_err(|error| failed(words, &error))?;
            send(vault, "together-revoked", words)
        }
        Command::Renew(place) => {
            vault.replace_keys(&passphrase(place, words)?, now()).map_err(|error| failed(words, &error))?;
            send(vault, "together-renewed", words)
        }
    }
}

fn list(vault: &OpenVault, words: &Messages) {
    let devices = vault.own_devices(now());
    if devices.is_empty() {
        anstream::println!("{}", words.text("together-one-device"));
    }
    for (index, device) in devices.iter().enumerate() {
        let mut notes = vec![if device.is_this { "together-this-device" } else { "together-other-device" }];
        notes.extend(device.new_since.map(|_| "together-new-device"));
        notes.extend((!device.has_history).then_some("together-without-history"));
        notes.extend(device.can_approve.then_some("together-can-approve"));
        let notes: Vec<String> = notes.into_iter().map(|key| words.text(key)).collect();
        anstream::println!("{:>2}. {}", index + 1, notes.join(" "));
    }
}

fn chosen(vault: &OpenVault, which: &Which, words: &Messages) -> Option<OwnDevice> {
    let devices = vault.own_devices(now());
    let found = which.number.checked_sub(1).and_then(|index| devices.get(index)).copied();
    if found.is_none() {
        anstream::println!("{}", words.text("together-no-such-device"));
    }
    found
}

fn passphrase(place: &Place, words: &Messages) -> anyhow::Result<String> {
    secret::passphrase(place.passphrase_file.as_deref(), words, "vault-ask-passphrase")
}

/// Tells the other devices. Without a network it goes with the next `amends sync`.
fn send(vault: &mut OpenVault, key: &str, words: &Messages) -> anyhow::Result<u8> {
    anstream::println!("{}", words.text(key));
    let sent = carrier(vault, &AtRelay::default(), words)
        .is_ok_and(|carrier| Exchange::new(carrier).round(vault, false).is_ok());
    if !sent {
        anstream::println!("{}", words.text("together-goes-later"));
    }
    Ok(CLEAN)
}
