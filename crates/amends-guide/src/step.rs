//! Methods, steps and stages.

/// One of the three methods of the guide: admit, apologize, prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// Position in the guide, 1 to 3.
    pub number: u8,
    /// `admit`, `apologize` or `prove`; also the folder that holds the method's steps.
    pub slug: &'static str,
}

/// One of the thirteen steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Number as the guide counts, for example `"1.3"`.
    pub number: &'static str,
    /// The one name of the step: domain module, screen, sub-command, rule folder and doc page carry it.
    pub slug: &'static str,
    /// Slug of the method it belongs to.
    pub method: &'static str,
    /// The stage in which its tools open.
    pub stage: StageId,
    /// Ids of the evidence it stands on (see [`crate::EVIDENCE`]).
    pub evidence: &'static [&'static str],
}

/// The stages in the order in which tools open (E10, E11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageId {
    /// 0: each has answered the safety questions alone, and the receiver has opted in.
    Safety,
    /// 1: the betrayal has ended, or "not yet" is said openly.
    StopAndTell,
    /// 2: one complete disclosure is delivered, or waived by the hurt partner.
    Hear,
    /// 3: the hurt partner accepted one reflection, or skipped.
    OwnAndExplain,
    /// 4: causes and triggers are written.
    Change,
    /// 5: the hurt partner says "ready for light things"; this can be withdrawn.
    Reconnect,
    /// 6: open at any time, offered every three months.
    DecideAndReview,
}

/// A stage with the name that its messages are kept under (`stage-<slug>-title`, `stage-<slug>-opens`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Which stage.
    pub id: StageId,
    /// Position, 0 to 6.
    pub number: u8,
    /// Name used in message keys and on the command line.
    pub slug: &'static str,
}

/// The three methods, in order.
pub const METHODS: [Method; 3] = [
    Method { number: 1, slug: "admit" },
    Method { number: 2, slug: "apologize" },
    Method { number: 3, slug: "prove" },
];

/// Slug of the safety rule: no step of its own, it stands above all of them.
pub const SAFETY_SLUG: &str = "safety";

/// The seven stages, in order.
pub const STAGES: [Stage; 7] = [
    Stage { id: StageId::Safety, number: 0, slug: "safety" },
    Stage { id: StageId::StopAndTell, number: 1, slug: "stop-and-tell" },
    Stage { id: StageId::Hear, number: 2, slug: "hear" },
    Stage { id: StageId::OwnAndExplain, number: 3, slug: "own-and-explain" },
    Stage { id: StageId::Change, number: 4, slug: "change" },
    Stage { id: StageId::Reconnect, number: 5, slug: "reconnect" },
    Stage { id: StageId::DecideAndReview, number: 6, slug: "decide-and-review" },
];

/// The thirteen steps, in the order of the guide.
pub const STEPS: [Step; 13] = [
    step("1.1", "responsibility", "admit", StageId::StopAndTell, &["E1", "E4", "E5"]),
    step("1.2", "perspective", "admit", StageId::Hear, &["E2", "E12"]),
    step("1.3", "listening", "admit", StageId::Hear, &["E8", "E30"]),
    step("1.4", "acceptance", "admit", StageId::Hear, &["E2", "E8", "E9"]),
    step("2.1", "explanation", "apologize", StageId::OwnAndExplain, &["E1", "E9", "E10"]),
    step("2.2", "change", "apologize", StageId::Change, &["E5", "E13", "E14"]),
    step("2.3", "honesty", "apologize", StageId::OwnAndExplain, &["E1", "E3", "E6"]),
    step("3.1", "communication", "prove", StageId::Change, &["E10", "E24", "E25"]),
    step("3.2", "needs", "prove", StageId::Change, &["E7", "E11", "E18"]),
    step("3.3", "contact", "prove", StageId::Reconnect, &["E16", "E22", "E24"]),
    step("3.4", "activities", "prove", StageId::Reconnect, &["E10", "E21"]),
    step("3.5", "gratitude", "prove", StageId::Reconnect, &["E15", "E16"]),
    step("3.6", "patience", "prove", StageId::Change, &["E6", "E17", "E25", "E29"]),
];

const fn step(
    number: &'static str,
    slug: &'static str,
    method: &'static str,
    stage: StageId,
    evidence: &'static [&'static str],
) -> Step {
    Step { number, slug, method, stage, evidence }
}

/// The step with this slug, if there is one.
pub fn step_by_slug(slug: &str) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_belongs_to_a_method_and_cites_known_evidence() {
        for step in &STEPS {
            assert!(METHODS.iter().any(|method| method.slug == step.method), "{}", step.slug);
            assert!(step.number.starts_with(|digit: char| digit.is_ascii_digit()));
            for id in step.evidence {
                assert!(crate::evidence(id).is_some(), "{} cites unknown {id}", step.slug);
            }
        }
    }

    #[test]
    fn slugs_are_unique_and_none_is_the_safety_rule() {
        for (position, step) in STEPS.iter().enumerate() {
            assert!(step.slug != SAFETY_SLUG);
            assert!(STEPS[..position].iter().all(|other| other.slug != step.slug), "{}", step.slug);
        }
    }
}
