//! 1.4 "Because I ..., you now ..." beside the letter of the one who was hurt, and words for feelings.

use amends_domain::admit::acceptance::{Event, Impact, ImpactLetter, ImpactLine};
use amends_domain::bank::{FEELING_FAMILIES, FeelingId};
use amends_domain::event::Space;
use amends_domain::id::{EntryId, EventId};
use amends_domain::permit::Action;
use amends_domain::versions::{Draft, Save};
use amends_lint::Genre;
use maud::{Markup, html};

use super::Look;
use super::kit::{choice, hidden};
use super::name::name;
use super::paper::Boxes;
use super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;

const PATH: &str = "/look/acceptance";
/// Empty rows that are offered below what is written.
const MORE_ROWS: usize = 2;
const MOST_ROWS: usize = 20;

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["feelings"] => Some(feelings(look)),
        ["letter"] => Some(letter(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "save") => save_impact(turn),
        ([], "share") => share_impact(turn),
        (["feelings"], "keep") => keep_feelings(turn),
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
    let main = html! {
        p class="lead" { (look.text("look-acceptance-lead")) }
        div class="pair" {
            section class="card" {
                h2 { (look.text("look-impact")) }
                (builder(look))
            }
            section class="card" {
                h2 { (look.text("look-impact-letter")) }
                @match theirs {
                    Some((_, shared)) => {
                        (look.said(&shared.content.text))
                        (feeling_words(look, &shared.content.feelings))
                    }
                    None => (look.quiet("look-no-impact-letter")),
                }
                p { (look.link("/look/acceptance/letter", "look-write-impact-letter")) }
            }
        }
        @for (_, shared) in world.acceptance.shared_impacts() {
            h2 { (look.text(if shared.author == look.me() { "look-impact-shown" } else { "look-impact-theirs" })) }
            (look.sheet(&html! { @for line in &shared.content.lines { (one_line(look, line)) } }))
        }
        p { (look.link("/look/acceptance/feelings", "look-feelings")) }
    };
    look.page("acceptance", "look-acceptance", &main)
}

fn one_line(look: &Look<'_>, line: &ImpactLine) -> Markup {
    html! {
        p class="own" { (look.text("impact-because-i")) " " (line.because_i) " " (look.text("impact-you-now")) " " (line.you_now) }
        (feeling_words(look, &line.feelings))
    }
}

fn feeling_words(look: &Look<'_>, feelings: &[FeelingId]) -> Markup {
    let words: Vec<String> =
        feelings.iter().filter_map(|id| id.message_key()).map(|key| look.text(&key)).collect();
    html! { @if !words.is_empty() { p class="chips" { @for word in words { span class="chip" { (word) } " " } } } }
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
    html! {
        (look.live_form("save", Genre::Letter, "", &boxes, inner))
        @if let Some((id, _)) = draft {
            (look.form("share", &html! {
                (hidden("doc", &name(id)))
                (look.which_incident(Some(Space::Shared)))
                (look.button("look-show-impact"))
            }))
        }
    }
}

/// Sixty words in six families, folded.
fn picker(look: &Look<'_>, field: &str, chosen: &[FeelingId], label: &str) -> Markup {
    let typed = look.request.fields.iter().any(|(name, _)| name.as_str() == field);
    let is_chosen = |id: FeelingId| {
        if typed {
            look.request.fields.iter().any(|(name, value)| name == field && *value == id.0.to_string())
        } else {
            chosen.contains(&id)
        }
    };
    html! {
        details class="picker" open[label == "look-feelings-pick"] {
            summary { (look.text(label)) }
            @for family in FEELING_FAMILIES {
                fieldset class="family" {
                    legend { (look.text(&format!("feelings-{}", family.slug))) }
                    @for id in (family.first..family.first + family.len).map(FeelingId) {
                        @if let Some(key) = id.message_key() {
                            (choice("checkbox", field, &id.0.to_string(), &look.text(&key), is_chosen(id)))
                        }
                    }
                }
            }
        }
    }
}

/// Feelings ticked under a field.
fn picked(turn: &Turn<'_>, field: &str) -> Vec<FeelingId> {
    let values = turn.request.fields.iter().filter(|(name, _)| name == field);
    values
        .filter_map(|(_, value)| value.parse().ok().map(FeelingId))
        .filter(|id| id.message_key().is_some())
        .collect()
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

fn feelings(look: &Look<'_>) -> Page {
    let inner = html! {
        (picker(look, "feel", &[], "look-feelings-pick"))
        (look.line("note", "ask-note", ""))
        (look.main_button("look-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-feelings-lead")) }
        (look.form("keep", &inner))
        (look.quiet("look-private"))
        @let before = look.world().acceptance.picked();
        @if !before.is_empty() {
            h2 { (look.text("look-feelings-before")) }
            table class="plain" {
                thead { tr { th scope="col" { (look.text("look-day")) } th scope="col" { (look.text("look-feelings")) } } }
                tbody { @for (at, words) in before.iter().rev().take(20) {
                    tr { th scope="row" { (look.dated(look.day_of(*at))) } td { (feeling_words(look, words)) } }
                } }
            }
        }
    };
    look.page("acceptance", "look-feelings", &main)
}

fn keep_feelings(turn: &mut Turn<'_>) -> Did {
    let words = picked(turn, "feel");
    if words.is_empty() {
        return Err(Wrong::Say("look-nothing-chosen"));
    }
    let note = turn.words("note");
    write(turn, Action::private(Event::Feelings { words, note }), None)?;
    Ok(Next::Go(format!("{PATH}/feelings"), "look-kept"))
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
        @if let Some((id, _)) = draft {
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
