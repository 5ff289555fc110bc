//! Reading a delivered disclosure: each part closed until it is opened, at the depth its reader chose. Opening is
//! kept on the reader's own devices.

use amends_domain::admit::responsibility::{Depth, Event, Field, Section};
use amends_domain::id::EventId;
use amends_domain::permission::{DisclosureFor, DisclosureReader};
use amends_domain::permit::Action;
use amends_tools::beside::is_late;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::{PATH, READ_AS, SECTIONS, given, their_title, words_form};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

pub(super) fn page(look: &Look<'_>, id: EventId) -> Option<Page> {
    let main = match look.world().disclosure_for(look.me(), id)? {
        DisclosureFor::Reader(reader) => for_reader(look, id, &reader),
        DisclosureFor::Author(author) => given::for_author(look, id, &author),
    };
    Some(look.page("responsibility", "look-disclosure", &main))
}

fn for_reader(look: &Look<'_>, id: EventId, reader: &DisclosureReader<'_>) -> Markup {
    let asked: Vec<Section> = SECTIONS.into_iter().filter(|section| !has(reader, *section)).collect();
    html! {
        p class="lead" { (look.text("look-disclosure-pace")) }
        @if is_late(look.moment()) { p class="note" { (look.text("look-late-reader")) } }
        @for section in reader.sections() { (part(look, id, reader, section)) }
        @if !asked.is_empty() {
            h2 { (look.text("look-not-told-title")) }
            p class="quiet" { (look.text("look-not-told-help")) }
            @for section in asked { (not_told(look, id, reader, section)) }
        }
        p class="no-print" {
            a href=(format!("{PATH}/{}/print", name(id))) { (look.text("look-print-page")) }
        }
    }
}

fn has(reader: &DisclosureReader<'_>, section: Section) -> bool {
    reader.sections().any(|other| other == section)
}

/// One part: its title; after opening its words; additions with their day; questions.
fn part(look: &Look<'_>, id: EventId, reader: &DisclosureReader<'_>, section: Section) -> Markup {
    let anchor = format!("part-{}", slug(section));
    if !reader.is_open(section) {
        let inner = html! {
            (hidden("section", &value(section)))
            button type="submit" { (look.text("look-open-part")) span class="unseen" { ": " (their_title(look, section)) } }
        };
        return html! {
            section class="part shut" id=(anchor) {
                h2 { (their_title(look, section)) }
                (look.form("open", &inner))
            }
        };
    }
    let just_opened = look.request.field("part") == value(section);
    html! {
        details class="part" id=(anchor) open[just_opened] {
            summary { h2 { (their_title(look, section)) } }
            @if section == Section::OwnWords { (look.said(reader.own_words().unwrap_or_default())) }
            @if let Some(field) = reader.field(section) { (told(look, field, facts_wanted(look, id, section))) }
            @for addition in reader.additions(section) {
                (added(look, look.day_of(addition.at.time()), &addition.text))
            }
            (questions(look, reader, section))
            (words_form(look, "ask", section, &slug(section), "look-ask-about"))
        }
    }
}

/// Whether the reader wants the facts of a part, as they chose last.
pub(super) fn facts_wanted(look: &Look<'_>, id: EventId, section: Section) -> bool {
    let step = &look.world().responsibility;
    let chosen = step.sealed(id).and_then(|sealed| step.depth(sealed.incident, section));
    matches!(chosen, None | Some(Depth::Facts))
}

/// What a part says, at the depth that is wanted.
pub(super) fn told(look: &Look<'_>, field: &Field, facts: bool) -> Markup {
    html! {
        @if field.nothing { p { (look.text("look-nothing-to-tell")) } }
        @if !field.headline.is_empty() { p class="headline" { (field.headline) } }
        @if facts {
            @if let Some(when) = field.when.as_deref().filter(|when| !when.trim().is_empty()) { p class="own" { (when) } }
            @if field.from.is_some() || field.to.is_some() {
                p {
                    @if let Some(from) = field.from { (look.text("look-from")) " " (look.dated(from)) " " }
                    @if let Some(to) = field.to { (look.text("look-to")) " " (look.dated(to)) }
                }
            }
            (look.said(&field.facts))
        }
        @if let Some(by) = field.known_by { p { (look.fill("look-known-by", "date", look.date(by))) } }
    }
}

pub(super) fn added(look: &Look<'_>, day: amends_domain::id::Day, text: &str) -> Markup {
    html! {
        div class="added" {
            p class="quiet" { (look.fill("look-added-on", "date", look.date(day))) }
            (look.said(text))
        }
    }
}

fn questions(look: &Look<'_>, reader: &DisclosureReader<'_>, section: Section) -> Markup {
    html! {
        @for question in reader.questions().iter().filter(|question| question.section == section) {
            div class="asked" {
                p { strong { (look.text("look-you-asked")) } " " (question.text) }
                @match &question.answer {
                    Some(answer) => { p class="quiet" { (look.text("look-they-answered")) } (look.said(answer)) }
                    None => (look.quiet("look-no-answer-yet")),
                }
            }
        }
    }
}

/// A part that is not there: because of the chosen depth, or not told. It can be asked for.
fn not_told(look: &Look<'_>, id: EventId, reader: &DisclosureReader<'_>, section: Section) -> Markup {
    let step = &look.world().responsibility;
    let chosen = step.sealed(id).and_then(|sealed| step.depth(sealed.incident, section));
    let asked = reader.questions().iter().any(|question| question.section == section);
    let added = reader.additions(section).next().is_some() || has_additions(look, id, section);
    html! {
        details class="part" id=(format!("part-{}", slug(section))) open[look.request.field("part") == value(section)] {
            summary {
                (their_title(look, section)) " "
                span class="quiet" {
                    @if let Some(depth) = chosen { (look.text(&format!("depth-{}", slug(depth)))) }
                    @if asked { " · " (look.text("look-asked")) }
                    @if added { " · " (look.text("look-something-added")) }
                }
            }
            @if added && !reader.is_open(section) {
                (look.form("open", &html! { (hidden("section", &value(section))) (look.button("look-open-part")) }))
            }
            @for addition in reader.additions(section) { (self::added(look, look.day_of(addition.at.time()), &addition.text)) }
            (questions(look, reader, section))
            (words_form(look, "ask", section, &slug(section), "look-ask-for"))
        }
    }
}

fn has_additions(look: &Look<'_>, id: EventId, section: Section) -> bool {
    let sealed = look.world().responsibility.sealed(id);
    sealed.is_some_and(|sealed| sealed.additions.iter().any(|addition| addition.section == section))
}

pub(super) fn act(turn: &mut Turn<'_>, disclosure: EventId) -> Did {
    let section: Option<Section> = by_name(turn.request.field("section"));
    let wish = turn.wish().to_owned();
    let text = match turn.request.field("field") {
        "" => turn.words("text"),
        field => turn.words(field),
    };
    let (action, genre, said) = match (wish.as_str(), section) {
        ("open", Some(section)) => {
            (Action::private(Event::OpenSection { disclosure, section }), None, "look-opened")
        }
        ("ask", Some(section)) => {
            (Action::shared(Event::Ask { disclosure, section, text }), None, "look-sent")
        }
        ("add", Some(section)) => {
            (Action::shared(Event::Add { disclosure, section, text }), READ_AS, "look-added")
        }
        ("answer", _) => {
            let question = turn.entry("question")?;
            (Action::shared(Event::Answer { question, text }), READ_AS, "look-sent")
        }
        _ => return Err(Wrong::Unknown),
    };
    write(turn, action, genre)?;
    let part = section.map(value).unwrap_or_default();
    Ok(Next::Go(format!("{PATH}/{}?part={part}", name(disclosure)), said))
}
