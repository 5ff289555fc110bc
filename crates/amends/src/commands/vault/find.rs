//! `amends search` and `amends undo`.

use amends_client::NewEvent;
use amends_domain::event::{Body, Event};
use amends_domain::permit::Action;
use amends_domain::texts::texts;
use amends_domain::{entry, event::Space};
use amends_messages::Messages;

use super::place::{OpenVault, lock, now, offset_at};
use super::{Place, secret};
use crate::commands::steps::refused;
use crate::commands::{CLEAN, FOUND};

#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// Words to look for. All must begin a word of the entry; capitals and accents do not matter.
    #[arg(required = true)]
    words: Vec<String>,
    /// Show at most this many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Undo {
    /// Do not ask first.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn search(arguments: &Search, words: &Messages) -> anyhow::Result<u8> {
    let vault = arguments.place.open(words)?;
    let hits = vault.search(&arguments.words.join(" "), arguments.limit);
    for hit in &hits {
        anstream::println!(
            "{}  {}  {}",
            hit.at.day(offset_at(hit.at)),
            hit.step,
            hit.excerpt.replace('\n', " ")
        );
    }
    let found = !hits.is_empty();
    if !found {
        anstream::println!("{}", words.text("search-nothing"));
    }
    lock(vault, words);
    Ok(if found { CLEAN } else { FOUND })
}

pub(super) fn undo(arguments: &Undo, words: &Messages) -> anyhow::Result<u8> {
    let mut vault = arguments.place.open(words)?;
    let Some(event) = last_own(&vault).cloned() else {
        anstream::println!("{}", words.text("undo-nothing"));
        return Ok(FOUND);
    };
    let excerpt: String = texts(&event.body).join(" ").replace('\n', " ").chars().take(80).collect();
    anstream::println!(
        "{}  {}  {excerpt}",
        event.at.time().day(offset_at(event.at.time())),
        event.body.step()
    );
    if event.space == Space::Shared {
        anstream::println!("{}", words.text("leave-their-copy"));
    }
    if !arguments.yes && !secret::yes(words, &words.text("undo-ask"))? {
        lock(vault, words);
        return Ok(CLEAN);
    }
    let body: Body = entry::Event::Delete { target: event.id }.into();
    let new = NewEvent { action: Action { space: event.space, body }, finishes: None };
    let written = vault.append(now(), new);
    if let Err(error) = written {
        return refused(words, &error);
    }
    anstream::println!("{}", words.text("undo-done"));
    lock(vault, words);
    Ok(CLEAN)
}

/// The newest entry of one's own that can be taken back: no settings of the channel, no safety.
fn last_own(vault: &OpenVault) -> Option<&Event> {
    let state = vault.state();
    let kept =
        |event: &&Event| event.author == vault.me() && state.holds(event) && !state.is_retracted(event);
    let entries: Vec<&Event> = state
        .events()
        .filter(kept)
        .filter(|event| {
            !matches!(event.body, Body::Entry(_) | Body::Consent(_) | Body::Safety(_) | Body::Unknown(_))
        })
        .collect();
    entries.into_iter().max_by_key(|event| event.order())
}
