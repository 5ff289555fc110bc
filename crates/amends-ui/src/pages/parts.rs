//! Small parts of many pages: forms, choices, lists of links, and writing what a form asks for.

use amends_client::{AppendError, NewEvent, Trouble};
use amends_domain::id::{DeviceId, EventId};
use amends_domain::permit::Action;
use maud::{Markup, html};

use crate::area::{Outcome, Turn};
use crate::layout::Frame;
pub(crate) use crate::name::{name, named};

/// A form that is sent to an address of ours. Nothing typed into it is kept by the browser.
pub(crate) fn form(path: &str, inner: &Markup) -> Markup {
    html! { form method="post" action=(path) autocomplete="off" { (inner) } }
}

/// A form of one button.
pub(crate) fn one_button(frame: &Frame<'_>, path: &str, key: &str, inner: &Markup) -> Markup {
    form(path, &html! { (inner) button type="submit" { (frame.text(key)) } })
}

/// The button that most people want.
pub(crate) fn main_button(frame: &Frame<'_>, key: &str) -> Markup {
    html! { p { button type="submit" class="main-button" { (frame.text(key)) } } }
}

/// A field that nobody sees.
pub(crate) fn hidden(field: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(field) value=(value); }
}

/// The same for what stands on this page alone: it is not shown anew while it is there.
pub(crate) fn held(field: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(field) value=(value) data-held; }
}

/// One round button (`radio`) or box (`checkbox`) with its words.
pub(crate) fn choice(kind: &str, field: &str, value: &str, words: &str, checked: bool) -> Markup {
    html! {
        label class="choice" {
            input type=(kind) name=(field) value=(value) checked[checked];
            span { (words) }
        }
    }
}

/// Choices under a question: value, words, and whether it is chosen.
pub(crate) fn choices(kind: &str, field: &str, legend: &str, options: &[(&str, String, bool)]) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            @for (value, words, checked) in options { (choice(kind, field, value, words, *checked)) }
        }
    }
}

/// A field for one line, with its label and help.
pub(crate) fn line(frame: &Frame<'_>, field: &str, label: &str, help: Option<&str>, value: &str) -> Markup {
    let help_id = format!("{field}-help");
    html! {
        div class="field" {
            label for=(field) { (frame.text(label)) }
            @if let Some(help) = help { p class="help" id=(help_id) { (frame.text(help)) } }
            input type="text" id=(field) name=(field) value=(frame.typed(field).unwrap_or(value)) autocomplete="off" spellcheck="false"
                aria-describedby=[help.map(|_| &help_id)];
        }
    }
}

/// A field for a time of day, with its label.
pub(crate) fn time(frame: &Frame<'_>, field: &str, label: &str, value: &str) -> Markup {
    html! {
        div class="field" {
            label for=(field) { (frame.text(label)) }
            input type="time" id=(field) name=(field) value=(frame.typed(field).unwrap_or(value)) autocomplete="off";
        }
    }
}

/// A box for several lines, with its label.
pub(crate) fn text_box(frame: &Frame<'_>, field: &str, label: &str, value: &str) -> Markup {
    html! {
        div class="field" {
            label for=(field) { (frame.text(label)) }
            textarea id=(field) name=(field) rows="5" autocomplete="off" spellcheck="false" { (frame.typed(field).unwrap_or(value)) }
        }
    }
}

/// A list to pick one of: value and words.
pub(crate) fn select(field: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        div class="field" {
            label for=(field) { (label) }
            select id=(field) name=(field) autocomplete="off" {
                @for (value, words) in options { option value=(value) selected[value == chosen] { (words) } }
            }
        }
    }
}

/// A way on: where it leads, its words, and a quiet line under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) path: String,
    pub(crate) words: String,
    pub(crate) note: String,
}

impl Way {
    /// A way with a name only.
    pub(crate) fn new(path: impl Into<String>, words: impl Into<String>) -> Self {
        Self { path: path.into(), words: words.into(), note: String::new() }
    }

    /// The same with a quiet line under it.
    #[must_use]
    pub(crate) fn with(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// Ways as a list, easy to hit with a thumb.
pub(crate) fn ways(list: &[Way]) -> Markup {
    html! {
        ul class="steps ways" {
            @for way in list {
                li {
                    a href=(way.path) {
                        span {
                            (way.words)
                            @if !way.note.is_empty() { span class="over" { (way.note) } }
                        }
                    }
                }
            }
        }
    }
}

/// What went wrong with the form that was sent (message key).
pub(crate) fn problem(frame: &Frame<'_>, key: Option<&str>) -> Markup {
    html! { @if let Some(key) = key { p class="problem" role="alert" { (frame.text(key)) } } }
}

/// Plain sentences, one under the other.
pub(crate) fn sentences(frame: &Frame<'_>, keys: &[&str]) -> Markup {
    html! { ul { @for key in keys { li { (frame.text(key)) } } } }
}

/// Message key of why something was not written.
pub(crate) fn why(error: &AppendError) -> String {
    match error {
        AppendError::Refused(refusal) => refusal.message_key(),
        other => format!("trouble-{}", Trouble::from(other).code()),
    }
}

/// Writes all of it or nothing; a message key says why not.
pub(crate) fn write(turn: &mut Turn<'_>, actions: Vec<Action>) -> Result<EventId, String> {
    let now = turn.visit.moment.now;
    let Some(vault) = turn.vault() else { return Err("door-needed-text".to_owned()) };
    let written = match <[Action; 1]>::try_from(actions) {
        Ok([action]) => vault.append(now, NewEvent { action, finishes: None }),
        Err(actions) => vault
            .append_all(now, actions)
            .map(|ids| ids.last().copied().unwrap_or(EventId { device: DeviceId([0; 16]), seq: 0 })),
    };
    written.map_err(|error| why(&error))
}

/// Writes it and shows a page that says so; or the same page, and why it was not written.
pub(crate) fn write_and_go(
    turn: &mut Turn<'_>,
    actions: Vec<Action>,
    path: &str,
    said: &str,
) -> Option<Outcome> {
    match write(turn, actions) {
        Ok(_) => turn.done(path, said),
        Err(why) => turn.done(path, &why),
    }
}

/// Lines as people typed them.
pub(crate) fn words(turn: &Turn<'_>, field: &str) -> String {
    turn.request.field(field).replace("\r\n", "\n").trim().to_owned()
}

/// Values of all fields with this name.
pub(crate) fn all<'r>(turn: &Turn<'r>, field: &str) -> Vec<&'r str> {
    let fields = turn.request.fields.iter();
    fields.filter(|(name, _)| name == field).map(|(_, value)| value.as_str()).collect()
}

/// A value of a list by its name in JSON.
pub(crate) fn by_name<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The name of a value in JSON.
pub(crate) fn value<T: serde::Serialize>(of: T) -> String {
    serde_json::to_value(of).unwrap_or_default().as_str().unwrap_or_default().to_owned()
}

/// The same as message keys have it.
pub(crate) fn slug<T: serde::Serialize>(of: T) -> String {
    value(of).replace('_', "-")
}
