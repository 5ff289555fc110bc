//! What came in lately at the pace that was set here: one line, one thank you, a note.

use amends_domain::event::{Event, Space};
use amends_domain::id::Day;
use amends_domain::texts::texts;
use maud::{Markup, html};

use super::asked::is_contact;
use crate::pages::here::Here;
use crate::pages::parts::{Way, name, slug, ways};

/// Most that is shown; the rest is on the page of its step.
const MOST: usize = 5;
/// So many days it is shown.
const DAYS: i32 = 7;

pub(super) fn section(here: &Here<'_>) -> Markup {
    let lately = |event: &&Event| {
        event.space == Space::Shared
            && event.author != here.me()
            && is_contact(&event.body)
            && here.today().0 - came(here, event).0 < DAYS
            && here.state().may_see(here.me(), event, here.moment())
    };
    let mut events: Vec<&Event> = here.state().events().filter(lately).collect();
    events.reverse();
    events.sort_by_key(|event| std::cmp::Reverse(came(here, event)));
    events.truncate(MOST);
    let list: Vec<Way> = events.into_iter().map(|event| way(here, event)).collect();
    html! {
        @if !list.is_empty() {
            h2 { (here.text("today-came-in")) }
            (ways(&list))
        }
    }
}

/// The day on which it came: that of a note is the one that its giver chose.
fn came(here: &Here<'_>, event: &Event) -> Day {
    let sent = here.day_of(event.at.time());
    let chosen = here.world().gratitude.one_sent(event.id).and_then(|note| note.note.on);
    chosen.map_or(sent, |chosen| chosen.max(sent))
}

fn way(here: &Here<'_>, event: &Event) -> Way {
    let words = texts(&event.body).join(" ").replace('\n', " ");
    let day = here.day(came(here, event));
    let kind = event.body.contact_kind().map(|kind| here.text(&format!("cli-contact-{}", slug(kind))));
    let note = kind.map_or(day.clone(), |kind| format!("{kind}. {day}"));
    Way::new(format!("/entry/{}", name(event.id)), words).with(note)
}
