//! 1.4 "Because I ..., you now ...", the impact letter, feelings.

use amends_lint::Genre;

use crate::tool::{INCIDENT, Kind, MAYBE_INCIDENT, Tool, ask};

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "impact",
        "save_impact",
        &[
            MAYBE_INCIDENT,
            ask(
                "lines",
                "ask-impact",
                Kind::Rows(&[
                    ask("because_i", "impact-because-i", Kind::Text),
                    ask("you_now", "impact-you-now", Kind::Text),
                    ask("feelings", "ask-feelings-guess", Kind::Feelings),
                ]),
            ),
        ],
    )
    .by_who_did()
    .read_as(Genre::Letter),
    Tool::save(
        "letter",
        "save_letter",
        &[
            MAYBE_INCIDENT,
            ask("text", "ask-impact-letter", Kind::Text),
            ask("feelings", "ask-feelings", Kind::Feelings),
        ],
    )
    .by_who_was_hurt(),
    Tool::own(
        "feelings",
        "feelings",
        &[ask("words", "ask-feelings", Kind::Feelings), ask("note", "ask-note", Kind::Line)],
    ),
    Tool::pair(
        "share-impact",
        "share_impact",
        &[
            INCIDENT,
            ask("", "ask-which-page", Kind::Copy("acceptance/save_impact", &[("content", "content")])),
        ],
    )
    .by_who_did()
    .read_as(Genre::Letter),
    Tool::pair(
        "share-letter",
        "share_letter",
        &[
            INCIDENT,
            ask("", "ask-which-letter", Kind::Copy("acceptance/save_letter", &[("content", "content")])),
        ],
    )
    .by_who_was_hurt(),
];
