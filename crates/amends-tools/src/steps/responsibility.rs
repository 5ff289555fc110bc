//! 1.1 The disclosure: written in sections, delivered at the depth its reader chose, opened section by section.

use amends_lint::Genre;

use crate::tool::{Field, INCIDENT, Kind, MAYBE_INCIDENT, Options, Tool, ask, fill};

const FACTS: Options = Options {
    prefix: "section",
    values: &[
        "what",
        "period",
        "how_often",
        "with_whom",
        "money",
        "health_risk",
        "who_knows",
        "lies",
        "is_it_over",
        "not_remembered",
    ],
};
const SECTIONS: Options = Options {
    prefix: "section",
    values: &[
        "what",
        "period",
        "how_often",
        "with_whom",
        "money",
        "health_risk",
        "who_knows",
        "lies",
        "is_it_over",
        "not_remembered",
        "own_words",
    ],
};
/// The same parts, for the one who reads what somebody else tells.
const THEIR_SECTIONS: Options = Options { prefix: "section-theirs", ..SECTIONS };
const DEPTHS: Options = Options { prefix: "depth", values: &["headline", "facts", "ask_me", "not_that"] };
/// The same, guessed by the one who tells.
const THEIR_DEPTHS: Options = Options { prefix: "depth-theirs", ..DEPTHS };

const SECTION: &[Field] = &[
    ask("headline", "ask-headline", Kind::Line),
    ask("facts", "ask-facts", Kind::Text),
    ask("when", "ask-when", Kind::MaybeLine).only(&["period", "is_it_over"]),
    // Once asked in every part; entries of that time keep what they say.
    ask("from", "ask-from-day", Kind::MaybeDay).only(&[]),
    ask("to", "ask-to-day", Kind::MaybeDay).only(&[]),
    ask("known_by", "ask-known-by", Kind::MaybeDay).only(&["not_remembered"]),
    fill("nothing", Kind::Flag),
];
const DEPTH: &[Field] = &[ask("depth", "ask-depth", Kind::MaybeChoice(DEPTHS))];
const GUESSED_DEPTH: &[Field] = &[ask("depth", "ask-depth", Kind::MaybeChoice(THEIR_DEPTHS))];
const SEALED: &[&str] = &["responsibility/seal"];

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own(
        "guess",
        "guess",
        &[INCIDENT, ask("choices", "ask-guess", Kind::Each(SECTIONS, "section", GUESSED_DEPTH))],
    )
    .by_who_did(),
    Tool::save(
        "page",
        "save",
        &[
            MAYBE_INCIDENT,
            ask("fields", "ask-sections", Kind::Each(FACTS, "section", SECTION)),
            ask("own_words", "section-own-words", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Confession)
    .knowing(&["no-legal-privilege"]),
    Tool::pair(
        "depth",
        "depth",
        &[INCIDENT, ask("choices", "ask-depths", Kind::Each(THEIR_SECTIONS, "section", DEPTH))],
    )
    .by_who_was_hurt(),
    Tool::pair(
        "deliver",
        "seal",
        &[INCIDENT, ask("", "ask-which-page", Kind::Copy("responsibility/save", &[("content", "content")]))],
    )
    .by_who_did()
    .read_as(Genre::Confession)
    .knowing(&["better-hour", "no-legal-privilege"]),
    Tool::pair(
        "add",
        "add",
        &[
            ask("disclosure", "ask-which-disclosure", Kind::Entry(SEALED)),
            ask("section", "ask-section", Kind::Choice(SECTIONS)),
            ask("text", "ask-addition", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Confession),
    Tool::own(
        "open",
        "open_section",
        &[
            ask("disclosure", "ask-which-disclosure", Kind::Entry(SEALED)),
            ask("section", "ask-section", Kind::Choice(THEIR_SECTIONS)),
        ],
    )
    .by_who_was_hurt(),
    Tool::pair(
        "question",
        "ask",
        &[
            ask("disclosure", "ask-which-disclosure", Kind::Entry(SEALED)),
            ask("section", "ask-section", Kind::Choice(THEIR_SECTIONS)),
            ask("text", "ask-your-question", Kind::Text),
        ],
    )
    .by_who_was_hurt(),
    Tool::pair(
        "answer",
        "answer",
        &[
            ask("question", "ask-which-question", Kind::Entry(&["responsibility/ask"])),
            ask("text", "ask-your-answer", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Confession),
];
