//! The checks while one writes: the boxes of a form read together, as the text that the tool makes.

use amends_domain::state::State;
use amends_lint::Genre;
use amends_tools::{Field, Form, Kind, Tool, Writing, beside};
use maud::{Markup, html};

use super::read::Reading;
use super::sheet::{ASKED, Sheet, inside};
use crate::desk::{Live, Scope, Several, leaves_alone, several};
use crate::layout::Frame;

/// The boxes of a form with what is said about them.
pub(super) struct Checked {
    /// Names of the boxes, in order.
    pub(super) names: Vec<String>,
    pub(super) several: Several,
    /// The margin: hints, and what the worksheet does not deal with yet.
    pub(super) margin: Markup,
}

/// Reads the boxes of a tool whose words the checks read.
pub(super) fn check(
    frame: &Frame<'_>,
    state: &State,
    slug: &str,
    tool: &Tool,
    sheet: &Sheet,
) -> Option<Checked> {
    let genre = tool.genre?;
    let mut names = Vec::new();
    boxes(tool.fields, "", sheet, &mut names);
    if names.is_empty() {
        return None;
    }
    let mut reading = Reading::new(state, frame.visit, &frame.core.messages, sheet);
    let answers = reading.answers(tool.fields);
    let texts: Vec<&str> = names.iter().map(|name| sheet.one(name)).collect();
    let writing = Writing::with(state, tool, &answers, reading.copied);
    let said = reading.said.filter(|_| genre == Genre::Reply).unwrap_or_default();
    let scope = scope(frame, sheet, writing);
    let several = several(frame, genre, &texts, &said, &scope);
    let mut form = Form { answers, ..Form::default() };
    let body = form.body(
        slug,
        tool,
        &mut frame.core.reader(),
        Some(&said).filter(|said| !said.is_empty()).map(|said| said.as_str()),
    );
    let gaps = body.map(|body| beside::gaps(state, &body)).unwrap_or_default();
    let is_told = matches!(scope, Scope::All);
    let begun = texts.iter().any(|text| !text.trim().is_empty());
    let margin = html! {
        (several.margin)
        @if is_told && begun && !gaps.is_empty() {
            h2 { (frame.text("cli-not-dealt-with")) }
            ul class="missing" { @for key in &gaps { li { (frame.text(key)) } } }
        }
    };
    Some(Checked { names, several, margin })
}

/// How much is said to the words of a form: to who was hurt nothing but help, until they ask.
fn scope(frame: &Frame<'_>, sheet: &Sheet, writing: Writing) -> Scope {
    if sheet.has(ASKED) || !leaves_alone(frame, writing) {
        return Scope::All;
    }
    Scope::DangerOnly(html! {
        button type="submit" name="_do" value="ask" { (frame.text("look-check")) }
    })
}

/// Names of the boxes for several lines, in the order in which they stand.
fn boxes(fields: &[Field], prefix: &str, sheet: &Sheet, names: &mut Vec<String>) {
    for field in fields {
        let name = inside(prefix, field.path);
        match field.kind {
            Kind::Text => names.push(name),
            Kind::Variant(_, with) => {
                with.iter().for_each(|(value, fields)| boxes(fields, &inside(&name, value), sheet, names));
            }
            Kind::Each(options, _, fields) => {
                options.values.iter().for_each(|value| boxes(fields, &inside(&name, value), sheet, names));
            }
            Kind::Rows(fields) => {
                (0..sheet.rows(&name))
                    .for_each(|row| boxes(fields, &inside(&name, &row.to_string()), sheet, names));
            }
            _ => {}
        }
    }
}

/// What is shown while one writes.
pub(crate) fn live(frame: &Frame<'_>, request: &crate::request::Request) -> Option<Live> {
    let (slug, name) = request.field("_tool").split_once('/')?;
    let tool = amends_tools::tool(slug, name)?;
    let vault = frame.vault()?;
    let effects = super::not_here(request);
    let mut state = frame.visit.state.clone();
    effects.iter().for_each(|effect| state.apply(effect));
    let visit = crate::core::Visit { state: &state, ..*frame.visit };
    let frame = Frame { visit: &visit, ..*frame };
    let checked = check(&frame, vault.state(), slug, tool, &Sheet::sent(request))?;
    Some(Live {
        marks: checked.several.marks,
        margin: checked.margin.into_string(),
        status: checked.several.status,
        effects,
    })
}
