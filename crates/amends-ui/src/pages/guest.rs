//! The door for a guest of both: a link opens one sheet. No vault, no account, and no way to anything else.

use maud::{Markup, html};

use crate::area::{Area, Outcome, Turn};
use crate::guest::Guest;
use crate::layout::{Frame, Page};
use crate::looks::guest_sheet;
use crate::request::Request;

/// `/guest`.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    matches!(request.parts().as_slice(), ["guest"]).then(|| Page::new("/guest", shown(frame)))
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let ["guest"] = turn.request.parts().as_slice() else { return None };
    if turn.request.has("close") {
        turn.session.close_guest();
    } else {
        // A shell that reaches the relay has brought its answer before; without one, this says so.
        turn.session.settle_guest(turn.request.field("link"), turn.visit.moment.now);
    }
    Some(Outcome::Show(Page::new("/guest", shown(&turn.frame()))))
}

fn shown(frame: &Frame<'_>) -> Markup {
    match frame.session.guest() {
        Guest::Read(read) => html! {
            h1 { (frame.text("guest-title")) }
            p class="lead" {
                (frame.fill("guest-until", "date", amends_tools::parts::day(
                    frame.core.messages(), frame.visit.day_of(read.until),
                )))
            }
            p { (frame.text("guest-about")) }
            p class="quiet" { (frame.text("guest-care")) }
            article class="letter packet" { (guest_sheet(frame, &read.sheet, false)) }
            form method="post" action="/guest" class="no-print" {
                button type="submit" name="close" value="yes" { (frame.text("guest-close")) }
            }
        },
        Guest::Wrong(key) => door(frame, Some(key)),
        Guest::None | Guest::Asked(_) => door(frame, None),
    }
}

fn door(frame: &Frame<'_>, wrong: Option<&str>) -> Markup {
    html! {
        h1 { (frame.text("guest-door-title")) }
        @if let Some(key) = wrong { p class="problem" role="alert" { (frame.text(key)) } }
        p class="lead" { (frame.text("guest-door-lead")) }
        form method="post" action="/guest" autocomplete="off" {
            div class="field" {
                label for="link" { (frame.text("guest-link-label")) }
                input id="link" name="link" type="text" value=(frame.typed("link").unwrap_or_default()) autocomplete="off" spellcheck="false";
            }
            p { button type="submit" class="main-button" { (frame.text("guest-open")) } }
        }
        p class="quiet" { (frame.text("guest-door-note")) }
    }
}
