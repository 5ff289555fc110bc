//! 3.6 Private check-ins, what I controlled, the review, ending well.

use crate::tool::{Field, Kind, MAYBE_INCIDENT, Options, Tool, ask, fill};

const ITEMS: Options = Options {
    prefix: "check-in",
    values: &["words_matched", "predictable", "turned_towards", "felt_safe", "would_tell", "go_on_trying"],
};
const DEGREES: Options = Options { prefix: "cli-degree", values: &["yes", "partly", "no", "skipped"] };
const DECISIONS: Options = Options { prefix: "decision", values: &["together", "apart", "not_yet"] };
const DECIDED: &[Field] = &[
    MAYBE_INCIDENT,
    ask("decision", "ask-decision", Kind::Choice(DECISIONS)),
    ask("text", "ask-decision-text", Kind::Text),
];

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own(
        "check-in",
        "check_in",
        &[
            ask("day", "ask-day", Kind::Day),
            ask(
                "answers",
                "ask-check-in",
                Kind::Each(ITEMS, "item", &[ask("value", "ask-zero-to-ten", Kind::MaybeNumber(0, 10))]),
            ),
            ask("note", "ask-note", Kind::Line),
        ],
    )
    .knowing(&["check-in-own-items"])
    .by_who_was_hurt(),
    Tool::own(
        "controlled",
        "controlled",
        &[
            ask("week", "ask-week", Kind::Week),
            ask("wrote", "controlled-wrote", Kind::Choice(DEGREES)),
            ask("told", "controlled-told", Kind::Choice(DEGREES)),
            ask("listened", "controlled-listened", Kind::Choice(DEGREES)),
            ask("note", "ask-note", Kind::Line),
        ],
    )
    .by_who_did(),
    Tool::own("review", "review", DECIDED),
    Tool::save(
        "closing",
        "save_closing",
        &[ask("text", "ask-closing", Kind::Text), ask("keeps", "ask-keeps", Kind::Lines)],
    ),
    Tool::pair("tell-decision", "tell_decision", DECIDED),
    Tool::pair(
        "send-closing",
        "send_closing",
        &[ask("", "ask-which-letter", Kind::Copy("patience/save_closing", &[("content", "content")]))],
    ),
    Tool::pair(
        "share-chart",
        "share_chart",
        &[
            ask("item", "ask-item", Kind::Choice(ITEMS)),
            ask("from", "ask-from-day", Kind::Day),
            ask("to", "ask-to-day", Kind::Day),
            fill("points", Kind::Points),
        ],
    ),
    Tool::pair(
        "stop-chart",
        "stop_chart",
        &[ask("chart", "ask-which-chart", Kind::Entry(&["patience/share_chart"]))],
    ),
];
