//! Words for feelings: picked from six families, kept for oneself.

use amends_domain::admit::acceptance::Event;
use amends_domain::bank::{FEELING_FAMILIES, FeelingId};
use amends_domain::permit::Action;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::write::{Did, Next, Wrong, write};
use super::PATH;
use crate::area::Turn;
use crate::layout::Page;

/// Words as they stand beside a text.
pub(super) fn feeling_words(look: &Look<'_>, feelings: &[FeelingId]) -> Markup {
    let words: Vec<String> =
        feelings.iter().filter_map(|id| id.message_key()).map(|key| look.text(&key)).collect();
    html! { @if !words.is_empty() { p class="chips" { @for word in words { span class="chip" { (word) } " " } } } }
}

/// Sixty words in six families, folded.
pub(super) fn picker(look: &Look<'_>, field: &str, chosen: &[FeelingId], label: &str) -> Markup {
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
pub(super) fn picked(turn: &Turn<'_>, field: &str) -> Vec<FeelingId> {
    let values = turn.request.fields.iter().filter(|(name, _)| name == field);
    values
        .filter_map(|(_, value)| value.parse().ok().map(FeelingId))
        .filter(|id| id.message_key().is_some())
        .collect()
}

pub(super) fn page(look: &Look<'_>) -> Page {
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

pub(super) fn keep(turn: &mut Turn<'_>) -> Did {
    let words = picked(turn, "feel");
    if words.is_empty() {
        return Err(Wrong::Say("look-nothing-chosen"));
    }
    let note = turn.words("note");
    write(turn, Action::private(Event::Feelings { words, note }), None)?;
    Ok(Next::Go(format!("{PATH}/feelings"), "look-kept"))
}
