//! The writer's view of what they gave, and the sheet to print.

use amends_domain::admit::responsibility::Section;
use amends_domain::id::EventId;
use amends_domain::permission::{DisclosureAuthor, DisclosureFor};
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::value;
use super::reading::{added, facts_wanted, told};
use super::{PATH, SECTIONS, section_title, their_title};
use crate::layout::Page;
use crate::name::name;

/// The writer's own view: what was delivered, what was added, what was asked.
pub(super) fn for_author(look: &Look<'_>, id: EventId, author: &DisclosureAuthor<'_>) -> Markup {
    let sealed = author.sealed();
    let sections: Vec<(String, String)> =
        SECTIONS.into_iter().map(|section| (value(section), section_title(look, section))).collect();
    let add = html! {
        (look.select("section", &look.text("look-which-part"), &sections, ""))
        (look.area("text", "look-addition", 3, ""))
        (look.button("look-add"))
    };
    html! {
        (look.quiet("look-sealed-author"))
        @for question in sealed.questions.iter().filter(|question| question.answer.is_none()) {
            section class="card" {
                h2 { (look.text("look-question-waits")) }
                p class="quiet" { (section_title(look, question.section)) }
                (look.said(&question.text))
                @let field = format!("text-{}", question.id.seq);
                (look.form("answer", &html! {
                    (hidden("question", &name(question.id)))
                    (hidden("field", &field))
                    (look.area(&field, "look-your-answer", 3, ""))
                    (look.button("look-send"))
                }))
            }
        }
        (whole(look, author))
        section class="card no-print" {
            h2 { (look.text("look-add-title")) }
            (look.quiet("look-add-help"))
            (look.form("add", &add))
        }
        p class="no-print" { a href=(format!("{PATH}/{}/print", name(id))) { (look.text("look-print-page")) } }
    }
}

/// All parts in order, with additions and answers.
fn whole(look: &Look<'_>, author: &DisclosureAuthor<'_>) -> Markup {
    let sealed = author.sealed();
    let inner = html! {
        p class="quiet" { (look.fill("look-disclosure-delivered", "date", look.date(look.day_of(sealed.at.time())))) }
        @for section in SECTIONS {
            @let field = sealed.content.field(section).filter(|field| field.is_dealt_with());
            @let additions: Vec<_> = sealed.additions.iter().filter(|addition| addition.section == section).collect();
            @let own_words = (section == Section::OwnWords).then_some(sealed.content.own_words.as_str());
            @if field.is_some() || !additions.is_empty() || own_words.is_some_and(|text| !text.is_empty()) {
                h2 { (section_title(look, section)) }
                @if let Some(text) = own_words { (look.said(text)) }
                @if let Some(field) = field { (told(look, field, true)) }
                @for addition in additions { (added(look, look.day_of(addition.at.time()), &addition.text)) }
            }
        }
    };
    look.sheet(&inner)
}

/// One sheet for a talk with a counselor: for the writer all of it, for the reader what they opened, if the writer
/// allows a copy.
pub(super) fn print(look: &Look<'_>, id: EventId) -> Option<Page> {
    let sheet = match look.world().disclosure_for(look.me(), id)? {
        DisclosureFor::Author(author) => whole(look, &author),
        DisclosureFor::Reader(reader) => match look.state().may_copy(id) {
            Err(refusal) => html! {
                p class="problem" { (look.text(&format!("refusal-{}", refusal.code()))) }
                (look.quiet("look-print-ask"))
            },
            Ok(()) => look.sheet(&html! {
                @for section in reader.sections().filter(|section| reader.is_open(*section)) {
                    h2 { (their_title(look, section)) }
                    @if section == Section::OwnWords { (look.said(reader.own_words().unwrap_or_default())) }
                    @if let Some(field) = reader.field(section) { (told(look, field, facts_wanted(look, id, section))) }
                    @for addition in reader.additions(section) {
                        (added(look, look.day_of(addition.at.time()), &addition.text))
                    }
                }
            }),
        },
    };
    let main = html! { (look.how_to_print()) (look.quiet("look-not-verified")) (sheet) };
    Some(look.page("responsibility", "look-disclosure", &main))
}
