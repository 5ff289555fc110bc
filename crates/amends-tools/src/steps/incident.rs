//! Incidents, their kind, roles, intake and ending; and the stage.

use crate::tool::{Field, INCIDENT, Kind, Options, Tool, ask};

const KINDS: Options = Options {
    prefix: "kind",
    values: &[
        "sexual_affair",
        "emotional_affair",
        "compulsive_sexual",
        "serial_lying",
        "money",
        "secret_by_omission",
        "broken_promise",
        "breach_of_confidence",
        "snooping",
        "relapse",
        "disloyalty",
        "breach_of_agreement",
        "parenting",
        "violence",
        "other",
    ],
};
const ROLES: Options =
    Options { prefix: "cli-role", values: &["involved_partner", "injured_partner", "both", "not_sure"] };
const RISKS: Options = Options { prefix: "cli-risk", values: &["none_known", "known", "not_sure"] };
const KNOWN: &[(&str, &[Field])] = &[("known", &[ask("what", "ask-risk-what", Kind::Line)])];
const STAGES: Options = Options {
    prefix: "cli-stage",
    values: &["safety", "stop_and_tell", "hear", "own_and_explain", "change", "reconnect"],
};

pub(crate) const TOOLS: &[Tool] = &[
    Tool::either(
        "open",
        "open",
        &[
            ask("kind", "ask-kind", Kind::Choice(KINDS)),
            ask("title", "ask-incident-title", Kind::Line),
            ask("my_role", "ask-role", Kind::Choice(ROLES)),
        ],
    ),
    Tool::either("role", "my_role", &[INCIDENT, ask("role", "ask-role", Kind::Choice(ROLES))]),
    Tool::own(
        "intake",
        "intake",
        &[
            INCIDENT,
            ask(
                "answers.nature",
                "intake-nature",
                Kind::MaybeChoice(Options { prefix: "cli-nature", values: &["competence", "integrity"] }),
            ),
            ask(
                "answers.extent",
                "intake-extent",
                Kind::MaybeChoice(Options { prefix: "cli-extent", values: &["single", "pattern"] }),
            ),
            ask("answers.ongoing", "intake-ongoing", Kind::MaybeYesNo),
            ask(
                "answers.came_out",
                "intake-came-out",
                Kind::MaybeChoice(Options {
                    prefix: "cli-came-out",
                    values: &["discovered", "told", "not_yet"],
                }),
            ),
            ask(
                "answers.hurt",
                "intake-hurt",
                Kind::MaybeChoice(Options { prefix: "cli-hurt", values: &["one", "several"] }),
            ),
            ask("answers.reversible", "intake-reversible", Kind::MaybeYesNo),
            ask("answers.legal_duty", "intake-legal-duty", Kind::MaybeYesNo),
            ask("answers.relapse_prone", "intake-relapse-prone", Kind::MaybeYesNo),
        ],
    ),
    Tool::either(
        "ending",
        "ending",
        &[
            INCIDENT,
            ask(
                "ending",
                "ask-ending",
                Kind::Choice(Options { prefix: "cli-ending", values: &["ended", "not_yet"] }),
            ),
            ask("health", "ask-risk-health", Kind::Variant(RISKS, KNOWN)),
            ask("money", "ask-risk-money", Kind::Variant(RISKS, KNOWN)),
        ],
    ),
    Tool::either("waive", "waive_disclosure", &[INCIDENT]),
    Tool::own(
        "same",
        "same_as",
        &[
            ask("private", "ask-same-private", Kind::Incident),
            ask("shared", "ask-same-shared", Kind::Incident),
        ],
    ),
];

pub(crate) const STAGE_TOOLS: &[Tool] =
    &[Tool::either("move", "move_stage", &[INCIDENT, ask("stage", "ask-stage", Kind::Choice(STAGES))])
        .of("incident")];
