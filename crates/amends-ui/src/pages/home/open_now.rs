//! What is open for this person, the most useful first. Nothing of it is a duty by being here, and nothing is said
//! twice.

use amends_domain::event::{Body, Event, Space};
use amends_domain::id::WEEK;
use amends_domain::prove::patience;
use amends_domain::safety::gate::EVERY_WEEKS;
use amends_tools::week;

use super::{asked, duties};
use crate::pages::here::{Here, Side};
use crate::pages::pace::opened;
use crate::pages::parts::{Way, name};

/// Something that is open.
pub(super) struct Thing {
    pub(super) way: Way,
    /// Whether it may stand in front.
    pub(super) may_be_first: bool,
}

impl Thing {
    /// Something that may stand in front.
    pub(super) fn first(way: Way) -> Self {
        Self { way, may_be_first: true }
    }

    /// Something that only stands in the list.
    pub(super) fn listed(way: Way) -> Self {
        Self { way, may_be_first: false }
    }
}

/// Everything that is open, in order.
pub(super) fn all(here: &Here<'_>, side: Side) -> Vec<Thing> {
    let mut things = Vec::new();
    things.extend(is_this_safe(here));
    things.extend(name_it(here, side));
    if side.did() {
        things.extend(duties::urgent(here));
    }
    things.extend(asked::all(here, side));
    if side.did() {
        things.extend(duties::all(here));
    }
    things.extend(check_in(here, side));
    things.extend(open_it(here));
    things.extend(drafts(here));
    things.extend(review(here));
    things.extend(questions(here));
    things
}

/// After a low answer to "I felt safe": the door to the questions, and no word to anybody.
fn is_this_safe(here: &Here<'_>) -> Option<Thing> {
    let checked_in = |event: &&Event| matches!(event.body, Body::Patience(patience::Event::CheckIn { .. }));
    let low = here.own().filter(checked_in).map(|event| event.at.time()).last();
    // Looked at since then: it is not asked again.
    let looked = opened::last_answered(here) > low;
    (here.world().patience.opens_safety() && !looked).then(|| {
        Thing::first(
            Way::new("/safety/questions", here.text("today-safe")).with(here.text("today-safe-note")),
        )
    })
}

fn name_it(here: &Here<'_>, side: Side) -> Option<Thing> {
    let nothing_yet = side == Side::New && here.incidents().next().is_none();
    nothing_yet.then(|| {
        let way = Way::new("/incident/new", here.text("today-name-it"));
        Thing::first(way.with(here.text("today-name-it-note")))
    })
}

/// Both have opened the part for two, and nothing is in it yet: the way to the one thing that has a name here.
fn open_it(here: &Here<'_>) -> Option<Thing> {
    let (id, incident) = here.incidents().last()?;
    let empty = here.incidents().all(|(_, incident)| incident.space == Space::Private);
    (here.reaches_other() && empty).then(|| {
        let way = Way::new(format!("/incident/{}", name(id)), incident.title.clone());
        Thing::listed(way.with(here.text("today-open-it-note")))
    })
}

/// The week of one's own: answers for who was hurt, own doing for who did the harm.
fn check_in(here: &Here<'_>, side: Side) -> Vec<Thing> {
    let mut things = Vec::new();
    let patience = &here.world().patience;
    if side.was_hurt() && !patience.due(here.today()).is_empty() {
        let way = Way::new("/look/patience/check-in", here.text("today-check-in"));
        things.push(Thing::listed(way.with(here.text("today-check-in-note"))));
    }
    let back = week::looked_back_on(here.moment());
    if side.did() && !patience.controlled().any(|(day, _)| week::monday(day) == back) {
        let way = Way::new("/look/patience/controlled", here.text("today-controlled"));
        let which = week::name(here.frame.core.messages(), back, here.moment());
        things.push(Thing::listed(way.with(format!("{which}. {}", here.text("today-controlled-note")))));
    }
    things
}

fn drafts(here: &Here<'_>) -> Option<Thing> {
    let waits = here.vault.drafts().any(|draft| !draft.key.starts_with("own/"));
    waits.then(|| {
        Thing::listed(Way::new("/drafts", here.text("today-drafts")).with(here.text("today-drafts-note")))
    })
}

/// Every three months, for oneself: together, apart, not yet.
fn review(here: &Here<'_>) -> Option<Thing> {
    let began = here.day_of(here.own().next()?.at.time());
    let due =
        here.incidents().next().is_some() && here.world().patience.review_due(here.me(), began, here.today());
    due.then(|| {
        Thing::listed(Way::new("/incident/where", here.text("today-review")).with(here.text("review-offer")))
    })
}

/// The eight questions come again every four weeks.
fn questions(here: &Here<'_>) -> Option<Thing> {
    let last = opened::last_answered(here);
    let due = match last {
        // Answered before there was anybody to open the part for two with.
        Some(_) if here.world().partner.is_some() && !opened::ever(here) => {
            here.world().safety.closed_since().is_none()
        }
        Some(at) => here.now().since(at) >= EVERY_WEEKS * WEEK,
        None => here.world().partner.is_some(),
    };
    due.then(|| {
        let way = Way::new("/safety/questions", here.text("gate-title"));
        Thing::listed(way.with(here.text("gate-again")))
    })
}
