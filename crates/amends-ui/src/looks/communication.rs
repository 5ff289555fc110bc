//! 3.1 Letters that rest before they go, the weekly talk, and a packet for a counselor.

mod dated;
pub(super) mod guest;
mod letters;
mod packet;
mod sent;
mod talk;

use maud::html;

use super::Look;
use super::write::{Did, Wrong};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::named;

const PATH: &str = "/look/communication";

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["letters"] => Some(letters::list(look)),
        ["write"] => Some(letters::write_page(look, None)),
        ["write", id] => Some(letters::write_page(look, Some(named(id)?))),
        ["reread", id] => letters::reread(look, named(id)?),
        ["letter", id] => sent::page(look, named(id)?),
        ["talk", id] => talk::page(look, named(id)?),
        ["counselor"] => Some(packet::page(look)),
        ["packet", id] => packet::sheet(look, named(id)?),
        ["guest"] => Some(guest::compose(look)),
        ["guest", id] => guest::page(look, named(id)?),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match rest {
        [] => talk::propose(turn),
        ["write"] => letters::save(turn, None),
        ["write", id] => letters::save(turn, named(id)),
        ["reread", id] => letters::send(turn, named(id).ok_or(Wrong::Unknown)?),
        ["letter", id] => sent::act(turn, named(id).ok_or(Wrong::Unknown)?),
        ["talk", id] => talk::act(turn, named(id).ok_or(Wrong::Unknown)?),
        ["counselor"] => packet::keep(turn),
        ["packet", id] => packet::close(turn, named(id).ok_or(Wrong::Unknown)?),
        ["guest"] => guest::offer(turn),
        ["guest", id] => guest::act(turn, named(id).ok_or(Wrong::Unknown)?),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let main = html! {
        p class="lead" { (look.frame.spoken("look-communication-lead")) }
        ul class="cards" {
            li {
                h2 { (look.link("/look/communication/letters", "look-letters")) }
                p { (look.text("look-letters-about")) }
            }
            li {
                h2 { (look.link("/look/communication/counselor", "look-counselor")) }
                p { (look.text("look-counselor-about")) }
            }
            li {
                h2 { (look.tool("communication", "obstacles")) }
                p { (look.text("look-obstacles-about")) }
            }
        }
        (talk::list(look))
    };
    look.page("communication", "look-communication", &main)
}
