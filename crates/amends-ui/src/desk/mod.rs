//! The draft desk: choose what it is, write or paste, see at most three hints.

mod margin;
mod marks;
mod page;
mod reading;
mod several;

use amends_lint::Genre;
use amends_tools::Writing;
use maud::{Markup, html};
use serde::Serialize;

use crate::layout::{Frame, Page};
use crate::request::Request;
use crate::state::{DeskDraft, Effect, State};
use reading::Read;

pub use marks::Mark;
pub(crate) use several::{Scope, Several, leaves_alone, several};

/// Field that stays on a form once its writer, who was hurt, asked for hints.
pub(crate) const ASKED: &str = "live-asked";
/// Name of the button that looks at the words.
pub(crate) const LOOK: &str = "look";

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
    let said = said(&frame, request, &draft);
    Live {
        marks: said.read.marks(&draft.text),
        margin: said.margin.into_string(),
        status: said.status,
        effects,
    }
}

/// What the desk says to a draft.
struct Said {
    /// Without the hints, where the words are left alone.
    read: Read,
    margin: Markup,
    status: String,
}

/// Reads the draft. To who was hurt nothing is said but help, until they ask.
fn said(frame: &Frame<'_>, request: &Request, draft: &DeskDraft) -> Said {
    let read = reading::read(frame, draft);
    let is_alone = leaves_alone(frame, Writing::Desk(draft.genre));
    let is_asked = request.has(LOOK) || request.has(ASKED);
    if is_alone && !is_asked {
        let ask = html! {
            button type="submit" name=(LOOK) value="yes" class="with-script" { (frame.text("look-check")) }
        };
        let (margin, status) = several::unasked(frame, &read, &ask);
        return Said { read: Read { hints: Vec::new(), ..read }, margin, status };
    }
    let margin = html! {
        // Inside the form: it is sent along from now on.
        @if is_asked { input type="hidden" name=(ASKED) value="yes"; }
        (margin::margin(frame, draft, &read))
    };
    let status = margin::status(frame, &read);
    Said { read, margin, status }
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
