//! Which of one's own words the other may keep in exports and counselor packets: none, unless allowed one by one.

use amends_domain::entry;
use amends_domain::event::{Body, Event};
use amends_domain::permit::Action;
use amends_domain::texts::texts;
use maud::html;

use super::framed;
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{form, hidden, name, named, write_and_go};

/// Most entries on the page; older ones have the same switch on their own page.
const MOST: usize = 30;

pub(super) fn page(here: &Here<'_>) -> Page {
    let has_words = |event: &&Event| texts(&event.body).iter().any(|text| !text.trim().is_empty());
    let is_entry = |event: &&Event| !matches!(event.body, Body::Entry(_) | Body::Consent(_));
    let mut own: Vec<&Event> = here.own_shared().filter(is_entry).filter(has_words).collect();
    own.reverse();
    own.truncate(MOST);
    let inner = html! {
        @if own.is_empty() { p { (here.text("pace-copies-empty")) } }
        ul class="entries" {
            @for event in own {
                @let allowed = here.world().entries.copy_allowed(here.me(), event.id);
                li {
                    p {
                        a href=(format!("/entry/{}", name(event.id))) { (first_words(event)) }
                        " " span class="quiet" { (here.day(here.day_of(event.at.time()))) }
                    }
                    (form("/pace/copies", &html! {
                        (hidden("entry", &name(event.id)))
                        (hidden("allow", if allowed { "no" } else { "yes" }))
                        button type="submit" {
                            (here.text(if allowed { "pace-copies-forbid" } else { "pace-copies-allow" }))
                        }
                    }))
                }
            }
        }
    };
    framed(here, "copies", &inner)
}

fn first_words(event: &Event) -> String {
    amends_tools::parts::shortened(&texts(&event.body).join(" "))
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let target = named(turn.request.field("entry"))?;
    let vault = turn.session.vault()?;
    vault.state().event(target).filter(|event| event.author == vault.me())?;
    let allowed = turn.request.field("allow") == "yes";
    let said = if allowed { "pace-copies-allowed" } else { "pace-copies-forbidden" };
    let change = Action::shared(entry::Event::AllowCopy { target, allowed });
    write_and_go(turn, vec![change], "/pace/copies", said)
}
