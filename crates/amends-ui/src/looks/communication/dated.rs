//! Letters that open on a day: what both see until then, and what to do where the second half of the key does not come.

use amends_client::{HalfStanding, ShareTrouble};
use amends_domain::id::EntryId;
use amends_domain::permission::{LetterAuthor, LetterReader};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{Event, Half};
use maud::{Markup, html};

use super::super::Look;

/// What the writer sees of the key, and nothing of the reader.
pub(super) fn for_author(look: &Look<'_>, id: EntryId, author: &LetterAuthor<'_>) -> Markup {
    let Some(opens_at) = author.opens_at() else { return html! {} };
    let is_over = opens_at <= look.now();
    let given = look.world().communication.halves(id).any(|kept| kept.withdraw.is_none());
    let standing = look.vault.half_standing(id);
    html! {
        @if let Some(key) = standing.and_then(|standing| writer_words(standing, is_over)) {
            p class=(if matches!(standing, Some(HalfStanding::Trouble(_))) { "note" } else { "help" }) {
                (look.text(key))
            }
        }
        @if author.half_was_asked() && is_over && !given {
            section class="card no-print" {
                p { (look.text("look-half-asked")) }
                (look.one_button("give", id, "look-half-give"))
            }
        }
    }
}

fn writer_words(standing: HalfStanding, is_over: bool) -> Option<&'static str> {
    match standing {
        HalfStanding::NotYet => Some("look-half-not-yet"),
        HalfStanding::There if !is_over => Some("look-half-there"),
        HalfStanding::Trouble(ShareTrouble::Lost) => Some("look-half-lost"),
        HalfStanding::Trouble(ShareTrouble::Early) => Some("look-half-early"),
        HalfStanding::Trouble(_) => Some("look-half-wrong"),
        _ => None,
    }
}

/// A letter that cannot be opened yet.
pub(super) fn for_reader(look: &Look<'_>, id: EntryId, reader: &LetterReader<'_>) -> Markup {
    let Some(opens_at) = reader.opens_at() else { return html! {} };
    if opens_at > look.now() {
        return html! {
            p class="lead" {
                (look.fill("look-letter-waits-day", "date", look.date(look.day_of(opens_at))))
            }
            (look.quiet("look-letter-waits-day-help"))
        };
    }
    let standing = look.vault.half_standing(id).unwrap_or(HalfStanding::NotYet);
    let (key, may_ask) = match standing {
        HalfStanding::Unfit => ("look-half-unfit", false),
        HalfStanding::Trouble(ShareTrouble::Wrong) => ("look-half-wrong-for-you", true),
        HalfStanding::Trouble(_) => ("look-half-missing", true),
        _ => ("look-half-comes", false),
    };
    html! {
        p class="lead" { (look.text(key)) }
        @if may_ask && reader.half_was_asked() {
            (look.quiet("look-half-asked-already"))
        } @else if may_ask {
            p { (look.text("look-half-ask-help")) }
            (look.one_button("ask", id, "look-half-ask"))
        }
    }
}

/// The half that this device keeps, from device to device.
pub(super) fn give(letter: EntryId) -> Action {
    let (share, half) = (Half::no_share(), Half::none());
    Action::shared(Event::Half { letter, share, half, withdraw: None })
}
