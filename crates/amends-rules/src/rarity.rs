//! How rare each test is in ordinary text: decides where patterns are anchored.

use std::collections::BTreeMap;

use amends_lint::{Item, Pack, Pattern, Test, TestId};
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
    let rarity: Vec<u8> = pack.tests.iter().map(|test| step(cost(test))).collect();
    let mut order = order_of_use(pack);
    order.sort_by_key(|test| rarity[*test]);
    let mut place = vec![0; pack.tests.len()];
    for (rank, test) in order.iter().enumerate() {
        place[*test] = rank as TestId;
    }
    pack.test_rarity = order.iter().map(|test| rarity[*test]).collect();
    pack.tests = order.iter().map(|test| pack.tests[*test].clone()).collect();
    for pattern in &mut pack.patterns {
        for item in &mut pattern.items {
            if let Item::Token(test) | Item::Optional(test) | Item::NotNext(test) | Item::NotBefore(test) =
                item
            {
                *test = place[*test as usize];
            }
        }
        pattern.anchor = Pattern::rarest(&pattern.items);
    }
}

/// Count per million in steps of a quarter of an octave.
fn step(cost: u64) -> u8 {
    if cost > RARE { Pack::FREE } else { (((cost + 1) as f64).log2() * 4.0) as u8 }
}

/// Tests in the order in which patterns first use them; those that no pattern uses are left out.
fn order_of_use(pack: &Pack) -> Vec<usize> {
    let mut seen = vec![false; pack.tests.len()];
    let mut order = Vec::with_capacity(pack.tests.len());
    for test in pack.patterns.iter().flat_map(|pattern| pattern.items.iter().filter_map(Item::test)) {
        if !std::mem::replace(&mut seen[test as usize], true) {
            order.push(test as usize);
        }
    }
    order
}
