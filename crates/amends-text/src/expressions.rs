//! Fixed expressions of several words, found by their first two.

use crate::vocabulary::{VocabularyTable, WordId};

/// Indexes of the expressions of a table, by their first two words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expressions {
    /// Whether any expression begins with a word.
    begins: Vec<bool>,
    /// Hash table: a pair of words and where its expressions stand in `indexes`.
    slots: Vec<Slot>,
    indexes: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    pair: u32,
    start: u32,
    len: u32,
}

impl Expressions {
    pub(crate) fn new(table: &VocabularyTable) -> Self {
        let mut pairs: Vec<(u32, u32)> = table
            .expressions
            .iter()
            .enumerate()
            .filter(|(_, (words, _))| words.len() >= 2)
            .map(|(index, (words, _))| (pair(words[0], words[1]), index as u32))
            .collect();
        pairs.sort_unstable();
        let mut begins = vec![false; table.words.len()];
        let mut slots = vec![Slot::default(); (pairs.len() * 2).next_power_of_two().max(16)];
        let mask = slots.len() - 1;
        for (start, &(pair, _)) in pairs.iter().enumerate() {
            if start > 0 && pairs[start - 1].0 == pair {
                continue;
            }
            begins[(pair >> 16) as usize] = true;
            let len = pairs[start..].iter().take_while(|(other, _)| *other == pair).count();
            let mut slot = spread(pair) & mask;
            while slots[slot].len > 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = Slot { pair, start: start as u32, len: len as u32 };
        }
        Self { begins, slots, indexes: pairs.into_iter().map(|(_, index)| index).collect() }
    }

    /// Indexes of the expressions that begin with these two words, ascending.
    pub(crate) fn of(&self, first: WordId, second: WordId) -> &[u32] {
        if !self.begins[first as usize] {
            return &[];
        }
        let wanted = pair(first, second);
        let mask = self.slots.len() - 1;
        let mut at = spread(wanted) & mask;
        loop {
            let slot = self.slots[at];
            if slot.len == 0 {
                return &[];
            }
            if slot.pair == wanted {
                return &self.indexes[slot.start as usize..][..slot.len as usize];
            }
            at = (at + 1) & mask;
        }
    }
}

fn pair(first: WordId, second: WordId) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

fn spread(pair: u32) -> usize {
    (pair.wrapping_mul(0x9e37_79b1) >> 12) as usize
}
