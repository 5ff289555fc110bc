//! The JSON of one draft, schema 1.

use amends_lint::{Engine, Reading, Report};
use amends_text::offsets::Locator;
use amends_text::{Actor, Span};
use serde::Serialize;

/// Whether words of the draft may stand in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Positions only.
    LeftOut,
    /// The marked words too.
    Included,
}

/// Everything the engine says about one draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Version of this format: 1.
    pub schema: u32,
    /// `read`, `empty` or `other-language`.
    pub reading: &'static str,
    /// The genre it was judged as, if it could be read.
    pub genre: Option<&'static str>,
    /// Faults in order of place.
    pub findings: Vec<FindingJson>,
    /// Good parts.
    pub elements: ElementsJson,
    /// Promises.
    pub commitments: Vec<CommitmentJson>,
    /// Kinds of danger: show help, no style.
    pub safety: Vec<SafetyJson>,
    /// An explanation stands before any responsibility.
    pub explains_before_owning: bool,
}

/// A place in the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpanJson {
    /// First byte (UTF-8).
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// First UTF-16 code unit.
    pub utf16_start: u32,
    /// One past the last UTF-16 code unit.
    pub utf16_end: u32,
    /// The words there, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A fault.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingJson {
    /// Id of the check.
    pub check: String,
    /// `normal`, `strong` or `interrupt`.
    pub severity: &'static str,
    /// 0 to 1.
    pub confidence: f32,
    /// `rule` or `model`.
    pub origin: &'static str,
    /// Where.
    pub span: SpanJson,
    /// Short name.
    pub title: String,
    /// What it does to the reader.
    pub why: String,
    /// A question to ask oneself.
    pub question: String,
    /// Evidence ids.
    pub sources: Vec<String>,
    /// Pattern with blanks.
    pub pattern: String,
    /// Mark for "not here", 16 hex digits.
    pub fingerprint: String,
}

/// Good parts: found and missing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementsJson {
    /// Found.
    pub present: Vec<ElementJson>,
    /// Missing, most important first.
    pub missing: Vec<MissingJson>,
}

/// A good part that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementJson {
    /// Id of the check.
    pub check: String,
    /// Where.
    pub span: SpanJson,
    /// 0 to 1.
    pub confidence: f32,
}

/// A good part that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingJson {
    /// Id of the check.
    pub check: String,
    /// Short name.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Pattern with blanks.
    pub pattern: String,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentJson {
    /// The clause that promises.
    pub span: SpanJson,
    /// `i`, `we` or `other`.
    pub who: &'static str,
    /// What is promised.
    pub action: SpanJson,
    /// By when or how often.
    pub when: Option<SpanJson>,
    /// Bounded in time or by frequency.
    pub bounded: bool,
    /// In the writer's own control.
    pub own_control: bool,
}

/// A kind of danger the text speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyJson {
    /// `threat`, `self-harm`, `fear` or `used-force`.
    pub kind: &'static str,
}

/// Turns a report on `text` into the JSON document.
pub fn document(engine: &Engine, text: &str, report: &Report, words: Words) -> Document {
    let locator = Locator::new(text);
    let place = |span: Span| {
        let from = locator.locate(span.start);
        let to = locator.locate(span.end);
        SpanJson {
            start: span.start,
            end: span.end,
            line: from.line,
            column: from.column,
            utf16_start: from.utf16,
            utf16_end: to.utf16,
            text: (words == Words::Included).then(|| span.of(text).to_owned()),
        }
    };
    let rule = |check: u8| &engine.pack().rules[check as usize];
    let findings = report
        .findings
        .iter()
        .map(|finding| {
            let rule = rule(finding.check);
            FindingJson {
                check: rule.id.clone(),
                severity: finding.severity.name(),
                confidence: finding.confidence,
                origin: finding.origin.name(),
                span: place(finding.span),
                title: rule.title.clone(),
                why: rule.why.clone(),
                question: rule.question.clone(),
                sources: rule.sources.clone(),
                pattern: rule.pattern.clone(),
                fingerprint: format!("{:016x}", finding.fingerprint.0),
            }
        })
        .collect();
    let present = report
        .present
        .iter()
        .map(|found| ElementJson {
            check: rule(found.check).id.clone(),
            span: place(found.span),
            confidence: found.confidence,
        })
        .collect();
    let missing = report
        .missing
        .iter()
        .map(|missing| {
            let rule = rule(missing.check);
            MissingJson {
                check: rule.id.clone(),
                title: rule.title.clone(),
                why: rule.why.clone(),
                pattern: rule.pattern.clone(),
            }
        })
        .collect();
    let commitments = report
        .commitments
        .iter()
        .map(|commitment| CommitmentJson {
            span: place(commitment.span),
            who: match commitment.who {
                Actor::I | Actor::None => "i",
                Actor::We => "we",
                Actor::You | Actor::Other | Actor::Thing => "other",
            },
            action: place(commitment.action),
            when: commitment.when.map(&place),
            bounded: commitment.bounded,
            own_control: commitment.own_control,
        })
        .collect();
    Document {
        schema: 1,
        reading: reading_name(report.reading),
        genre: report.genre.map(amends_lint::Genre::name),
        findings,
        elements: ElementsJson { present, missing },
        commitments,
        safety: report.safety.iter().map(|kind| SafetyJson { kind: kind.name() }).collect(),
        explains_before_owning: report.explains_before_owning,
    }
}

fn reading_name(reading: Reading) -> &'static str {
    match reading {
        Reading::Read => "read",
        Reading::Empty => "empty",
        Reading::OtherLanguage => "other-language",
    }
}
