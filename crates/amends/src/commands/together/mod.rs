//! Two people and several devices: pairing, own devices, sending and receiving over a relay.

mod device;
mod exchange;
mod guest;
mod pair;

use amends_carrier::{AddressError, Carrier};
use amends_client::{SyncError, SyncStatus, Trouble};
use amends_messages::Messages;

pub(crate) use exchange::{Came, Exchange, Round};
pub(crate) use guest::ask as ask_as_guest;

use super::vault::{self, OpenVault, Place, trouble};
use super::{CLEAN, FOUND};

/// So many rounds at most for one `amends sync`.
const MOST_ROUNDS: usize = 5;

/// What two people, or two devices, do together.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Begin with the other person: invite them, join them, compare the four words.
    #[command(subcommand)]
    Pair(pair::Command),
    /// Own devices: add one, list them, take one away.
    #[command(subcommand)]
    Device(device::Command),
    /// Send what waits, and fetch what is there.
    Sync(Sync),
    /// A counselor as a guest: show the links of sheets, or read a sheet with a link.
    #[command(subcommand)]
    Guest(guest::Command),
}

/// Which relay. Remembered in the vault from then on.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct AtRelay {
    /// Address of the relay that both use.
    #[arg(long, value_name = "ADDRESS")]
    relay: Option<String>,
    /// What its owner handed out, if it is not open to all.
    #[arg(long, value_name = "INVITE")]
    relay_invite: Option<String>,
}

impl AtRelay {
    /// The relay that a link names, unless another one was given; and the part of the link that is never sent, from `#` on.
    fn named_by(&self, link: &str, words: &Messages) -> anyhow::Result<(Self, String)> {
        let found = link.trim().split_once('#');
        let (address, part) =
            found.ok_or_else(|| anyhow::anyhow!("{}", words.text("together-link-unreadable")))?;
        let relay = self.relay.clone().or_else(|| Some(address.to_owned()));
        Ok((Self { relay, relay_invite: self.relay_invite.clone() }, format!("#{part}")))
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sync {
    #[command(flatten)]
    relay: AtRelay,
    /// Go on until stopped (Ctrl-C).
    #[arg(long)]
    watch: bool,
    /// Print how things stand as JSON.
    #[arg(long, conflicts_with = "watch")]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(command: &Command) -> anyhow::Result<u8> {
    let words = vault::words();
    match command {
        Command::Pair(command) => pair::run(command, &words),
        Command::Device(command) => device::run(command, &words),
        Command::Sync(arguments) => sync(arguments, &words),
        Command::Guest(command) => guest::run(command, &words),
    }
}

fn sync(arguments: &Sync, words: &Messages) -> anyhow::Result<u8> {
    let mut vault = arguments.place.open(words)?;
    let outcome = send_and_fetch(&mut vault, arguments, words);
    vault::lock(vault, words);
    outcome
}

fn send_and_fetch(vault: &mut OpenVault, arguments: &Sync, words: &Messages) -> anyhow::Result<u8> {
    let carrier = carrier(vault, &arguments.relay, words)?;
    if !vault.sync_status().has_begun {
        anstream::println!("{}", words.text("together-nobody-yet"));
        return Ok(CLEAN);
    }
    let exchange = Exchange::new(carrier);
    if arguments.watch {
        return watch(vault, &exchange, words);
    }
    let round = until_level(vault, &exchange, arguments.json, words)?;
    if arguments.json {
        anstream::println!("{}", serde_json::to_string(&round.status)?);
    } else {
        let key = if round.is_behind { "together-not-all" } else { "together-up-to-date" };
        anstream::println!("{}", words.text(key));
        say_what_is_missing(&round.status, words);
        if !vault.halves_still_here(vault::now()).is_empty() {
            anstream::println!("{}", words.text("together-half-here"));
        }
        vault::mention_removal(vault, words);
    }
    Ok(if round.is_behind { FOUND } else { CLEAN })
}

/// Goes on while a round finds out that more is to be done: a new pair, another device, a relay that forgot.
fn until_level(
    vault: &mut OpenVault,
    exchange: &Exchange,
    is_silent: bool,
    words: &Messages,
) -> anyhow::Result<Round> {
    let mut n_left = MOST_ROUNDS;
    loop {
        let round =
            exchange.round(vault, false).map_err(|error| anyhow::anyhow!("{}", words.text(error.key())))?;
        if !is_silent {
            say(&round.came, words);
        }
        n_left -= 1;
        if !round.is_behind || n_left == 0 {
            return Ok(round);
        }
    }
}

fn watch(vault: &mut OpenVault, exchange: &Exchange, words: &Messages) -> anyhow::Result<u8> {
    loop {
        match exchange.round(vault, true) {
            Ok(round) => {
                say(&round.came, words);
                if round.came.iter().any(|came| came.0 == amends_client::Notice::Received) {
                    vault::mention_removal(vault, words);
                }
            }
            Err(error) => {
                anstream::eprintln!("{}", words.text(error.key()));
                exchange::rest();
            }
        }
    }
}

/// Says what came of a round. Nothing in it tells when the other person was there.
fn say(came: &[Came], words: &Messages) {
    for key in came.iter().filter_map(|came| came.key()) {
        anstream::println!("{}", words.text(key));
    }
}

/// Says what was sent days ago and is not here, and that nothing shows why; nothing where all came.
pub(crate) fn say_what_is_missing(status: &SyncStatus, words: &Messages) {
    for key in missing(status) {
        anstream::println!("{}", words.text(key));
    }
}

/// Message keys of that.
fn missing(status: &SyncStatus) -> Vec<&'static str> {
    let what = [(status.pair_misses_for_long, "missing-pair"), (status.own_misses_for_long, "missing-own")];
    let mut keys: Vec<&str> = what.into_iter().filter(|(is_so, _)| *is_so).map(|(_, key)| key).collect();
    if !keys.is_empty() {
        keys.extend(["missing-why", "missing-looks", "missing-ask"]);
    }
    keys
}

/// The way to the relay: the one given, which is remembered, or the one remembered.
fn carrier(vault: &mut OpenVault, given: &AtRelay, words: &Messages) -> anyhow::Result<Carrier> {
    let known = vault.relay_address().map_err(|error| failed(words, &SyncError::Read(error)))?;
    let Some(address) = given.relay.clone().or(known) else {
        anyhow::bail!("{}", words.text("together-no-relay"));
    };
    let carrier = Carrier::new(&address).map_err(|error| {
        let key = match error {
            AddressError::NotSafe => "together-relay-not-safe",
            _ => "together-relay-unreadable",
        };
        anyhow::anyhow!("{}", words.text(key))
    })?;
    if let Some(invite) = &given.relay_invite {
        let kept = vault.set_relay_invite(invite).map_err(|error| failed(words, &SyncError::Write(error)))?;
        anyhow::ensure!(kept, "{}", words.text("together-invite-unreadable"));
    }
    if given.relay.is_some() {
        vault.set_relay_address(&address).map_err(|error| failed(words, &SyncError::Write(error)))?;
    }
    Ok(carrier)
}

/// An error of pairing or sending in the words of the person.
fn failed(words: &Messages, error: &SyncError) -> anyhow::Error {
    trouble(words, Trouble::from(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_for_long_is_said_with_what_it_may_mean_and_nothing_else_is() {
        let mut status = SyncStatus {
            has_begun: true,
            partner: None,
            own_is_up_to_date: true,
            pair_is_up_to_date: true,
            relay_refuses: None,
            n_missing: 2,
            own_misses_for_long: false,
            pair_misses_for_long: false,
            set_aside: Vec::new(),
        };
        assert_eq!(missing(&status), [""; 0], "a gap of today may still be on its way");
        status.pair_misses_for_long = true;
        let words = vault::words();
        let said: Vec<String> = missing(&status).into_iter().map(|key| words.text(key)).collect();
        assert!(said.len() == 4 && said.concat().contains("does not mean that anybody did something wrong"));
    }
}
