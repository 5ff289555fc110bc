//! Letters: written, rested, read again as the one who gets it, sent.

use amends_domain::id::{EntryId, Millis};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{
    Delivered, Event, Letter, Purpose, SealedLetter, SenderSees, rested,
};
use amends_domain::versions::{Draft, Save};
use amends_lint::Genre;
use amends_tools::writing::Said;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::choice;
use super::super::paper::{Boxes, Written};
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write as append, write_saying};
use super::PATH;
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PURPOSES: [Purpose; 3] = [Purpose::ForMe, Purpose::ReadTogether, Purpose::ToSend];

pub(super) fn list(look: &Look<'_>) -> Page {
    let step = &look.world().communication;
    let all: Vec<_> = step.all_delivered().collect();
    // What is on its way in the same words stands there as a letter.
    let is_sent = |text: &str| {
        let mut own = all.iter().filter(|(_, letter)| letter.author == look.me());
        own.any(|(_, letter)| letter.text == text && letter.sender_sees() == SenderSees::Sent)
    };
    let drafts: Vec<_> = step.drafts.iter().filter(|(_, draft)| !is_sent(&draft.text.current.text)).collect();
    let sees = |id: &EntryId| {
        look.state().event(*id).is_some_and(|event| look.state().may_see(look.me(), event, look.moment()))
    };
    let to_me = all.iter().filter(|(id, letter)| letter.author != look.me() && sees(id));
    let from_me = all.iter().filter(|(_, letter)| letter.author == look.me());
    let main = html! {
        p { a class="main-button" href=(format!("{PATH}/write")) { (look.text("look-letter-new")) } }
        h2 { (look.text("look-letters-to-you")) }
        @let to_me: Vec<_> = to_me.collect();
        @if to_me.is_empty() { (look.quiet("look-letters-none")) }
        ul class="links" { @for (id, letter) in to_me {
            li {
                a href=(format!("{PATH}/letter/{}", name(*id))) {
                    (look.fill("look-letter-of", "date", look.date(look.day_of(letter.at.time()))))
                }
                " " span class="quiet" { (open_or_closed(look, letter)) }
            }
        } }
        @let from_me: Vec<_> = from_me.collect();
        h2 { (look.text("look-letters-yours")) }
        @if drafts.is_empty() && from_me.is_empty() { (look.quiet("look-letters-none")) }
        ul class="links" {
            @for (id, draft) in &drafts {
                li {
                    a href=(format!("{PATH}/write/{}", name(*id))) { (first_words(&draft.text.current.text)) }
                    " " span class="quiet" { (look.text(&format!("purpose-{}", slug(draft.text.current.purpose)))) }
                }
            }
            @for (id, letter) in from_me {
                li {
                    a href=(format!("{PATH}/letter/{}", name(*id))) { (first_words(&letter.text)) }
                    " " span class="quiet" { (look.text(status(letter.sender_sees()))) " " (look.dated(look.day_of(letter.at.time()))) (opens(look, letter)) }
                }
            }
        }
    };
    look.page("communication", "look-letters", &main)
}

fn open_or_closed(look: &Look<'_>, letter: &Delivered) -> String {
    match letter.opens_at().filter(|_| letter.waits(look.now())) {
        Some(day) => look.fill("look-letter-closed-until", "date", look.date(look.day_of(day))),
        None => look.text(if letter.is_opened() { "look-letter-open" } else { "look-letter-closed" }),
    }
}

/// On which day an own letter opens.
fn opens(look: &Look<'_>, letter: &Delivered) -> Markup {
    html! {
        @if let Some(day) = letter.opens_at() {
            " · " (look.fill("look-letter-opens", "date", look.date(look.day_of(day))))
        }
    }
}

pub(super) fn status(state: SenderSees) -> &'static str {
    match state {
        SenderSees::Sent => "letter-sent",
        SenderSees::Recalled => "letter-recalled",
        SenderSees::Returned => "letter-returned",
    }
}

fn first_words(text: &str) -> String {
    let mut kept: Vec<&str> = text.split_whitespace().take(8).collect();
    if text.split_whitespace().count() > kept.len() {
        kept.push("…");
    }
    kept.join(" ")
}

/// A sheet to write on.
pub(super) fn write_page(look: &Look<'_>, id: Option<EntryId>) -> Page {
    let draft = id.and_then(|id| look.world().communication.drafts.get(id));
    let text = draft.map_or("", |draft| draft.text.current.text.as_str()).to_owned();
    let purpose = draft.map_or(Purpose::ForMe, |draft| draft.text.current.purpose);
    let chosen = look.typed("purpose", &value(purpose));
    let inner = |boxes: &Boxes| {
        html! {
            fieldset class="inline" {
                legend { (look.text("look-letter-purpose")) }
                @for one in PURPOSES {
                    (choice("radio", "purpose", &value(one), &look.text(&format!("purpose-{}", slug(one))), chosen == value(one)))
                }
            }
            div class="letter writing" {
                label class="unseen" for="text" { (look.text("ask-letter")) }
                (boxes.bare("text", 18))
            }
            p class="row" {
                button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-keep")) }
                (look.look_button())
            }
        }
    };
    let about = draft.and_then(|draft| draft.incident);
    let written = Written { tool: ("communication", "letter"), about };
    let main = html! {
        @if look.world().safety.tools_closed() {
            p class="note" { (look.text("refusal-tools-closed")) " " a href="/safety" { (look.text("nav-help")) } }
        }
        (look.live_form("save", Genre::Letter, written, "", &[("text".to_owned(), text)], inner))
        @if let (Some(id), Some(draft)) = (id, draft) {
            p class="quiet" { (rest_words(look, draft)) }
            @if draft.text.current.purpose != Purpose::ForMe {
                p { a href=(format!("{PATH}/reread/{}", name(id))) { (look.text("look-reread")) } }
            }
        }
    };
    look.page("communication", "look-letter", &main)
}

fn is_rested(look: &Look<'_>, draft: &Draft<Letter>) -> bool {
    rested(draft.text.at.time(), look.now(), look.moment().utc_offset)
}

fn rest_words(look: &Look<'_>, draft: &Draft<Letter>) -> String {
    if draft.text.current.purpose == Purpose::ForMe {
        return look.text("refusal-for-me-only");
    }
    look.text(if is_rested(look, draft) { "look-has-rested" } else { "look-let-rest" })
}

pub(super) fn save(turn: &mut Turn<'_>, doc: Option<EntryId>) -> Did {
    if !turn.request.has("keep") {
        return Ok(Next::Stay);
    }
    let purpose = by_name(turn.request.field("purpose")).ok_or(Wrong::Say("problem-choose"))?;
    let text = turn.words("text");
    if text.is_empty() {
        return Err(Wrong::Say("refusal-empty"));
    }
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().communication.drafts;
    let draft = doc.and_then(|doc| drafts.get(doc));
    let (base, incident) = (draft.map(|draft| draft.text.version), draft.and_then(|draft| draft.incident));
    let save = Save { doc, base, incident, content: Letter { purpose, text } };
    let version = append(turn, Action::private(Event::SaveLetter(save)), Some(Genre::Letter))?;
    Ok(Next::Go(format!("{PATH}/write/{}", name(doc.unwrap_or(version))), "look-kept"))
}

/// The letter as its reader will see it, and then the question whether it goes.
pub(super) fn reread(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let draft = look.world().communication.drafts.get(id)?;
    let step = &look.world().communication;
    let was_read = step.was_read_as_reader(id);
    let rested = is_rested(look, draft);
    let main = html! {
        p class="lead no-print" { (look.text("look-reread-lead")) }
        (look.sheet(&look.said(&draft.text.current.text)))
        section class="card no-print" {
            @if !was_read {
                p { (look.text("look-reread-ask")) }
                (look.form("read", &look.button("look-reread-done")))
            } @else if look.world().partner.is_none() {
                p { (look.text("refusal-no-partner")) }
            } @else {
                @if !rested { p class="note" { (look.text("refusal-rest-first")) } }
                (look.form("send", &html! {
                    @if !rested { (choice("checkbox", "without-rest", "yes", &look.text("look-without-rest"), false)) }
                    (look.day_field("opens", "look-letter-opens-on", None))
                    p class="help" { (look.text("letter-day-about")) }
                    (look.main_button("look-letter-send"))
                }))
            }
            p { a href=(format!("{PATH}/write/{}", name(id))) { (look.text("look-letter-change")) } }
        }
        (look.how_to_print())
    };
    Some(look.page("communication", "look-reread", &main))
}

/// The beginning of the day on which the letter is to open, if one was chosen.
fn opens_at(turn: &Turn<'_>) -> Result<Option<Millis>, Wrong> {
    if turn.request.field("opens").trim().is_empty() {
        return Ok(None);
    }
    let opens_at = turn.visit.instant(turn.day("opens")?, 0);
    if opens_at > turn.visit.moment.now {
        Ok(Some(opens_at))
    } else {
        Err(Wrong::Say("look-letter-day-over"))
    }
}

pub(super) fn send(turn: &mut Turn<'_>, draft: EntryId) -> Did {
    let step = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().communication;
    let found = step.drafts.get(draft).ok_or(Wrong::Unknown)?.clone();
    match turn.wish() {
        "read" => {
            let version = found.text.version;
            append(turn, Action::private(Event::ReadAsReader { letter: draft, version }), None)?;
            Ok(Next::Go(format!("{PATH}/reread/{}", name(draft)), "look-reread-kept"))
        }
        "send" => {
            let opens_at = opens_at(turn)?;
            let Letter { purpose, text } = found.text.current;
            let world = turn.session.vault().ok_or(Wrong::Unknown)?.state().world();
            // Only an incident that both know goes along.
            let incident = found.incident.map(|id| world.incidents.shared_for(id).unwrap_or(id));
            let shared = amends_domain::event::Space::Shared;
            let incident =
                incident.filter(|id| world.incidents.get(*id).is_some_and(|found| found.space == shared));
            let said = Said {
                without_rest: turn.request.has("without-rest"),
                draft: Some(draft),
                ..Said::default()
            };
            let (event, done) = match opens_at {
                Some(opens_at) => {
                    let letter = SealedLetter::default();
                    (Event::SendSealed { incident, purpose, opens_at, letter, text }, "look-sent-for-a-day")
                }
                None => (Event::Send { incident, purpose, text }, "look-sent"),
            };
            let id = write_saying(turn, Action::shared(event), Some(Genre::Letter), &said)?;
            Ok(Next::Go(format!("{PATH}/letter/{}", name(id)), done))
        }
        _ => Err(Wrong::Unknown),
    }
}
