//! Opening for both what was private so far: the name and the kind go over, nothing that was written before.

use amends_domain::event::Space;
use amends_domain::incident::Event;
use amends_domain::permit::Action;
use maud::html;

use super::{Known, known as look};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::parts::{form, line, main_button, name, words, write, write_and_go};

pub(super) fn page(known: &Known<'_>) -> Page {
    let inner = html! {
        (line(known.here.frame, "title", "share-title-label", Some("share-title-help"), &known.incident.title))
        (main_button(known.here.frame, "share-button"))
    };
    let main = html! {
        p class="lead" { (known.text("share-lead")) }
        (form(&known.path("share"), &inner))
    };
    known.framed("incident-share-title", &main)
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let typed = words(turn, "title");
    let (private, open, path) = look(turn, id, |known| {
        let title = if typed.is_empty() { known.incident.title.clone() } else { typed };
        let my_role = known.incident.role(known.here.me());
        let open = Event::Open { kind: known.incident.kind, title, my_role };
        (known.id, Action { space: Space::Shared, body: open.into() }, known.path(""))
    })?;
    match write(turn, vec![open]) {
        Ok(shared) => {
            let same = Action::private(Event::SameAs { private, shared });
            write_and_go(turn, vec![same], &format!("/incident/{}", name(shared)), "share-done")
        }
        Err(why) => turn.done(path, &why),
    }
}
