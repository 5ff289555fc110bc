//! Calendar files: events that touch a trigger (2.2), and files for other calendars with the weekly talk (3.1) and what both
//! said yes to (3.4).

use std::path::{Path, PathBuf};

use amends_calendar::{PlainEvent, Plan, Repeats, Window, Zone, export, import};
use amends_domain::event::Event;
use amends_domain::id::{DAY, Day, EventId, MINUTE, Millis};
use amends_domain::prove::activities::Invitation;
use amends_domain::prove::communication;
use amends_messages::Messages;
use amends_tools::show;
use anyhow::Context as _;
use serde_json::json;

use super::{Arguments, moment, session};
use crate::commands::vault::{self, OpenVault, now, offset_at, private_file};
use crate::commands::{CLEAN, FOUND, reader};

/// Weeks for which left-out days are looked up: ten years.
const WEEKS: i32 = 520;

#[derive(Debug, clap::Args)]
pub(crate) struct ChangeArguments {
    /// Read a calendar file (.ics) and show events of the next 90 days that touch a trigger.
    #[arg(long, value_name = "FILE")]
    pub(super) calendar: Option<PathBuf>,
    /// Your time zone, for events without one, for example Europe/Berlin; that of this computer if left out.
    #[arg(long, value_name = "NAME", requires = "calendar")]
    zone: Option<String>,
    #[command(flatten)]
    pub(super) step: Arguments,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TalkArguments {
    /// Write the agreed weekly talks into a calendar file (.ics).
    #[arg(long, value_name = "FILE")]
    pub(super) ics: Option<PathBuf>,
    /// Your time zone, for example Europe/Berlin: the talk follows its clock. That of this computer if left out.
    #[arg(long, value_name = "NAME", requires = "ics")]
    zone: Option<String>,
    #[command(flatten)]
    pub(super) step: Arguments,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ActivitiesArguments {
    /// Write what both of you said yes to, and what is not over, into a calendar file (.ics).
    #[arg(long, value_name = "FILE")]
    pub(super) ics: Option<PathBuf>,
    #[command(flatten)]
    pub(super) step: Arguments,
}

fn zone(name: Option<&str>) -> anyhow::Result<Zone> {
    match name {
        Some(name) => name.parse::<Zone>().map_err(|error| anyhow::anyhow!("{name}: {error}")),
        None => Ok(vault::zone().unwrap_or(Zone::UTC)),
    }
}

/// Shows what touches a trigger; in a terminal the person can answer the four questions for one after the other.
pub(super) fn check(arguments: &ChangeArguments, words: &Messages) -> anyhow::Result<u8> {
    let path = arguments.calendar.as_deref().unwrap_or_else(|| Path::new(""));
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let window = Window { from: now().0, to: now().plus(90 * DAY).0 };
    let found = import(&text, window, zone(arguments.zone.as_deref())?)?;
    let mut vault = arguments.step.place.open(words)?;
    let world = vault.state().world();
    let touched: Vec<(PlainEvent, serde_json::Value)> = found
        .events
        .into_iter()
        .filter_map(|event| {
            let trigger = world.change.touched_by(&event.title, &event.place).next()?;
            Some((event, json!(trigger)))
        })
        .collect();
    let outcome = if arguments.step.json {
        let list: Vec<_> = touched.iter().map(|(event, trigger)| as_answers(event, trigger)).collect();
        anstream::println!("{}", serde_json::to_string_pretty(&list)?);
        Ok(CLEAN)
    } else {
        answer(&mut vault, &touched, words)
    };
    vault::lock(vault, words);
    if !found.skipped.is_empty() {
        anstream::eprintln!("{}", words.with("calendar-skipped", &[("count", found.skipped.len().into())]));
    }
    outcome
}

fn as_answers(event: &PlainEvent, trigger: &serde_json::Value) -> serde_json::Value {
    json!({ "uid": event.uid, "start": event.start, "title": event.title, "trigger": trigger })
}

fn answer(
    vault: &mut OpenVault,
    touched: &[(PlainEvent, serde_json::Value)],
    words: &Messages,
) -> anyhow::Result<u8> {
    let tool = amends_tools::tool("change", "event-check").context("there is no event check")?;
    if touched.is_empty() {
        anstream::println!("{}", words.text("calendar-nothing"));
        return Ok(FOUND);
    }
    let mut reader = reader::reader(false);
    loop {
        anstream::println!("{}", words.text("calendar-touched"));
        for (index, (event, _)) in touched.iter().enumerate() {
            anstream::println!(
                "  {:>2}. {}  {}",
                index + 1,
                show::when(Millis(event.start), &offset_at),
                event.title
            );
        }
        anstream::println!("{}", words.text("cli-choose"));
        let line = vault::secret::line()?.unwrap_or_default();
        let chosen = line.trim().parse::<usize>().ok().and_then(|number| touched.get(number.checked_sub(1)?));
        let Some((event, trigger)) = chosen else { return Ok(CLEAN) };
        session::lead(vault, "change", tool, Some(as_answers(event, trigger)), &mut reader, words)?;
    }
}

/// Writes the weekly talks that hold.
pub(super) fn write_talks(arguments: &TalkArguments, words: &Messages) -> anyhow::Result<u8> {
    let path = arguments.ics.as_deref().unwrap_or_else(|| Path::new(""));
    let zone = zone(arguments.zone.as_deref())?;
    let vault = arguments.step.place.open(words)?;
    let title = words.text("calendar-talk-title");
    let plans: Vec<Plan> = show::entries(vault.state(), moment())
        .into_iter()
        .filter_map(|event| plan(&vault, event, zone, &title))
        .collect();
    vault::lock(vault, words);
    file(path, &plans, "calendar-no-talk", words)
}

/// Writes what was agreed and is not over.
pub(super) fn write_activities(arguments: &ActivitiesArguments, words: &Messages) -> anyhow::Result<u8> {
    let path = arguments.ics.as_deref().unwrap_or_else(|| Path::new(""));
    let vault = arguments.step.place.open(words)?;
    let invitations = vault.state().world().activities.invitations();
    let plans: Vec<Plan> = invitations.filter_map(|(id, found)| agreed(id, found, words)).collect();
    vault::lock(vault, words);
    file(path, &plans, "calendar-no-activity", words)
}

fn agreed(id: EventId, invitation: &Invitation, words: &Messages) -> Option<Plan> {
    let proposal = &invitation.proposal;
    let end = proposal.start.plus(u64::from(proposal.minutes) * MINUTE);
    if !invitation.accepted || invitation.withdrawn || end <= now() {
        return None;
    }
    // Not the words of the invitation: others may see the calendar.
    let title = proposal.activity.map_or("look-together-title".to_owned(), |activity| activity.message_key());
    Some(Plan {
        uid: uid(id)?,
        start: proposal.start.0,
        minutes: proposal.minutes,
        title: words.text(&title),
        place: String::new(),
        repeats: Repeats::Once,
    })
}

/// The same as in the app, so that a plan is there once, whoever wrote the file.
fn uid(id: EventId) -> Option<String> {
    let id = serde_json::to_value(id).ok()?;
    Some(format!("{}-{}@amends", id["device"].as_str()?, id["seq"]))
}

fn file(path: &Path, plans: &[Plan], none: &str, words: &Messages) -> anyhow::Result<u8> {
    if plans.is_empty() {
        anstream::println!("{}", words.text(none));
        return Ok(FOUND);
    }
    private_file(path, export(plans, now().0).as_bytes())?;
    anstream::println!("{} {}", words.text("export-written"), path.display());
    Ok(CLEAN)
}

fn plan(vault: &OpenVault, event: &Event, zone: Zone, title: &str) -> Option<Plan> {
    let amends_domain::event::Body::Communication(communication::Event::ProposeTalk(talk)) = &event.body
    else {
        return None;
    };
    let state = vault.state().world();
    state.communication.talk(event.id).filter(|found| found.agreed)?;
    let weeks = |day: Day| (0..WEEKS).map(move |week| day.plus(week * 7));
    let left_out: Vec<u64> = weeks(talk.first)
        .filter(|day| !state.communication.talks_on(event.id, *day))
        .map(|day| talk.start(day).0)
        .collect();
    if left_out.len() == WEEKS as usize {
        return None;
    }
    let repeats = Repeats::Weekly { zone, left_out, until: None };
    Some(Plan {
        uid: uid(event.id)?,
        start: talk.start(talk.first).0,
        minutes: talk.length,
        title: title.to_owned(),
        place: String::new(),
        repeats,
    })
}
