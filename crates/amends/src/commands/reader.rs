//! The reader that the commands share: rules, and the learned model where its weights were built in.

use std::borrow::Cow;

use amends_reader::{LoadError, Reader};

/// Weights of the learned model; empty where the file was missing when the program was built.
static WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.amdl"));

/// Names another weights file to be used instead; empty for none.
const INSTEAD: &str = "AMENDS_WEIGHTS";

/// A reader of English, which opens the weights with the first draft. Weights that cannot be used are said so on
/// standard error, once, and the rules go on alone.
pub(crate) fn reader(rules_only: bool) -> Reader {
    let reader = Reader::by_rules();
    match weights() {
        Some(weights) if !rules_only => reader.with_weights(weights, |error: &LoadError| note(error)),
        _ => reader,
    }
}

fn weights() -> Option<Cow<'static, [u8]>> {
    let Some(path) = std::env::var_os(INSTEAD) else {
        return (!WEIGHTS.is_empty()).then_some(Cow::Borrowed(WEIGHTS));
    };
    if path.is_empty() {
        return None;
    }
    std::fs::read(path).map(Cow::Owned).map_err(|error| note(&error)).ok()
}

fn note(error: &dyn std::fmt::Display) {
    anstream::eprintln!("amends: the learned model cannot be used ({error}); going on with rules alone");
}
