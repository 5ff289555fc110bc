//! What a reader gives with a model, without one, and with one that cannot be used.

mod ahead;
mod invariance;
mod plainly;
mod without_weights;

use std::path::PathBuf;

use amends_lint::Report;
use amends_reader::Reader;

fn in_project(path: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../..", path].iter().collect()
}

/// The weights of the learned model; nothing where they are missing.
fn weights() -> Option<Vec<u8>> {
    std::fs::read(in_project("models/en.amdl")).ok()
}

/// Rules and model together.
fn with_model() -> Option<Reader> {
    let mut reader = Reader::by_rules();
    reader.add_model(&weights()?).expect("the shipped weights are sound");
    Some(reader)
}

fn ids(reader: &Reader, report: &Report) -> Vec<String> {
    let checks = report
        .findings
        .iter()
        .map(|finding| finding.check)
        .chain(report.present.iter().map(|part| part.check));
    let mut ids: Vec<String> =
        checks.map(|check| reader.pack().rules[usize::from(check)].id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
