//! The reader that the commands share: rules, and the learned model where its weights were built in.

use amends_reader::Reader;

/// Weights of the learned model; empty where the file was missing when the program was built.
static WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.amdl"));

/// A reader of English. Weights that cannot be read are said so on standard error, and the rules go on alone.
pub(crate) fn reader(rules_only: bool) -> Reader {
    let mut reader = Reader::by_rules();
    if !rules_only
        && !WEIGHTS.is_empty()
        && let Err(error) = reader.add_model(WEIGHTS)
    {
        anstream::eprintln!("amends: the learned model cannot be used ({error}); going on with rules alone");
    }
    reader
}
