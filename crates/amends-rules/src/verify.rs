//! Runs the examples of a pack: every sentence a check says it finds is found, and everything it passes is clean
//! under all faults of the pack.

use amends_lint::{Draft, Engine, Kind, Rule, RuleExample, Scratch};
use amends_text::Span;

/// An example that came out wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The check whose file holds the example.
    pub check: String,
    /// The sentence.
    pub text: String,
    /// What is wrong with it.
    pub problem: String,
}

/// All examples that come out wrong, in the order of the checks.
pub fn verify(engine: &Engine) -> Vec<Complaint> {
    let mut scratch = Scratch::default();
    let mut complaints = Vec::new();
    for rule in &engine.pack().rules {
        for (examples, wanted) in [(&rule.bad, true), (&rule.good, false)] {
            for example in examples {
                if let Some(problem) = problem(engine, rule, example, wanted, &mut scratch) {
                    complaints.push(Complaint {
                        check: rule.id.clone(),
                        text: example.text.clone(),
                        problem,
                    });
                }
            }
        }
    }
    complaints
}

fn problem(
    engine: &Engine,
    rule: &Rule,
    example: &RuleExample,
    wanted: bool,
    scratch: &mut Scratch,
) -> Option<String> {
    let partner_said = (!example.partner.is_empty()).then_some(example.partner.as_str());
    let draft = Draft { partner_said, ..Draft::new(&example.text) };
    let report = engine.check(&draft, scratch);
    let id_of = |check: u8| engine.pack().rules[check as usize].id.as_str();
    let own = report
        .findings
        .iter()
        .map(|finding| (finding.check, finding.span))
        .chain(report.present.iter().map(|found| (found.check, found.span)))
        .find(|(check, _)| id_of(*check) == rule.id);
    if !wanted {
        let fault = report.findings.first().map(|finding| id_of(finding.check));
        return match (own, fault) {
            (Some(_), _) => Some("is found, but should pass".to_owned()),
            (None, Some(other)) if rule.kind == Kind::Fault => {
                Some(format!("should be clean, but `{other}` is found"))
            }
            _ => None,
        };
    }
    match (own, example.mark) {
        (None, _) => Some("is not found".to_owned()),
        (Some((_, span)), Some((start, end))) if !span.overlaps(Span::new(start, end)) => {
            Some(format!("is found at `{}`, not at the marked place", span.of(&example.text)))
        }
        (_, None) if rule.kind == Kind::Fault => Some("the place is not marked with [[ and ]]".to_owned()),
        _ => None,
    }
}
