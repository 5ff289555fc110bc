//! How rare each test is in ordinary text: decides where patterns are anchored.

use std::collections::BTreeMap;

use amends_lint::{Item, Pack, Test, TestId};
use amends_text::VocabularyTable;

use crate::files::PackFolder;
use crate::lexicon::lines;

/// Count per million assumed for a word that is not listed in `frequency.txt`.
const UNLISTED: u64 = 15;
/// Of so many places where its rarest word stands, an expression of several words stands in one.
const WHOLE_EXPRESSION: u64 = 10;
/// Tests that pass more often, in tokens per million, are worked out only where a pattern asks for them.
const RARE: u64 = 300_000;

/// `frequency.txt`: word and its count per million, most frequent first.
pub(crate) fn read_frequencies(folder: &PackFolder) -> BTreeMap<String, u64> {
    let Some(text) = folder.text("frequency.txt") else { return BTreeMap::new() };
    lines(text)
        .filter_map(|line| {
            let (word, count) = line.split_once(' ')?;
            Some((word.to_owned(), count.trim().parse().ok()?))
        })
        .collect()
}

/// Orders the tests of a pack, rarest first, and anchors every pattern on its rarest required item.
pub(crate) fn order_by_rarity(pack: &mut Pack, table: &VocabularyTable, frequencies: &BTreeMap<String, u64>) {
    let counts: Vec<u64> =
        table.words.iter().map(|spelling| *frequencies.get(spelling).unwrap_or(&UNLISTED)).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); table.class_names.len()];
    for (word, classes) in table.classes.iter().enumerate() {
        for class in classes {
            members[*class as usize].push(word);
        }
    }
    let mut whole = vec![0; table.class_names.len()];
    for (words, class) in &table.expressions {
        let rarest = words.iter().map(|word| counts[*word as usize]).min().unwrap_or_default();
        whole[*class as usize] += rarest / WHOLE_EXPRESSION;
    }
    let cost = |test: &Test| -> u64 {
        let mut words: Vec<usize> = test.words.iter().map(|word| *word as usize).collect();
        for class in &test.classes {
            words.extend(&members[*class as usize]);
        }
        if test.words.is_empty() && test.classes.is_empty() {
            match test.all.first() {
                Some(class) => words.extend(&members[*class as usize]),
                None => return u64::MAX,
            }
        }
        words.sort_unstable();
        words.dedup();
        let passes = |word: &&usize| {
            let has = |class: &u16| table.classes[**word].contains(class);
            test.all.iter().all(has) && !test.none.iter().any(has)
        };
        let single: u64 = words.iter().filter(passes).map(|word| counts[*word]).sum();
        let classes = test.classes.iter().filter(|_| test.expressions);
        single + classes.map(|class| whole[*class as usize]).sum::<u64>()
    };
    let costs: Vec<u64> = pack.tests.iter().map(cost).collect();
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|test| costs[*test]);
    let mut place = vec![0; order.len()];
    for (rank, test) in order.iter().enumerate() {
        place[*test] = rank as TestId;
    }
    pack.n_rare_tests = order.partition_point(|test| costs[*test] <= RARE) as TestId;
    pack.tests = order.iter().map(|test| pack.tests[*test].clone()).collect();
    for pattern in &mut pack.patterns {
        for item in &mut pattern.items {
            if let Item::Token(test) | Item::Optional(test) | Item::NotNext(test) | Item::NotBefore(test) =
                item
            {
                *test = place[*test as usize];
            }
        }
        let required = |(index, item): (usize, &Item)| match item {
            Item::Token(test) => Some((*test, index)),
            _ => None,
        };
        let anchor = pattern.items.iter().enumerate().filter_map(required).min();
        pattern.anchor = anchor.map_or(0, |(_, index)| index as u8);
    }
}
