//! The eight questions about what happened, for oneself only. Leaving one out is an answer.

use amends_domain::incident::{Event, Intake};
use amends_domain::permit::Action;
use maud::{Markup, html};

use super::{Known, known as look};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::parts::{by_name, choices, form, main_button, value, write_and_go};

/// Field, question, and values with the keys of their words.
type Question = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const YES_NO: &[(&str, &str)] = &[("yes", "gate-yes"), ("no", "gate-no")];
const QUESTIONS: [Question; 8] = [
    (
        "nature",
        "intake-nature",
        &[("competence", "cli-nature-competence"), ("integrity", "cli-nature-integrity")],
    ),
    ("extent", "intake-extent", &[("single", "cli-extent-single"), ("pattern", "cli-extent-pattern")]),
    ("ongoing", "intake-ongoing", YES_NO),
    (
        "came_out",
        "intake-came-out",
        &[
            ("discovered", "cli-came-out-discovered"),
            ("told", "cli-came-out-told"),
            ("not_yet", "cli-came-out-not-yet"),
        ],
    ),
    ("hurt", "intake-hurt", &[("one", "cli-hurt-one"), ("several", "cli-hurt-several")]),
    ("reversible", "intake-reversible", YES_NO),
    ("legal_duty", "intake-legal-duty", YES_NO),
    ("relapse_prone", "intake-relapse-prone", YES_NO),
];

pub(super) fn page(known: &Known<'_>) -> Page {
    let given = known.incident.intake.as_ref();
    let inner = html! {
        @for question in &QUESTIONS { (one(known, question, given)) }
        (main_button(known.here.frame, "settings-save"))
    };
    let main = html! {
        p class="lead" { (known.text("intake-lead")) }
        (form(&known.path("questions"), &inner))
    };
    known.framed("tool-incident-intake", &main)
}

fn one(known: &Known<'_>, (field, key, values): &Question, given: Option<&Intake>) -> Markup {
    let chosen = given.map(|given| answer(given, field)).unwrap_or_default();
    let mut options: Vec<(&str, String, bool)> =
        values.iter().map(|(value, key)| (*value, known.text(key), *value == chosen)).collect();
    options.push(("", known.text("gate-skip"), chosen.is_empty()));
    choices("radio", field, &known.text(key), &options)
}

/// The value of the field for an answer that was given.
fn answer(given: &Intake, field: &str) -> String {
    let yes_no = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    match field {
        "nature" => given.nature.map(value).unwrap_or_default(),
        "extent" => given.extent.map(value).unwrap_or_default(),
        "ongoing" => yes_no(given.ongoing),
        "came_out" => given.came_out.map(value).unwrap_or_default(),
        "hurt" => given.hurt.map(value).unwrap_or_default(),
        "reversible" => yes_no(given.reversible),
        "legal_duty" => yes_no(given.legal_duty),
        _ => yes_no(given.relapse_prone),
    }
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let field = |name: &str| turn.request.field(name);
    let yes_no = |name: &str| match field(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let answers = Intake {
        nature: by_name(field("nature")),
        extent: by_name(field("extent")),
        ongoing: yes_no("ongoing"),
        came_out: by_name(field("came_out")),
        hurt: by_name(field("hurt")),
        reversible: yes_no("reversible"),
        legal_duty: yes_no("legal_duty"),
        relapse_prone: yes_no("relapse_prone"),
    };
    let (action, path) = look(turn, id, |known| {
        (Action::private(Event::Intake { incident: known.id, answers }), known.path(""))
    })?;
    write_and_go(turn, vec![action], &path, "incident-said")
}
