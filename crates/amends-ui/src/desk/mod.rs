//! The draft desk: choose what it is, write or paste, see at most three hints.

mod margin;
mod marks;
mod page;
mod reading;
mod several;

use amends_lint::Genre;
use maud::{Markup, html};
use serde::Serialize;

use crate::layout::{Frame, Page};
use crate::request::Request;
use crate::state::{DeskDraft, Effect, State};

pub use marks::Mark;
pub(crate) use several::{Scope, Several, leaves_alone, several};

/// What the page shows while one writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Places of the hints in the text.
    pub marks: Vec<Mark>,
    /// The margin, as HTML.
    pub margin: String,
    /// One line for people who hear the page.
    pub status: String,
    /// To be applied to the state and stored.
    #[serde(skip)]
    pub effects: Vec<Effect>,
}

/// A box to write in: no service of the browser may send its words anywhere.
pub(crate) fn writing_box(id: &str, name: &str, help: Option<&str>, rows: u8, text: &str) -> Markup {
    html! {
        textarea id=(id) name=(name) rows=(rows) aria-describedby=[help] autocomplete="off" autocorrect="off"
            spellcheck="false" writingsuggestions="false" data-gramm="false" data-lt-active="false" {
            // HTML drops the first line end in a box.
            "\n" (text)
        }
    }
}

/// The desk as a whole page.
pub(crate) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    page::page(frame, request)
}

/// Marks, margin and status for the fields of the desk's form.
pub(crate) fn live(frame: &Frame<'_>, request: &Request) -> Live {
    let effects = effects(request, frame.visit.state);
    let mut state = frame.visit.state.clone();
    for effect in &effects {
        state.apply(effect);
    }
    let visit = crate::core::Visit { state: &state, ..*frame.visit };
    let frame = Frame { visit: &visit, ..*frame };
    let draft = draft_of(request);
    let reading = reading::read(&frame, &draft);
    let margin = margin::margin(&frame, &draft, &reading).into_string();
    Live { marks: reading.marks(&draft.text), margin, status: margin::status(&frame, &reading), effects }
}

/// What sending the desk's form changes: a place marked "not here", a draft kept or forgotten.
pub(crate) fn effects(request: &Request, state: &State) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mark = request.field("not-here");
    if mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        effects.push(Effect::NotHere(mark.to_owned()));
    }
    let kept = state.draft.is_some();
    match (request.has("keep"), request.has("forget")) {
        (_, true) => effects.push(Effect::Forget),
        (true, false) => effects.push(Effect::Keep(draft_of(request))),
        (false, false) if kept && request.has("text") => {
            let draft = draft_of(request);
            if state.draft.as_ref() != Some(&draft) {
                effects.push(Effect::Keep(draft));
            }
        }
        (false, false) => {}
    }
    effects
}

/// The draft in the fields of the form.
fn draft_of(request: &Request) -> DeskDraft {
    // Forms send line ends as CR LF; the page counts them as one.
    let clean = |name: &str| request.field(name).replace("\r\n", "\n");
    DeskDraft {
        genre: Genre::by_name(request.field("genre")),
        text: clean("text"),
        partner: clean("partner"),
    }
}
