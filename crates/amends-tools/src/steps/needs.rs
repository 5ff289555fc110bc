//! 3.2 The list of needs, one request each, careful asking.

use amends_lint::Genre;

use crate::tool::{Field, Kind, Options, Tool, ask};

const MARKS: Options = Options { prefix: "mark", values: &["now", "later", "not_from_you", "dont_know"] };
const MARK: Field = ask("mark", "ask-mark", Kind::Choice(MARKS));
const NEED: Field = ask("need", "ask-which-need", Kind::Need);
const SHARED: Field = ask("shared", "ask-which-shared-need", Kind::Entry(&["needs/share"]));
const ANSWERS: Options = Options { prefix: "cli-answer", values: &["yes", "no", "other_offer"] };

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own("mark", "mark", &[NEED, MARK]),
    Tool::pair("share", "share", &[NEED, MARK]),
    Tool::pair("remark", "remark", &[SHARED, MARK]),
    Tool::unit("ask", "ask").by_who_did(),
    Tool::unit("dont-know", "dont_know"),
    Tool::pair("request", "request", &[SHARED, ask("text", "ask-request", Kind::Text)])
        .read_as(Genre::Message),
    Tool::pair(
        "answer",
        "answer",
        &[
            ask("request", "ask-which-request", Kind::Entry(&["needs/request"])),
            ask(
                "answer",
                "ask-your-answer",
                Kind::Variant(ANSWERS, &[("other_offer", &[ask("text", "ask-other-offer", Kind::Text)])]),
            ),
        ],
    ),
];
