//! What came from the other person and can be answered. Leaving it is an answer too.

use amends_domain::event::{Body, Event};
use amends_domain::id::{EventId, WEEK};
use amends_domain::prove::communication::{AgreedTalk, SenderSees};
use amends_domain::prove::needs;

use super::open_now::Thing;
use crate::pages::here::{Here, Side};
use crate::pages::parts::{Way, name};

pub(super) fn all(here: &Here<'_>, side: Side) -> Vec<Thing> {
    let mut things = Vec::new();
    if side.was_hurt() {
        things.extend(told(here));
    }
    things.extend(letters(here));
    things.extend(keys(here));
    things.extend(keys_still_here(here));
    things.extend(decided(here));
    things.extend(guests(here));
    things.extend(requests(here));
    things.extend(questions(here));
    things.extend(talks(here));
    things.extend(invitations(here));
    things
}

/// A complete telling that has parts which are not opened yet. Nobody is told what was opened.
fn told(here: &Here<'_>) -> Vec<Thing> {
    let responsibility = &here.world().responsibility;
    let unread = |incident| {
        responsibility.of_incident(incident).any(|(id, sealed)| {
            let fields = &sealed.content.fields;
            let unopened = fields.iter().any(|field| !responsibility.is_open(id, field.section));
            sealed.author != here.me() && here.sees(id) && unopened
        })
    };
    let open = here.incidents().filter(|(id, _)| here.closed(*id).is_none() && unread(*id));
    open.map(|_| {
        let way = Way::new("/look/responsibility", here.text("today-told"));
        Thing::listed(way.with(here.text("today-told-note")))
    })
    .take(1)
    .collect()
}

/// Letters that were not opened. They wait without end.
fn letters(here: &Here<'_>) -> Option<Thing> {
    let waits = here.world().communication.all_delivered().any(|(id, letter)| {
        let held = letter.held_until().is_some_and(|until| until.is_none_or(|until| until > here.now()));
        letter.author != here.me()
            && here.sees(id)
            && !letter.is_opened()
            && !held
            && letter.is_ready(here.now())
    });
    waits.then(|| {
        let way = Way::new("/look/communication", here.text("today-letter"));
        Thing::listed(way.with(here.text("today-letter-note")))
    })
}

/// The half of the key of an own letter did not come through, and its reader asked for it.
fn keys(here: &Here<'_>) -> Vec<Thing> {
    let step = &here.world().communication;
    let asked = step.all_delivered().filter(|(id, letter)| {
        let given = step.halves(*id).any(|kept| kept.withdraw.is_none());
        let stands = letter.sender_sees() == SenderSees::Sent;
        letter.author == here.me() && letter.half_was_asked() && stands && !given
    });
    let way = |(id, _)| Way::new(format!("/look/communication/letter/{}", name(id)), here.text("today-half"));
    asked.map(|found| Thing::listed(way(found))).collect()
}

/// The half of the key of an own letter did not go to the relay: on its day it would not open.
fn keys_still_here(here: &Here<'_>) -> Vec<Thing> {
    let way = |id| {
        let path = format!("/look/communication/letter/{}", name(id));
        Way::new(path, here.text("today-half-here")).with(here.text("today-half-here-note"))
    };
    here.vault.halves_still_here(here.now()).into_iter().map(|id| Thing::listed(way(id))).collect()
}

/// Where the other stands, if they told it lately, and a letter of theirs that closes. What it is stays behind the link.
fn decided(here: &Here<'_>) -> Vec<Thing> {
    let patience = &here.world().patience;
    let is_new = |id: EventId| {
        let lately = |event: &Event| here.now().since(event.at.time()) < WEEK;
        here.sees(id) && here.state().event(id).is_some_and(lately)
    };
    let told = patience.reviews().any(|(id, review)| review.author != here.me() && is_new(id));
    let letters = patience.sent_closings().filter(|(id, author, _)| *author != here.me() && is_new(*id));
    let letters = letters.map(|(id, ..)| {
        let way = Way::new(format!("/entry/{}", name(id)), here.text("today-closing"));
        Thing::listed(way.with(here.text("today-closing-note")))
    });
    let stand = told.then(|| {
        let way = Way::new("/look/patience/review", here.text("today-decided"));
        Thing::listed(way.with(here.text("today-decided-note")))
    });
    stand.into_iter().chain(letters).collect()
}

/// A sheet for a counselor that waits for a word: yes, no, or none.
fn guests(here: &Here<'_>) -> Vec<Thing> {
    let open =
        here.world().communication.guests().filter(|(_, guest)| guest.waits() && guest.author != here.me());
    open.map(|(id, _)| {
        let way = Way::new(format!("/look/communication/guest/{}", name(id)), here.text("today-guest"));
        Thing::listed(way.with(here.text("today-guest-note")))
    })
    .collect()
}

/// Requests: yes, no, or something else.
fn requests(here: &Here<'_>) -> Vec<Thing> {
    let open = |need: &needs::SharedNeed| {
        let request = need.request.as_ref().filter(|request| request.answer.is_none())?;
        (need.owner != here.me() && here.sees(request.id)).then(|| request.text.clone())
    };
    let open = here.world().needs.shared().filter_map(|(_, need)| open(need));
    open.map(|text| Thing::first(Way::new("/step/needs/answer", here.text("today-request")).with(text)))
        .collect()
}

/// Questions about what was told, for who told it.
fn questions(here: &Here<'_>) -> Vec<Thing> {
    let sealed = here.incidents().flat_map(|(id, _)| here.world().responsibility.of_incident(id));
    let own = sealed.filter(|(_, sealed)| sealed.author == here.me());
    let open = own.flat_map(|(_, sealed)| &sealed.questions);
    open.filter(|question| question.answer.is_none() && here.sees(question.id))
        .map(|question| {
            let way = Way::new("/step/responsibility/answer", here.text("today-question"));
            Thing::first(way.with(question.text.clone()))
        })
        .collect()
}

/// The weekly talk: proposed, or today.
fn talks(here: &Here<'_>) -> Vec<Thing> {
    let proposed = |talk: &AgreedTalk| talk.author != here.me() && !talk.agreed && !talk.ended;
    let one = |(id, talk): (EventId, &AgreedTalk)| {
        if proposed(talk) && here.sees(id) {
            let way = Way::new("/step/communication/agree-talk", here.text("today-talk-proposed"));
            return Some(Thing::first(
                way.with(here.when(here.frame.visit.begins(&talk.talk, talk.talk.first))),
            ));
        }
        let next = talk.next(here.now())?;
        let start = here.frame.visit.begins(&talk.talk, next);
        let soon = next <= here.today().plus(1);
        soon.then(|| {
            Thing::listed(Way::new("/look/communication", here.text("today-talk")).with(here.when(start)))
        })
    };
    here.world().communication.talks().filter_map(one).collect()
}

/// Invitations that nobody answered. No answer is fine, and shown to nobody.
fn invitations(here: &Here<'_>) -> Vec<Thing> {
    let open = here.world().activities.invitations().filter(|(id, invitation)| {
        let answered = invitation.accepted || invitation.other_time.is_some() || invitation.withdrawn;
        let over = invitation.proposal.start < here.now();
        invitation.author != here.me() && !answered && !over && here.sees(*id)
    });
    open.map(|(id, invitation)| {
        let way = Way::new(format!("/entry/{}", name(id)), here.text("today-invitation"));
        Thing::listed(way.with(here.when(invitation.proposal.start)))
    })
    .collect()
}

/// Whether an event carries words of the other person at the pace that was set here.
pub(super) fn is_contact(body: &Body) -> bool {
    matches!(body, Body::Contact(_) | Body::Gratitude(_)) && body.contact_kind().is_some()
}
