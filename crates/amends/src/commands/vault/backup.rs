//! `amends backup` and `amends restore`.

use std::path::{Path, PathBuf};

use amends_client::Backup;
use amends_messages::Messages;
use anyhow::Context as _;

use super::place::{lock, now, offset_at, private_file, rng};
use super::{Place, secret, trouble};
use crate::commands::{CLEAN, FOUND};

/// Encrypted backups.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Write the whole vault into one file, sealed as it is.
    Make(File),
    /// Open a backup in memory and say whether everything in it is good.
    Verify(File),
}

#[derive(Debug, clap::Args)]
pub(crate) struct File {
    /// The backup file.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup file.
    file: PathBuf,
    /// Open it with the twelve recovery words instead of the passphrase.
    #[arg(long)]
    recovery: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(command: &Command, words: &Messages) -> anyhow::Result<u8> {
    match command {
        Command::Make(arguments) => make(arguments, words),
        Command::Verify(arguments) => verify(arguments, words),
    }
}

fn make(arguments: &File, words: &Messages) -> anyhow::Result<u8> {
    let mut vault = arguments.place.open(words)?;
    let bytes = vault.backup(now()).map_err(|error| trouble(words, &error))?;
    lock(vault, words);
    private_file(&arguments.file, &bytes)?;
    // What was written is read back, because a backup that cannot be read is worse than none.
    read(&arguments.file, words)?;
    anstream::println!("{} {}", words.text("backup-made"), arguments.file.display());
    Ok(CLEAN)
}

fn verify(arguments: &File, words: &Messages) -> anyhow::Result<u8> {
    let backup = read(&arguments.file, words)?;
    let file = arguments.place.passphrase_file.as_deref();
    let passphrase = secret::passphrase(file, words, "backup-ask-passphrase")?;
    let verified = backup.verify(&passphrase, rng()).map_err(|error| trouble(words, &error))?;
    let day = verified.made_at.day(offset_at(verified.made_at)).to_string();
    let healthy = verified.report.is_healthy();
    let key = if healthy { "backup-good" } else { "backup-with-gaps" };
    anstream::println!(
        "{}",
        words.with(key, &[("day", day.into()), ("entries", verified.report.n_events.into())])
    );
    Ok(if healthy { CLEAN } else { FOUND })
}

pub(super) fn restore(arguments: &Restore, words: &Messages) -> anyhow::Result<u8> {
    let place = &arguments.place;
    let backup = read(&arguments.file, words)?;
    if place.exists() {
        return Err(trouble(words, amends_client::Trouble::NotEmpty));
    }
    let vault = if arguments.recovery {
        let phrase = secret::typed_phrase(words)?;
        fill(place, words, |store| backup.restore_with_phrase(store, &phrase, rng()))?
    } else {
        let passphrase =
            secret::passphrase(place.passphrase_file.as_deref(), words, "backup-ask-passphrase")?;
        // Tried in memory first, so that a wrong passphrase leaves no empty vault file behind.
        backup.verify(&passphrase, rng()).map_err(|error| trouble(words, &error))?;
        fill(place, words, |store| backup.restore(store, &passphrase, rng()))?
    };
    let entries = vault.state().events().count();
    anstream::println!("{} {}", words.text("vault-is-at"), place.file()?.display());
    anstream::println!(
        "{}",
        words.with("vault-holds", &[("entries", entries.into()), ("drafts", vault.drafts().count().into())])
    );
    lock(vault, words);
    Ok(CLEAN)
}

/// Makes the store and fills it; a store that could not be filled is taken away again.
fn fill<S>(
    place: &Place,
    words: &Messages,
    fill: impl FnOnce(amends_store_sqlite::SqliteStore) -> Result<S, amends_client::RestoreError>,
) -> anyhow::Result<S> {
    let store = place.create_store(words)?;
    fill(store).map_err(|error| {
        if let Ok(file) = place.file() {
            let _ = std::fs::remove_file(file);
        }
        trouble(words, &error)
    })
}

fn read(path: &Path, words: &Messages) -> anyhow::Result<Backup> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Backup::read(&bytes).map_err(|error| trouble(words, &error))
}
