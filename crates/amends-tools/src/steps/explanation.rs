//! 2.1 Five prompts, and a choice beside each reason.

use amends_lint::Genre;

use crate::tool::{INCIDENT, Kind, MAYBE_INCIDENT, Tool, ask};

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "page",
        "save",
        &[
            MAYBE_INCIDENT,
            ask("wanted", "explanation-wanted", Kind::Text),
            ask("feared", "explanation-feared", Kind::Text),
            ask("told_myself", "explanation-told-myself", Kind::Text),
            ask("turning_point", "explanation-turning-point", Kind::Text),
            ask("chose", "explanation-chose", Kind::Text),
            ask(
                "rows",
                "ask-reasons",
                Kind::Rows(&[
                    ask("reason", "explanation-reason", Kind::Text),
                    ask("choice", "explanation-choice", Kind::Text),
                ]),
            ),
        ],
    )
    .by_who_did()
    .read_as(Genre::Letter),
    Tool::pair(
        "share",
        "share",
        &[INCIDENT, ask("", "ask-which-page", Kind::Copy("explanation/save", &[("content", "content")]))],
    )
    .by_who_did()
    .read_as(Genre::Letter),
];
