//! The batch interface: JSON lines in, JSON lines out, in the same order.

use amends_lint::{Engine, Genre, Report};
use amends_text::Actor;
use serde::{Deserialize, Serialize};

/// One request: `{"id","text","genre"?,"partner_said"?}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRequest {
    /// Given back in the answer; any JSON value.
    pub id: serde_json::Value,
    /// The draft.
    pub text: String,
    /// What it is for.
    pub genre: Option<Genre>,
    /// What the partner had said.
    pub partner_said: Option<String>,
}

/// Answer to a line that is no request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchError {
    /// The line's id, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
    /// What is wrong with it.
    pub error: String,
}

/// Answer to a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchLine {
    /// Id of the request.
    pub id: serde_json::Value,
    /// Faults in order of place.
    pub findings: Vec<BatchFinding>,
    /// Ids of the good parts found.
    pub present: Vec<String>,
    /// Ids of the good parts missing.
    pub missing: Vec<String>,
    /// Promises.
    pub commitments: Vec<BatchCommitment>,
}

/// A fault; positions are UTF-8 byte offsets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchFinding {
    /// Id of the check.
    pub check: String,
    /// `normal`, `strong` or `interrupt`.
    pub severity: &'static str,
    /// 0 to 1.
    pub confidence: f32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// `rule` or `model`.
    pub origin: &'static str,
}

/// A promise; positions are UTF-8 byte offsets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchCommitment {
    /// First byte of the promising clause.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// `i`, `we` or `other`.
    pub who: &'static str,
    /// Bytes of what is promised.
    pub action: [u32; 2],
    /// Bytes of by when or how often.
    pub when: Option<[u32; 2]>,
    /// Bounded in time or by frequency.
    pub bounded: bool,
    /// In the writer's own control.
    pub own_control: bool,
}

#[derive(Deserialize)]
struct RawRequest {
    #[serde(default)]
    id: Option<serde_json::Value>,
    #[serde(default)]
    text: Option<serde_json::Value>,
    #[serde(default)]
    genre: Option<serde_json::Value>,
    #[serde(default)]
    partner_said: Option<serde_json::Value>,
}

/// Reads one line.
///
/// # Errors
/// A [`BatchError`] that says what the line lacks; it carries the id if there is one.
pub fn read_batch_request(line: &[u8]) -> Result<BatchRequest, BatchError> {
    let raw: RawRequest = serde_json::from_slice(line)
        .map_err(|error| BatchError { id: None, error: format!("this line is no JSON object: {error}") })?;
    let refuse = |error: &str| BatchError { id: raw.id.clone(), error: error.to_owned() };
    let text = match &raw.text {
        Some(serde_json::Value::String(text)) => text.clone(),
        _ => return Err(refuse("`text` is missing or no string")),
    };
    let genre = match &raw.genre {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(name)) if name.is_empty() => None,
        Some(serde_json::Value::String(name)) => Some(Genre::by_name(name).ok_or_else(|| {
            refuse(
                "`genre` is not one of confession, apology, letter, reply, gratitude, promise, plan, message",
            )
        })?),
        Some(_) => return Err(refuse("`genre` is no string")),
    };
    let partner_said = match &raw.partner_said {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(said)) => Some(said.clone()),
        Some(_) => return Err(refuse("`partner_said` is no string")),
    };
    Ok(BatchRequest { id: raw.id.clone().unwrap_or(serde_json::Value::Null), text, genre, partner_said })
}

/// Answer to a request.
pub fn batch_line(engine: &Engine, id: serde_json::Value, report: &Report) -> BatchLine {
    let name = |check: u8| engine.pack().rules[check as usize].id.clone();
    let mut present: Vec<String> = Vec::new();
    for found in &report.present {
        let id = name(found.check);
        if !present.contains(&id) {
            present.push(id);
        }
    }
    BatchLine {
        id,
        findings: report
            .findings
            .iter()
            .map(|finding| BatchFinding {
                check: name(finding.check),
                severity: finding.severity.name(),
                confidence: finding.confidence,
                start: finding.span.start,
                end: finding.span.end,
                origin: finding.origin.name(),
            })
            .collect(),
        present,
        missing: report.missing.iter().map(|missing| name(missing.check)).collect(),
        commitments: report
            .commitments
            .iter()
            .map(|commitment| BatchCommitment {
                start: commitment.span.start,
                end: commitment.span.end,
                who: match commitment.who {
                    Actor::I | Actor::None => "i",
                    Actor::We => "we",
                    Actor::You | Actor::Other | Actor::Thing => "other",
                },
                action: [commitment.action.start, commitment.action.end],
                when: commitment.when.map(|when| [when.start, when.end]),
                bounded: commitment.bounded,
                own_control: commitment.own_control,
            })
            .collect(),
    }
}
