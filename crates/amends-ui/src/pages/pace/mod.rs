//! Pace and consent: the person who receives owns the channel.
//!
//! `/pace` shows what is set; each thing that can be set has a page of its own under it.

mod amount;
mod copies;
mod mute;
pub(crate) mod opened;
mod page;
mod pause;
mod topics;
pub(crate) mod words;

use amends_domain::consent;
use amends_domain::permit::Action;
use amends_domain::prove::contact::ContactKind;
use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::pages::parts::write_and_go;
use crate::request::Request;

/// Pace among the parts of the house.
pub(crate) const AREA: Area = Area { act, page: show };

/// All kinds of messages, in the order in which they are shown.
const KINDS: [ContactKind; 8] = [
    ContactKind::Line,
    ContactKind::Thanks,
    ContactKind::Question,
    ContactKind::Photo,
    ContactKind::Note,
    ContactKind::Gift,
    ContactKind::Letter,
    ContactKind::Proposal,
];

fn show(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let parts = request.parts();
    let ["pace", rest @ ..] = parts.as_slice() else { return None };
    let Some(here) = Here::of(frame) else { return Some(doors::needed_for(frame, request)) };
    match rest {
        [] => Some(page::page(&here)),
        ["amount"] => Some(amount::page(&here, None)),
        ["topics"] => Some(topics::page(&here)),
        ["mute"] => Some(mute::page(&here)),
        ["pause"] => Some(pause::page(&here)),
        ["copies"] => Some(copies::page(&here)),
        _ => None,
    }
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let parts = turn.request.parts();
    let ["pace", rest @ ..] = parts.as_slice() else { return None };
    if turn.session.vault().is_none() {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    }
    match rest {
        ["close"] => {
            write_and_go(turn, vec![Action::shared(consent::Event::Close)], "/pace", "pace-closed-now")
        }
        ["amount"] => amount::act(turn),
        ["topics"] => topics::act(turn),
        ["mute"] => mute::act(turn),
        ["pause"] => pause::act(turn),
        ["copies"] => copies::act(turn),
        _ => None,
    }
}

/// A page under `/pace`: way back, heading, first sentence, what the other sees of it, the rest.
fn framed(here: &Here<'_>, slug: &str, inner: &Markup) -> Page {
    let main = html! {
        p class="quiet" { a href="/pace" { (here.text("pace-title")) } }
        h1 { (here.text(&format!("pace-{slug}-title"))) }
        p class="lead" { (here.text(&format!("pace-{slug}-lead"))) }
        p { strong { (here.text("pace-they-see")) ":" } " " (here.text(&format!("pace-{slug}-they-see"))) }
        (inner)
    };
    Page::new("/more", main)
}
