//! `amends vault`: making a vault, its passphrase and its recovery words.

use std::path::PathBuf;

use amends_client::{KdfCost, NewVault, Vault};
use amends_messages::Messages;

use super::place::{lock, rng};
use super::{Place, secret, trouble};
use crate::commands::CLEAN;

/// The vault and its keys.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Make a new vault, and show its twelve recovery words once.
    Create(Place),
    /// Say where the vault is and how much is in it.
    Status(Place),
    /// Give the vault a new passphrase.
    ChangePassphrase(ChangePassphrase),
    /// Check the recovery words you wrote down, make new ones, or set a new passphrase with them.
    Recovery(Recovery),
    /// Say whether the vault is free or open in another program; needs no passphrase.
    LockCheck(Place),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ChangePassphrase {
    #[command(flatten)]
    place: Place,
    /// File whose first line is the new passphrase. Asked for if left out.
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Recovery {
    #[command(flatten)]
    place: Place,
    /// Make twelve new words; the old ones stop working.
    #[arg(long)]
    new: bool,
    /// Open with the twelve words and set a new passphrase.
    #[arg(long, conflicts_with = "new")]
    reset_passphrase: bool,
    /// File whose first line is the new passphrase, with --reset-passphrase. Asked for if left out.
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

pub(super) fn run(command: &Command, words: &Messages) -> anyhow::Result<u8> {
    match command {
        Command::Create(place) => create(place, words),
        Command::Status(place) => status(place, words),
        Command::ChangePassphrase(arguments) => change(arguments, words),
        Command::Recovery(arguments) => recovery(arguments, words),
        Command::LockCheck(place) => {
            place.find(words)?;
            anstream::println!("{}", words.text("vault-is-free"));
            Ok(CLEAN)
        }
    }
}

fn create(place: &Place, words: &Messages) -> anyhow::Result<u8> {
    let file = place.file()?;
    if file.exists() {
        return Err(trouble(words, amends_client::Trouble::NotEmpty));
    }
    let passphrase = secret::new_passphrase(place.passphrase_file.as_deref(), words)?;
    if passphrase.chars().count() < 8 {
        return Err(trouble(words, amends_client::Trouble::ShortPassphrase));
    }
    let store = place.create_store(words)?;
    let new = NewVault { cost: cost(), ..NewVault::with_passphrase(&passphrase) };
    let (vault, phrase) = Vault::create(store, new, rng()).map_err(|error| trouble(words, &error))?;
    anstream::println!("{} {}", words.text("vault-made"), file.display());
    secret::hand_over(&phrase, words)?;
    lock(vault, words);
    Ok(CLEAN)
}

fn status(place: &Place, words: &Messages) -> anyhow::Result<u8> {
    let vault = place.open(words)?;
    anstream::println!("{} {}", words.text("vault-is-at"), place.file()?.display());
    if vault.is_demo() {
        anstream::println!("{}", words.text("vault-is-demo"));
    }
    let entries = vault.state().events().filter(|event| vault.state().holds(event)).count();
    anstream::println!(
        "{}",
        words.with("vault-holds", &[("entries", entries.into()), ("drafts", vault.drafts().count().into())])
    );
    if !vault.quarantined().is_empty() {
        anstream::println!(
            "{}",
            words.with("vault-unreadable", &[("count", vault.quarantined().len().into())])
        );
    }
    super::removal::mention(&vault, words);
    lock(vault, words);
    Ok(CLEAN)
}

fn change(arguments: &ChangePassphrase, words: &Messages) -> anyhow::Result<u8> {
    let place = &arguments.place;
    let locked = place.find(words)?;
    let present = secret::passphrase(place.passphrase_file.as_deref(), words, "vault-ask-passphrase")?;
    let mut vault = locked.unlock(&present, rng()).map_err(|failed| trouble(words, &failed.reason))?;
    let new = secret::new_passphrase(arguments.new_passphrase_file.as_deref(), words)?;
    vault.change_passphrase(&present, &new, cost()).map_err(|error| trouble(words, &error))?;
    anstream::println!("{}", words.text("vault-passphrase-changed"));
    lock(vault, words);
    Ok(CLEAN)
}

fn recovery(arguments: &Recovery, words: &Messages) -> anyhow::Result<u8> {
    let place = &arguments.place;
    if arguments.reset_passphrase {
        return reset(arguments, words);
    }
    let locked = place.find(words)?;
    let passphrase = secret::passphrase(place.passphrase_file.as_deref(), words, "vault-ask-passphrase")?;
    let mut vault = locked.unlock(&passphrase, rng()).map_err(|failed| trouble(words, &failed.reason))?;
    if arguments.new {
        let phrase = vault.change_recovery_phrase(&passphrase).map_err(|error| trouble(words, &error))?;
        secret::hand_over(&phrase, words)?;
    } else {
        let phrase = secret::typed_phrase(words)?;
        let opens = vault.check_recovery_phrase(&phrase).map_err(|error| trouble(words, &error))?;
        if !opens {
            return Err(trouble(words, amends_client::Trouble::WrongPhrase));
        }
        anstream::println!("{}", words.text("vault-phrase-opens"));
    }
    lock(vault, words);
    Ok(CLEAN)
}

fn reset(arguments: &Recovery, words: &Messages) -> anyhow::Result<u8> {
    let locked = arguments.place.find(words)?;
    let phrase = secret::typed_phrase(words)?;
    let mut vault =
        locked.unlock_with_phrase(&phrase, rng()).map_err(|failed| trouble(words, &failed.reason))?;
    let new = secret::new_passphrase(arguments.new_passphrase_file.as_deref(), words)?;
    vault.reset_passphrase(&phrase, &new, cost()).map_err(|error| trouble(words, &error))?;
    anstream::println!("{}", words.text("vault-passphrase-changed"));
    lock(vault, words);
    Ok(CLEAN)
}

/// What a guess of a new passphrase costs. Builds for development may ask for the lowest cost that is safe, because
/// their tests open a vault hundreds of times.
pub(crate) fn cost() -> KdfCost {
    if cfg!(debug_assertions) && std::env::var_os("AMENDS_LOWEST_COST").is_some() {
        KdfCost::FLOOR
    } else {
        KdfCost::RECOMMENDED
    }
}
