//! Keeping and moving: backup, export, import, how much room is used, how the vault is.

use amends_client::{Backup, Imported};
use amends_domain::id::Day;
use amends_tools::parts;
use maud::{Markup, html};

use super::fields::{self, Problem, problem};
use crate::area::{Outcome, Turn};
use crate::core::Download;
use crate::layout::{Frame, Page, ShellKind};
use crate::state::Effect;

/// Days after which a new backup is suggested.
const OLD: u32 = 30;

/// What went wrong or well, and with which form.
pub(super) enum Note {
    Wrong(&'static str, Problem),
    Well(&'static str, String),
}

pub(super) fn page(frame: &Frame<'_>, note: Option<&Note>) -> Page {
    let native = frame.core.shell.kind == ShellKind::Native;
    let main = html! {
        h1 { (frame.text("keep-title")) }
        p class="lead" { (frame.text(if native { "keep-lead-native" } else { "keep-lead-browser" })) }
        (storage(frame))
        (reminder(frame))
        h2 { (frame.text("keep-backup-title")) }
        p { (frame.text("keep-backup-text")) }
        (noted(frame, note, "backup"))
        form method="post" action="/keep/backup" data-download {
            p { button type="submit" class="main-button" { (frame.text("keep-backup-button")) } }
        }
        details open[matches!(note, Some(Note::Wrong("verify", _) | Note::Well("verify", _)))] {
            summary { (frame.text("keep-verify-title")) }
            (noted(frame, note, "verify"))
            form id="verify" method="post" action="/keep/verify" enctype="multipart/form-data" autocomplete="off" {
                (fields::file(frame, "file", "keep-file"))
                (fields::passphrase(frame, "verify-passphrase", "keep-verify-passphrase", None))
                (fields::slow_button(frame, "keep-verify-button"))
            }
        }
        h2 { (frame.text("keep-export-title")) }
        p { (frame.text("keep-export-text")) }
        (noted(frame, note, "export"))
        form class="row" method="post" action="/keep/export" data-download {
            button type="submit" name="form" value="json" { (frame.text("keep-export-json")) }
            button type="submit" name="form" value="markdown" { (frame.text("keep-export-markdown")) }
        }
        h2 { (frame.text("keep-import-title")) }
        p { (frame.text("keep-import-text")) }
        (noted(frame, note, "import"))
        form id="import" method="post" action="/keep/import" enctype="multipart/form-data" {
            (fields::file(frame, "import-file", "keep-import-file"))
            p { button type="submit" { (frame.text("keep-import-button")) } }
        }
        (doctor(frame))
        h2 { (frame.text("erase-title")) }
        p { a href="/keep/erase" { (frame.text("erase-link")) } }
        p { a href="/door" { (frame.text("door-back")) } }
    };
    Page::new("/door", main)
}

fn noted(frame: &Frame<'_>, note: Option<&Note>, form: &str) -> Markup {
    match note {
        Some(Note::Wrong(of, what)) if *of == form => problem(frame, Some(*what)),
        Some(Note::Well(of, words)) if *of == form => html! { p class="done" role="alert" { (words) } },
        _ => html! {},
    }
}

/// How surely the browser keeps it, and how much room it takes.
fn storage(frame: &Frame<'_>) -> Markup {
    let storage = frame.session.storage;
    let size = |bytes: u64| format!("{:.1}", bytes as f64 / 1_000_000.0);
    html! {
        @if frame.core.shell.kind == ShellKind::Browser {
            p {
                (frame.text(match storage.is_lasting {
                    Some(true) => "keep-lasting",
                    Some(false) => "keep-not-lasting",
                    None => "keep-lasting-unknown",
                }))
                " " (frame.text("keep-week"))
            }
        }
        @if let Some(used) = storage.used {
            p class="quiet" { (frame.fill("keep-used", "size", size(used))) }
        }
    }
}

/// Said when there is something to lose and no backup, or an old one.
pub(super) fn reminder(frame: &Frame<'_>) -> Markup {
    let empty = frame.vault().is_none_or(|vault| vault.state().events().next().is_none());
    let place = frame.session.place();
    if place.is_demo() {
        return html! {};
    }
    let today = today(frame);
    match frame.visit.state.backups.get(place.name()) {
        Some(day) if today.saturating_sub(*day) <= OLD => {
            html! { p class="quiet" { (frame.fill("keep-last", "day", date(frame, Day(*day as i32)))) } }
        }
        Some(day) => html! {
            p class="problem" {
                (frame.fill("keep-last-old", "day", date(frame, Day(*day as i32)))) " "
                a href="/keep" { (frame.text("keep-title")) }
            }
        },
        None if empty => html! {},
        None => html! {
            p class="problem" { (frame.text("keep-no-backup")) " " a href="/keep" { (frame.text("keep-title")) } }
        },
    }
}

fn doctor(frame: &Frame<'_>) -> Markup {
    let report = frame.vault().and_then(|vault| vault.doctor().ok());
    html! {
        @if let Some(report) = report {
            h2 { (frame.text("keep-doctor-title")) }
            p { (frame.text(if report.is_healthy() { "keep-doctor-good" } else { "keep-doctor-bad" })) }
            details {
                summary { (frame.text("keep-doctor-more")) }
                p { (frame.text("keep-doctor-text")) }
                pre { (serde_json::to_string_pretty(&report).unwrap_or_default()) }
            }
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>, what: &str) -> Option<Outcome> {
    turn.session.vault()?;
    let note = match what {
        "backup" => match backup(turn) {
            Ok(file) => return Some(Outcome::File(file)),
            Err(problem) => Note::Wrong("backup", problem),
        },
        "export" => match export(turn) {
            Ok(file) => return Some(Outcome::File(file)),
            Err(problem) => Note::Wrong("export", problem),
        },
        "verify" => noted_as("verify", verify(turn)),
        "import" => noted_as("import", import(turn)),
        _ => return None,
    };
    Some(Outcome::Show(page(&turn.frame(), Some(&note))))
}

fn noted_as(form: &'static str, done: Result<String, Problem>) -> Note {
    match done {
        Ok(words) => Note::Well(form, words),
        Err(problem) => Note::Wrong(form, problem),
    }
}

fn backup(turn: &mut Turn<'_>) -> Result<Download, Problem> {
    let now = turn.visit.moment.now;
    let Some(vault) = turn.session.vault_mut() else { return Err(Problem::Form("door-needed-text")) };
    let bytes = vault.backup(now).map_err(|error| Problem::of(&error))?;
    // A backup that cannot be read is worse than none.
    Backup::read(&bytes).map_err(|error| Problem::of(&error))?;
    let frame = turn.frame();
    let (name, today) = (file_name(&frame, "backup"), today(&frame));
    let place = turn.session.place();
    if !place.is_demo() {
        turn.effects.push(Effect::BackedUp(place.name().to_owned(), today));
    }
    Ok(Download { name, media_type: "application/octet-stream", bytes })
}

fn export(turn: &Turn<'_>) -> Result<Download, Problem> {
    let moment = turn.visit.moment;
    let frame = turn.frame();
    let Some(vault) = frame.vault() else { return Err(Problem::Form("door-needed-text")) };
    if turn.request.field("form") == "markdown" {
        let text = vault.export_markdown(moment.utc_offset, |name| label(&frame, name));
        let name = file_name(&frame, "md");
        return Ok(Download { name, media_type: "text/markdown; charset=utf-8", bytes: text.into_bytes() });
    }
    let text = vault.export_json(moment.now).map_err(|_| Problem::Form("keep-export-failed"))?;
    Ok(Download { name: file_name(&frame, "json"), media_type: "application/json", bytes: text.into_bytes() })
}

/// The words for the name of a step.
fn label(frame: &Frame<'_>, name: &str) -> Option<String> {
    let key = format!("step-{name}-title");
    frame.core.messages().has(&key).then(|| frame.spoken(&key))
}

fn verify(turn: &mut Turn<'_>) -> Result<String, Problem> {
    let file = turn.request.file("file").ok_or(Problem::Form("keep-no-file"))?;
    let backup = Backup::read(file).map_err(|error| Problem::of(&error))?;
    let Some(rng) = turn.session.rng() else { return Err(Problem::Form("door-none-text")) };
    let verified =
        backup.verify(turn.request.field("verify-passphrase"), rng).map_err(|error| Problem::of(&error))?;
    let day = date(&turn.frame(), turn.visit.day_of(verified.made_at));
    let key = if verified.report.is_healthy() { "keep-verify-good" } else { "keep-verify-gaps" };
    Ok(turn.core.messages().with(key, &[("day", day.into()), ("entries", verified.report.n_events.into())]))
}

fn import(turn: &mut Turn<'_>) -> Result<String, Problem> {
    let file = turn.request.file("import-file").ok_or(Problem::Form("keep-no-file"))?;
    let not_an_export = || Problem::of(amends_client::Trouble::NotAnExport);
    let text = std::str::from_utf8(file).map_err(|_| not_an_export())?;
    let Some(vault) = turn.session.vault_mut() else { return Err(Problem::Form("door-needed-text")) };
    let Imported { n_events, n_known, n_skipped, n_drafts } =
        vault.import_json(text).map_err(|error| Problem::of(&error))?;
    Ok(turn.core.messages().with(
        "keep-import-done",
        &[
            ("events", n_events.into()),
            ("known", n_known.into()),
            ("skipped", n_skipped.into()),
            ("drafts", n_drafts.into()),
        ],
    ))
}

/// "22 November 2026".
pub(super) fn date(frame: &Frame<'_>, day: Day) -> String {
    parts::day(&frame.core.messages, day)
}

/// Today, in days since 1970-01-01, as the person counts them.
fn today(frame: &Frame<'_>) -> u32 {
    let moment = frame.visit.moment;
    u32::try_from(moment.now.day(moment.utc_offset).0).unwrap_or(0)
}

/// Neutral, with the day.
fn file_name(frame: &Frame<'_>, end: &str) -> String {
    let moment = frame.visit.moment;
    format!("notes-{}.{end}", moment.now.day(moment.utc_offset))
}
