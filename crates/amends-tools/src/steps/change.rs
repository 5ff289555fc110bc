//! 2.2 Triggers, if-then plans, weekly looks, event check, no contact, slips.

use amends_lint::Genre;

use crate::tool::{Field, INCIDENT, Kind, MAYBE_INCIDENT, Options, Tool, ask, fill};

const SORTS: Options = Options { prefix: "trigger", values: &["person", "place", "time", "state", "device"] };
const HELPS: Options = Options { prefix: "help", values: &["friend", "leave", "tell", "other", "partner"] };
const TRIGGER: Field = ask("trigger", "ask-which-trigger", Kind::MaybeEntry(&["change/save_trigger"]));
const PLAN: &[&str] = &["change/save_plan"];

pub(crate) const TOOLS: &[Tool] = &[
    Tool::save(
        "trigger",
        "save_trigger",
        &[
            MAYBE_INCIDENT,
            ask("sort", "ask-trigger-sort", Kind::Choice(SORTS)),
            ask("text", "ask-trigger", Kind::Text),
            ask("words", "ask-trigger-words", Kind::Lines),
        ],
    )
    .by_who_did(),
    Tool::save(
        "plan",
        "save_plan",
        &[
            MAYBE_INCIDENT,
            TRIGGER,
            ask("if_situation", "ask-if", Kind::Text),
            ask("then_act", "ask-then", Kind::Text),
            ask("help", "ask-help", Kind::Choice(HELPS)),
            ask("review_on", "ask-review-on", Kind::MaybeDay),
        ],
    )
    .by_who_did()
    .read_as(Genre::Plan),
    Tool::own("rehearse", "rehearse", &[ask("plan", "ask-rehearse-plan", Kind::Entry(PLAN))]).by_who_did(),
    Tool::own(
        "weekly",
        "weekly",
        &[
            ask("plan", "ask-which-plan", Kind::Entry(PLAN)),
            ask("week", "ask-week", Kind::Week),
            ask("fired", "ask-fired", Kind::YesNo),
            ask("held", "ask-held", Kind::MaybeYesNo),
            ask("note", "ask-note", Kind::Line),
        ],
    )
    .by_who_did(),
    Tool::save(
        "event-check",
        "event_check",
        &[
            ask("start", "ask-event-start", Kind::Moment),
            ask("title", "ask-event-title", Kind::Line),
            fill("uid", Kind::SameAs("title")),
            TRIGGER,
            ask("not_alone_with", "event-check-not-alone-with", Kind::Line),
            ask("who_comes", "event-check-who-comes", Kind::Line),
            ask("how_i_leave", "event-check-how-i-leave", Kind::Line),
            ask("whom_i_tell", "event-check-whom-i-tell", Kind::Line),
        ],
    )
    .by_who_did(),
    Tool::save(
        "no-contact",
        "save_no_contact",
        &[
            MAYBE_INCIDENT,
            ask("with", "ask-no-contact-with", Kind::Line),
            ask("ended_how", "ask-ended-how", Kind::Text),
            ask("closed", "ask-closed-ways", Kind::Lines),
            ask("if_they_reach_out", "ask-reach-out", Kind::Text),
            ask("if_unavoidable", "ask-unavoidable", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Plan),
    Tool::own(
        "slip",
        "slip",
        &[
            INCIDENT,
            ask("happened_at", "ask-happened-at", Kind::Moment),
            ask("what", "ask-slip-what", Kind::Text),
            ask("next", "ask-slip-next", Kind::Text),
        ],
    )
    .by_who_did()
    .read_as(Genre::Confession),
    Tool::pair(
        "tell-slip",
        "tell_slip",
        &[
            INCIDENT,
            ask(
                "",
                "ask-which-slip",
                Kind::Copy(
                    "change/slip",
                    &[("happened_at", "happened_at"), ("what", "what"), ("next", "next")],
                ),
            ),
        ],
    )
    .by_who_did()
    .read_as(Genre::Confession),
    Tool::pair(
        "share-plan",
        "share_plan",
        &[
            INCIDENT,
            ask("", "ask-which-plan", Kind::Copy("change/save_plan", &[("content", "content")])),
            ask("co_edit", "ask-co-edit", Kind::YesNo),
        ],
    )
    .by_who_did()
    .read_as(Genre::Plan),
    Tool::pair(
        "edit-shared",
        "edit_shared",
        &[
            ask("plan", "ask-which-plan", Kind::Entry(&["change/share_plan"])),
            fill("base", Kind::VersionOf("plan")),
            ask("content.trigger", "ask-which-trigger", Kind::MaybeEntry(&["change/save_trigger"])),
            ask("content.if_situation", "ask-if", Kind::Text),
            ask("content.then_act", "ask-then", Kind::Text),
            ask("content.help", "ask-help", Kind::Choice(HELPS)),
            ask("content.review_on", "ask-review-on", Kind::MaybeDay),
        ],
    )
    .read_as(Genre::Plan),
    Tool::pair(
        "suggest",
        "suggest",
        &[
            ask("plan", "ask-which-plan", Kind::Entry(&["change/share_plan"])),
            ask("text", "ask-suggestion", Kind::Text),
        ],
    )
    .by_who_was_hurt(),
    Tool::pair(
        "share-no-contact",
        "share_no_contact",
        &[
            INCIDENT,
            ask("", "ask-which-plan", Kind::Copy("change/save_no_contact", &[("content", "content")])),
        ],
    )
    .by_who_did()
    .read_as(Genre::Plan),
    Tool::pair(
        "stop-sharing",
        "stop_sharing",
        &[ask("shared", "ask-which-plan", Kind::Entry(&["change/share_plan", "change/share_no_contact"]))],
    )
    .by_who_did(),
];
