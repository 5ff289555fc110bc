//! Pages to be read or printed, and boxes whose words the checks read while one writes.

use amends_domain::id::EventId;
use amends_domain::state::State;
use amends_lint::Genre;
use amends_tools::{By, Side, Writing};
use maud::{Markup, html};

use super::Look;
use super::kit::hidden;
use crate::desk::{self, ASKED, LOOK, Live, Scope, Several, leaves_alone, several};
use crate::layout::Frame;
use crate::name::{name, named};
use crate::request::Request;

/// Field that says what a text is read as.
const GENRE: &str = "live-genre";
/// Field with the tool that writes the same, as `step/tool`.
const TOOL: &str = "live-tool";
/// Field with the entry that is continued or answered.
const ABOUT: &str = "live-about";
/// Field with what the partner said, for a reply.
const SAID: &str = "live-said";
/// Field with the name of a box, once for each, in order.
const BOX: &str = "live-box";

/// What is written on a page.
#[derive(Clone, Copy)]
pub(crate) struct Written {
    /// The step and the tool of it that writes the same.
    pub(crate) tool: (&'static str, &'static str),
    /// The incident it belongs to, or an entry that is continued or answered.
    pub(crate) about: Option<EventId>,
}

/// A form whose boxes are read.
pub(crate) struct Boxes {
    names: Vec<String>,
    texts: Vec<String>,
    several: Several,
}

impl Look<'_> {
    /// A sheet like paper.
    pub(crate) fn sheet(&self, inner: &Markup) -> Markup {
        html! { article class="letter" { (inner) } }
    }

    /// Words of a person, line by line as they wrote them.
    pub(crate) fn said(&self, text: &str) -> Markup {
        html! {
            @for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
                p class="own" { (part.trim()) }
            }
        }
    }

    /// How to print, where that helps: the way is the browser's own.
    pub(crate) fn how_to_print(&self) -> Markup {
        html! { p class="help no-print" { (self.text("look-print-how")) } }
    }

    /// A form whose boxes are read while one writes, with the hints beside it. Each box has a name and the words it
    /// begins with. A page has one such form at most. Who was hurt is asked first. `genre` is what the words are read as.
    pub(crate) fn live_form(
        &self,
        wish: &str,
        genre: Genre,
        written: Written,
        said: &str,
        boxes: &[(String, String)],
        inner: impl FnOnce(&Boxes) -> Markup,
    ) -> Markup {
        let texts: Vec<String> = boxes.iter().map(|(name, otherwise)| self.typed(name, otherwise)).collect();
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (slug, tool) = written.tool;
        let writing = writing(self.state(), slug, tool, written.about);
        let scope = scope(self.frame, self.request, writing);
        let is_quiet = matches!(scope, Scope::DangerOnly(_));
        let asked = !is_quiet && leaves_alone(self.frame, writing);
        let may_be_quiet = is_quiet || Side::anywhere(self.state()).was_hurt();
        let several = several(self.frame, genre, &all, said, &scope);
        let boxes = Boxes { names: boxes.iter().map(|(name, _)| name.clone()).collect(), texts, several };
        let path = &self.request.path;
        html! {
            form method="post" action=(path) autocomplete="off" class="desk tool look-form" data-live
                data-keep=(format!("{path}/keep")) {
                div class="sheet" {
                    // The Enter key presses the first button; that is no question for hints.
                    @if may_be_quiet { button class="unseen" type="submit" tabindex="-1" aria-hidden="true" {} }
                    @if asked { (hidden(ASKED, "yes")) }
                    (hidden("do", wish))
                    (hidden(GENRE, genre.name()))
                    (hidden(TOOL, &format!("{slug}/{tool}")))
                    @if let Some(id) = written.about { (hidden(ABOUT, &name(id))) }
                    @if !said.is_empty() { (hidden(SAID, said)) }
                    @for name in &boxes.names { (hidden(BOX, name)) }
                    (inner(&boxes))
                }
                section id="margin" class="margin" aria-label=(self.text("desk-hints-title")) tabindex="-1"
                    data-focus[asked && self.request.has(LOOK)] {
                    (boxes.several.margin)
                }
            }
        }
    }

    /// The button that looks at the words where there is no script.
    pub(crate) fn look_button(&self) -> Markup {
        html! { button type="submit" name=(LOOK) value="yes" class="without-script" { (self.text("look-check")) } }
    }
}

impl Boxes {
    /// The words of a box as they are now.
    pub(crate) fn text(&self, name: &str) -> &str {
        let place = self.names.iter().position(|known| known == name);
        place.map_or("", |place| self.texts[place].as_str())
    }

    /// Whether all boxes are empty.
    pub(crate) fn are_empty(&self) -> bool {
        self.texts.iter().all(|text| text.trim().is_empty())
    }

    /// A box with its label, and the marks under its words.
    pub(crate) fn area(&self, look: &Look<'_>, name: &str, label: &str, rows: u8) -> Markup {
        html! {
            div class="field" {
                label for=(name) { (look.text(label)) }
                (self.bare(name, rows))
            }
        }
    }

    /// A box without a label; the page has one of its own.
    pub(crate) fn bare(&self, name: &str, rows: u8) -> Markup {
        let Some(place) = self.names.iter().position(|known| known == name) else { return html! {} };
        html! {
            div class="paper" {
                div class="mirror" aria-hidden="true" { (self.several.mirrors[place]) }
                (desk::writing_box(name, name, None, rows, &self.texts[place]))
            }
        }
    }
}

/// Nothing tells who writes.
const UNKNOWN: Writing = Writing::Tool { by: By::Anybody, incident: None };

/// Who writes, as far as the page tells.
fn writing(state: &State, slug: &str, tool: &str, about: Option<EventId>) -> Writing {
    amends_tools::tool(slug, tool).map_or(UNKNOWN, |tool| Writing::about(state, tool, about))
}

/// The same for a form that was sent. What it is about may be chosen in it.
fn writing_sent(state: &State, request: &Request) -> Writing {
    let (slug, tool) = request.field(TOOL).split_once('/').unwrap_or_default();
    writing(state, slug, tool, named(request.field("incident")).or_else(|| named(request.field(ABOUT))))
}

/// How much is said to the words of a form: to who was hurt nothing but help, until they ask.
fn scope(frame: &Frame<'_>, request: &Request, writing: Writing) -> Scope {
    if request.has(LOOK) || request.has(ASKED) || !leaves_alone(frame, writing) {
        return Scope::All;
    }
    Scope::DangerOnly(html! {
        button type="submit" name=(LOOK) value="yes" class="with-script" { (frame.text("look-check")) }
    })
}

/// Marks and hints for a form of ours while somebody writes in it; nothing for other forms.
pub(crate) fn live(frame: &Frame<'_>, request: &Request) -> Option<Live> {
    let genre = Genre::by_name(request.field(GENRE))?;
    let effects: Vec<_> = super::write::mark_of(request).into_iter().collect();
    let mut state = frame.visit.state.clone();
    effects.iter().for_each(|effect| state.apply(effect));
    let visit = crate::core::Visit { state: &state, ..*frame.visit };
    let frame = Frame { visit: &visit, ..*frame };
    let names = request.fields.iter().filter(|(name, _)| name == BOX).map(|(_, name)| name);
    // Forms send line ends as CR LF; the page counts them as one.
    let texts: Vec<String> = names.map(|name| request.field(name).replace("\r\n", "\n")).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let writing = frame.vault().map_or(UNKNOWN, |vault| writing_sent(vault.state(), request));
    let scope = scope(&frame, request, writing);
    let several = several(&frame, genre, &all, request.field(SAID), &scope);
    Some(Live { marks: several.marks, margin: several.margin.into_string(), status: several.status, effects })
}

/// Whether a field only serves the checks or the buttons, and says nothing of the writer.
pub(super) fn is_mechanics(field: &str) -> bool {
    matches!(field, GENRE | TOOL | ABOUT | SAID | BOX | ASKED | LOOK | "do" | "keep" | "send" | "not-here")
}
