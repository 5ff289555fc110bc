//! The page of one tool: what to know first, its questions, who will read it, and the checks beside it.

use amends_client::Vault;
use amends_domain::event::{Event, Space};
use amends_domain::id::EventId;
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_guide::hurt_or_danger;
use amends_tools::beside::{self, First};
use amends_tools::{
    Field, Kind, Moment, Possible, Shape, To, Tool, actions, answers, choices, closed, parts, show,
    title_key, week,
};
use maud::{Markup, html};
use serde_json::json;

use super::check::{Checked, check};
use super::controls::{Controls, id, problem_text};
use super::draft;
use super::entry::read_back;
use super::fill::fill;
use super::read::Problem;
use super::sheet::{ASKED, Sheet, inside};
use crate::layout::{Frame, Page};
use crate::looks;
use crate::name::{name as token, named as entry_of};
use crate::request::Request;
use crate::session::AnyStore;

/// A form as it is shown.
pub(super) struct Shown<'s> {
    pub(super) slug: &'static str,
    pub(super) tool: &'static Tool,
    /// Name of the entry it is about; empty for a new one.
    pub(super) about: String,
    pub(super) sheet: Sheet,
    pub(super) problems: Vec<Problem>,
    /// What the domain says to it.
    pub(super) refusal: Option<Refusal>,
    /// Message key of something else that went wrong.
    pub(super) trouble: Option<&'static str>,
    /// Message key of something that went well.
    pub(super) said: Option<&'s str>,
}

impl Shown<'_> {
    pub(super) fn new(slug: &'static str, tool: &'static Tool, about: &str, sheet: Sheet) -> Self {
        let about = about.to_owned();
        Self { slug, tool, about, sheet, problems: Vec::new(), refusal: None, trouble: None, said: None }
    }

    /// Address of the form.
    pub(super) fn address(&self) -> String {
        format!("/step/{}/{}", self.slug, self.tool.name)
    }
}

/// The form as it is opened: as far as it was begun, or filled in from what it is about.
pub(super) fn open(frame: &Frame<'_>, slug: &'static str, tool: &'static Tool, request: &Request) -> Page {
    let Some(vault) = frame.vault() else { return crate::doors::needed_for(frame, request) };
    let about = entry_of(request.field("entry")).and_then(|id| about(vault.state(), tool, id));
    let about_name = about.map(|event| token(event.id)).unwrap_or_default();
    let kept = draft::kept(vault, &draft::key(slug, tool, &about_name));
    let is_kept = kept.is_some();
    let sheet = kept.unwrap_or_else(|| begin(frame, vault, slug, tool, about, request));
    let said = is_kept.then_some("tools-restored");
    page(frame, vault, &Shown { said, ..Shown::new(slug, tool, &about_name, sheet) })
}

/// The entry a form is about: the newest version of a document that this tool wrote, or something it takes.
pub(super) fn about<'s>(state: &'s State, tool: &Tool, id: EventId) -> Option<&'s Event> {
    let event = state.event(id).filter(|event| state.holds(event))?;
    let written_by = tool.shape == Shape::Save
        && actions::tool_of(event).is_some_and(|(_, found)| std::ptr::eq(found, tool));
    if written_by {
        let newest =
            serde_json::from_value(choices::version_of(state, Some(&json!(show::root(event))))).ok()?;
        return state.event(newest);
    }
    tool.fields.iter().any(|field| actions::takes(field, event)).then_some(event)
}

/// Whether a form makes the next version of this entry.
pub(super) fn is_next_version(tool: &Tool, event: &Event) -> bool {
    tool.shape == Shape::Save && !tool.fields.iter().any(|field| actions::takes(field, event))
}

fn begin(
    frame: &Frame<'_>,
    vault: &Vault<AnyStore>,
    slug: &str,
    tool: &Tool,
    about: Option<&Event>,
    request: &Request,
) -> Sheet {
    let mut sheet = Sheet::default();
    let today = frame.visit.day_of(frame.visit.moment.now);
    for field in tool.fields {
        let name = inside("", field.path);
        match field.kind {
            // Most of what is written down is about today.
            Kind::Day if field.key == "ask-day" => sheet.set(&name, today.to_string()),
            Kind::Week => {
                let controlled = tool.event == "controlled";
                let mut known = vault.state().world().patience.controlled();
                let filled = |week| controlled && known.any(|(day, _)| week::monday(day) == week);
                sheet.set(&name, week::offered(frame.visit.moment, filled).to_string());
            }
            Kind::Statement(_) if request.has(&name) => sheet.set(&name, request.field(&name)),
            _ => {}
        }
    }
    let Some(event) = about else {
        choose_only(&mut sheet, vault.state(), slug, tool, frame.visit.moment);
        return sheet;
    };
    if is_next_version(tool, event) {
        fill(&mut sheet, tool.fields, "", &answers::of_document(event), frame.visit);
        return sheet;
    }
    if let Some(field) = tool.fields.iter().find(|field| actions::takes(field, event)) {
        sheet.set(&inside("", field.path), token(show::root(event)));
        // A change to something shared begins with what is there.
        if tool.fields.iter().any(|field| matches!(field.kind, Kind::VersionOf(_)) && field.path == "base") {
            let newest = choices::version_of(vault.state(), Some(&json!(show::root(event))));
            let newest = serde_json::from_value(newest).ok().and_then(|id| vault.state().event(id));
            let (_, _, payload) = show::name(&newest.unwrap_or(event).body);
            let content: Vec<Field> =
                tool.fields.iter().copied().filter(|field| field.path.starts_with("content.")).collect();
            fill(&mut sheet, &content, "", &payload, frame.visit);
        }
    }
    let (_, _, payload) = show::name(&event.body);
    let incident = payload.get("incident").and_then(|id| serde_json::from_value::<EventId>(id.clone()).ok());
    if let Some(incident) = incident.filter(|_| tool.fields.iter().any(|field| field.path == "incident")) {
        // What was opened for both since then goes on as the shared one.
        let shared = vault.state().world().incidents.shared_for(incident);
        sheet.set("incident", token(shared.unwrap_or(incident)));
    }
    choose_only(&mut sheet, vault.state(), slug, tool, frame.visit.moment);
    sheet
}

/// Where there is only one thing to choose, it is chosen.
fn choose_only(sheet: &mut Sheet, state: &State, slug: &str, tool: &Tool, moment: Moment) {
    let possible = Possible::new(state, moment);
    for field in tool.fields {
        let name = inside("", field.path);
        let mut incidents = choices::incidents(state);
        incidents.retain(|(_, incident)| tool.to != To::Pair || incident.space == Space::Shared);
        let only = match (field.kind, field.path) {
            (Kind::Incident | Kind::MaybeIncident, "incident") => match incidents.as_slice() {
                [(only, _)] => Some(*only),
                _ => None,
            },
            (Kind::Entry(_) | Kind::Copy(..), _) => only_one(&possible.entries(slug, tool, field)),
            _ => None,
        };
        if let Some(only) = only.filter(|_| !sheet.has(&name)) {
            sheet.set(&name, token(only));
        }
    }
}

fn only_one(events: &[&Event]) -> Option<EventId> {
    match events {
        [only] => Some(show::root(only)),
        _ => None,
    }
}

/// The form.
pub(super) fn page(frame: &Frame<'_>, vault: &Vault<AnyStore>, shown: &Shown<'_>) -> Page {
    let (slug, tool) = (shown.slug, shown.tool);
    let state = vault.state();
    let moment = frame.visit.moment;
    let shut = closed(state, slug, tool, moment);
    let checked = check(frame, state, slug, tool, &shown.sheet);
    let possible = Possible::new(state, moment);
    let main = html! {
        p class="quiet" { (back(frame, slug)) }
        h1 { (frame.text(&title_key(slug, tool))) }
        @match shut {
            Some(refusal) => p class="problem" { (frame.text(&refusal.message_key())) (help_link(frame, refusal)) },
            None => @match waits(&possible, shown) {
                Some(key) => (waiting(frame, &key)),
                None => {
                    (told_first(frame, state, tool))
                    (form(frame, vault, shown, &possible, checked))
                },
            },
        }
    };
    Page::new("/path", main)
}

/// What the tool waits for. What was begun and what was sent is shown all the same: no word is lost.
fn waits(possible: &Possible<'_>, shown: &Shown<'_>) -> Option<String> {
    let is_new = shown.said.is_none() && shown.problems.is_empty() && shown.refusal.is_none();
    possible.waits(shown.slug, shown.tool).filter(|_| is_new && shown.trouble.is_none())
}

/// Nothing to choose yet: what will be here, and when.
pub(super) fn waiting(frame: &Frame<'_>, key: &str) -> Markup {
    html! {
        p {
            (frame.text(key))
            @if key.starts_with("waits-incident") { " " a href="/incident" { (frame.text("incident-list-title")) } }
        }
    }
}

fn back(frame: &Frame<'_>, slug: &str) -> Markup {
    match amends_guide::step_by_slug(slug) {
        Some(_) => {
            let title = frame.step_title(slug);
            html! { a href=(format!("/step/{slug}")) { (frame.fill("tools-back", "title", title)) } }
        }
        None => html! { a href="/path" { (frame.text("back-to-path")) } },
    }
}

fn told_first(frame: &Frame<'_>, state: &State, tool: &Tool) -> Markup {
    let first = beside::first(state, tool.first, frame.visit.moment);
    html! {
        @if !first.is_empty() {
            section class="card rule" {
                h2 { (frame.text("tools-first-title")) }
                @for one in &first {
                    @match one {
                        First::Text(key) => p { (frame.text(key)) },
                        First::List(heading, points) => {
                            p { (frame.text(heading)) }
                            ul { @for key in points { li { (frame.text(key)) } } }
                        },
                        First::HurtOrDanger => (hurt_or_danger_table(frame)),
                    }
                }
            }
        }
    }
}

fn hurt_or_danger_table(frame: &Frame<'_>) -> Markup {
    let (left, right) = (frame.text("hurt-or-danger-left"), frame.text("hurt-or-danger-right"));
    html! {
        table class="compare" {
            thead { tr { th scope="col" { (left) } th scope="col" { (right) } } }
            tbody {
                @for row in hurt_or_danger::ROWS {
                    tr { td data-side=(left) { (frame.text(row.hurt)) } td data-side=(right) { (frame.text(row.danger)) } }
                }
            }
        }
        p { (frame.text(hurt_or_danger::RULE)) " " a href="/safety" { (frame.text("tools-help-link")) } }
    }
}

fn form(
    frame: &Frame<'_>,
    vault: &Vault<AnyStore>,
    shown: &Shown<'_>,
    possible: &Possible<'_>,
    checked: Option<Checked>,
) -> Markup {
    let tool = shown.tool;
    let is_checked = checked.is_some();
    let (mirrors, margin) = match checked {
        Some(checked) => {
            (checked.names.into_iter().zip(checked.several.mirrors).collect(), Some(checked.margin))
        }
        None => (Vec::new(), None),
    };
    let (sheet, problems) = (&shown.sheet, &shown.problems);
    let controls = Controls { frame, vault, slug: shown.slug, tool, possible, sheet, problems, mirrors };
    let keep = format!("{}/keep", shown.address());
    html! {
        form id="tool" class=(if is_checked { "desk tool" } else { "tool" }) method="post" action=(shown.address())
            autocomplete="off" novalidate data-keep=(keep) data-live[is_checked] {
            div class="sheet" {
                (above(frame, shown))
                input type="hidden" name="_tool" value=(format!("{}/{}", shown.slug, tool.name));
                input type="hidden" name="_entry" value=(shown.about);
                @if shown.sheet.has(ASKED) { input type="hidden" name=(ASKED) value="yes"; }
                @for passed in shown.sheet.all("_ok") { input type="hidden" name="_ok" value=(passed); }
                // The first button of a form is pressed by the Enter key: it looks at the form and sends nothing.
                button class="unseen" type="submit" name="_do" value="look" tabindex="-1" aria-hidden="true" {}
                (controls.fields(tool.fields, ""))
                (what_goes(frame, vault.state(), &shown.sheet, tool))
                (question(frame, shown))
                (ending(frame, vault.state(), shown))
            }
            @if let Some(margin) = margin {
                section id="margin" class="margin" aria-label=(frame.text("desk-hints-title")) tabindex="-1"
                    data-focus[shown.sheet.one("_do") == "ask"] { (margin) }
            }
        }
    }
}

/// What is wrong, or what was done, before the questions.
fn above(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    html! {
        @if let Some(said) = shown.said { p class="done" role="alert" { (frame.text(said)) } }
        @if !shown.about.is_empty() && shown.tool.shape == Shape::Save {
            p class="quiet" { (frame.text("tools-next-version")) }
        }
        @if let Some(trouble) = shown.trouble { p class="problem" role="alert" tabindex="-1" data-focus { (frame.text(trouble)) } }
        @if let Some(refusal) = shown.refusal.filter(|refusal| pass(*refusal, &shown.sheet).is_none()) {
            p class="problem" role="alert" tabindex="-1" data-focus {
                (frame.text(&refusal.message_key())) (help_link(frame, refusal))
            }
            @if refusal == Refusal::DepthNotWanted { (less_wanted(frame, &shown.sheet)) }
        }
        @if !shown.problems.is_empty() {
            section class="problem" role="alert" tabindex="-1" data-focus aria-label=(frame.text("tools-problem-title")) {
                h2 { (frame.text("tools-problem-title")) }
                ul {
                    @for problem in &shown.problems {
                        li {
                            a href=(format!("#{}", id(&problem.name))) { (question_of(frame, problem)) } " "
                            (problem_text(frame, problem))
                        }
                    }
                }
            }
        }
    }
}

fn question_of(frame: &Frame<'_>, problem: &Problem) -> String {
    let key = if problem.question.is_empty() { "tools-problem-here" } else { &problem.question };
    parts::label(&frame.core.messages, key)
}

/// The parts of which less is wanted than the facts, and how much of each.
fn less_wanted(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    let incident = entry_of(sheet.one("incident"));
    let all =
        frame.vault().zip(incident).map(|(vault, incident)| looks::less_wanted(vault.state(), incident));
    html! {
        ul {
            @for (section, depth) in all.unwrap_or_default() {
                li { (frame.text(&format!("section-{section}"))) ": " (frame.text(&format!("depth-theirs-{depth}"))) }
            }
        }
    }
}

/// Refusals that lead to help.
fn help_link(frame: &Frame<'_>, refusal: Refusal) -> Markup {
    let to_help = matches!(
        refusal,
        Refusal::OpensHelp | Refusal::ToolsClosed | Refusal::NotForThisTool | Refusal::GateDue
    );
    html! { @if to_help { " " a href="/safety" { (frame.text("tools-help-link")) } } }
}

/// What is copied from an entry, in words, before it goes.
fn what_goes(frame: &Frame<'_>, state: &State, sheet: &Sheet, tool: &Tool) -> Markup {
    let copied = tool.fields.iter().any(|field| matches!(field.kind, Kind::Copy(..)));
    if !copied {
        return html! {};
    }
    let event = entry_of(sheet.one(&inside("", ""))).and_then(|id| state.event(id));
    let newest = event.and_then(|event| {
        let id = serde_json::from_value(choices::version_of(state, Some(&json!(show::root(event))))).ok()?;
        state.event(id)
    });
    html! {
        @match newest {
            Some(event) => section class="card" aria-label=(frame.text("tools-what-goes")) {
                h2 { (frame.text("tools-what-goes")) }
                (read_back(frame, state, event))
            },
            None => p { button type="submit" name="_do" value="look" { (frame.text("tools-look")) } },
        }
    }
}

/// The name under which the writer passes a refusal, with the keys of the question and of the answer.
pub(super) fn pass(refusal: Refusal, sheet: &Sheet) -> Option<(&'static str, &'static str, &'static str)> {
    let pass = match refusal {
        Refusal::RestFirst => ("rest", "tools-ask-go-on", "tools-go-on"),
        Refusal::BetterLater => ("later", "tools-ask-go-on", "tools-go-on"),
        Refusal::AskSafetyFirst => ("safe", "ask-telling-safe", "tools-telling-safe"),
        _ => return None,
    };
    (!sheet.all("_ok").any(|passed| passed == pass.0)).then_some(pass)
}

/// Where the writer may go on after a question: the question, and two buttons.
fn question(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let Some((refusal, (name, question, answer))) =
        shown.refusal.and_then(|refusal| Some((refusal, pass(refusal, &shown.sheet)?)))
    else {
        return html! {};
    };
    html! {
        section class="card rule question" role="alert" tabindex="-1" data-focus {
            p { (frame.text(&refusal.message_key())) }
            p { strong { (frame.text(question)) } }
            p class="row" {
                button type="submit" name="_ok" value=(name) { (frame.text(answer)) }
                button type="submit" name="_do" value="later" {
                    (frame.text("tools-not-now"))
                }
            }
        }
    }
}

/// Who will read it, and the buttons.
fn ending(frame: &Frame<'_>, state: &State, shown: &Shown<'_>) -> Markup {
    let tool = shown.tool;
    let couple = state.world().partner.is_some();
    let to = match (tool.to, followed(state, tool, frame.visit.moment)) {
        (To::Follow, _) if !couple => To::Own,
        (To::Follow, Some(Space::Private)) => To::Own,
        (To::Follow, Some(Space::Shared)) => To::Pair,
        (to, _) => to,
    };
    let asks = to == To::Follow && !follows(tool);
    let (line, button) = match to {
        To::Own => ("tools-own-line", "tools-keep"),
        To::Pair => ("tools-pair-line", "tools-give"),
        To::Follow => ("tools-follow-line", "tools-keep-follow"),
    };
    let chosen = shown.sheet.one("_space");
    html! {
        @if asks {
            @let wrong = shown.problems.iter().find(|problem| problem.name == "_space");
            fieldset class="field" id=(id("_space")) tabindex="-1" aria-describedby=[wrong.map(|_| "wrong-_space")] {
                legend { (frame.text("tools-where")) }
                @if let Some(wrong) = wrong { p class="wrong" id="wrong-_space" { (problem_text(frame, wrong)) } }
                @for (value, key) in [("me", "tools-where-me"), ("both", "tools-where-both")] {
                    label class="choice" {
                        input type="radio" name="_space" value=(value) checked[chosen == value];
                        span { (frame.text(key)) }
                    }
                }
            }
        } @else { p class="to-whom" { (frame.text(line)) } }
        p class="row" {
            button type="submit" class="main-button" name="_do" value="send" { (frame.text(button)) }
            @if !tool.fields.is_empty() {
                button type="submit" name="_do" value="later" {
                    (frame.text("tools-later"))
                }
                button type="submit" name="_do" value="forget" {
                    (frame.text("tools-forget"))
                }
            }
        }
        @if !tool.fields.is_empty() { p class="help" { (frame.text("tools-autosave")) } }
    }
}

/// Whether a tool that can be private or shared goes where something else is.
fn follows(tool: &Tool) -> bool {
    tool.fields
        .iter()
        .any(|field| matches!(field.kind, Kind::Incident | Kind::MaybeIncident | Kind::Entry(_)))
}

/// Where it goes whatever is chosen; none if that depends on the choice, which then says it.
fn followed(state: &State, tool: &Tool, moment: Moment) -> Option<Space> {
    let spaces: Vec<Space> = tool.fields.iter().find_map(|field| match field.kind {
        Kind::Incident => {
            Some(choices::incidents(state).iter().map(|(_, incident)| incident.space).collect())
        }
        Kind::Entry(of) => {
            Some(choices::candidates(state, of, moment).iter().map(|event| event.space).collect())
        }
        _ => None,
    })?;
    let first = *spaces.first()?;
    spaces.iter().all(|space| *space == first).then_some(first)
}

/// Where an event goes, as far as the form says.
pub(super) fn space(state: &State, tool: &Tool, answers: &serde_json::Value, sheet: &Sheet) -> Option<Space> {
    match tool.to {
        To::Own => Some(Space::Private),
        To::Pair => Some(Space::Shared),
        To::Follow => match amends_tools::writing::space_of(state, answers) {
            Some(space) => Some(space),
            None if state.world().partner.is_none() => Some(Space::Private),
            None => match sheet.one("_space") {
                "me" => Some(Space::Private),
                "both" => Some(Space::Shared),
                _ => None,
            },
        },
    }
}
