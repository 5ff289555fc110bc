//! An invitation: a link, its squares, and fixed words to send by own means. The words ask for nothing.

use maud::{Markup, html};

use super::{begin, qr, relay, why};
use crate::area::{Outcome, Turn};
use crate::pages::here::Here;

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let now = turn.visit.moment.now;
    let place = turn.session.place();
    let made = turn.vault()?.invite_partner(now);
    match made {
        Ok(link) => {
            turn.session.invite((place, link));
            turn.done("/pair", "pair-invited")
        }
        Err(error) => {
            let key = why(&error);
            let frame = turn.frame();
            Some(Outcome::Show(begin::page(&Here::of(&frame)?, Some(&key))))
        }
    }
}

/// The invitation, as long as this device remembers it. It is kept in memory only.
pub(super) fn shown(here: &Here<'_>) -> Markup {
    let place = here.frame.session.place();
    let Some((_, link)) = here.frame.session.invitation().filter(|(from, _)| *from == place) else {
        return html! { p { (here.text("pair-link-gone")) } };
    };
    let Some(address) = relay(here) else {
        return html! {
            p { (here.text("pair-hand-over")) }
            p { a class="main-button" href="/hand-over?for=pair" { (here.text("hand-title")) } }
        };
    };
    let whole = format!("{address}{link}");
    let message = here.fill("pair-message", "link", whole.clone());
    html! {
        p { (here.text("pair-send-text")) }
        div class="field" {
            label for="message" { (here.text("pair-message-label")) }
            textarea id="message" rows="8" readonly autocomplete="off" { (message) }
        }
        h2 { (here.text("pair-qr-title")) }
        p { (here.text("pair-qr-text")) }
        (qr::svg(&whole, &here.text("pair-qr-title")))
        p class="quiet" { (here.text("pair-one-day")) }
    }
}
