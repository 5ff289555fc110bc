//! `amends vault` and everything that is done to a vault as a whole: search, undo, export, backup, leaving.

mod backup;
mod carry;
mod demo;
mod doctor;
mod find;
mod keys;
mod leave;
mod place;
mod removal;
pub(crate) mod secret;

pub(crate) use keys::cost;
pub(crate) use place::{
    FILE, OpenVault, Place, clock_changes, erase_file, lock, now, offset_at, open_trouble, private_file,
    private_folder, rng, usual_folder, zone,
};
pub(crate) use removal::mention as mention_removal;

use amends_client::Trouble;
use amends_messages::{Locale, Messages};

/// What is done to a vault as a whole.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Make the vault, look after its keys.
    #[command(subcommand)]
    Vault(keys::Command),
    /// Search in your own entries.
    Search(find::Search),
    /// Take back the last entry you saved. It is then gone from this device.
    Undo(find::Undo),
    /// Write everything of your own into a file: JSON that can be read back, or Markdown to read.
    Export(carry::Export),
    /// Read an export back in.
    Import(carry::Import),
    /// Make or check an encrypted backup.
    #[command(subcommand)]
    Backup(backup::Command),
    /// Make a vault from a backup, in an empty place.
    Restore(backup::Restore),
    /// Look at the vault and report numbers only, no words of yours.
    Doctor(doctor::Arguments),
    /// Make two vaults of an invented couple, in a place of their own.
    Demo(demo::Arguments),
    /// Leave: one act, no reason asked.
    Leave(leave::Arguments),
    /// They left and asked you to remove what they sent: see it, do it, or leave it.
    Removal(removal::Arguments),
}

pub(crate) fn run(command: &Command) -> anyhow::Result<u8> {
    let words = words();
    match command {
        Command::Vault(command) => keys::run(command, &words),
        Command::Search(arguments) => find::search(arguments, &words),
        Command::Undo(arguments) => find::undo(arguments, &words),
        Command::Export(arguments) => carry::export(arguments, &words),
        Command::Import(arguments) => carry::import(arguments, &words),
        Command::Backup(command) => backup::run(command, &words),
        Command::Restore(arguments) => backup::restore(arguments, &words),
        Command::Doctor(arguments) => doctor::run(arguments, &words),
        Command::Demo(arguments) => demo::run(arguments, &words),
        Command::Leave(arguments) => leave::run(arguments, &words),
        Command::Removal(arguments) => removal::run(arguments, &words),
    }
}

/// The texts that the command line prints.
pub(crate) fn words() -> Messages {
    Messages::new(Locale::English)
}

/// What happened and what can be done, as an error that ends the command.
pub(crate) fn trouble(words: &Messages, trouble: impl Into<Trouble>) -> anyhow::Error {
    let code = trouble.into().code();
    let what = words.text(&format!("trouble-{code}"));
    anyhow::anyhow!("{what} {}", words.text(&format!("trouble-{code}-help")))
}
