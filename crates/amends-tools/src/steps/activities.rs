//! 3.4 Private ratings, what to leave out, invitations to what both would do.

use crate::tool::{Field, Kind, Options, Tool, ask};

const RATINGS: Options = Options { prefix: "rating", values: &["love", "try", "no"] };
const PLACES: Options = Options {
    prefix: "cli-place",
    values: &["home", "outdoors", "town", "bar", "overnight", "water", "crowd", "screen"],
};
const INVITATION: Field = ask("proposal", "ask-which-invitation", Kind::Entry(&["activities/propose"]));

pub(crate) const TOOLS: &[Tool] = &[
    Tool::own(
        "rate",
        "rate",
        &[
            ask("activity", "ask-activity", Kind::Activity),
            ask("rating", "ask-rating", Kind::Choice(RATINGS)),
        ],
    ),
    Tool::own(
        "avoid",
        "avoid",
        &[
            ask("places", "ask-avoid-places", Kind::Choices(PLACES)),
            ask("with_children", "ask-with-children", Kind::YesNo),
            ask("max_cost", "ask-max-cost", Kind::Number(0, 3)),
            ask("max_energy", "ask-max-energy", Kind::Number(1, 3)),
        ],
    ),
    Tool::pair(
        "invite",
        "propose",
        &[
            ask("activity", "ask-match", Kind::Match),
            ask("text", "ask-invitation", Kind::Line),
            ask("start", "ask-starts", Kind::Moment),
            ask("minutes", "ask-minutes", Kind::Number(15, 1440)),
        ],
    ),
    Tool::pair(
        "invite-topic-free",
        "propose",
        &[
            ask("activity", "ask-match", Kind::Match),
            ask("text", "ask-invitation", Kind::Line),
            ask("start", "ask-starts", Kind::Moment),
            ask("minutes", "ask-minutes", Kind::Number(15, 1440)),
            ask("topic_free.talk", "ask-which-talk", Kind::Entry(&["communication/propose_talk"])),
            ask("topic_free.day", "ask-talk-day", Kind::Day),
        ],
    ),
    Tool::pair("accept", "accept", &[INVITATION]),
    Tool::pair("other-time", "other_time", &[INVITATION, ask("start", "ask-starts", Kind::Moment)]),
    Tool::pair("withdraw", "withdraw", &[INVITATION]),
];
