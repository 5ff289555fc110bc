//! A calendar file of one's own: events that touch a trigger are marked and get four questions. The file itself is
//! read once and not kept.

use amends_calendar::{ImportError, PlainEvent, Window, import};
use amends_domain::apologize::change::{Event, EventCheck};
use amends_domain::id::{DAY, EntryId, Millis};
use amends_domain::permit::Action;
use amends_domain::versions::Save;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::{name, named};

const PATH: &str = "/look/change/calendar";
/// Days ahead that are looked at.
const AHEAD: u64 = 90;
/// Most events that are asked about at a time.
const MOST: usize = 20;
const QUESTIONS: [(&str, &str); 4] = [
    ("alone", "event-check-not-alone-with"),
    ("comes", "event-check-who-comes"),
    ("leave", "event-check-how-i-leave"),
    ("tell", "event-check-whom-i-tell"),
];

pub(super) fn page(look: &Look<'_>) -> Page {
    let main = html! {
        p class="lead" { (look.text("look-calendar-lead")) }
        (upload(look))
        @if look.request.field("do") == "read" { (found(look)) }
        @if look.request.field("do") == "keep" { (answers(look, &sent(look))) }
        (ahead(look))
    };
    look.page("change", "look-calendar", &main)
}

fn upload(look: &Look<'_>) -> Markup {
    let words: Vec<&str> = look
        .world()
        .change
        .triggers
        .iter()
        .flat_map(|(_, draft)| &draft.text.current.words)
        .map(String::as_str)
        .collect();
    html! {
        section class="card no-print" {
            h2 { (look.text("look-calendar-file")) }
            @if words.is_empty() {
                p { (look.text("look-calendar-no-words")) " " (look.tool("change", "trigger")) }
            } @else {
                p class="quiet" { (look.fill("look-calendar-words", "words", words.join(", "))) }
                form method="post" action=(PATH) enctype="multipart/form-data" autocomplete="off" class="look-form" {
                    (hidden("do", "read"))
                    div class="field" {
                        label for="calendar" { (look.text("look-calendar-choose")) }
                        input type="file" id="calendar" name="calendar" accept=".ics,text/calendar";
                    }
                    (look.line("zone", "look-calendar-zone", look.frame.visit.zone_name()))
                    (look.button("look-calendar-read"))
                }
                (look.quiet("look-calendar-private"))
            }
        }
    }
}

/// An event that touches a trigger.
struct Touched {
    uid: String,
    start: u64,
    title: String,
    trigger: Option<EntryId>,
}

fn read(look: &Look<'_>) -> Result<(Vec<Touched>, usize), &'static str> {
    let bytes = look.request.file("calendar").ok_or("look-no-file")?;
    let text = std::str::from_utf8(bytes).map_err(|_| "look-not-a-calendar")?;
    let zone = look.frame.visit.zone_of(look.request.field("zone")).ok_or("look-no-zone")?;
    let window = Window { from: look.now().0, to: look.now().plus(AHEAD * DAY).0 };
    let found = import(text, window, zone).map_err(|error| match error {
        ImportError::CutOff => "look-calendar-cut-off",
        ImportError::TooLarge => "look-calendar-too-large",
        _ => "look-not-a-calendar",
    })?;
    let step = &look.world().change;
    let touched = |event: PlainEvent| {
        let trigger = step.touched_by(&event.title, &event.place).next()?;
        Some(Touched { uid: event.uid, start: event.start, title: event.title, trigger: Some(trigger) })
    };
    Ok((found.events.into_iter().filter_map(touched).take(MOST).collect(), found.skipped.len()))
}

fn found(look: &Look<'_>) -> Markup {
    match read(look) {
        Err(key) => html! { p class="problem" role="alert" { (look.text(key)) } },
        Ok((touched, skipped)) => html! {
            @if touched.is_empty() { p class="done" role="status" { (look.text("calendar-nothing")) } }
            @else { (answers(look, &touched)) }
            @if skipped > 0 { p class="quiet" { (look.with("calendar-skipped", &[("count", skipped.into())])) } }
        },
    }
}

/// The events of a form that came back.
fn sent(look: &Look<'_>) -> Vec<Touched> {
    (0..MOST)
        .map_while(|row| touched_in(|field| look.request.field(&format!("{field}-{row}")).to_owned()))
        .collect()
}

fn touched_in(field: impl Fn(&str) -> String) -> Option<Touched> {
    let start = field("start").parse().ok()?;
    Some(Touched { uid: field("uid"), start, title: field("title"), trigger: named(&field("trigger")) })
}

/// Each event with its mark and its four questions.
fn answers(look: &Look<'_>, touched: &[Touched]) -> Markup {
    let inner = html! {
        @for (row, event) in touched.iter().enumerate() {
            fieldset class="card" {
                legend { (event.title) }
                p { (look.when(Millis(event.start))) }
                @if let Some(trigger) = trigger_text(look, event.trigger) {
                    p class="mark" { strong { (look.text("look-touches")) } " " (trigger) }
                }
                (hidden(&format!("uid-{row}"), &event.uid))
                (hidden(&format!("start-{row}"), &event.start.to_string()))
                (hidden(&format!("title-{row}"), &event.title))
                @if let Some(trigger) = event.trigger { (hidden(&format!("trigger-{row}"), &name(trigger))) }
                @for (field, key) in QUESTIONS { (look.line(&format!("{field}-{row}"), key, "")) }
            }
        }
        (look.main_button("look-keep"))
    };
    html! { h2 { (look.text("calendar-touched")) } (look.form("keep", &inner)) }
}

fn trigger_text(look: &Look<'_>, trigger: Option<EntryId>) -> Option<String> {
    Some(look.world().change.triggers.get(trigger?)?.text.current.text.clone())
}

/// Days to come: events with their answers, and plans to look at again.
fn ahead(look: &Look<'_>) -> Markup {
    let step = &look.world().change;
    let today = look.today();
    let mut days: Vec<(Millis, Markup)> = Vec::new();
    for (_, draft) in step.checks.iter() {
        let check = &draft.text.current;
        if look.day_of(check.start) < today {
            continue;
        }
        let words = html! {
            strong { (check.title) } ", " (look.clock(check.start))
            @for (key, text) in check.answers() { @if !text.is_empty() { br; (look.text(key)) ": " (text) } }
        };
        days.push((check.start, words));
    }
    for (_, draft) in step.plans.iter() {
        if let Some(day) = draft.text.current.review_on.filter(|day| *day >= today) {
            let words = html! { (look.text("look-plan-again")) ": " (draft.text.current.if_situation) };
            days.push((look.frame.visit.instant(day, 0), words));
        }
    }
    days.sort_by_key(|(at, _)| *at);
    html! {
        h2 { (look.text("look-days-ahead")) }
        @if days.is_empty() { (look.quiet("look-days-ahead-none")) }
        @else {
            table class="plain" {
                thead { tr { th scope="col" { (look.text("look-day")) } th scope="col" { (look.text("look-what")) } } }
                tbody { @for (at, words) in days {
                    tr { th scope="row" { (look.weekday(look.day_of(at))) ", " (look.dated(look.day_of(at))) } td { (words) } }
                } }
            }
            (look.how_to_print())
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>) -> Did {
    match turn.wish() {
        "read" => Ok(Next::Stay),
        "keep" => {
            let mut kept = 0;
            for row in 0..MOST {
                let field = |name: &str| turn.words(&format!("{name}-{row}"));
                let Some(event) = touched_in(field) else { break };
                let [not_alone_with, who_comes, how_i_leave, whom_i_tell] =
                    QUESTIONS.map(|(name, _)| turn.words(&format!("{name}-{row}")));
                let content = EventCheck {
                    uid: event.uid,
                    start: Millis(event.start),
                    title: event.title,
                    trigger: event.trigger,
                    not_alone_with,
                    who_comes,
                    how_i_leave,
                    whom_i_tell,
                };
                if content.answers().iter().all(|(_, text)| text.is_empty()) {
                    continue;
                }
                write(turn, Action::private(Event::EventCheck(Save::new(None, content))), None)?;
                kept += 1;
            }
            if kept == 0 {
                Err(Wrong::Say("look-nothing-written"))
            } else {
                Ok(Next::Go(PATH.to_owned(), "look-kept"))
            }
        }
        _ => Err(Wrong::Unknown),
    }
}
