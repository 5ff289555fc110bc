//! `amends safety`: eight private questions. The answers live in memory only and are wiped; what stays is open or
//! closed, never why. The questions, their outcome and help work without a vault, too.

use std::io::Write as _;

use amends_client::NewEvent;
use amends_domain::consent;
use amends_domain::event::Space;
use amends_domain::permit::Action;
use amends_domain::safety::gate::QUESTIONS;
use amends_domain::safety::{Answer, Answers, Couple, GatePass, Help, Verdict};
use amends_messages::Messages;

use crate::commands::vault::{self, OpenVault, Place, now, secret};
use crate::commands::{CLEAN, help_lines};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Country of the help lines (ISO 3166); guessed from the language settings if left out.
    #[arg(long, value_name = "XX")]
    country: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, words: &Messages) -> anyhow::Result<u8> {
    let vault = if arguments.place.exists() { Some(arguments.place.open(words)?) } else { None };
    let verdict = ask(words)?.verdict();
    tell(&verdict, arguments.country.as_deref(), words)?;
    match vault {
        None => anstream::println!("{}", words.text("safety-no-vault")),
        Some(mut vault) => {
            let written = apply(&mut vault, verdict, words);
            vault::lock(vault, words);
            written?;
        }
    }
    Ok(CLEAN)
}

fn ask(words: &Messages) -> anyhow::Result<Answers> {
    for key in ["gate-title", "gate-intro", "gate-not-a-test", "gate-told-nobody"] {
        anstream::println!("{}", words.text(key));
    }
    let mut answers = Answers::default();
    for (index, key) in QUESTIONS.iter().enumerate() {
        anstream::println!("\n{}. {}", index + 1, words.text(key));
        anstream::print!("{} ", words.text("safety-yes-no-skip"));
        std::io::stdout().flush()?;
        // The answer is used here and never written down.
        let answer = match secret::line()?.map(|line| line.trim().to_lowercase()).as_deref() {
            Some("y" | "yes") => Answer::Yes,
            Some("n" | "no") => Answer::No,
            _ => Answer::Skipped,
        };
        answers.answer(index + 1, answer);
    }
    Ok(answers)
}

/// The outcome with its help lines, the most urgent first.
fn tell(verdict: &Verdict, country: Option<&str>, words: &Messages) -> anyhow::Result<()> {
    anstream::println!();
    for help in &verdict.help {
        match help {
            Help::CrisisLine => anstream::println!("{}", words.text("outcome-crisis")),
            Help::StopUsingForce => anstream::println!("{}", words.text("outcome-used-force")),
            Help::ExitPlan => anstream::println!("{}", words.text("help-leave-text")),
            Help::HelpPage => anstream::println!("{}", words.text("help-table-lead")),
            Help::HelpLine => anstream::println!("{}", words.text("safety-talk-to-somebody")),
        }
    }
    if verdict.close_both_ways {
        anstream::println!("{}", words.text("outcome-no-contact"));
    }
    anstream::println!(
        "{}",
        words.text(match verdict.couple {
            Couple::Open(_) => "outcome-open",
            Couple::AfterReading(_) => "outcome-after-reading",
            Couple::Closed => "outcome-closed",
        })
    );
    if !verdict.help.is_empty() {
        anstream::println!();
        help_lines::run(&help_lines::Arguments::for_country(country))?;
    }
    anstream::println!("{}", words.text("gate-again"));
    Ok(())
}

/// Writes open or closed on own devices, closes sending where that was asked for, and opens the part for two only if
/// the person wants it now.
fn apply(vault: &mut OpenVault, verdict: Verdict, words: &Messages) -> anyhow::Result<()> {
    let failed =
        |error: &amends_client::AppendError| vault::trouble(words, amends_client::Trouble::from(error));
    let channel_open = vault.state().world().consent.is_open(vault.me(), now());
    let own = verdict.own_events().into_iter().map(Action::private);
    let both = verdict.shared_events(channel_open).into_iter().map(Action::shared);
    let all: Vec<Action> = own.chain(both).collect();
    vault.append_all(now(), all).map_err(|error| failed(&error))?;
    if vault.state().world().partner.is_none() {
        return Ok(());
    }
    let pass: GatePass = match verdict.couple {
        Couple::Open(pass) if secret::yes(words, &words.text("safety-open-now"))? => pass,
        Couple::AfterReading(reading) if secret::yes(words, &words.text("safety-open-after-reading"))? => {
            vault
                .append(now(), NewEvent::private(amends_domain::safety::Event::Door { open: true }))
                .map_err(|error| failed(&error))?;
            reading.open_after_reading()
        }
        _ => return Ok(()),
    };
    let opt_in = NewEvent {
        action: Action { space: Space::Shared, body: consent::Event::OptIn.into() },
        finishes: None,
    };
    match vault.append_knowing(now(), opt_in, |local| local.gate = Some(&pass)) {
        Ok(_) => anstream::println!("{}", words.text("safety-opened")),
        Err(error) => {
            super::refused(words, &error)?;
        }
    }
    Ok(())
}
