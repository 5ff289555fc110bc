//! What the engine says about the draft, and which findings are shown.

use amends_lint::{Draft, Finding, Genre, Report, Severity, choose_hints};

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
        let chosen = choose_hints(&frame.core.pack, &read.report.findings, &not_here.fingerprints());
        read.hints = chosen.iter().map(|hint| read.report.findings[hint.finding]).collect();
        read.hints.sort_by_key(|finding| finding.span);
    }
    read
}
