//! Every screen by its address, for those who look at all of them: tests, and the gallery of pictures.
//!
//! The tests of this crate fail where an address is answered with a page and stands in no list here, so that a new
//! screen cannot be forgotten.

use amends_domain::safety::gate::QUESTIONS;
use amends_guide::STEPS;
use amends_tools::{Tool, all_tools};

/// Stands in an address for the name of an entry or of an incident.
pub const ANY: &str = "*";

/// Shown whether a vault is open or not.
const OUTSIDE: &[&str] = &[
    "/",
    "/path",
    "/desk",
    "/more",
    "/settings",
    "/privacy",
    "/rules",
    "/evidence",
    "/components",
    "/safety",
    "/safety/questions",
    "/safety/plan",
    "/safety/letters",
    "/safety/phone",
    "/leave",
    "/guest",
    "/door",
];

/// At the doors: making, opening, moving a vault.
const DOORS: &[&str] =
    &["/door/make", "/door/device", "/door/kit", "/door/phrase", "/keep/restore", "/keep/erase"];

/// Shown with an open vault; without one, the way to it.
const INSIDE: &[&str] = &[
    "/door/keys",
    "/keep",
    "/drafts",
    "/search",
    "/undo",
    "/trash",
    "/you",
    "/hand-over",
    "/notices",
    "/pair",
    "/pair/join",
    "/devices",
    "/devices/join",
    "/pace",
    "/pace/amount",
    "/pace/topics",
    "/pace/mute",
    "/pace/pause",
    "/pace/copies",
    "/leave/removal",
    "/incident",
    "/incident/new",
    "/incident/where",
    "/incident/*",
    "/incident/*/role",
    "/incident/*/questions",
    "/incident/*/over",
    "/incident/*/decide",
    "/incident/*/after",
    "/incident/*/share",
    "/entry/*",
];

/// Below `/look/<step>`.
const LOOKS: &[(&str, &[&str])] = &[
    ("responsibility", &["*", "*/print", "depth/*"]),
    ("perspective", &["values", "hard-words"]),
    ("listening", &["practice", "noticed/*", "together", "round/*"]),
    ("acceptance", &["feelings", "letter"]),
    ("change", &["week", "calendar"]),
    ("honesty", &["promises"]),
    (
        "communication",
        &[
            "letters",
            "write",
            "write/*",
            "reread/*",
            "letter/*",
            "talk/*",
            "counselor",
            "packet/*",
            "guest",
            "guest/*",
        ],
    ),
    ("needs", &["board", "control"]),
    ("activities", &["rate", "chosen", "filter"]),
    ("gratitude", &["note", "gift", "chores", "print/*"]),
    ("patience", &["check-in", "controlled", "review"]),
];

/// Addresses of all screens; [`ANY`] stands for a name.
pub fn screens() -> Vec<String> {
    let mut all: Vec<String> = [OUTSIDE, DOORS, INSIDE].concat().into_iter().map(str::to_owned).collect();
    // Some tools belong to no step: what happened, what may come in.
    all.extend(all_tools().map(|(slug, tool)| format!("/step/{slug}/{}", tool.name)));
    for step in &STEPS {
        all.push(format!("/step/{}", step.slug));
        all.push(format!("/look/{}", step.slug));
        let below = LOOKS.iter().find(|(slug, _)| *slug == step.slug).map_or(&[][..], |(_, below)| *below);
        all.extend(below.iter().map(|below| format!("/look/{}/{below}", step.slug)));
    }
    all
}

/// Addresses of all forms that can be filled in wrongly: every tool that asks for something. Sent with a mistake, each
/// is shown again with what to do.
pub fn forms() -> Vec<String> {
    let asks = |tool: &Tool| tool.fields.iter().any(|field| !field.key.is_empty());
    let all = all_tools().filter(|(_, tool)| asks(tool));
    all.map(|(slug, tool)| format!("/step/{slug}/{}", tool.name)).collect()
}

/// A screen that only comes in answer to something that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Where it is sent.
    pub address: String,
    /// What is sent.
    pub fields: Vec<(String, &'static str)>,
}

/// The eight safety questions, one after the other, and then what follows: from no to all of them, from yes to each alone,
/// from one that was left out, from yes to all, and from opening the part for two without having read.
pub fn questions() -> Vec<Sent> {
    let n = QUESTIONS.len();
    let answered = |address: String, count: usize, answer: &dyn Fn(usize) -> &'static str| Sent {
        address,
        fields: (1..=count).map(|number| (format!("a{number}"), answer(number))).collect(),
    };
    let only = |one: usize, said: &'static str| move |number| if number == one { said } else { "no" };
    let end = || format!("/safety/questions/{}", n + 1);
    let mut all: Vec<Sent> = (1..=n)
        .map(|number| answered(format!("/safety/questions/{number}"), number - 1, &|_| "no"))
        .collect();
    all.push(answered(end(), n, &|_| "no"));
    all.extend((1..=n).map(|one| answered(end(), n, &only(one, "yes"))));
    all.push(answered(end(), n, &only(1, "skip")));
    all.push(answered(end(), n, &|_| "yes"));
    all.push(answered("/safety/questions/open".to_owned(), n, &only(1, "yes")));
    all
}

/// The screen that answers `path`, if it is known; one that is named in full before one with a name in it.
pub fn screen_of(path: &str) -> Option<String> {
    let all = screens();
    let exact = all.iter().find(|address| *address == path);
    exact.or_else(|| all.iter().find(|address| is_at(address, path))).cloned()
}

fn is_at(address: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let fits =
        |part: &str| parts.next().is_some_and(|given| given == part || (part == ANY && !given.is_empty()));
    address.split('/').all(fits) && parts.next().is_none()
}
