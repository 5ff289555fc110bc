//! What happened: each thing with a name, a role, a stage, an end.
//!
//! `/incident` lists, `/incident/new` names, `/incident/<entry>` shows; each thing that can be said has a page of
//! its own below. Everything is asked in forms that are sent, so that no address says what it was.

mod decide;
mod guidance;
mod list;
mod new;
mod over;
mod page;
mod questions;
mod role;
mod share;
mod stage;

use amends_domain::event::{Body, Space};
use amends_domain::id::EntryId;
use amends_domain::incident::Incident;
use amends_domain::permit::Action;
use amends_tools::{Side, voice};
use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::pages::parts::{Way, name, named};
use crate::pages::step;
use crate::request::Request;

/// Incidents among the parts of the house.
pub(crate) const AREA: Area = Area { act, page: show };

/// An incident under its name.
#[derive(Clone, Copy)]
pub(super) struct Known<'h> {
    pub(super) here: Here<'h>,
    pub(super) id: EntryId,
    pub(super) incident: &'h Incident,
}

impl<'h> Known<'h> {
    fn find(here: Here<'h>, text: &str) -> Option<Self> {
        let id = named(text)?;
        let incident = here.world().incidents.get(id)?;
        Some(Self { here, id, incident })
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.here.text(key)
    }

    /// Address of its page, or of one below.
    pub(super) fn path(&self, below: &str) -> String {
        let below = if below.is_empty() { String::new() } else { format!("/{below}") };
        format!("/incident/{}{below}", name(self.id))
    }

    /// A page below that of the incident.
    pub(super) fn framed(&self, title: &str, inner: &Markup) -> Page {
        let main = html! {
            p class="quiet" { a href=(self.path("")) { (self.incident.title) } }
            h1 { (self.text(title)) }
            (inner)
        };
        Page::new("/", main)
    }

    /// The way to a step, under its name for who this person is in it.
    pub(super) fn step(&self, slug: &str) -> Way {
        let side = Side::from(self.incident.role(self.here.me()));
        let way =
            Way::new(format!("/step/{slug}"), voice::step_title(self.here.frame.core.messages(), slug, side));
        match step::title_for_hurt(self.here.frame, slug, side) {
            Some(other) => way.with(other),
            None => way,
        }
    }

    /// An action in the space of the incident.
    pub(super) fn action(&self, body: impl Into<Body>) -> Action {
        match self.incident.space {
            Space::Private => Action::private(body),
            Space::Shared => Action::shared(body),
        }
    }
}

fn show(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let parts = request.parts();
    let ["incident", rest @ ..] = parts.as_slice() else { return None };
    let Some(here) = Here::of(frame) else { return Some(doors::needed_for(frame, request)) };
    match rest {
        [] => Some(list::page(&here)),
        ["new"] => Some(new::first(&here, None)),
        ["where"] => Some(decide::where_page(&here)),
        [id] => Some(page::page(&Known::find(here, id)?)),
        [id, below] => {
            let known = Known::find(here, id)?;
            match *below {
                "role" => Some(role::page(&known)),
                "questions" => Some(questions::page(&known)),
                "over" => Some(over::page(&known, None)),
                "decide" => Some(decide::page(&known)),
                "after" => Some(decide::after(&known)),
                "share" => Some(share::page(&known)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let parts = turn.request.parts();
    let ["incident", rest @ ..] = parts.as_slice() else { return None };
    if turn.session.vault().is_none() {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    }
    match rest {
        ["new"] => new::act(turn),
        [id, "role"] => role::act(turn, id),
        [id, "questions"] => questions::act(turn, id),
        [id, "over"] => over::act(turn, id),
        [id, "stage"] => stage::act(turn, id),
        [id, "waive"] => stage::waive(turn, id),
        [id, "decide"] => decide::act(turn, id),
        [id, "share"] => share::act(turn, id),
        _ => None,
    }
}

/// Looks at a known incident in the middle of a form.
pub(super) fn known<T>(turn: &Turn<'_>, id: &str, look: impl FnOnce(&Known<'_>) -> T) -> Option<T> {
    let frame = turn.frame();
    let here = Here::of(&frame)?;
    let known = Known::find(here, id)?;
    Some(look(&known))
}
