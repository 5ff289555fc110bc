//! The words of a sheet for a guest: chosen entries as they are read, without ids, so that nothing on it points anywhere.

use amends_domain::event::{Body, Event};
use amends_domain::id::EventId;
use amends_domain::prove::communication::{Event as Communication, GuestOffer, GuestPart};
use amends_domain::state::State;
use amends_domain::texts::texts;
use amends_messages::Messages;

use crate::parts::{self, Part};
use crate::show::{self, OffsetAt};

/// The body with the words of the entries that it names, where it proposes a sheet for a guest.
pub fn completed(state: &State, body: Body, words: &Messages, offset: OffsetAt<'_>) -> Body {
    match body {
        Body::Communication(Communication::OfferGuest(GuestOffer { items, days, mut sheet })) => {
            let found = items.iter().filter_map(|item| part(state, *item, words, offset));
            sheet.parts = found.collect();
            Communication::OfferGuest(GuestOffer { items, days, sheet }).into()
        }
        other => other,
    }
}

/// Whether an entry may stand on a sheet: shared, open to both, with words of its writer.
pub fn is_fit(state: &State, event: &Event, words: &Messages, offset: OffsetAt<'_>) -> bool {
    let is_offer = matches!(event.body, Body::Communication(Communication::OfferGuest(_)));
    let has_words = texts(&event.body).iter().any(|text| !text.trim().is_empty());
    !is_offer
        && has_words
        && state.may_go_to_guest(&[event.id]).is_ok()
        && part(state, event.id, words, offset).is_some()
}

fn part(state: &State, id: EventId, words: &Messages, offset: OffsetAt<'_>) -> Option<GuestPart> {
    let event = state.event(id)?;
    let mut lines = Vec::new();
    for part in parts::parts(state, event, words, offset)? {
        write(&part, &mut lines);
    }
    let text = lines.join("\n");
    let (step, kind, _) = show::name(&event.body);
    (!text.trim().is_empty()).then(|| GuestPart {
        title: show::event_title(&step, &kind, words),
        by_proposer: event.author == state.world().me,
        day: event.at.time().day(offset(event.at.time())),
        text,
    })
}

fn write(part: &Part, lines: &mut Vec<String>) {
    match (part.label.is_empty(), part.text.is_empty()) {
        (true, true) => {}
        (true, false) => lines.push(part.text.clone()),
        (false, true) => lines.push(part.label.clone()),
        (false, false) => lines.push(format!("{}\n{}", part.label, part.text)),
    }
    part.parts.iter().for_each(|part| write(part, lines));
}
