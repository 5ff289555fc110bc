//! Finds the patterns of a pack in an analyzed text.
//!
//! Each pattern is anchored on its rarest required item. A token triggers only the patterns whose anchor it can
//! be; from there the items to the right and to the left are matched with bounded gaps, so the work per token is
//! bounded and the whole is linear in the text.

use std::ops::Range;

use amends_text::{Analysis, Clause, Sentence, TokenFlags, Vocabulary, WordId};

use crate::genre::Genre;
use crate::pack::{Condition, Item, Pack, Pattern, Test, TestId};

/// Most elementary tries for one anchor; far above what real sentences need.
const TRIES_PER_ANCHOR: u32 = 4_000;

/// A pattern found in the text, before other facts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawMatch {
    pub(crate) pattern: u32,
    pub(crate) sentence: u32,
    pub(crate) clause: u32,
    /// First and last marked token.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// For every word, the patterns it can anchor (compressed sparse rows).
#[derive(Debug, Clone, Default)]
pub(crate) struct Anchors {
    starts: Vec<u32>,
    patterns: Vec<u32>,
}

impl Anchors {
    /// Lists the patterns by anchor word. Linear in the total length of the lists.
    pub(crate) fn new(pack: &Pack, vocabulary: &Vocabulary) -> Self {
        let n_words = vocabulary.table().words.len();
        let mut members: Vec<Vec<WordId>> = vec![Vec::new(); vocabulary.table().class_names.len()];
        for (word, classes) in vocabulary.table().classes.iter().enumerate() {
            for class in classes {
                members[*class as usize].push(word as WordId);
            }
        }
        for (words, class) in &vocabulary.table().expressions {
            if let Some(first) = words.first() {
                members[*class as usize].push(*first);
            }
        }
        let mut pairs: Vec<(WordId, u32)> = Vec::new();
        for (pattern_idx, pattern) in pack.patterns.iter().enumerate() {
            let Some(Item::Token(test)) = pattern.items.get(pattern.anchor as usize) else { continue };
            let test = &pack.tests[*test as usize];
            let pattern_idx = pattern_idx as u32;
            pairs.extend(test.words.iter().map(|word| (*word, pattern_idx)));
            for class in &test.classes {
                pairs.extend(members[*class as usize].iter().map(|word| (*word, pattern_idx)));
            }
            if test.words.is_empty() && test.classes.is_empty() {
                match test.all.first() {
                    Some(class) => pairs.extend(members[*class as usize].iter().map(|word| (*word, pattern_idx))),
                    None => pairs.extend((0..n_words as WordId).map(|word| (word, pattern_idx))),
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; n_words + 1];
        for (word, _) in &pairs {
            starts[*word as usize + 1] += 1;
        }
        for word in 0..n_words {
            starts[word + 1] += starts[word];
        }
        Self { starts, patterns: pairs.into_iter().map(|(_, pattern)| pattern).collect() }
    }

    fn of(&self, word: WordId) -> &[u32] {
        let word = word as usize;
        if word + 1 >= self.starts.len() {
            return &[];
        }
        &self.patterns[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

/// Finds all matches of `patterns` and appends them to `matches` in order of their anchor.
pub(crate) fn find_matches(
    analysis: &Analysis,
    vocabulary: &Vocabulary,
    pack: &Pack,
    anchors: &Anchors,
    genre: Genre,
    matches: &mut Vec<RawMatch>,
) {
    for (sentence_idx, sentence) in analysis.sentences.iter().enumerate() {
        let finder = Finder { analysis, vocabulary, pack, sentence, tries: 0 };
        for token_idx in sentence.tokens.clone() {
            for &pattern_idx in anchors.of(analysis.tokens[token_idx].word) {
                let pattern = &pack.patterns[pattern_idx as usize];
                if !pack.matches[pattern.rule as usize].genres.has(genre) {
                    continue;
                }
                let mut finder = Finder { tries: 0, ..finder };
                if let Some((first, last, clause)) = finder.match_at(pattern, token_idx) {
                    matches.push(RawMatch {
                        pattern: pattern_idx,
                        sentence: sentence_idx as u32,
                        clause,
                        first: first as u32,
                        last: last as u32,
                    });
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Finder<'a> {
    analysis: &'a Analysis,
    vocabulary: &'a Vocabulary,
    pack: &'a Pack,
    sentence: &'a Sentence,
    tries: u32,
}

/// Most items a pattern can have.
pub(crate) const MAX_ITEMS: usize = 48;

/// Token range that each item of a pattern took; `ABSENT` where it took none.
#[derive(Clone, Copy)]
struct Places {
    ranges: [(u32, u32); MAX_ITEMS],
}

const ABSENT: (u32, u32) = (u32::MAX, 0);

impl Finder<'_> {
    /// Matches `pattern` with its anchor at `token_idx`: first and last marked token and the head's clause.
    fn match_at(&mut self, pattern: &Pattern, token_idx: usize) -> Option<(usize, usize, u32)> {
        let anchor = pattern.anchor as usize;
        let Item::Token(test) = pattern.items[anchor] else { return None };
        let mut places = Places { ranges: [ABSENT; MAX_ITEMS] };
        for end in self.token_ends(test, token_idx).into_iter().flatten() {
            places.ranges[anchor] = (token_idx as u32, end as u32);
            let found = self.match_right(&pattern.items, anchor + 1, end, &mut places)
                && self.match_left(&pattern.items[..anchor], token_idx, &mut places);
            if !found {
                continue;
            }
            let head = places.ranges[pattern.head as usize];
            if head == ABSENT {
                continue;
            }
            let clause = self.analysis.tokens[head.0 as usize].clause;
            if self.holds(&self.pack.matches[pattern.rule as usize].condition, head.0 as usize, &self.analysis.clauses[clause as usize]) {
                let (first, last) = marked(pattern, &places);
                return Some((first, last, clause));
            }
        }
        None
    }

    /// Matches the items from index `own` on, beginning at boundary `at`.
    fn match_right(&mut self, items: &[Item], own: usize, at: usize, places: &mut Places) -> bool {
        self.tries += 1;
        if self.tries > TRIES_PER_ANCHOR {
            return false;
        }
        let Some(item) = items.get(own) else { return true };
        match item {
            Item::Token(test) | Item::Optional(test) => {
                for end in self.token_ends(*test, at).into_iter().flatten() {
                    if self.match_right(items, own + 1, end, places) {
                        places.ranges[own] = (at as u32, end as u32);
                        return true;
                    }
                }
                matches!(item, Item::Optional(_)) && self.match_right(items, own + 1, at, places)
            }
            Item::Gap { max, across } => {
                let mut end = at;
                for _ in 0..=*max {
                    if (*across || end == at || self.joined(at, end)) && self.match_right(items, own + 1, end, places) {
                        return true;
                    }
                    if end >= self.sentence.tokens.end || !(*across || self.joined(at, end + 1)) {
                        return false;
                    }
                    end += 1;
                }
                false
            }
            zero_width => self.holds_at(zero_width, at) && self.match_right(items, own + 1, at, places),
        }
    }

    /// Matches `items` so that they end at boundary `at`.
    fn match_left(&mut self, items: &[Item], at: usize, places: &mut Places) -> bool {
        self.tries += 1;
        if self.tries > TRIES_PER_ANCHOR {
            return false;
        }
        let Some((item, rest)) = items.split_last() else { return true };
        match item {
            Item::Token(test) | Item::Optional(test) => {
                for start in self.token_starts(*test, at).into_iter().flatten() {
                    if self.match_left(rest, start, places) {
                        places.ranges[rest.len()] = (start as u32, at as u32);
                        return true;
                    }
                }
                matches!(item, Item::Optional(_)) && self.match_left(rest, at, places)
            }
            Item::Gap { max, across } => {
                let mut start = at;
                for _ in 0..=*max {
                    if (*across || start == at || self.joined(start, at)) && self.match_left(rest, start, places) {
                        return true;
                    }
                    if start <= self.sentence.tokens.start {
                        return false;
                    }
                    start -= 1;
                }
                false
            }
            zero_width => self.holds_at(zero_width, at) && self.match_left(rest, at, places),
        }
    }

    /// Whether no clause begins between the token before boundary `from` and the token behind boundary `to`.
    fn joined(&self, from: usize, to: usize) -> bool {
        let range = &self.sentence.tokens;
        let before = from.max(range.start + 1) - 1;
        let behind = to.min(range.end - 1);
        self.analysis.tokens[before].clause == self.analysis.tokens[behind].clause
    }

    fn holds_at(&self, item: &Item, at: usize) -> bool {
        let range = &self.sentence.tokens;
        match item {
            Item::NotNext(test) => at >= range.end || self.token_ends(*test, at).iter().all(Option::is_none),
            Item::NotBefore(test) => at == range.start || self.token_starts(*test, at).iter().all(Option::is_none),
            Item::SentenceStart => at == range.start,
            Item::SentenceEnd => at == range.end,
            Item::ClauseStart => {
                at == range.start
                    || (at < range.end
                        && self.analysis.tokens[at - 1].clause != self.analysis.tokens[at].clause)
            }
            Item::ClauseEnd => {
                at == range.end
                    || (at > range.start
                        && self.analysis.tokens[at - 1].clause != self.analysis.tokens[at].clause)
            }
            Item::Token(_) | Item::Optional(_) | Item::Gap { .. } => true,
        }
    }

    /// Boundaries at which a match of `test` from `at` can end: longest expressions first, then one token.
    fn token_ends(&self, test: TestId, at: usize) -> [Option<usize>; 3] {
        let test = &self.pack.tests[test as usize];
        let range = &self.sentence.tokens;
        if at >= range.end {
            return [None; 3];
        }
        let mut ends = [None; 3];
        let mut n_ends = 0;
        if test.expressions {
            for (words, class) in self.vocabulary.expressions(self.analysis.tokens[at].word) {
                if n_ends < 2 && test.classes.contains(class) && self.spells(words, at..range.end) {
                    ends[n_ends] = Some(at + words.len());
                    n_ends += 1;
                }
            }
            ends[..n_ends].sort_unstable_by(|one, other| other.cmp(one));
        }
        if self.passes(test, self.analysis.tokens[at].word) {
            ends[n_ends] = Some(at + 1);
        }
        ends
    }

    /// Boundaries at which a match of `test` that ends at `at` can start.
    fn token_starts(&self, test: TestId, at: usize) -> [Option<usize>; 3] {
        let test = &self.pack.tests[test as usize];
        let range = &self.sentence.tokens;
        if at <= range.start {
            return [None; 3];
        }
        let mut starts = [None; 3];
        let mut n_starts = 0;
        if test.expressions {
            for length in 2..=5 {
                if at < range.start + length || n_starts == 2 {
                    break;
                }
                let start = at - length;
                let found = self.vocabulary.expressions(self.analysis.tokens[start].word).any(|(words, class)| {
                    words.len() == length && test.classes.contains(class) && self.spells(words, start..at)
                });
                if found {
                    starts[n_starts] = Some(start);
                    n_starts += 1;
                }
            }
        }
        if self.passes(test, self.analysis.tokens[at - 1].word) {
            starts[n_starts] = Some(at - 1);
        }
        starts
    }

    fn spells(&self, words: &[WordId], range: Range<usize>) -> bool {
        words.len() <= range.len()
            && words.iter().zip(range).all(|(word, index)| self.analysis.tokens[index].word == *word)
    }

    fn passes(&self, test: &Test, word: WordId) -> bool {
        let classes = self.vocabulary.classes(word);
        let named = test.words.contains(&word) || test.classes.iter().any(|class| classes.has(*class));
        let free = test.words.is_empty() && test.classes.is_empty();
        (named || free)
            && test.all.iter().all(|class| classes.has(*class))
            && !test.none.iter().any(|class| classes.has(*class))
    }

    fn holds(&self, condition: &Condition, head: usize, clause: &Clause) -> bool {
        let flags = self.analysis.tokens[head].flags;
        let meets = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
        condition.actors & Condition::actor_bit(clause.actor) != 0
            && condition.tenses & Condition::tense_bit(clause.tense) != 0
            && condition.openers & Condition::opener_bit(clause.opener) != 0
            && meets(condition.negated, flags.has(TokenFlags::NEGATED))
            && meets(condition.question, clause.question)
            && meets(condition.passive, clause.passive)
            && meets(condition.reported, flags.has(TokenFlags::QUOTED) || flags.has(TokenFlags::REPORTED))
    }
}

/// First and last token of the marked items.
fn marked(pattern: &Pattern, places: &Places) -> (usize, usize) {
    let taken = places.ranges[pattern.mark.0 as usize..pattern.mark.1 as usize].iter().filter(|range| **range != ABSENT);
    let (first, end) = taken.fold((u32::MAX, 0), |(first, end), range| (first.min(range.0), end.max(range.1)));
    if first == u32::MAX {
        let (start, end) = places.ranges[pattern.anchor as usize];
        return (start as usize, end as usize - 1);
    }
    (first as usize, end as usize - 1)
}
