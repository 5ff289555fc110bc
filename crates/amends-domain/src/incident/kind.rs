//! Kinds of betrayal and what differs: what a disclosure must contain, which risks and checks matter most.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::admit::responsibility::Section;

/// What kind of betrayal an incident is. Texts: `kind-<slug>`, `kind-<slug>-tell`, `-plan`, `-risk`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sexual affair, paid sex.
    #[n(0)]
    SexualAffair,
    /// Emotional or online affair, sexting.
    #[n(1)]
    EmotionalAffair,
    /// Compulsive porn or sexual behavior.
    #[n(2)]
    CompulsiveSexual,
    /// Lying again and again.
    #[n(3)]
    SerialLying,
    /// Debt, hidden account, gambling, spending.
    #[n(4)]
    Money,
    /// Something important left unsaid.
    #[n(5)]
    SecretByOmission,
    /// Broken promises, absence when it counted.
    #[n(6)]
    BrokenPromise,
    /// Telling, posting or showing private things.
    #[n(7)]
    BreachOfConfidence,
    /// Snooping or tracking.
    #[n(8)]
    Snooping,
    /// Relapse, and lies about it.
    #[n(9)]
    Relapse,
    /// Siding with others, humiliation in public.
    #[n(10)]
    Disloyalty,
    /// Breaking what was agreed in an open relationship.
    #[n(11)]
    BreachOfAgreement,
    /// A broken custody rule, a child in danger.
    #[n(12)]
    Parenting,
    /// Violence or coercion: not a betrayal to repair here.
    #[n(13)]
    Violence,
    /// Something else.
    #[n(14)]
    Other,
}

/// What differs by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Which kind.
    pub kind: Kind,
    /// Name in message keys.
    pub slug: &'static str,
    /// Sections a disclosure must deal with before it counts as complete.
    pub sections: &'static [Section],
    /// Checks that matter most.
    pub checks: &'static [&'static str],
    /// Whether a professional should be asked first: law, health or a child is concerned.
    pub ask_first: bool,
    /// Whether the tools here are for it at all.
    pub repairable: bool,
}

use Section::{HealthRisk, HowOften, IsItOver, Lies, Money, NotRemembered, Period, What, WhoKnows, WithWhom};

/// One row for each kind.
pub const TEMPLATES: [Template; 15] = [
    row(
        Kind::SexualAffair,
        "sexual-affair",
        &[What, Period, HowOften, WithWhom, HealthRisk, IsItOver, WhoKnows, Lies],
        &["partial-truth", "harmful-detail", "minimizing"],
        false,
    ),
    row(
        Kind::EmotionalAffair,
        "emotional-affair",
        &[What, Period, WithWhom, Lies, IsItOver, WhoKnows],
        &["minimizing", "excuse", "claimed-empathy"],
        false,
    ),
    row(
        Kind::CompulsiveSexual,
        "compulsive-sexual",
        &[What, Period, HowOften, Money, HealthRisk, Lies, IsItOver],
        &["self-pity", "unkeepable-promise"],
        true,
    ),
    row(
        Kind::SerialLying,
        "serial-lying",
        &[What, Period, Lies, WhoKnows, NotRemembered],
        &["partial-truth", "defending", "keepable-promise"],
        false,
    ),
    row(
        Kind::Money,
        "money",
        &[What, Period, Money, WhoKnows, Lies, IsItOver],
        &["minimizing", "repair-offered", "control"],
        true,
    ),
    row(
        Kind::SecretByOmission,
        "secret-by-omission",
        &[What, Period, WhoKnows],
        &["invalidation", "freedom"],
        true,
    ),
    row(
        Kind::BrokenPromise,
        "broken-promise",
        &[What, Period, Lies],
        &["harm-named", "keepable-promise", "vague"],
        false,
    ),
    row(
        Kind::BreachOfConfidence,
        "breach-of-confidence",
        &[What, Period, WithWhom, WhoKnows, IsItOver],
        &["repair-offered", "excuse"],
        true,
    ),
    row(Kind::Snooping, "snooping", &[What, Period, HowOften, WhoKnows, IsItOver], &["control"], true),
    row(
        Kind::Relapse,
        "relapse",
        &[What, Period, Money, HealthRisk, Lies, IsItOver],
        &["unkeepable-promise", "self-pity", "change-plan"],
        true,
    ),
    row(Kind::Disloyalty, "disloyalty", &[What, Period, WhoKnows], &["harm-named", "repair-offered"], false),
    row(
        Kind::BreachOfAgreement,
        "breach-of-agreement",
        &[What, Period, HowOften, WithWhom, HealthRisk, WhoKnows, IsItOver],
        &["minimizing"],
        false,
    ),
    row(Kind::Parenting, "parenting", &[What, Period, IsItOver], &["danger"], true),
    Template {
        kind: Kind::Violence,
        slug: "violence",
        sections: &[],
        checks: &["danger"],
        ask_first: true,
        repairable: false,
    },
    row(Kind::Other, "other", &[What, Period, Lies, IsItOver], &["responsibility", "vague"], false),
];

const fn row(
    kind: Kind,
    slug: &'static str,
    sections: &'static [Section],
    checks: &'static [&'static str],
    ask_first: bool,
) -> Template {
    Template { kind, slug, sections, checks, ask_first, repairable: true }
}

impl Kind {
    /// What differs for this kind.
    pub fn template(self) -> &'static Template {
        &TEMPLATES[self as usize]
    }
}

/// Message keys of the eight intake questions, in order.
pub const INTAKE_QUESTIONS: [&str; 8] = [
    "intake-nature",
    "intake-extent",
    "intake-ongoing",
    "intake-came-out",
    "intake-hurt",
    "intake-reversible",
    "intake-legal-duty",
    "intake-relapse-prone",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_its_row() {
        for (position, template) in TEMPLATES.iter().enumerate() {
            assert_eq!(template.kind as usize, position);
            assert_eq!(template.kind.template().slug, template.slug);
        }
    }
}
