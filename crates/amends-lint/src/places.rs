//! Where in one sentence each test passes, as bits; filled as far as somebody asks.

use amends_text::{Analysis, ClassId, Clause, Sentence, Token, TokenFlags, Vocabulary};

use crate::index::{Index, NO_TEST, passes};
use crate::pack::{Pack, TestId};

/// A fixed expression found in the sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expression {
    /// Index of its first token.
    pub(crate) start: u32,
    /// Number of its tokens.
    pub(crate) len: u32,
    /// Its class.
    pub(crate) class: ClassId,
}

/// Places of one sentence. Bit `n` of a mask is token `n`, or in a sentence of more than 64 tokens a few in a row.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Sentence in which a mask was written last.
    stamps: Vec<u32>,
    masks: Vec<u64>,
    stamp: u32,
    start: usize,
    /// Tokens that one bit stands for, as a power of two.
    shift: u32,
    /// Expressions in order of their place.
    pub(crate) expressions: Vec<Expression>,
}

impl Places {
    /// Starts a sentence: lists its expressions and where its rare tests pass.
    pub(crate) fn read(
        &mut self,
        sentence: &Sentence,
        analysis: &Analysis,
        vocabulary: &Vocabulary,
        pack: &Pack,
        index: &Index,
    ) {
        if self.masks.len() != pack.tests.len() || self.stamp == u32::MAX {
            self.stamps.clear();
            self.stamps.resize(pack.tests.len(), 0);
            self.masks.clear();
            self.masks.resize(pack.tests.len(), 0);
            self.stamp = 0;
        }
        self.stamp += 1;
        self.expressions.clear();
        let range = sentence.tokens.clone();
        self.start = range.start;
        self.shift = range.len().div_ceil(64).next_power_of_two().trailing_zeros();
        let tokens = &analysis.tokens[range.clone()];
        for (at, token) in tokens.iter().enumerate() {
            let bit = 1_u64 << (at >> self.shift);
            for &test in index.rare_of_word(token.word) {
                self.mark(test, bit);
            }
            let Some(next) = tokens.get(at + 1) else { continue };
            for (words, class) in vocabulary.expressions(token.word, next.word) {
                let spelled = tokens.get(at..at + words.len());
                if !spelled
                    .is_some_and(|tokens| tokens.iter().map(|token| token.word).eq(words.iter().copied()))
                {
                    continue;
                }
                self.expressions.push(Expression {
                    start: (range.start + at) as u32,
                    len: words.len() as u32,
                    class: *class,
                });
                for &test in index.rare_of_class(*class) {
                    self.mark(test, bit);
                }
            }
        }
    }

    fn mark(&mut self, test: TestId, bit: u64) {
        let test = test as usize;
        if self.stamps[test] == self.stamp {
            self.masks[test] |= bit;
        } else {
            self.stamps[test] = self.stamp;
            self.masks[test] = bit;
        }
    }

    /// Whether a bit stands for a single token.
    pub(crate) fn is_exact(&self) -> bool {
        self.shift == 0
    }

    /// Whether a rare test passes at most `reach` tokens before token `at`.
    pub(crate) fn is_before(&self, test: TestId, at: usize, reach: u8) -> bool {
        if test == NO_TEST {
            return true;
        }
        let mask = self.rare(test);
        let last = at - self.start;
        let first = last.saturating_sub(reach as usize) >> self.shift;
        // In long sentences the anchor's own bit also stands for its neighbors.
        let end = if self.shift == 0 { last } else { (last >> self.shift) + 1 };
        mask & span(first, end) != 0
    }

    /// Whether a rare test passes at most `reach` tokens behind token `at`.
    pub(crate) fn is_behind(&self, test: TestId, at: usize, reach: u8) -> bool {
        if test == NO_TEST {
            return true;
        }
        let mask = self.rare(test);
        let at = at - self.start;
        let first = if self.shift == 0 { at + 1 } else { at >> self.shift };
        let end = ((at + reach as usize) >> self.shift) + 1;
        mask & span(first, end) != 0
    }

    /// Whether a rare test passes at most `left` tokens before token `at` or at most `right` behind it.
    pub(crate) fn is_near(&self, test: TestId, at: usize, left: u8, right: u8) -> bool {
        if test == NO_TEST {
            return true;
        }
        let mask = self.rare(test);
        let at = at - self.start;
        let first = at.saturating_sub(left as usize) >> self.shift;
        let end = ((at + right as usize) >> self.shift) + 1;
        mask & span(first, end) != 0
    }

    fn rare(&self, test: TestId) -> u64 {
        if self.stamps[test as usize] == self.stamp { self.masks[test as usize] } else { 0 }
    }

    /// Whether an expression begins at token `at`.
    pub(crate) fn begins_expression(&self, at: usize) -> bool {
        self.expressions.iter().any(|expression| expression.start as usize == at)
    }

    /// Mask of any test where bits are exact: tokens at which a word passes or, for rare tests, an expression that
    /// passes begins.
    pub(crate) fn exact(
        &mut self,
        test: TestId,
        tokens: &[Token],
        vocabulary: &Vocabulary,
        pack: &Pack,
    ) -> u64 {
        let test_idx = test as usize;
        if self.stamps[test_idx] == self.stamp {
            return self.masks[test_idx];
        }
        if pack.test_rarity[test_idx] < Pack::FREE {
            return 0;
        }
        let known = &pack.tests[test_idx];
        let bits = tokens
            .iter()
            .enumerate()
            .map(|(at, token)| u64::from(passes(known, token.word, vocabulary)) << at);
        let mask = bits.fold(0, |mask, bit| mask | bit);
        self.stamps[test_idx] = self.stamp;
        self.masks[test_idx] = mask;
        mask
    }
}

/// Bits `first..end`.
fn span(first: usize, end: usize) -> u64 {
    if first >= 64 || first >= end {
        return 0;
    }
    let below_end = if end >= 64 { u64::MAX } else { (1 << end) - 1 };
    below_end & (u64::MAX << first)
}

/// The state of a token and its clause, one bit for each property; see `Condition::allowed`.
pub(crate) fn state(token: &Token, clause: &Clause) -> u32 {
    let either = |is: bool| 1_u32 << u32::from(is);
    1 << clause.actor as u32
        | 1 << (clause.tense as u32 + 6)
        | 1 << (clause.opener as u32 + 12)
        | either(token.flags.has(TokenFlags::NEGATED)) << 22
        | either(clause.question) << 24
        | either(clause.passive) << 26
        | either(token.flags.has(TokenFlags::QUOTED) || token.flags.has(TokenFlags::REPORTED)) << 28
}
