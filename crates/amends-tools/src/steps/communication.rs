//! 3.1 Obstacles, letters in their states, the weekly talk, the counselor.

use amends_lint::Genre;

use crate::tool::{Field, Kind, MAYBE_INCIDENT, Options, Tool, ask, fill};

const OBSTACLES: Options = Options {
    prefix: "obstacle",
    values: &[
        "no_time",
        "screens",
        "shut_down",
        "get_loud",
        "defend",
        "say_yes",
        "shame",
        "drink",
        "others_there",
        "too_late",
        "different_ways",
        "fear_of_next",
    ],
};
const PURPOSES: Options = Options { prefix: "purpose", values: &["for_me", "read_together", "to_send"] };
const HEADINGS: Options =
    Options { prefix: "agenda", values: &["appreciation", "went_well", "one_issue", "next_week"] };
const LETTER: Field =
    ask("letter", "ask-which-letter", Kind::Entry(&["communication/send", "communication/send_sealed"]));
const DATED: Field = ask("letter", "ask-which-letter", Kind::Entry(&["communication/send_sealed"]));
const WORDS: Field = ask(
    "",
    "ask-which-letter",
    Kind::Copy("communication/save_letter", &[("content.purpose", "purpose"), ("content.text", "text")]),
);
const TALK: Field = ask("talk", "ask-which-talk", Kind::Entry(&["communication/propose_talk"]));
const GUEST: Field = ask("offer", "ask-which-guest", Kind::Entry(&["communication/offer_guest"]));
const HEADING: Field = ask("point.heading", "ask-heading", Kind::Choice(HEADINGS));
const POINT: Field = ask("point.text", "ask-point", Kind::Line);

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "obstacles",
        "save_obstacles",
        &[
            ask("picked", "ask-obstacles", Kind::Choices(OBSTACLES)),
            ask("what_i_do", "ask-what-i-do", Kind::Text),
            ask("instead", "ask-instead", Kind::Text),
        ],
    ),
    Tool::save(
        "letter",
        "save_letter",
        &[
            MAYBE_INCIDENT,
            ask("purpose", "ask-purpose", Kind::Choice(PURPOSES)),
            ask("text", "ask-letter", Kind::Text),
        ],
    )
    .read_as(Genre::Letter),
    Tool::own(
        "read-as-reader",
        "read_as_reader",
        &[
            ask("letter", "ask-read-as-reader", Kind::Entry(&["communication/save_letter"])),
            fill("version", Kind::VersionOf("letter")),
        ],
    ),
    Tool::pair("send", "send", &[MAYBE_INCIDENT, WORDS]).read_as(Genre::Letter),
    Tool::pair(
        "send-on-a-day",
        "send_sealed",
        &[MAYBE_INCIDENT, WORDS, ask("opens_at", "ask-opens-at", Kind::Moment)],
    )
    .read_as(Genre::Letter)
    .knowing(&["letter-day-about"]),
    Tool::pair("recall", "recall", &[LETTER]),
    Tool::own("open-letter", "open_letter", &[LETTER]),
    Tool::own("hold", "hold", &[LETTER, ask("until", "ask-hold-days", Kind::DaysFromNow(1, 365))]),
    Tool::pair("return", "return", &[LETTER]),
    Tool::pair("ask-half", "ask_half", &[DATED]),
    Tool::pair("give-half", "half", &[DATED]),
    Tool::pair(
        "propose-talk",
        "propose_talk",
        &[
            ask("first", "ask-talk-first", Kind::Day),
            ask("minute", "ask-talk-time", Kind::Time),
            fill("utc_offset", Kind::Offset),
            fill("changes", Kind::ClockChanges),
            ask("length", "ask-talk-length", Kind::Number(15, 90)),
            ask("floor", "ask-talk-floor", Kind::Number(1, 15)),
            ask("stop_word", "ask-stop-word", Kind::Line),
        ],
    ),
    Tool::pair("agree-talk", "agree_talk", &[TALK]),
    Tool::pair("cancel-talk", "cancel_talk", &[TALK, ask("day", "ask-cancel-day", Kind::MaybeDay)]),
    Tool::own("talk-note", "note_for_talk", &[TALK, HEADING, POINT]),
    Tool::pair("talk-point", "add_point", &[TALK, ask("day", "ask-talk-day", Kind::Day), HEADING, POINT]),
    Tool::own(
        "packet",
        "packet",
        &[
            ask("items", "ask-packet-items", Kind::Entries),
            ask("questions", "ask-packet-questions", Kind::Lines),
            ask("summary", "ask-packet-summary", Kind::Text),
            ask("until", "ask-packet-days", Kind::DaysFromNow(1, 30)),
        ],
    )
    .knowing(&["counselor-ask-list"]),
    Tool::own(
        "close-packet",
        "close_packet",
        &[ask("packet", "ask-which-packet", Kind::Entry(&["communication/packet"]))],
    ),
    Tool::pair(
        "offer-guest",
        "offer_guest",
        &[
            ask("items", "ask-guest-items", Kind::Entries),
            ask("sheet.questions", "ask-packet-questions", Kind::Lines),
            ask("sheet.summary", "ask-packet-summary", Kind::Text),
            ask("days", "ask-guest-days", Kind::Number(1, 30)),
        ],
    )
    .knowing(&["look-guest-new-lead"]),
    Tool::pair("agree-guest", "agree_guest", &[GUEST]).knowing(&["guest-agree-first"]),
    Tool::pair("end-guest", "end_guest", &[GUEST]),
];
