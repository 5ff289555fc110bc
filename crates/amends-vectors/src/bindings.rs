//! The groups for a page: thin bindings, no logic.

#![allow(unreachable_pub, reason = "JavaScript reaches them")]

use wasm_bindgen::prelude::*;

/// What was found of a group.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Ran {
    /// How many vectors were checked.
    pub n: usize,
    /// The vectors that failed.
    pub wrong: Vec<String>,
}

/// Names of the groups.
#[wasm_bindgen]
pub fn groups() -> Vec<String> {
    amends_vectors::all().iter().map(|group| group.name.to_owned()).collect()
}

/// Checks the group with this number.
#[wasm_bindgen]
pub fn run(number: usize) -> Option<Ran> {
    let checks = amends_vectors::all().get(number)?.run();
    Some(Ran { n: checks.n, wrong: checks.wrong })
}

/// The vector at which a group has ended early.
#[wasm_bindgen]
pub fn at() -> String {
    amends_vectors::at()
}
