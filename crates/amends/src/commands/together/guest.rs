//! A counselor as a guest: links of sheets that both agreed to, and reading with one.

use amends_carrier::Carrier;
use amends_client::{GuestVisit, open_guest};
use amends_messages::Messages;
use amends_tools::parts;
use amends_wire::ClientFrame;

use crate::commands::vault::{self, Place, now, offset_at};
use crate::commands::{CLEAN, FOUND};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Read a sheet with the link that two people gave you. No vault is needed.
    Read {
        /// The whole link, with everything behind the # sign.
        link: String,
    },
    /// Show the links of sheets that a guest can read now.
    Links {
        #[command(flatten)]
        place: Place,
    },
}

pub(super) fn run(command: &Command, words: &Messages) -> anyhow::Result<u8> {
    match command {
        Command::Read { link } => read(link, words),
        Command::Links { place } => links(place, words),
    }
}

fn links(place: &Place, words: &Messages) -> anyhow::Result<u8> {
    let vault = place.open(words)?;
    let address = vault.relay_address().ok().flatten();
    let open: Vec<_> = vault
        .state()
        .world()
        .communication
        .guests()
        .filter_map(|(id, _)| vault.guest_link(id, now()))
        .collect();
    for link in &open {
        let until = parts::day(words, link.until.day(offset_at(link.until)));
        anstream::println!("{}", words.with("look-guest-open-until", &[("date", until.into())]));
        match &address {
            Some(address) => {
                anstream::println!("{}/guest{}", address.trim_end_matches('/'), *link.fragment);
            }
            None => anstream::println!("{}", words.text("look-guest-no-relay")),
        }
        if !link.standing.is_given {
            anstream::println!("{}", words.text("look-guest-not-yet"));
        }
    }
    if open.is_empty() {
        anstream::println!("{}", words.text("guest-no-links"));
    }
    vault::lock(vault, words);
    Ok(CLEAN)
}

fn read(link: &str, words: &Messages) -> anyhow::Result<u8> {
    let say = |key: &str| anyhow::anyhow!("{}", words.text(key));
    let visit = GuestVisit::new(link).map_err(|_| say("guest-bad-link"))?;
    let answer = ask(link, &visit).ok_or_else(|| say("guest-no-answer"))?;
    let found = match open_guest(&visit, &answer, now()) {
        Ok(found) => found,
        Err(problem) => {
            let key = if problem.is_expired() { "guest-over" } else { "guest-gone" };
            anstream::println!("{}", words.text(key));
            return Ok(FOUND);
        }
    };
    let until = parts::day(words, found.until.day(offset_at(found.until)));
    anstream::println!("{}\n", words.with("guest-until", &[("date", until.into())]));
    anstream::println!("{}\n{}\n", words.text("guest-about"), words.text("guest-care"));
    anstream::println!("{}\n", found.sheet.summary);
    found.sheet.questions.iter().for_each(|question| anstream::println!("- {question}"));
    for part in &found.sheet.parts {
        let by = if part.by_proposer { "guest-part-by-one" } else { "guest-part-by-other" };
        let by = words.with(by, &[("date", parts::day(words, part.day).into())]);
        anstream::println!("\n== {} ==\n{by}\n\n{}", part.title, part.text);
    }
    Ok(CLEAN)
}

/// What the relay of a link answers; none if it cannot be reached.
pub(crate) fn ask(link: &str, visit: &GuestVisit) -> Option<Vec<u8>> {
    let (address, _) = link.trim().split_once('#')?;
    let address = address.trim_end_matches('/').trim_end_matches("/guest");
    let frames = ClientFrame::all_from_bytes(&visit.question()).ok()?;
    let answers = Carrier::new(address).ok()?.call(&frames, 0).ok()?;
    Some(answers.iter().flat_map(amends_wire::ServerFrame::to_bytes).collect())
}
