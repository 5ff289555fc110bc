//! `amends demo`: an invented couple in a place of its own, which no real vault shares.

use std::path::PathBuf;

use amends_client::{DEMO_PASSPHRASE, demo_couple};
use amends_domain::view::Moment;
use amends_messages::Messages;

use super::Place;
use super::place::{lock, now, offset_at, rng};
use crate::commands::CLEAN;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder for the two demonstration vaults; a new folder beside the real one if left out.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, words: &Messages) -> anyhow::Result<u8> {
    let folder = match &arguments.folder {
        Some(folder) => folder.clone(),
        None => arguments.place.folder()?.join("demo"),
    };
    let places = ["robin", "kim"].map(|name| Place::in_folder(folder.join(name)));
    if !places.iter().any(Place::exists) {
        let stores = [places[0].create_store(words)?, places[1].create_store(words)?];
        let now = now();
        let moment = Moment { now, utc_offset: offset_at(now) };
        let couple = demo_couple(stores, moment, rng)?;
        lock(couple.involved, words);
        lock(couple.injured, words);
    }
    anstream::println!("{}", words.text("demo-intro"));
    for (place, key) in places.iter().zip(["demo-robin", "demo-kim"]) {
        anstream::println!(
            "  {}: amends responsibility --list --data {}",
            words.text(key),
            place.folder()?.display()
        );
    }
    anstream::println!("{} {DEMO_PASSPHRASE}", words.text("demo-passphrase"));
    Ok(CLEAN)
}
