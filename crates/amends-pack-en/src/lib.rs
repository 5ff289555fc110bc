//! The English language pack, compiled at build time from the folder `packs/en`.
//!
//! The pack holds no code: its rules, words and texts are data, and docs/RULES.md tells how to write them.

use amends_lint::{Engine, Pack};

static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.pack"));
static PACK_WITH_EXAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en-with-examples.pack"));

/// The pack as it ships: without the examples of its rules.
pub fn pack() -> Pack {
    Pack::from_bytes(PACK).expect("the pack was compiled by the same build")
}

/// The pack with the examples of every rule, for listing and explaining them.
pub fn pack_with_examples() -> Pack {
    Pack::from_bytes(PACK_WITH_EXAMPLES).expect("the pack was compiled by the same build")
}

/// An engine that reads English.
pub fn engine() -> Engine {
    Engine::new(pack())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_every_rule_comes_out_as_its_file_says() {
        let complaints = amends_rules::verify(&Engine::new(pack_with_examples()));
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    #[test]
    fn every_pattern_asks_the_same_after_it_was_stored() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/en");
        let folder = amends_rules::PackFolder::read(&folder).expect("the folder is there");
        let (compiled, stored) = (amends_rules::compile(&folder).expect("it compiles"), pack());
        assert_eq!(compiled.patterns.len(), stored.patterns.len());
        for (compiled_pattern, pattern) in compiled.patterns.iter().zip(&stored.patterns) {
            assert_eq!(compiled_pattern.items.len(), pattern.items.len());
            for (compiled_item, item) in compiled_pattern.items.iter().zip(&pattern.items) {
                assert_eq!(std::mem::discriminant(compiled_item), std::mem::discriminant(item));
                let asked = compiled_item.test().map(|test| &compiled.tests[usize::from(test)]);
                assert_eq!(asked, item.test().map(|test| &stored.tests[usize::from(test)]));
            }
        }
    }

    #[test]
    fn all_thirty_checks_are_there() {
        assert_eq!(pack().rules.len(), 30);
    }
}
