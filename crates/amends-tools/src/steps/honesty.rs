//! 2.3 The apology with its parts, the promise ledger, transparency offers.

use amends_lint::Genre;

use crate::tool::{Field, INCIDENT, Kind, MAYBE_INCIDENT, Options, Tool, ask};

const PARTS: Options =
    Options { prefix: "part", values: &["responsibility", "repair", "regret", "explanation", "repentance"] };
const OUTCOMES: Options =
    Options { prefix: "promise", values: &["kept", "renegotiated", "missed", "withdrawn"] };
const RENEGOTIATED: &[(&str, &[Field])] = &[(
    "renegotiated",
    &[ask("text", "ask-promise", Kind::Text), ask("review_on", "ask-review-on", Kind::Day)],
)];
const PROMISE: Field = ask("promise", "ask-which-promise", Kind::Entry(&["honesty/promise"]));

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "apology",
        "save",
        &[
            MAYBE_INCIDENT,
            ask("parts", "ask-apology", Kind::Each(PARTS, "part", &[ask("text", "ask-part", Kind::Text)])),
        ],
    )
    .by_who_did()
    .read_as(Genre::Apology),
    Tool::either(
        "promise",
        "promise",
        &[
            INCIDENT,
            ask("content.text", "ask-promise", Kind::Text),
            ask("content.review_on", "ask-review-on", Kind::Day),
        ],
    )
    .by_who_did()
    .read_as(Genre::Promise),
    Tool::either(
        "report",
        "report",
        &[PROMISE, ask("outcome", "ask-outcome", Kind::Variant(OUTCOMES, RENEGOTIATED))],
    )
    .by_who_did()
    .read_as(Genre::Promise),
    Tool::pair(
        "give",
        "give",
        &[INCIDENT, ask("", "ask-which-apology", Kind::Copy("honesty/save", &[("content", "content")]))],
    )
    .by_who_did()
    .read_as(Genre::Apology),
    Tool::pair(
        "respond",
        "respond",
        &[
            PROMISE,
            ask(
                "response",
                "ask-response",
                Kind::Choice(Options { prefix: "response", values: &["confirm", "dispute"] }),
            ),
        ],
    )
    .by_who_was_hurt(),
    Tool::pair(
        "offer",
        "offer",
        &[INCIDENT, ask("what", "ask-offer", Kind::Line), ask("until", "ask-until-day", Kind::Day)],
    )
    .by_who_did(),
    Tool::pair("end-offer", "end_offer", &[ask("offer", "ask-which-offer", Kind::Entry(&["honesty/offer"]))])
        .by_who_did(),
];
