//! 2.3 The apology in its parts, and the ledger of promises.

mod ledger;

use amends_domain::apologize::honesty::{Apology, ApologyPart, Event, PARTS, Part};
use amends_domain::event::Space;
use amends_domain::permit::Action;
use amends_domain::versions::Save;
use amends_lint::Genre;
use amends_tools::writing::Said;
use maud::{Markup, html};

use super::kit::{choice, hidden};
use super::paper::{Boxes, Written};
use super::write::{Did, Next, Wrong, slug, value, write, write_saying};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/honesty";

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["promises"] => Some(ledger::page(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "save") => save(turn),
        ([], "give") => give(turn),
        (["promises"], _) => ledger::act(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let given: Vec<_> = look.world().honesty.given().collect();
    let to_print = !given.is_empty() || !look.was_only_hurt();
    let main = html! {
        (lead(look, "honesty"))
        p { a class="main-button" href="/look/honesty/promises" { (look.text("look-promises")) } }
        @if given.is_empty() && look.was_only_hurt() { (look.quiet("look-apology-none")) }
        @for (_, author, apology) in given {
            h2 { (look.text(if author == look.me() { "look-apology-given" } else { "look-apology-theirs" })) }
            (look.sheet(&html! { @for part in &apology.parts { (look.said(&part.text)) } }))
        }
        (look.for_who_did("look-apology-write", &sheet(look)))
        @if to_print { (look.how_to_print()) }
    };
    look.page("honesty", "look-honesty", &main)
}

fn text_of(apology: Option<&Apology>, part: Part) -> &str {
    let found = apology.and_then(|apology| apology.parts.iter().find(|own| own.part == part));
    found.map_or("", |own| own.text.as_str())
}

/// The parts in the order of their weight, each marked while it is empty. Asking for forgiveness is not among them.
fn sheet(look: &Look<'_>) -> Markup {
    if look.world().safety.tools_closed() {
        return html! { p class="note" { (look.text("refusal-tools-closed")) " " a href="/safety" { (look.text("nav-help")) } } };
    }
    let draft = look.world().honesty.drafts.iter().max_by_key(|(_, draft)| draft.text.at);
    let apology = draft.map(|(_, draft)| &draft.text.current);
    let boxes = PARTS.map(|part| (value(part), text_of(apology, part).to_owned()));
    let inner = |boxes: &Boxes| {
        html! {
            @if let Some((id, _)) = draft { (hidden("doc", &name(id))) }
            ol class="parts" {
                @for part in PARTS {
                    @let empty = boxes.text(&value(part)).trim().is_empty();
                    li class=(if empty { "open" } else { "there" }) {
                        (boxes.area(look, &value(part), &format!("part-{}", slug(part)), 3))
                        @if empty && !boxes.are_empty() { p class="quiet" { (look.text("look-part-missing")) } }
                    }
                }
            }
            (look.quiet("look-no-plea"))
            p class="row" { button type="submit" class="main-button" { (look.text("look-keep")) } (look.look_button()) }
        }
    };
    let about = draft.and_then(|(_, draft)| draft.incident);
    let written = Written { tool: ("honesty", "apology"), about };
    html! {
        (look.live_form("save", Genre::Apology, written, "", &boxes, inner))
        @if let Some((id, _)) = draft.filter(|_| look.has_shared()) {
            details class="card" open[look.request.field("do") == "give"] {
                summary { (look.text("look-apology-give")) }
                (look.quiet("look-apology-give-help"))
                (look.form("give", &html! {
                    (hidden("doc", &name(id)))
                    (look.which_incident(Some(Space::Shared)))
                    (choice("checkbox", "before-stage", "yes", &look.text("look-before-stage"), false))
                    (look.button("look-give"))
                }))
            }
        }
    }
}

fn save(turn: &mut Turn<'_>) -> Did {
    if turn.request.has("look") {
        return Ok(Next::Stay);
    }
    let parts: Vec<ApologyPart> = PARTS
        .into_iter()
        .map(|part| ApologyPart { part, text: turn.words(&value(part)) })
        .filter(|part| !part.text.is_empty())
        .collect();
    if parts.is_empty() {
        return Err(Wrong::Say("refusal-empty"));
    }
    let doc = turn.maybe_entry("doc");
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().honesty.drafts;
    let draft = doc.and_then(|doc| drafts.get(doc));
    let (base, incident) = (draft.map(|draft| draft.text.version), draft.and_then(|draft| draft.incident));
    let save =
        Save { doc, base, incident: incident.or(turn.incident(None).ok()), content: Apology { parts } };
    write(turn, Action::private(Event::Save(save)), Some(Genre::Apology))?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

fn give(turn: &mut Turn<'_>) -> Did {
    let incident = turn.incident(Some(Space::Shared))?;
    let doc = turn.entry("doc")?;
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().honesty.drafts;
    let content = drafts.get(doc).ok_or(Wrong::Unknown)?.text.current.clone();
    let said = Said { before_stage: turn.request.has("before-stage"), draft: Some(doc), ..Said::default() };
    write_saying(turn, Action::shared(Event::Give { incident, content }), Some(Genre::Apology), &said)?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}
