//! Who somebody was in it. Roles belong to what happened, not to a person.

use amends_domain::incident::{Event, Role};
use maud::html;

use super::{Known, known as look, new};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::parts::{by_name, choices, form, main_button, write_and_go};

pub(super) fn page(known: &Known<'_>) -> Page {
    let role = known.incident.role(known.here.me());
    let inner = html! {
        (choices("radio", "role", &known.text("ask-role"), &new::roles(&known.here, Some(role))))
        p class="help" { (known.text("incident-role-help")) }
        (main_button(known.here.frame, "settings-save"))
    };
    known.framed("tool-incident-role", &form(&known.path("role"), &inner))
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let role: Role = by_name(turn.request.field("role"))?;
    let (action, path) =
        look(turn, id, |known| (known.action(Event::MyRole { incident: known.id, role }), known.path("")))?;
    write_and_go(turn, vec![action], &path, "incident-said")
}
