//! The stored form of a pack: column by column, each number as its difference from one that is likely near.
//!
//! Neighboring patterns, words and tests are much alike; written this way a pack needs less than half the room,
//! before and after general compression. Nothing is lost: what is read equals what was written.

mod columns;
mod follow;
mod patterns;
mod tests;
mod vocabulary;

use serde::{Deserialize, Serialize};

use crate::pack::{Derivation, Expectation, MatchRule, Pack, Rule};
use patterns::PatternColumns;
use tests::TestColumns;
use vocabulary::VocabularyColumns;

/// A stored table refers to something that is not there.
#[derive(Debug)]
pub(crate) struct Damaged;

#[derive(Serialize, Deserialize)]
pub(crate) struct Stored {
    language: String,
    vocabulary: VocabularyColumns,
    rules: Vec<Rule>,
    fact_names: Vec<String>,
    tests: TestColumns,
    matches: Vec<MatchRule>,
    patterns: PatternColumns,
    derivations: Vec<Derivation>,
    expectations: Vec<Expectation>,
}

impl Stored {
    pub(crate) fn of(pack: &Pack) -> Self {
        let order = patterns::order_of_use(pack);
        Self {
            language: pack.language.clone(),
            vocabulary: VocabularyColumns::of(&pack.vocabulary),
            rules: pack.rules.clone(),
            fact_names: pack.fact_names.clone(),
            tests: TestColumns::of(pack, &order),
            matches: pack.matches.clone(),
            patterns: PatternColumns::of(&pack.patterns, &order),
            derivations: pack.derivations.clone(),
            expectations: pack.expectations.clone(),
        }
    }

    pub(crate) fn into_pack(self) -> Result<Pack, Damaged> {
        let ranked = self.tests.read()?;
        Ok(Pack {
            language: self.language,
            vocabulary: self.vocabulary.read()?,
            rules: self.rules,
            fact_names: self.fact_names,
            patterns: self.patterns.read(&ranked.ranks)?,
            tests: ranked.tests,
            test_rarity: ranked.rarity,
            matches: self.matches,
            derivations: self.derivations,
            expectations: self.expectations,
        })
    }
}

#[cfg(test)]
mod test {
    use amends_text::VocabularyTable;

    use crate::pack::{Item, Pack, PackLoadError, Pattern, Test};

    fn small() -> Pack {
        let test = |words: &[u16]| Test { words: words.to_vec(), ..Test::default() };
        let pattern = |items: Vec<Item>| Pattern {
            rule: 0,
            anchor: Pattern::rarest(&items),
            items,
            head: 0,
            mark: (0, 1),
        };
        Pack {
            vocabulary: VocabularyTable {
                words: ["", "sorry", "sorrow", "süß", "süd"].map(str::to_owned).to_vec(),
                classes: vec![Vec::new(), vec![3, 9], Vec::new(), vec![1], vec![1]],
                lemmas: vec![0, 1, 1, 3, 3],
                expressions: vec![(vec![3, 1], 9)],
                ..VocabularyTable::default()
            },
            tests: vec![test(&[1]), test(&[2, 4]), test(&[])],
            test_rarity: vec![3, 3, Pack::FREE],
            patterns: vec![
                pattern(vec![Item::Token(0), Item::Gap { max: 3, across: true }, Item::Token(1)]),
                pattern(vec![Item::Token(0), Item::ClauseEnd, Item::NotNext(2), Item::Token(1)]),
            ],
            ..Pack::default()
        }
    }

    #[test]
    fn what_is_read_equals_what_was_written() {
        let pack = small();
        let read = Pack::from_bytes(&pack.to_bytes()).expect("it was just written");
        assert_eq!(format!("{read:?}"), format!("{pack:?}"));
    }

    #[test]
    fn a_damaged_pack_is_refused_and_never_harms() {
        let bytes = small().to_bytes();
        for length in 0..bytes.len() {
            assert!(Pack::from_bytes(&bytes[..length]).is_err(), "{length}");
        }
        for place in 5..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x55;
            if let Err(error) = Pack::from_bytes(&damaged) {
                assert_eq!(error, PackLoadError::Damaged);
            }
        }
    }
}
