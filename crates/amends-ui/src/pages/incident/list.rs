//! All things that have a name, the closed ones apart.

use amends_domain::event::Space;
use amends_domain::id::EntryId;
use amends_domain::incident::Incident;
use maud::html;

use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{Way, name, slug, ways};

pub(super) fn page(here: &Here<'_>) -> Page {
    let (closed, open): (Vec<_>, Vec<_>) = here.incidents().partition(|(id, _)| here.closed(*id).is_some());
    let list = |of: &[(EntryId, &Incident)]| -> Vec<Way> {
        of.iter().map(|(id, incident)| way(here, *id, incident)).collect()
    };
    let main = html! {
        h1 { (here.text("incident-list-title")) }
        p class="lead" { (here.text("incident-list-lead")) }
        @if open.is_empty() { p { (here.text("incident-list-none")) } } @else { (ways(&list(&open))) }
        p { a class="main-button" href="/incident/new" { (here.text("today-name-it")) } }
        @if !closed.is_empty() {
            h2 { (here.text("incident-closed-title")) }
            (ways(&list(&closed)))
        }
    };
    Page::new("/", main)
}

fn way(here: &Here<'_>, id: EntryId, incident: &Incident) -> Way {
    let role = here.text(&format!("role-{}", role_key(incident, here)));
    let space =
        here.text(if incident.space == Space::Shared { "incident-for-both" } else { "incident-for-me" });
    Way::new(format!("/incident/{}", name(id)), incident.title.clone()).with(format!("{role}. {space}."))
}

/// Ending of the key of this person's role.
pub(super) fn role_key(incident: &Incident, here: &Here<'_>) -> String {
    use amends_domain::incident::Role;
    match incident.role(here.me()) {
        Role::InvolvedPartner => "involved".to_owned(),
        Role::InjuredPartner => "injured".to_owned(),
        other => slug(other),
    }
}
