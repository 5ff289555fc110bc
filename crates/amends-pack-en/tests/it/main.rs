//! What a person who writes English gets from the engine.

mod analysis;
mod benign;
mod danger;
mod development;
mod hints;
mod metamorphic;
mod robustness;

use std::sync::LazyLock;

use amends_lint::{Draft, Engine, Report, Scratch};

static ENGINE: LazyLock<Engine> = LazyLock::new(amends_pack_en::engine);

fn read(text: &str) -> Report {
    ENGINE.check(&Draft::new(text), &mut Scratch::default())
}

/// Ids of the faults found, in order of place.
fn faults(text: &str) -> Vec<&'static str> {
    read(text).findings.iter().map(|finding| id(finding.check)).collect()
}

fn id(check: u8) -> &'static str {
    &ENGINE.pack().rules[check as usize].id
}
