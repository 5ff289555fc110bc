//! `amends doctor`: the state of the vault in numbers.

use amends_messages::Messages;

use super::place::lock;
use super::{Place, trouble};
use crate::commands::together::say_what_is_missing;
use crate::commands::{CLEAN, FOUND};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, words: &Messages) -> anyhow::Result<u8> {
    let vault = arguments.place.open(words)?;
    let report = vault.doctor().map_err(|error| trouble(words, amends_client::Trouble::from(&error)))?;
    let status = vault.sync_status();
    lock(vault, words);
    anstream::println!("{}", serde_json::to_string_pretty(&report)?);
    let healthy = report.is_healthy();
    anstream::println!("{}", words.text(if healthy { "doctor-healthy" } else { "doctor-not-healthy" }));
    say_what_is_missing(&status, words);
    Ok(if healthy { CLEAN } else { FOUND })
}
