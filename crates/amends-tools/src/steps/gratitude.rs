//! 3.5 Thank-you notes, gifts without strings, chores.

use amends_lint::Genre;

use crate::tool::{Field, Kind, Options, Tool, ask};

const SPOTS: Options = Options { prefix: "cli-spot", values: &["today", "path", "talk", "print"] };
const CHORE: Field = ask("chore", "ask-which-chore", Kind::Entry(&["gratitude/add_chore"]));

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "note",
        "save_note",
        &[
            ask("text", "ask-thanks", Kind::Text),
            ask("spot", "ask-spot", Kind::Choice(SPOTS)),
            ask("on", "ask-note-day", Kind::MaybeDay),
        ],
    )
    .read_as(Genre::Gratitude),
    Tool::save(
        "gift",
        "save_gift",
        &[
            ask("what", "ask-gift", Kind::Line),
            ask("hope", "gift-hope", Kind::Text),
            ask("card", "ask-card", Kind::Text),
        ],
    )
    .read_as(Genre::Gratitude)
    .knowing(&["gift-timing"]),
    Tool::pair(
        "send-note",
        "send_note",
        &[ask("", "ask-which-note", Kind::Copy("gratitude/save_note", &[("content", "")]))],
    )
    .read_as(Genre::Gratitude),
    Tool::pair(
        "send-card",
        "send_gift",
        &[ask("", "ask-which-gift", Kind::Copy("gratitude/save_gift", &[("content.card", "text")]))],
    )
    .read_as(Genre::Gratitude)
    .knowing(&["gift-timing"]),
    Tool::either(
        "chore",
        "add_chore",
        &[
            ask("text", "ask-chore", Kind::Line),
            ask(
                "whose",
                "ask-whose",
                Kind::Choice(Options { prefix: "cli-whose", values: &["mine", "ours"] }),
            ),
        ],
    ),
    Tool::either("chore-done", "done_chore", &[CHORE, ask("day", "ask-day", Kind::Day)]),
    Tool::either("chore-drop", "drop_chore", &[CHORE]),
];
