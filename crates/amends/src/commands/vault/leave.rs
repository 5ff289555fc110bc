//! `amends leave`: one act, always possible, no reason asked.

use amends_domain::safety::leave::leave;
use amends_domain::safety::{Leaving, MyThings};
use amends_messages::Messages;

use super::place::{lock, now};
use super::{Place, secret, trouble};
use crate::commands::CLEAN;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Say that you leave; without it you leave without a word.
    #[arg(long)]
    say_so: bool,
    /// Also ask the other app to remove what you sent. It can do that, but nobody can make it.
    #[arg(long, requires = "say_so")]
    ask_removal: bool,
    /// Erase all your things from this device, too.
    #[arg(long)]
    erase: bool,
    /// Do not ask first.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, words: &Messages) -> anyhow::Result<u8> {
    let mut vault = arguments.place.open(words)?;
    let paired = vault.state().world().partner.is_some();
    // With nobody to tell, there is nothing to say.
    let how = if arguments.say_so && paired { Leaving::Open } else { Leaving::Quiet };
    let things = if arguments.erase { MyThings::Erase } else { MyThings::Keep };
    anstream::println!("{}", words.text(if how == Leaving::Open { "leave-open" } else { "leave-quiet" }));
    anstream::println!("{}", words.text(if arguments.erase { "leave-erase" } else { "leave-keep" }));
    anstream::println!("{}", words.text("leave-their-copy"));
    if !arguments.yes && !secret::yes(words, &words.text("leave-ask"))? {
        lock(vault, words);
        return Ok(CLEAN);
    }
    let plan = leave(vault.state(), how, things, arguments.ask_removal);
    vault.leave(now(), plan).map_err(|error| trouble(words, &error))?;
    anstream::println!("{}", words.text("leave-done"));
    lock(vault, words);
    Ok(CLEAN)
}
