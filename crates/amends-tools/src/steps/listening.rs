//! 1.3 Practice on the bank or on an allowed sentence, and rounds of say, give back, confirm.

use amends_lint::Genre;

use crate::tool::{Bank, Field, INCIDENT, Kind, Options, Tool, ask, fill};

const TAPS: Options = Options { prefix: "tap", values: &["yes", "not_quite", "stop"] };
const REPLY: Field = ask("reply", "ask-give-back", Kind::Text);
const TALLY: Field = fill("tally", Kind::Tally("reply"));

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own(
        "practice",
        "practice",
        &[ask("prompt.bank", "ask-statement", Kind::Statement(Bank::Practice)), REPLY, TALLY],
    )
    .read_as(Genre::Reply),
    Tool::own(
        "practice-theirs",
        "practice",
        &[
            ask("prompt.allowed", "ask-which-sentence", Kind::Entry(&["listening/allow_statement"])),
            REPLY,
            TALLY,
        ],
    )
    .by_who_did()
    .read_as(Genre::Reply),
    Tool::own(
        "hand-over",
        "handed_over",
        &[
            INCIDENT,
            ask("reply", "ask-give-back", Kind::Text),
            TALLY,
            ask("tap", "ask-tap", Kind::Choice(TAPS)),
        ],
    )
    .read_as(Genre::Reply)
    .knowing(&["hand-over-first"]),
    Tool::pair("allow", "allow_statement", &[INCIDENT, ask("text", "ask-allow-sentence", Kind::Text)])
        .by_who_was_hurt(),
    Tool::pair("round", "open_round", &[INCIDENT]),
    Tool::pair(
        "say",
        "say",
        &[
            ask("round", "ask-which-round", Kind::Entry(&["listening/open_round"])),
            ask("text", "ask-say", Kind::Text),
        ],
    ),
    Tool::pair(
        "give-back",
        "reflect",
        &[
            ask("said", "ask-which-said", Kind::Entry(&["listening/say"])),
            ask("text", "ask-give-back", Kind::Text),
        ],
    )
    .read_as(Genre::Reply),
    Tool::pair(
        "tap",
        "tap",
        &[
            ask("reflection", "ask-which-reflection", Kind::Entry(&["listening/reflect"])),
            ask("tap", "ask-tap", Kind::Choice(TAPS)),
        ],
    ),
];
