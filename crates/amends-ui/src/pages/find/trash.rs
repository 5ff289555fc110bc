//! What was deleted and can be brought back, until the vault is locked.

use amends_domain::entry;
use amends_domain::event::{Event, Space};
use amends_domain::permit::Action;
use amends_domain::texts::texts;
use maud::html;

use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{form, hidden, name, named, sentences, write_and_go};

pub(super) fn page(here: &Here<'_>) -> Page {
    let deleted: Vec<&Event> = here.own().filter(|event| here.state().is_retracted(event)).collect();
    let main = html! {
        h1 { (here.text("trash-title")) }
        p class="lead" { (here.text("trash-lead")) }
        (sentences(here.frame, &["trash-sent", "trash-theirs"]))
        @if deleted.is_empty() { p { (here.text("trash-none")) } }
        ul class="entries" {
            @for event in deleted.into_iter().rev() {
                li {
                    p {
                        (amends_tools::parts::shortened(&texts(&event.body).join(" ")))
                        " " span class="quiet" { (here.day(here.day_of(event.at.time()))) }
                    }
                    (form("/trash", &html! {
                        (hidden("entry", &name(event.id)))
                        button type="submit" { (here.text("trash-restore")) }
                    }))
                }
            }
        }
    };
    Page::new("/more", main)
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let target = named(turn.request.field("entry"))?;
    let space = turn.session.vault()?.state().event(target)?.space;
    let restore = entry::Event::Restore { target };
    let action = match space {
        Space::Private => Action::private(restore),
        Space::Shared => Action::shared(restore),
    };
    write_and_go(turn, vec![action], "/trash", "trash-restored")
}
