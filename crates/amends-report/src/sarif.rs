//! SARIF 2.1.0, for editors and pipelines that read it.

use amends_lint::{Engine, Kind, Report, Severity};
use amends_text::offsets::Locator;
use serde_json::{Value, json};

use crate::document::Words;

/// A SARIF log with one run over one draft. `uri` names the draft; no word of it is included unless asked for.
pub fn sarif(engine: &Engine, uri: &str, text: &str, report: &Report, words: Words) -> Value {
    let rules: Vec<Value> = engine
        .pack()
        .rules
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": rule.why },
                "help": { "text": format!("{} {}", rule.question, rule.pattern).trim() },
                "defaultConfiguration": { "level": level(rule.severity, rule.kind) },
                "properties": { "sources": rule.sources, "steps": rule.steps },
            })
        })
        .collect();
    let locator = Locator::new(text);
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let rule = &engine.pack().rules[finding.check as usize];
            let from = locator.locate(finding.span.start);
            let to = locator.locate(finding.span.end);
            let mut region = json!({
                "startLine": from.line,
                "startColumn": from.column,
                "endLine": to.line,
                "endColumn": to.column,
                "byteOffset": finding.span.start,
                "byteLength": finding.span.end - finding.span.start,
            });
            if words == Words::Included {
                region["snippet"] = json!({ "text": finding.span.of(text) });
            }
            json!({
                "ruleId": rule.id,
                "ruleIndex": finding.check,
                "level": level(finding.severity, rule.kind),
                "message": { "text": format!("{}: {}", rule.title, rule.why) },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region } }],
                "partialFingerprints": { "amends/1": format!("{:016x}", finding.fingerprint.0) },
                "properties": { "confidence": finding.confidence, "origin": finding.origin.name() },
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "amends", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity, kind: Kind) -> &'static str {
    match (kind, severity) {
        (Kind::Presence, _) => "none",
        (Kind::Fault, Severity::Normal | Severity::Presence) => "warning",
        (Kind::Fault, Severity::Strong | Severity::Interrupt) => "error",
    }
}
