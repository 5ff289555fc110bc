//! 3.3 One line at the pace its receiver set; the receiver's own channel. Pictures are for the app.

use amends_lint::Genre;

use crate::tool::{Kind, Options, To, Tool, ask, fill};

const KINDS: Options = Options {
    prefix: "cli-contact",
    values: &["line", "thanks", "question", "photo", "note", "gift", "letter", "proposal"],
};
const TOPICS: Options = Options {
    prefix: "cli-topic",
    values: &["incident", "causes", "future", "money", "intimacy", "family", "needs", "promises", "plans"],
};

pub(crate) const TOOLS: &[Tool] = &[
    Tool::pair(
        "send",
        "send",
        &[
            ask(
                "kind",
                "ask-contact-kind",
                Kind::Choice(Options { prefix: "contact", values: &["line", "thanks", "question"] }),
            ),
            ask("text", "ask-contact-text", Kind::Text),
        ],
    )
    .read_as(Genre::Message),
    Tool::pair(
        "pace",
        "pace",
        &[
            ask("per_day", "ask-per-day", Kind::Number(0, 3)),
            ask("from_minute", "ask-from-time", Kind::Time),
            ask("to_minute", "ask-to-time", Kind::Time),
            fill("utc_offset", Kind::Offset),
            fill("changes", Kind::ClockChanges),
            ask("kinds", "ask-kinds", Kind::Choices(KINDS)),
        ],
    )
    .of("consent"),
    Tool::pair(
        "close-topics",
        "close_topics",
        &[
            ask("topics", "ask-topics", Kind::Choices(TOPICS)),
            ask("until", "ask-topic-days", Kind::DaysFromNow(1, 365)),
        ],
    )
    .of("consent"),
    Tool {
        to: To::Own,
        ..Tool::pair(
            "mute",
            "mute",
            &[
                ask("kinds", "ask-mute-kinds", Kind::Choices(KINDS)),
                ask("until", "ask-mute-days", Kind::DaysFromNow(1, 365)),
            ],
        )
        .of("consent")
    },
    Tool::unit("close", "close").of("consent"),
];
