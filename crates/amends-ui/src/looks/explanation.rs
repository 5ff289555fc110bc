//! 2.1 Why, with "I": five prompts, and two columns in which each reason needs a choice.

use amends_domain::apologize::explanation::{Event, Explanation, Row};
use amends_domain::consent::Topic;
use amends_domain::event::Space;
use amends_domain::permit::Action;
use amends_domain::versions::Save;
use amends_lint::Genre;
use maud::{Markup, html};

use super::kit::hidden;
use super::paper::{Boxes, Written};
use super::write::{Did, Next, Wrong, write};
use super::{Look, lead};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;

const PATH: &str = "/look/explanation";
const PROMPTS: [&str; 5] = ["wanted", "feared", "told-myself", "turning-point", "chose"];
const MORE_ROWS: usize = 2;
const MOST_ROWS: usize = 30;

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    rest.is_empty().then(|| overview(look))
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], "save") => save(turn),
        ([], "share") => share(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let world = look.world();
    let given: Vec<_> =
        world.incidents.iter().flat_map(|(id, _)| world.explanation.of_incident(id)).collect();
    let closed =
        world.partner.is_some_and(|partner| world.consent.is_closed(partner, &[Topic::Causes], look.now()));
    let main = html! {
        (lead(look, "explanation"))
        @if look.was_only_hurt() { (if_they_are_wanted(look, given.is_empty())) }
        @if closed { p class="note" { (look.text("look-causes-closed")) } }
        @for (_, author, page) in given {
            h2 { (look.text(if author == look.me() { "look-reasons-given" } else { "look-reasons-theirs" })) }
            (look.sheet(&html! {
                @for (prompt, text) in PROMPTS.into_iter().zip(answers(page)) {
                    @if !text.trim().is_empty() {
                        p class="quiet" { (look.text(&format!("explanation-{prompt}"))) }
                        (look.said(text))
                    }
                }
                (two_columns(look, &page.rows))
            }))
        }
        (look.for_who_did("look-reasons-write", &sheet(look)))
    };
    look.page("explanation", "look-explanation", &main)
}

/// For who was hurt: that nothing is here, and that they need not hear it.
fn if_they_are_wanted(look: &Look<'_>, nothing: bool) -> Markup {
    html! {
        @if nothing { (look.quiet("look-reasons-none")) }
        @if look.world().partner.is_some() {
            p { (look.text("look-reasons-not-now")) " " (look.link("/pace/topics", "hurt-topics-link")) }
        }
    }
}

fn answers(page: &Explanation) -> [&str; 5] {
    [&page.wanted, &page.feared, &page.told_myself, &page.turning_point, &page.chose]
}

fn two_columns(look: &Look<'_>, rows: &[Row]) -> Markup {
    html! {
        @if !rows.is_empty() {
            table class="plain columns" {
                thead { tr {
                    th scope="col" { (look.text("explanation-reason")) }
                    th scope="col" { (look.text("explanation-choice")) }
                } }
                tbody { @for row in rows { tr { td { (row.reason) } td { (row.choice) } } } }
            }
        }
    }
}

fn sheet(look: &Look<'_>) -> Markup {
    let draft = look.world().explanation.drafts.iter().max_by_key(|(_, draft)| draft.text.at);
    let page = draft.map(|(_, draft)| &draft.text.current);
    let rows: &[Row] = page.map_or(&[], |page| &page.rows);
    let n_rows = (rows.len() + MORE_ROWS).min(MOST_ROWS);
    let mut boxes: Vec<(String, String)> = PROMPTS
        .into_iter()
        .enumerate()
        .map(|(place, prompt)| (prompt.to_owned(), page.map_or("", |page| answers(page)[place]).to_owned()))
        .collect();
    for row in 0..n_rows {
        let (reason, choice) = rows.get(row).map_or(("", ""), |row| (&row.reason, &row.choice));
        boxes.push((format!("reason-{row}"), reason.to_owned()));
        boxes.push((format!("choice-{row}"), choice.to_owned()));
    }
    let inner = |boxes: &Boxes| {
        html! {
            @if let Some((id, _)) = draft { (hidden("doc", &name(id))) }
            @for prompt in PROMPTS { (boxes.area(look, prompt, &format!("explanation-{prompt}"), 2)) }
            h3 { (look.text("look-two-columns")) }
            (look.quiet("look-two-columns-help"))
            @for row in 0..n_rows {
                @let (reason, choice) = (format!("reason-{row}"), format!("choice-{row}"));
                @let open = !boxes.text(&reason).trim().is_empty() && boxes.text(&choice).trim().is_empty();
                div class=(if open { "two open" } else { "two" }) {
                    (boxes.area(look, &reason, "explanation-reason", 2))
                    (boxes.area(look, &choice, "explanation-choice", 2))
                    @if open { p class="problem" { (look.text("look-choice-missing")) } }
                }
            }
            p class="row" { button type="submit" class="main-button" { (look.text("look-keep")) } (look.look_button()) }
        }
    };
    let about = draft.and_then(|(_, draft)| draft.incident);
    let written = Written { tool: ("explanation", "page"), about };
    html! {
        (look.live_form("save", Genre::Letter, written, "", &boxes, inner))
        @if let Some((id, _)) = draft.filter(|_| look.has_shared()) {
            (look.form("share", &html! {
                (hidden("doc", &name(id)))
                (look.which_incident(Some(Space::Shared)))
                (look.button("look-give-page"))
            }))
        }
    }
}

fn save(turn: &mut Turn<'_>) -> Did {
    if turn.request.has("look") {
        return Ok(Next::Stay);
    }
    let rows = (0..MOST_ROWS)
        .map(|row| Row {
            reason: turn.words(&format!("reason-{row}")),
            choice: turn.words(&format!("choice-{row}")),
        })
        .filter(|row| !row.reason.is_empty() || !row.choice.is_empty())
        .collect();
    let [wanted, feared, told_myself, turning_point, chose] = PROMPTS.map(|prompt| turn.words(prompt));
    let content = Explanation { wanted, feared, told_myself, turning_point, chose, rows };
    if content.rows.is_empty() && answers(&content).iter().all(|text| text.is_empty()) {
        return Err(Wrong::Say("refusal-empty"));
    }
    let doc = turn.maybe_entry("doc");
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().explanation.drafts;
    let draft = doc.and_then(|doc| drafts.get(doc));
    let (base, incident) = (draft.map(|draft| draft.text.version), draft.and_then(|draft| draft.incident));
    let save = Save { doc, base, incident: incident.or(turn.incident(None).ok()), content };
    write(turn, Action::private(Event::Save(save)), Some(Genre::Letter))?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

fn share(turn: &mut Turn<'_>) -> Did {
    let incident = turn.incident(Some(Space::Shared))?;
    let doc = turn.entry("doc")?;
    let drafts = &turn.session.vault().ok_or(Wrong::Unknown)?.state().world().explanation.drafts;
    let content = drafts.get(doc).ok_or(Wrong::Unknown)?.text.current.clone();
    write(turn, Action::shared(Event::Share { incident, content }), Some(Genre::Letter))?;
    Ok(Next::Go(PATH.to_owned(), "look-sent"))
}
