//! Together, apart, not yet: looked at every three months, or any day. Ending well is an outcome like the others.

use amends_domain::permit::Action;
use amends_domain::prove::patience::{Decision, Event};
use maud::html;

use super::{Known, known as look};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::Here;
use crate::pages::parts::{
    Way, by_name, choice, choices, form, main_button, name, sentences, slug, text_box, value, ways, words,
    write_and_go,
};

const DECISIONS: [(&str, &str); 3] =
    [("together", "decision-together"), ("apart", "decision-apart"), ("not_yet", "decision-not-yet")];

/// Which incident to look at.
pub(super) fn where_page(here: &Here<'_>) -> Page {
    let list: Vec<Way> = here
        .incidents()
        .map(|(id, incident)| Way::new(format!("/incident/{}/decide", name(id)), incident.title.clone()))
        .collect();
    let main = html! {
        h1 { (here.text("today-review")) }
        p class="lead" { (here.text("decide-lead")) }
        @if list.is_empty() { p { (here.text("incident-list-none")) } } @else { (ways(&list)) }
    };
    Page::new("/", main)
}

pub(super) fn page(known: &Known<'_>) -> Page {
    let last = known.here.closed(known.id).map_or("not_yet".to_owned(), value);
    let options: Vec<(&str, String, bool)> =
        DECISIONS.iter().map(|(value, key)| (*value, known.text(key), *value == last)).collect();
    let inner = html! {
        (choices("radio", "decision", &known.text("ask-decision"), &options))
        (text_box(known.here.frame, "text", "ask-decision-text", ""))
        @if known.here.reaches_other() {
            (choice("checkbox", "tell", "yes", &known.text("decide-tell"), false))
            p class="help" { (known.text("decide-tell-help")) }
        }
        (main_button(known.here.frame, "settings-save"))
    };
    let main = html! {
        p class="lead" { (known.text("decide-lead")) }
        p { (known.text("decide-text")) }
        (form(&known.path("decide"), &inner))
    };
    known.framed("incident-decide-title", &main)
}

/// What can help now, after each of the three.
pub(super) fn after(known: &Known<'_>) -> Page {
    let decision = known.here.closed(known.id).map_or("not-yet".to_owned(), slug);
    let key = |part: &str| format!("after-{decision}-{part}");
    let main = html! {
        p class="lead" { (known.text(&key("lead"))) }
        (sentences(known.here.frame, &[&key("one"), &key("two"), &key("three")]))
        (ways(&further(known, &decision)))
        p class="quiet" { (known.text("after-change-mind")) }
    };
    known.framed(&key("title"), &main)
}

fn further(known: &Known<'_>, decision: &str) -> Vec<Way> {
    let way = |path: &str, key: &str| Way::new(path, known.text(key));
    let decide = Way::new(known.path("decide"), known.text("incident-decide-title"));
    let mut list = match decision {
        "apart" => vec![
            way("/step/patience/closing", "tool-patience-closing"),
            way("/leave", "leave-page-title"),
            way("/safety/plan", "plan-title"),
            way("/safety", "nav-help"),
        ],
        "together" => {
            vec![way("/look/patience", "doer-weeks"), known.step("communication")]
        }
        _ => vec![way("/", "nav-today"), way("/step/communication/packet", "tool-communication-packet")],
    };
    list.push(decide);
    list
}

pub(super) fn act(turn: &mut Turn<'_>, id: &str) -> Option<Outcome> {
    let decision: Decision = by_name(turn.request.field("decision"))?;
    let text = words(turn, "text");
    let tell = turn.request.has("tell");
    let (actions, path) = look(turn, id, |known| {
        // An incident of one's own cannot be named to the other; the decision can.
        let shared = known.incident.space == amends_domain::event::Space::Shared;
        let incident = Some(known.id);
        let mut actions = vec![Action::private(Event::Review { incident, decision, text: text.clone() })];
        if tell {
            let incident = incident.filter(|_| shared);
            actions.push(Action::shared(Event::TellDecision { incident, decision, text }));
        }
        (actions, known.path("after"))
    })?;
    write_and_go(turn, actions, &path, if tell { "decide-told" } else { "decide-kept" })
}
