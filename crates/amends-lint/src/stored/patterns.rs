//! The patterns in columns, each as its difference from the one before.
//!
//! The compiler flattens alternatives, so neighbors mostly differ in one item. Stored is how many items a pattern
//! shares with the one before at the start and at the end, and what stands between.

use serde::{Deserialize, Serialize};

use super::Damaged;
use super::follow::{Seen, TestReader, TestSteps};
use crate::pack::{Item, Pack, Pattern, TestId};

#[derive(Default, Serialize, Deserialize)]
pub(super) struct PatternColumns {
    /// Rule less that of the pattern before.
    rule: Vec<u16>,
    prefix: Vec<u8>,
    suffix: Vec<u8>,
    n_middle: Vec<u8>,
    head: Vec<u8>,
    mark_start: Vec<u8>,
    /// Items behind the mark.
    mark_end: Vec<u8>,
    /// Kind of every item between.
    kinds: Vec<u8>,
    /// Tests of those items.
    tests: TestSteps,
    /// Widths of their gaps.
    gaps: Vec<u8>,
}

/// Tests in the order in which patterns first use them.
pub(super) fn order_of_use(pack: &Pack) -> Vec<TestId> {
    let mut seen = vec![false; pack.tests.len()];
    let mut order = Vec::with_capacity(pack.tests.len());
    let used = pack.patterns.iter().flat_map(|pattern| pattern.items.iter().filter_map(Item::test));
    for test in used {
        if seen.len() <= usize::from(test) {
            seen.resize(usize::from(test) + 1, false);
        }
        if !std::mem::replace(&mut seen[test as usize], true) {
            order.push(test);
        }
    }
    order.extend((0..seen.len()).filter(|test| !seen[*test]).map(|test| test as TestId));
    order
}

impl PatternColumns {
    pub(super) fn of(patterns: &[Pattern], order: &[TestId]) -> Self {
        let mut place = vec![0; order.len()];
        for (stored, test) in order.iter().enumerate() {
            place[*test as usize] = stored as u16;
        }
        let mut columns = Self::default();
        let mut before: (&[Item], u16) = (&[], 0);
        let mut seen = Seen::default();
        for pattern in patterns {
            let items = pattern.items.as_slice();
            let prefix = shared(items.iter().zip(before.0));
            let rest = items.len().min(before.0.len()) - prefix;
            let suffix = shared(items.iter().rev().zip(before.0.iter().rev())).min(rest);
            let middle = &items[prefix..items.len() - suffix];
            columns.rule.push(pattern.rule.wrapping_sub(before.1));
            columns.prefix.push(prefix as u8);
            columns.suffix.push(suffix as u8);
            columns.n_middle.push(middle.len() as u8);
            columns.head.push(pattern.head);
            columns.mark_start.push(pattern.mark.0);
            columns.mark_end.push((items.len() as u8).wrapping_sub(pattern.mark.1));
            let mut last = items[..prefix].iter().rev().find_map(Item::test);
            for item in middle {
                columns.push(*item);
                if let Some(test) = item.test() {
                    columns.tests.push(&mut seen, last, place[usize::from(test)]);
                    last = Some(test);
                }
            }
            before = (items, pattern.rule);
        }
        columns
    }

    fn push(&mut self, item: Item) {
        self.kinds.push(match item {
            Item::Token(_) => 0,
            Item::Optional(_) => 1,
            Item::NotNext(_) => 2,
            Item::NotBefore(_) => 3,
            Item::Gap { across: false, .. } => 4,
            Item::Gap { across: true, .. } => 5,
            Item::ClauseStart => 6,
            Item::ClauseEnd => 7,
            Item::SentenceStart => 8,
            Item::SentenceEnd => 9,
        });
        if let Item::Gap { max, .. } = item {
            self.gaps.push(max);
        }
    }

    /// The patterns; `ranks` is the number of each stored test.
    pub(super) fn read(self, ranks: &[TestId]) -> Result<Vec<Pattern>, Damaged> {
        let n_patterns = self.rule.len();
        let mut patterns: Vec<Pattern> = Vec::with_capacity(n_patterns);
        let mut reader = ItemReader {
            kinds: self.kinds.iter(),
            tests: self.tests.reader(),
            gaps: self.gaps.iter(),
            ranks,
        };
        for own in 0..n_patterns {
            let at = |column: &[u8]| column.get(own).copied().ok_or(Damaged);
            let (before, rule) =
                patterns.last().map_or((&[][..], 0), |last| (last.items.as_slice(), last.rule));
            let (prefix, suffix) = (usize::from(at(&self.prefix)?), usize::from(at(&self.suffix)?));
            if prefix + suffix > before.len() {
                return Err(Damaged);
            }
            let n_middle = at(&self.n_middle)?;
            let mut items = Vec::with_capacity(prefix + usize::from(n_middle) + suffix);
            items.extend_from_slice(&before[..prefix]);
            let mut last = items.iter().rev().find_map(Item::test);
            for _ in 0..n_middle {
                let item = reader.next(last)?;
                last = item.test().or(last);
                items.push(item);
            }
            items.extend_from_slice(&before[before.len() - suffix..]);
            let (head, mark_start) = (at(&self.head)?, at(&self.mark_start)?);
            let mark_end = (items.len() as u8).wrapping_sub(at(&self.mark_end)?);
            let fits = usize::from(head) < items.len()
                && mark_start <= mark_end
                && usize::from(mark_end) <= items.len();
            if !fits {
                return Err(Damaged);
            }
            patterns.push(Pattern {
                rule: rule.wrapping_add(self.rule[own]),
                anchor: Pattern::rarest(&items),
                items,
                head,
                mark: (mark_start, mark_end),
            });
        }
        Ok(patterns)
    }
}

struct ItemReader<'c> {
    kinds: std::slice::Iter<'c, u8>,
    tests: TestReader<'c>,
    gaps: std::slice::Iter<'c, u8>,
    ranks: &'c [TestId],
}

impl ItemReader<'_> {
    /// The next item; `last` is the test before it in its pattern.
    fn next(&mut self, last: Option<TestId>) -> Result<Item, Damaged> {
        Ok(match self.kinds.next().ok_or(Damaged)? {
            0 => Item::Token(self.test(last)?),
            1 => Item::Optional(self.test(last)?),
            2 => Item::NotNext(self.test(last)?),
            3 => Item::NotBefore(self.test(last)?),
            kind @ (4 | 5) => Item::Gap { max: *self.gaps.next().ok_or(Damaged)?, across: *kind == 5 },
            6 => Item::ClauseStart,
            7 => Item::ClauseEnd,
            8 => Item::SentenceStart,
            9 => Item::SentenceEnd,
            _ => return Err(Damaged),
        })
    }

    fn test(&mut self, last: Option<TestId>) -> Result<TestId, Damaged> {
        let test = self.tests.next(last, self.ranks.len())?;
        Ok(self.ranks[usize::from(test)])
    }
}

/// How many pairs in a row are alike.
fn shared<'i>(pairs: impl Iterator<Item = (&'i Item, &'i Item)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}
