//! 1.2 Values warm-up, the day they found out, hard words, pause.

use amends_lint::Genre;

use crate::tool::{Bank, INCIDENT, Kind, MAYBE_INCIDENT, Options, Tool, ask, fill};

const VALUES: Options = Options {
    prefix: "value",
    values: &[
        "honesty",
        "kindness",
        "family",
        "friendship",
        "learning",
        "faith",
        "courage",
        "fairness",
        "creativity",
        "nature",
        "humor",
        "craft",
    ],
};

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own(
        "values",
        "warm_up",
        &[ask("value", "ask-value", Kind::Choice(VALUES)), ask("lines", "ask-value-lines", Kind::Lines)],
    ),
    Tool::save(
        "page",
        "save",
        &[
            MAYBE_INCIDENT,
            ask("before", "perspective-before", Kind::Text),
            ask("found", "perspective-found", Kind::Text),
            ask("thought", "perspective-thought", Kind::Text),
            ask("felt", "perspective-felt", Kind::Text),
            ask("after", "perspective-after", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Letter),
    Tool::own(
        "hard-words",
        "rehearse",
        &[
            ask("statement", "ask-statement", Kind::Statement(Bank::HardWords)),
            ask("reply", "ask-reply", Kind::Text),
            fill("noticed", Kind::Noticed("reply")),
        ],
    )
    .by_who_did()
    .read_as(Genre::Reply)
    .knowing(&["hurt-or-danger-table"]),
    Tool::pair(
        "share",
        "share",
        &[INCIDENT, ask("", "ask-which-page", Kind::Copy("perspective/save", &[("content", "content")]))],
    )
    .by_who_did()
    .read_as(Genre::Letter),
    Tool::pair("pause", "pause", &[ask("back_at", "ask-back-in", Kind::MinutesFromNow(1, 1440))]),
    Tool::pair("back", "back", &[ask("pause", "ask-which-pause", Kind::Entry(&["perspective/pause"]))]),
];
