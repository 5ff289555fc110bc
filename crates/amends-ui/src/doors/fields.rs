//! Fields and notices that several doors share.

use amends_client::Trouble;
use maud::{Markup, html};

use crate::keeper::{Obstacle, Place};
use crate::layout::Frame;
use crate::request::Request;

/// A field for a passphrase. What was typed never comes back in a page. Pasting is allowed; the button that shows it
/// works where there is a script.
pub(super) fn passphrase(frame: &Frame<'_>, name: &str, label: &str, help: Option<&str>) -> Markup {
    let help_id = format!("{name}-help");
    html! {
        div class="field" {
            label for=(name) { (frame.text(label)) }
            @if let Some(help) = help { p class="help" id=(help_id) { (frame.text(help)) } }
            div class="with-button" {
                input type="password" id=(name) name=(name) required autocomplete="off" autocapitalize="off"
                    spellcheck="false" aria-describedby=[help.map(|_| help_id.as_str())];
                button type="button" class="with-script" data-reveal=(name) aria-pressed="false"
                    data-hide=(frame.text("door-hide")) { (frame.text("door-show")) }
            }
        }
    }
}

/// A new passphrase, typed twice.
pub(super) fn new_passphrase(frame: &Frame<'_>) -> Markup {
    html! {
        (passphrase(frame, "passphrase", "make-passphrase", Some("door-rule")))
        (passphrase(frame, "again", "make-again", None))
        p class="help" { (frame.text("make-browser-saves")) }
    }
}

/// The page that was wanted before the door stood in the way, carried along in a form.
pub(super) fn next(request: &Request) -> Markup {
    html! {
        @if let Some(next) = super::enter::safe_next(request.field("next")) {
            input type="hidden" name="next" value=(next);
        }
    }
}

/// A field for the twelve words.
pub(super) fn phrase(frame: &Frame<'_>) -> Markup {
    html! {
        div class="field" {
            label for="phrase" { (frame.text("door-phrase-label")) }
            p class="help" id="phrase-help" { (frame.text("door-phrase-help")) }
            textarea id="phrase" name="phrase" rows="3" required autocomplete="off" autocapitalize="off"
                autocorrect="off" spellcheck="false" writingsuggestions="false" data-gramm="false"
                aria-describedby="phrase-help" { (frame.typed("phrase").unwrap_or_default()) }
        }
    }
}

/// A field to choose a file.
pub(super) fn file(frame: &Frame<'_>, name: &str, label: &str) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (frame.text(label)) }
            input type="file" id=(name) name=(name) required;
        }
    }
}

/// A button that starts slow work; the script says so while it lasts.
pub(super) fn slow_button(frame: &Frame<'_>, label: &str) -> Markup {
    html! {
        p { button type="submit" class="main-button" data-working=(frame.text("door-working")) { (frame.text(label)) } }
    }
}

/// A notice of what went wrong and what can be done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Problem {
    /// Something about the vault.
    Obstacle(Obstacle),
    /// Something about the form (message key).
    Form(&'static str),
    /// Something about one of the twelve words (message key, number from 1).
    Word(&'static str, usize),
}

impl Problem {
    pub(super) fn of(trouble: impl Into<Trouble>) -> Self {
        Self::Obstacle(Obstacle::of(trouble))
    }
}

impl From<Obstacle> for Problem {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}

pub(super) fn problem(frame: &Frame<'_>, problem: Option<Problem>) -> Markup {
    html! {
        @if let Some(problem) = problem {
            p class="problem" role="alert" { (words(frame, problem)) }
        }
    }
}

fn words(frame: &Frame<'_>, problem: Problem) -> String {
    match problem {
        Problem::Obstacle(obstacle) => obstacle_words(frame, obstacle),
        Problem::Form(key) => frame.text(key),
        Problem::Word(key, number) => frame.fill(key, "number", number.to_string()),
    }
}

pub(super) fn obstacle_words(frame: &Frame<'_>, obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::InUse => frame.text("door-in-use"),
        Obstacle::Trouble(trouble) => {
            let code = trouble.code();
            format!(
                "{} {}",
                frame.text(&format!("trouble-{code}")),
                frame.text(&format!("trouble-{code}-help"))
            )
        }
    }
}

/// What a place is called.
pub(super) fn place_name(frame: &Frame<'_>, place: Place) -> String {
    frame.text(&format!("place-{}", place.name()))
}
