//! What the engine says about the draft, and which findings are shown.

use amends_lint::{Draft, Finding, Fingerprint, Genre, Report, Severity, choose_hints};

use crate::desk::marks::{Mark, marks};
use crate::layout::Frame;
use crate::state::DeskDraft;

/// Report and chosen hints, in order of place.
pub(super) struct Read {
    pub(super) report: Report,
    /// At most three; none where the text speaks of danger.
    pub(super) hints: Vec<Finding>,
}

impl Read {
    /// Whether help is shown instead of hints.
    pub(super) fn is_danger(&self) -> bool {
        !self.report.safety.is_empty()
            || self.report.findings.iter().any(|finding| finding.severity == Severity::Interrupt)
    }

    pub(super) fn marks(&self, text: &str) -> Vec<Mark> {
        marks(text, &self.hints)
    }
}

/// Reads the draft with the device's "not here" marks.
pub(super) fn read(frame: &Frame<'_>, draft: &DeskDraft) -> Read {
    let not_here = &frame.visit.state.not_here;
    let partner_said = matches!(draft.genre, Some(Genre::Reply)).then_some(draft.partner.as_str());
    let request = Draft { text: &draft.text, genre: draft.genre, partner_said, key: not_here.key() };
    let report = frame.core.read(&request);
    let mut read = Read { report, hints: Vec::new() };
    if !read.is_danger() {
        let unwanted = unwanted(&read.report.findings, &not_here.fingerprints());
        let chosen = choose_hints(&frame.core.pack, &read.report.findings, &unwanted);
        read.hints = chosen.iter().map(|hint| read.report.findings[hint.finding]).collect();
        read.hints.sort_by_key(|finding| finding.span);
    }
    read
}

/// Fingerprints of findings that are not wanted: those marked, and those of the same check in the same
/// sentence, because rules and model may mark the same fault at places that differ by a word.
fn unwanted(findings: &[Finding], marked: &[Fingerprint]) -> Vec<Fingerprint> {
    let places: Vec<_> = findings
        .iter()
        .filter(|finding| marked.contains(&finding.fingerprint))
        .map(|finding| (finding.check, finding.sentence))
        .collect();
    let also = findings.iter().filter(|finding| places.contains(&(finding.check, finding.sentence)));
    marked.iter().copied().chain(also.map(|finding| finding.fingerprint)).collect()
}
