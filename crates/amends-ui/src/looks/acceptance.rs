//! 1.4 "Because I ..., you now ..." beside the letter of the one who was hurt, and words for feelings.

mod feelings;

use amends_domain::admit::acceptance::{Event, Impact, ImpactLetter, ImpactLine};
use amends_domain::event::Space;
use amends_domain::id::{EntryId, EventId};
use amends_domain::permit::Action;
use amends_domain::versions::{Draft, Save};
use amends_lint::Genre;
use amends_tools::Side;
use maud::{Markup, html};

use super::Look;
use feelings::{feeling_words, picked, picker};

use super::kit::hidden;
use super::paper::{Boxes, Written};
use super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/acceptance";
/// Empty rows that are offered below what is written.
const MORE_ROWS: usize = 2;
const MOST_ROWS: usize = 20;

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["feelings"] => Some(feelings::page(look)),
        ["letter"] => Some(letter(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "save") => save_impact(turn),
        ([], "share") => share_impact(turn),
        (["feelings"], "keep") => feelings::keep(turn),
        (["letter"], "save") => save_letter(turn),
        (["letter"], "share") => share_letter(turn),
        _ => Err(Wrong::Unknown),
    }
}

/// The newest draft of a kind.
fn newest<'d, T: Clone>(
    drafts: impl Iterator<Item = (EntryId, &'d Draft<T>)>,
) -> Option<(EntryId, &'d Draft<T>)> {
    drafts.max_by_key(|(_, draft)| draft.text.at)
}

fn overview(look: &Look<'_>) -> Page {
    let world = look.world();
    let letters: Vec<_> = world.acceptance.shared_letters().collect();
    let theirs = letters.iter().rev().find(|(_, shared)| shared.author != look.me());
    let shown = html! {
        @for (_, shared) in world.acceptance.shared_impacts() {
            h2 { (look.text(if shared.author == look.me() { "look-impact-shown" } else { "look-impact-theirs" })) }
            (look.sheet(&html! { @for line in &shared.content.lines { (one_line(look, line)) } }))
        }
    };
    let write = look.link("/look/acceptance/letter", "look-write-impact-letter");
    let feelings = look.link("/look/acceptance/feelings", "look-feelings");
    let main = if look.was_only_hurt() {
        html! {
            p class="lead" { (look.text("look-acceptance-lead-hurt")) }
            ul class="cards" { li { h2 { (write) } } li { h2 { (feelings) } } }
            (shown)
            (look.for_who_did("look-impact", &builder(look)))
        }
    } else {
        html! {
            p class="lead" { (look.text("look-acceptance-lead")) }
            div class="pair" {
                section class="card" {
                    h2 { (look.text("look-impact")) }
                    (builder(look))
                }
                section class="card beside" {
                    h2 { (look.text("look-impact-letter")) }
                    @match theirs {
                        Some((_, shared)) => {
                            (look.said(&shared.content.text))
                            (feeling_words(look, &shared.content.feelings))
                        }
                        None => (look.quiet("look-no-impact-letter")),
                    }
                    // Their letter is not written by who only did the harm.
                    @if look.frame.side() != Side::Doer { p { (write) } }
                }
            }
            (shown)
            p { (feelings) }
        }
    };
    look.page("acceptance", "look-acceptance", &main)
}

fn one_line(look: &Look<'_>, line: &ImpactLine) -> Markup {
    let parts = [("because", line.because_i.clone().into()), ("now", line.you_now.clone().into())];
    html! {
        p class="own" { (look.with("look-impact-line", &parts)) }
        (feeling_words(look, &line.feelings))
    }
}

/// The rows that can be written, with what was typed or kept.
fn builder(look: &Look<'_>) -> Markup {
    let draft = newest(look.world().acceptance.impacts.iter());
    let kept: &[ImpactLine] = draft.map_or(&[], |(_, draft)| &draft.text.current.lines);
    let rows = (kept.len() + MORE_ROWS).min(MOST_ROWS);
    let of = |row: usize| kept.get(row);
    let boxes: Vec<(String, String)> = (0..rows)
        .flat_map(|row| {
            let (because, now) = of(row).map_or(("", ""), |line| (&line.because_i, &line.you_now));
            [(format!("because-{row}"), because.to_owned()), (format!("now-{row}"), now.to_owned())]
        })
        .collect();
    let inner = |boxes: &Boxes| {
        html! {
            @if let Some((id, _)) = draft { (hidden("doc", &name(id))) }
            @for row in 0..rows {
                div class="row-pair" {
                    (boxes.area(look, &format!("because-{row}"), "impact-because-i", 2))
                    (boxes.area(look, &format!("now-{row}"), "impact-you-now", 2))
                    (picker(look, &format!("feel-{row}"), of(row).map_or(&[], |line| &line.feelings), "look-feelings-guess"))
                }
            }
            p class="row" { button type="submit" class="main-button" { (look.text("look-keep")) } (look.look_button()) }
        }
    };
    let about = draft.and_then(|(_, draft)| draft.incident);
    let written = Written { tool: ("acceptance", "impact"), about };
    html! {
        (look.live_form("save", Genre::Letter, written, "", &boxes, inner))
        @if let Some((id, _)) = draft.filter(|_| look.has_shared()) {
            (look.form("share", &html! {
                (hidden("doc", &name(id)))
                (look.which_incident(Some(Space::Shared)))
                (look.button("look-show-impact"))
            }))
        }
    }
}

fn save_impact(turn: &mut Turn<'_>) -> Did {
    if turn.request.has("look") {
        return Ok(Next::Stay);
    }
    let lines: Vec<ImpactLine> = (0..MOST_ROWS)
        .map(|row| ImpactLine {
            because_i: turn.words(&format!("because-{row}")),
            you_now: turn.words(&format!("now-{row}")),
            feelings: picked(turn, &format!("feel-{row}")),
        })
        .filter(|line| !line.because_i.is_empty() || !line.you_now.is_empty())
        .collect();
    if lines.is_empty() {
        return Err(Wrong::Say("refusal-empty"));
    }
    let doc = turn.maybe_entry("doc");
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().acceptance.impacts;
    let (base, incident) = upon(doc.and_then(|doc| drafts.get(doc)));
    let save = Save { doc, base, incident: incident.or(turn.incident(None).ok()), content: Impact { lines } };
    write(turn, Action::private(Event::SaveImpact(save)), Some(Genre::Letter))?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

fn upon<T>(draft: Option<&Draft<T>>) -> (Option<EventId>, Option<EntryId>) {
    (draft.map(|draft| draft.text.version), draft.and_then(|draft| draft.incident))
}

fn share_impact(turn: &mut Turn<'_>) -> Did {
    let incident = turn.incident(Some(Space::Shared))?;
    let doc = turn.entry("doc")?;
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().acceptance.impacts;
    let content = drafts.get(doc).ok_or(Wrong::Unknown)?.text.current.clone();
    write(turn, Action::shared(Event::ShareImpact { incident, content }), Some(Genre::Letter))?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}

/// The letter of the one who was hurt. No checks read it.
fn letter(look: &Look<'_>) -> Page {
    let draft = newest(look.world().acceptance.letters.iter());
    let inner = html! {
        @if let Some((id, _)) = draft { (hidden("doc", &name(id))) }
        (look.area("text", "look-impact-letter-text", 14, draft.map_or("", |(_, draft)| &draft.text.current.text)))
        (picker(look, "feel", draft.map_or(&[], |(_, draft)| &draft.text.current.feelings), "look-feelings"))
        (look.main_button("look-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-impact-letter-lead")) }
        (look.form("save", &inner))
        @if let Some((id, _)) = draft.filter(|_| look.has_shared()) {
            section class="card" {
                h2 { (look.text("look-share-letter")) }
                (look.quiet("look-share-letter-help"))
                (look.form("share", &html! {
                    (hidden("doc", &name(id)))
                    (look.which_incident(Some(Space::Shared)))
                    (look.button("look-share-letter-now"))
                }))
            }
        }
    };
    look.page("acceptance", "look-impact-letter", &main)
}

fn save_letter(turn: &mut Turn<'_>) -> Did {
    let text = turn.words("text");
    if text.is_empty() {
        return Err(Wrong::Say("refusal-empty"));
    }
    let doc = turn.maybe_entry("doc");
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().acceptance.letters;
    let (base, incident) = upon(doc.and_then(|doc| drafts.get(doc)));
    let content = ImpactLetter { text, feelings: picked(turn, "feel") };
    let save = Save { doc, base, incident: incident.or(turn.incident(None).ok()), content };
    write(turn, Action::private(Event::SaveLetter(save)), None)?;
    Ok(Next::Go(format!("{PATH}/letter"), "look-kept"))
}

fn share_letter(turn: &mut Turn<'_>) -> Did {
    let incident = turn.incident(Some(Space::Shared))?;
    let doc = turn.entry("doc")?;
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().acceptance.letters;
    let content = drafts.get(doc).ok_or(Wrong::Unknown)?.text.current.clone();
    write(turn, Action::shared(Event::ShareLetter { incident, content }), None)?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}
