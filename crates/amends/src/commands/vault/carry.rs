//! `amends export` and `amends import`.

use std::path::PathBuf;

use amends_messages::Messages;
use amends_tools::{Side, voice};
use anyhow::Context as _;

use super::place::{lock, now, offset_at, private_file};
use super::{Place, trouble};
use crate::commands::CLEAN;

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// The file to write; printed if left out. It is readable by anyone who can open it.
    file: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Json,
    Markdown,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// A JSON file that `amends export` wrote.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn export(arguments: &Export, words: &Messages) -> anyhow::Result<u8> {
    let vault = arguments.place.open(words)?;
    let text = match arguments.format {
        Form::Json => vault.export_json(now())?,
        Form::Markdown => {
            vault.export_markdown(offset_at(now()), |name| label(words, name, Side::ever(vault.state())))
        }
    };
    lock(vault, words);
    match &arguments.file {
        None => anstream::println!("{text}"),
        Some(path) => {
            private_file(path, text.as_bytes())?;
            anstream::println!("{} {}", words.text("export-written"), path.display());
        }
    }
    Ok(CLEAN)
}

/// The words for the name of a step.
fn label(words: &Messages, name: &str, side: Side) -> Option<String> {
    let key = format!("step-{name}-title");
    words.has(&key).then(|| voice::spoken(words, &key, side))
}

pub(super) fn import(arguments: &Import, words: &Messages) -> anyhow::Result<u8> {
    let path = &arguments.file;
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut vault = arguments.place.open(words)?;
    let imported = vault.import_json(&text).map_err(|error| trouble(words, &error))?;
    let counts = [
        ("events", imported.n_events.into()),
        ("known", imported.n_known.into()),
        ("skipped", imported.n_skipped.into()),
        ("drafts", imported.n_drafts.into()),
    ];
    anstream::println!("{}", words.with("import-done", &counts));
    lock(vault, words);
    Ok(CLEAN)
}
