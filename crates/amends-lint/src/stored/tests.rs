//! The tests in columns, in the order in which patterns first use them.

use serde::{Deserialize, Serialize};

use super::Damaged;
use super::columns::Lists;
use crate::pack::{Pack, Test, TestId};

#[derive(Serialize, Deserialize)]
pub(super) struct TestColumns {
    rarity: Vec<u8>,
    words: Lists,
    classes: Lists,
    all: Lists,
    none: Lists,
    expressions: Vec<bool>,
}

/// Tests as the engine wants them.
pub(super) struct Ranked {
    /// The tests, rarest first.
    pub(super) tests: Vec<Test>,
    /// Their rarity.
    pub(super) rarity: Vec<u8>,
    /// Number of each stored test.
    pub(super) ranks: Vec<TestId>,
}

impl TestColumns {
    /// Columns of the tests of `pack`, `order` being the order in which they are stored.
    pub(super) fn of(pack: &Pack, order: &[TestId]) -> Self {
        let known = || order.iter().filter(|test| usize::from(**test) < pack.tests.len());
        let tests = || known().map(|test| &pack.tests[usize::from(*test)]);
        let rarity = |test: &TestId| pack.test_rarity.get(usize::from(*test)).copied().unwrap_or(Pack::FREE);
        Self {
            rarity: known().map(rarity).collect(),
            words: Lists::of(tests().map(|test| test.words.as_slice())),
            classes: Lists::of(tests().map(|test| test.classes.as_slice())),
            all: Lists::of(tests().map(|test| test.all.as_slice())),
            none: Lists::of(tests().map(|test| test.none.as_slice())),
            expressions: tests().map(|test| test.expressions).collect(),
        }
    }

    /// The tests, rarest first.
    pub(super) fn read(self) -> Result<Ranked, Damaged> {
        let lists = [self.words.read()?, self.classes.read()?, self.all.read()?, self.none.read()?];
        let n_tests = self.rarity.len();
        if lists.iter().any(|lists| lists.len() != n_tests) || self.expressions.len() != n_tests {
            return Err(Damaged);
        }
        let [words, classes, all, none] = lists;
        let mut stored: Vec<Test> = words
            .into_iter()
            .zip(classes)
            .zip(all.into_iter().zip(none))
            .zip(self.expressions)
            .map(|(((words, classes), (all, none)), expressions)| Test {
                words,
                classes,
                all,
                none,
                expressions,
            })
            .collect();
        let mut order: Vec<usize> = (0..n_tests).collect();
        order.sort_by_key(|test| self.rarity[*test]);
        let mut ranks = vec![0; n_tests];
        for (rank, test) in order.iter().enumerate() {
            ranks[*test] = rank as TestId;
        }
        let tests = order.iter().map(|test| std::mem::take(&mut stored[*test])).collect();
        let rarity = order.iter().map(|test| self.rarity[*test]).collect();
        Ok(Ranked { tests, rarity, ranks })
    }
}
