//! What a form does: reading the fields, writing the event, saying what went wrong.

use amends_client::{AppendError, Trouble};
use amends_domain::event::Space;
use amends_domain::id::{Day, EventId};
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;
use amends_lint::Genre;
use amends_tools::choices;
use amends_tools::writing::{self, Said};

use crate::area::Turn;
use crate::core::Download;
use crate::layout::Frame;
use crate::name::named;
use crate::request::Request;
use crate::state::Effect;

/// What comes of a form that was understood.
pub(super) enum Next {
    /// Done: this address is shown, and this is said once (message key).
    Go(String, &'static str),
    /// The same page again, with what was typed.
    Stay,
    /// A file.
    File(Download),
}

/// What comes of a form.
pub(super) type Did = Result<Next, Wrong>;

/// Why nothing was done.
#[derive(Debug)]
pub(super) enum Wrong {
    /// The rules do not allow it.
    Refused(Refusal),
    /// It could not be written.
    Append(AppendError),
    /// Something is missing or not understood (message key).
    Say(&'static str),
    /// No such thing to do.
    Unknown,
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        Wrong::Refused(refusal)
    }
}

impl Wrong {
    /// For people.
    pub(super) fn words(&self, frame: &Frame<'_>) -> String {
        match self {
            Wrong::Refused(refusal) | Wrong::Append(AppendError::Refused(refusal)) => {
                frame.text(&format!("refusal-{}", refusal.code()))
            }
            Wrong::Append(error) => {
                let trouble = Trouble::from(error).code();
                let (what, help) = (
                    frame.text(&format!("trouble-{trouble}")),
                    frame.text(&format!("trouble-{trouble}-help")),
                );
                format!("{what} {help}")
            }
            Wrong::Say(key) => frame.text(key),
            Wrong::Unknown => frame.text("look-unknown"),
        }
    }
}

/// Writes an event; a text that the checks read is read first, for what must not pass.
pub(super) fn write(turn: &mut Turn<'_>, action: Action, genre: Option<Genre>) -> Result<EventId, Wrong> {
    write_saying(turn, action, genre, &Said::default())
}

/// The same, with what the writer said before going on.
pub(super) fn write_saying(
    turn: &mut Turn<'_>,
    action: Action,
    genre: Option<Genre>,
    said: &Said,
) -> Result<EventId, Wrong> {
    let findings = {
        let mut reader = turn.core.reader();
        let checked = genre.map(|genre| writing::read(&mut reader, &action.body, genre, None));
        writing::findings(&reader, &action.body, checked.as_ref())
    };
    let moment = turn.visit.moment;
    let vault = turn.vault().ok_or(Wrong::Unknown)?;
    writing::write(vault, action, &findings, said, moment).map_err(Wrong::Append)
}

/// The hint that a form marks as not wanted.
pub(super) fn mark_of(request: &Request) -> Option<Effect> {
    let mark = request.field("not-here");
    let is_mark = mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_mark.then(|| Effect::NotHere(mark.to_owned()))
}

/// Marks a hint as not wanted, if that is what was asked.
pub(super) fn not_here(turn: &mut Turn<'_>) -> bool {
    let mark = mark_of(turn.request);
    let is_mark = mark.is_some();
    turn.effects.extend(mark);
    is_mark
}

impl Turn<'_> {
    /// What the form asks to be done.
    pub(super) fn wish(&self) -> &str {
        self.request.field("do")
    }

    /// A text field, with the line ends of people.
    pub(super) fn words(&self, field: &str) -> String {
        self.request.field(field).replace("\r\n", "\n").trim().to_owned()
    }

    /// Lines of a text field that are not empty.
    pub(super) fn lines(&self, field: &str) -> Vec<String> {
        let all = self.words(field);
        all.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// An entry that a field names.
    pub(super) fn entry(&self, field: &str) -> Result<EventId, Wrong> {
        named(self.request.field(field)).ok_or(Wrong::Refused(Refusal::NotFound))
    }

    /// An entry that a field names, or nothing.
    pub(super) fn maybe_entry(&self, field: &str) -> Option<EventId> {
        named(self.request.field(field))
    }

    /// A day of a field.
    pub(super) fn day(&self, field: &str) -> Result<Day, Wrong> {
        self.request.field(field).trim().parse().map_err(|_| Wrong::Say("look-no-day"))
    }

    /// The incident of a field; where there is only one, that one. `space` leaves out the others.
    pub(super) fn incident(&self, space: Option<Space>) -> Result<EventId, Wrong> {
        let vault = self.session.vault().ok_or(Wrong::Unknown)?;
        let fits = |id: &EventId| {
            let found = vault.state().world().incidents.get(*id);
            found.is_some_and(|found| space.is_none_or(|space| found.space == space))
        };
        if let Some(id) = self.maybe_entry("incident") {
            return if fits(&id) { Ok(id) } else { Err(Refusal::NotFound.into()) };
        }
        let mut all = choices::incidents(vault.state()).into_iter().map(|(id, _)| id).filter(fits);
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Wrong::Say("look-no-incident")),
            _ => Err(Wrong::Say("look-which-incident")),
        }
    }
}

/// A value of a list by its name in JSON.
pub(super) fn by_name<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The name of a value in JSON, as message keys have it.
pub(super) fn slug<T: serde::Serialize>(value: T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', "-")
}

/// The same as a form field has it.
pub(super) fn value<T: serde::Serialize>(of: T) -> String {
    serde_json::to_value(of).unwrap_or_default().as_str().unwrap_or_default().to_owned()
}
