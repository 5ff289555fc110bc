//! `amends removal`: the other one left and asked that what they sent is removed. Shows it; the person does it or leaves it.

use amends_domain::consent::Connection;
use amends_messages::Messages;

use super::place::{OpenVault, lock, now};
use super::{Place, secret, trouble};
use crate::commands::CLEAN;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Remove their words now, without a question. They do not come back.
    #[arg(long)]
    yes: bool,
    /// Ask nothing; print how many entries they asked to have removed, and whether they are removed now, as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, words: &Messages) -> anyhow::Result<u8> {
    let mut vault = arguments.place.open(words)?;
    let outcome = answer(&mut vault, arguments, words);
    lock(vault, words);
    outcome.map(|()| CLEAN)
}

fn answer(vault: &mut OpenVault, arguments: &Arguments, words: &Messages) -> anyhow::Result<()> {
    let n_asked = vault.asked_to_remove().len();
    if !arguments.json {
        show(n_asked, words);
    }
    let is_wanted = n_asked > 0
        && (arguments.yes || !arguments.json && secret::yes(words, &words.text("removal-title"))?);
    if is_wanted {
        vault.remove_as_asked().map_err(|error| trouble(words, &error))?;
    }
    if arguments.json {
        anstream::println!("{}", serde_json::json!({ "n_asked": n_asked, "removed": is_wanted }));
    } else if n_asked > 0 {
        anstream::println!("{}", words.text(if is_wanted { "removal-done" } else { "removal-kept" }));
    }
    Ok(())
}

fn show(n_asked: usize, words: &Messages) {
    if n_asked == 0 {
        anstream::println!("{}", words.text("removal-nothing"));
        return;
    }
    anstream::println!("{}", words.text("removal-lead"));
    anstream::println!("{}", words.with("removal-count", &[("count", n_asked.into())]));
    for key in ["removal-what", "removal-yours", "removal-this-device"] {
        anstream::println!("{}", words.text(key));
    }
}

/// One line, as long as there is something that they asked to have removed and the two are not connected: as on the
/// first page of the app.
pub(crate) fn mention(vault: &OpenVault, words: &Messages) {
    let is_over = vault.state().connection(vault.me(), now()) == Connection::NotConnected;
    if is_over && !vault.asked_to_remove().is_empty() {
        anstream::println!("{}", words.text("removal-command"));
    }
}
