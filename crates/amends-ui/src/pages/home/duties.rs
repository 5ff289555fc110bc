//! What somebody who did harm said they would do, with its day. Missed days are not counted anywhere.

use amends_domain::apologize::change::Slip;
use amends_domain::event::Space;
use amends_domain::incident::Ending;
use amends_domain::prove::communication::{Purpose, rested};
use amends_tools::week;

use super::open_now::Thing;
use crate::pages::here::Here;
use crate::pages::parts::{Way, name};

/// What has a time.
pub(super) fn urgent(here: &Here<'_>) -> Vec<Thing> {
    let told = |slip: &Slip| {
        here.world().change.told().any(|(_, author, told)| author == here.me() && told.what == slip.what)
    };
    let open = here.world().change.slips().filter(|(_, slip)| slip.tell_by() > here.now() && !told(slip));
    let shared = |id| here.world().incidents.get(id).is_some_and(|incident| incident.space == Space::Shared);
    open.map(|(id, slip)| {
        // Without the other person here, nothing can be told here: it is read again.
        let way = if shared(slip.incident) {
            Way::new("/step/change/tell-slip", here.text("tool-change-tell-slip"))
        } else {
            Way::new(format!("/entry/{}", name(id)), here.text("tool-change-slip"))
        };
        Thing::first(way.with(here.fill("slip-tell-by", "time", here.when(slip.tell_by()))))
    })
    .collect()
}

pub(super) fn all(here: &Here<'_>) -> Vec<Thing> {
    let mut things = Vec::new();
    things.extend(promises(here));
    things.extend(endings(here));
    things.extend(letters(here));
    things.extend(plans(here));
    things
}

/// Promises whose day has come.
fn promises(here: &Here<'_>) -> Vec<Thing> {
    let due = here.world().honesty.open_promises(here.me());
    due.filter(|(_, entry)| entry.promise.review_on <= here.today())
        .map(|(_, entry)| {
            let way = Way::new("/step/honesty/report", here.text("today-promise-due"));
            Thing::first(way.with(entry.promise.text.clone()))
        })
        .collect()
}

/// Whether it is over, where that was not said yet, or was said to be "not yet".
fn endings(here: &Here<'_>) -> Vec<Thing> {
    let mine = here.incidents().filter(|(id, incident)| {
        incident.opened_by == here.me() && incident.may_own(here.me()) && here.closed(*id).is_none()
    });
    mine.filter_map(|(id, incident)| {
        let key = match &incident.ending {
            None => "today-ending",
            Some((Ending::NotYet, ..)) => "today-ending-not-yet",
            Some((Ending::Ended, ..)) => return None,
        };
        let did = incident.role(here.me()) != amends_domain::incident::Role::InjuredPartner;
        let way =
            Way::new(format!("/incident/{}/over", name(id)), here.text(key)).with(incident.title.clone());
        did.then(|| Thing::first(way))
    })
    .collect()
}

/// Letters for the other person: resting, or rested.
fn letters(here: &Here<'_>) -> Vec<Thing> {
    let communication = &here.world().communication;
    let sent = |text: &str| {
        communication.all_delivered().any(|(_, letter)| letter.author == here.me() && letter.text == text)
    };
    let open = communication.drafts.iter().filter(|(_, draft)| {
        let letter = &draft.text.current;
        letter.purpose != Purpose::ForMe && !letter.text.trim().is_empty() && !sent(&letter.text)
    });
    open.map(|(_, draft)| {
        let done = rested(draft.text.at.time(), here.now(), here.moment().utc_offset);
        let key = if done { "today-letter-rested" } else { "today-letter-rests" };
        let way = Way::new("/look/communication", here.text(key));
        Thing::listed(way.with(here.text(&format!("{key}-note"))))
    })
    .take(1)
    .collect()
}

/// Plans whose day of looking has come.
fn plans(here: &Here<'_>) -> Vec<Thing> {
    let plans = here.world().change.plans.iter();
    plans
        .filter(|(id, draft)| {
            let back = week::looked_back_on(here.moment());
            let looked = here.world().change.looks(*id).any(|look| week::monday(look.week) >= back);
            draft.text.current.review_on.is_some_and(|day| day <= here.today()) && !looked
        })
        .map(|(_, draft)| {
            let way = Way::new("/look/change/week", here.text("tool-change-weekly"));
            Thing::listed(way.with(draft.text.current.if_situation.clone()))
        })
        .take(1)
        .collect()
}
