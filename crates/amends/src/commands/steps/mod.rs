//! The thirteen steps, incidents, stages and safety in a terminal: question by question, or JSON in and out.
//!
//! The tools of each step are data (`amends-tools`); everything here is done the same way for all of them:
//! [`session`] shows the menu and leads through a tool, [`interview`] asks, [`list`] and [`json`] are for programs. What may happen is decided by the domain alone.

mod calendar;
mod interview;
mod json;
mod list;
mod pick;
mod safety;
mod session;

use amends_client::AppendError;
use amends_messages::Messages;
use amends_tools::Moment;

use super::vault::{self, Place};

/// The steps, by their slugs.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// What happened: name it, say who did it, whether it is over.
    Incident(Arguments),
    /// Which tools are open, and moving on or back.
    Stage(Arguments),
    /// The eight private questions. Answers are never stored.
    Safety(safety::Arguments),
    /// 1.1 Say what you did.
    Responsibility(Arguments),
    /// 1.2 Stand where they stand.
    Perspective(Arguments),
    /// 1.3 Listen and give it back.
    Listening(Arguments),
    /// 1.4 Accept the feeling.
    Acceptance(Arguments),
    /// 2.1 Explain without an excuse.
    Explanation(Arguments),
    /// 2.2 Change the causes.
    Change(calendar::ChangeArguments),
    /// 2.3 Apologize, and promise what you can keep.
    Honesty(Arguments),
    /// 3.1 Obstacles, letters, the weekly talk, a counselor.
    Communication(calendar::TalkArguments),
    /// 3.2 What is needed.
    Needs(Arguments),
    /// 3.3 Small contact, at the pace of who receives it.
    Contact(Arguments),
    /// 3.4 Things to do together.
    Activities(calendar::ActivitiesArguments),
    /// 3.5 Thanks, gifts without strings, chores.
    Gratitude(Arguments),
    /// 3.6 Time: check-ins, what you controlled, the review, an ending.
    Patience(Arguments),
}

/// How a step is used.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Arguments {
    /// Print what is there, and leave. With --json as JSON.
    #[arg(long)]
    list: bool,
    /// Read actions as JSON from standard input, write each, and answer each with one line of JSON.
    #[arg(long)]
    json: bool,
    /// Go straight to one tool, by its name.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["list", "json"])]
    tool: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(command: &Command) -> anyhow::Result<u8> {
    let words = vault::words();
    let (slug, arguments) = match command {
        Command::Safety(arguments) => return safety::run(arguments, &words),
        Command::Change(change) if change.calendar.is_some() => return calendar::check(change, &words),
        Command::Communication(talk) if talk.ics.is_some() => return calendar::write_talks(talk, &words),
        Command::Activities(activities) if activities.ics.is_some() => {
            return calendar::write_activities(activities, &words);
        }
        Command::Incident(arguments) => ("incident", arguments),
        Command::Stage(arguments) => ("stage", arguments),
        Command::Responsibility(arguments) => ("responsibility", arguments),
        Command::Perspective(arguments) => ("perspective", arguments),
        Command::Listening(arguments) => ("listening", arguments),
        Command::Acceptance(arguments) => ("acceptance", arguments),
        Command::Explanation(arguments) => ("explanation", arguments),
        Command::Change(change) => ("change", &change.step),
        Command::Honesty(arguments) => ("honesty", arguments),
        Command::Communication(talk) => ("communication", &talk.step),
        Command::Needs(arguments) => ("needs", arguments),
        Command::Contact(arguments) => ("contact", arguments),
        Command::Activities(activities) => ("activities", &activities.step),
        Command::Gratitude(arguments) => ("gratitude", arguments),
        Command::Patience(arguments) => ("patience", arguments),
    };
    let mut vault = arguments.place.open(&words)?;
    let outcome = if arguments.list {
        list::print(&vault, slug, arguments.json, &words)
    } else if arguments.json {
        json::run(&mut vault, slug, &words)
    } else {
        session::run(&mut vault, slug, arguments.tool.as_deref(), &words)
    };
    vault::lock(vault, &words);
    outcome
}

/// When and where the person looks.
fn moment() -> Moment {
    Moment { now: vault::now(), utc_offset: vault::offset_at(vault::now()) }
}

/// Why something was not written: a refusal in its own words, or trouble with the vault.
pub(super) fn refused(words: &Messages, error: &AppendError) -> anyhow::Result<u8> {
    match error {
        AppendError::Refused(refusal) => {
            anstream::eprintln!("{}", words.text(&refusal.message_key()));
            Ok(super::FOUND)
        }
        AppendError::Write(_) => Err(vault::trouble(words, amends_client::Trouble::from(error))),
        _ => Err(vault::trouble(words, amends_client::Trouble::from(error))),
    }
}
