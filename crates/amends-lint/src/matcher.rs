//! Finds the patterns of a pack in an analyzed text.
//!
//! Each pattern is anchored on its rarest required item. A token triggers only the patterns whose anchor it can
//! be, and of those only the ones whose next rarest words stand near enough (`index`, `places`); from there the
//! items to the right and to the left are matched with bounded gaps, so the work per token is bounded and the
//! whole is linear in the text.

use amends_text::{Analysis, Sentence, Vocabulary};

use crate::genre::Genre;
use crate::index::{Candidate, Index, passes};
use crate::pack::{Item, Pack, Pattern, TestId};
use crate::places::{Places, state};

/// Most elementary tries for one anchor; far above what real sentences need.
const TRIES_PER_ANCHOR: u32 = 4_000;

/// A pattern found in the text, before other facts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawMatch {
    pub(crate) pattern: u32,
    /// Level of its rule.
    pub(crate) level: u8,
    pub(crate) sentence: u32,
    pub(crate) clause: u32,
    /// First and last marked token.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// A pack with what was worked out for it.
#[derive(Clone, Copy)]
pub(crate) struct Ready<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) index: &'a Index,
}

/// Finds all matches of the patterns and appends them to `matches`, sentence by sentence.
pub(crate) fn find_matches(
    analysis: &Analysis,
    ready: Ready<'_>,
    genre: Genre,
    places: &mut Places,
    matches: &mut Vec<RawMatch>,
) {
    let Ready { pack, vocabulary, index } = ready;
    for (sentence_idx, sentence) in analysis.sentences.iter().enumerate() {
        places.read(sentence, analysis, vocabulary, pack, index);
        let mut finder = Finder {
            analysis,
            ready,
            sentence,
            sentence_idx: sentence_idx as u32,
            genre,
            places,
            tries: 0,
            next: 0,
        };
        for token_idx in sentence.tokens.clone() {
            finder.read_token(token_idx, matches);
        }
    }
}

struct Finder<'a> {
    analysis: &'a Analysis,
    ready: Ready<'a>,
    sentence: &'a Sentence,
    sentence_idx: u32,
    genre: Genre,
    places: &'a mut Places,
    tries: u32,
    /// First expression that does not begin before the current token.
    next: usize,
}

/// Most items a pattern can have.
pub(crate) const MAX_ITEMS: usize = 48;

/// Token range that each item of a pattern took; `ABSENT` where it took none.
struct Taken {
    ranges: [(u32, u32); MAX_ITEMS],
}

const ABSENT: (u32, u32) = (u32::MAX, 0);

impl Finder<'_> {
    /// Matches every pattern that `token_idx` can anchor.
    fn read_token(&mut self, token_idx: usize, matches: &mut Vec<RawMatch>) {
        let token = &self.analysis.tokens[token_idx];
        let state = state(token, &self.analysis.clauses[token.clause as usize]);
        let index = self.ready.index;
        let anchors = index.anchors_of_word(token.word);
        for &test in anchors {
            self.read_anchor(test, token_idx, state, matches);
        }
        let first = self.next;
        while self
            .places
            .expressions
            .get(self.next)
            .is_some_and(|expression| expression.start as usize == token_idx)
        {
            self.next += 1;
        }
        for expression_idx in first..self.next {
            let class = self.places.expressions[expression_idx].class;
            for test in index.anchors_of_class(class) {
                let seen = anchors.contains(test)
                    || (first..expression_idx).any(|earlier| {
                        index.anchors_of_class(self.places.expressions[earlier].class).contains(test)
                    });
                if !seen {
                    self.read_anchor(*test, token_idx, state, matches);
                }
            }
        }
    }

    /// Matches every pattern that is anchored on `test`, which passes at `token_idx`.
    fn read_anchor(&mut self, test: TestId, token_idx: usize, state: u32, matches: &mut Vec<RawMatch>) {
        let index = self.ready.index;
        for group in index.groups(test) {
            if self.places.is_near(group.companion, token_idx, group.left_reach, group.right_reach) {
                for candidate in index.candidates(group) {
                    self.read_candidate(candidate, token_idx, state, matches);
                }
            }
        }
    }

    fn read_candidate(
        &mut self,
        candidate: &Candidate,
        token_idx: usize,
        state: u32,
        matches: &mut Vec<RawMatch>,
    ) {
        if state & !candidate.allowed != 0
            || !self.places.is_behind(candidate.right, token_idx, candidate.right_reach)
            || !self.places.is_before(candidate.left, token_idx, candidate.left_reach)
        {
            return;
        }
        let pack = self.ready.pack;
        let pattern = &pack.patterns[candidate.pattern as usize];
        let rule = &pack.matches[pattern.rule as usize];
        if !rule.genres.has(self.genre) {
            return;
        }
        self.tries = 0;
        if let Some((first, last, clause)) = self.match_at(pattern, token_idx) {
            matches.push(RawMatch {
                pattern: candidate.pattern,
                level: rule.level,
                sentence: self.sentence_idx,
                clause,
                first: first as u32,
                last: last as u32,
            });
        }
    }

    /// Matches `pattern` with its anchor at `token_idx`: first and last marked token and the head's clause.
    fn match_at(&mut self, pattern: &Pattern, token_idx: usize) -> Option<(usize, usize, u32)> {
        let anchor = pattern.anchor as usize;
        let Item::Token(test) = pattern.items[anchor] else { return None };
        let mut taken = Taken { ranges: [ABSENT; MAX_ITEMS] };
        for end in self.token_ends(test, token_idx).into_iter().flatten() {
            taken.ranges[anchor] = (token_idx as u32, end as u32);
            let found = self.match_right(&pattern.items, anchor + 1, end, &mut taken)
                && self.match_left(&pattern.items[..anchor], token_idx, &mut taken);
            if !found {
                continue;
            }
            let head = taken.ranges[pattern.head as usize];
            if head == ABSENT {
                continue;
            }
            let token = &self.analysis.tokens[head.0 as usize];
            let state = state(token, &self.analysis.clauses[token.clause as usize]);
            if state & !self.ready.index.allowed[pattern.rule as usize] == 0 {
                let (first, last) = marked(pattern, &taken);
                return Some((first, last, token.clause));
            }
        }
        None
    }

    /// Matches the items from index `own` on, beginning at boundary `at`.
    fn match_right(&mut self, items: &[Item], own: usize, at: usize, taken: &mut Taken) -> bool {
        self.tries += 1;
        if self.tries > TRIES_PER_ANCHOR {
            return false;
        }
        let Some(item) = items.get(own) else { return true };
        match item {
            Item::Token(test) | Item::Optional(test) => {
                for end in self.token_ends(*test, at).into_iter().flatten() {
                    if self.match_right(items, own + 1, end, taken) {
                        taken.ranges[own] = (at as u32, end as u32);
                        return true;
                    }
                }
                matches!(item, Item::Optional(_)) && self.match_right(items, own + 1, at, taken)
            }
            Item::Gap { max, across } => {
                for end in at..=at + usize::from(*max) {
                    if (*across || end == at || self.joined(at, end))
                        && self.match_right(items, own + 1, end, taken)
                    {
                        return true;
                    }
                    if end >= self.sentence.tokens.end || !(*across || self.joined(at, end + 1)) {
                        return false;
                    }
                }
                false
            }
            zero_width => self.holds_at(zero_width, at) && self.match_right(items, own + 1, at, taken),
        }
    }

    /// Matches `items` so that they end at boundary `at`.
    fn match_left(&mut self, items: &[Item], at: usize, taken: &mut Taken) -> bool {
        self.tries += 1;
        if self.tries > TRIES_PER_ANCHOR {
            return false;
        }
        let Some((item, rest)) = items.split_last() else { return true };
        match item {
            Item::Token(test) | Item::Optional(test) => {
                for start in self.token_starts(*test, at).into_iter().flatten() {
                    if self.match_left(rest, start, taken) {
                        taken.ranges[rest.len()] = (start as u32, at as u32);
                        return true;
                    }
                }
                matches!(item, Item::Optional(_)) && self.match_left(rest, at, taken)
            }
            Item::Gap { max, across } => {
                let mut start = at;
                for _ in 0..=*max {
                    if (*across || start == at || self.joined(start, at))
                        && self.match_left(rest, start, taken)
                    {
                        return true;
                    }
                    if start <= self.sentence.tokens.start {
                        return false;
                    }
                    start -= 1;
                }
                false
            }
            zero_width => self.holds_at(zero_width, at) && self.match_left(rest, at, taken),
        }
    }

    /// Whether no clause begins between the token before boundary `from` and the token behind boundary `to`.
    fn joined(&self, from: usize, to: usize) -> bool {
        let range = &self.sentence.tokens;
        let before = from.max(range.start + 1) - 1;
        let behind = to.min(range.end - 1);
        self.analysis.tokens[before].clause == self.analysis.tokens[behind].clause
    }

    fn holds_at(&mut self, item: &Item, at: usize) -> bool {
        let range = &self.sentence.tokens;
        match item {
            Item::NotNext(test) => at >= range.end || self.token_ends(*test, at).iter().all(Option::is_none),
            Item::NotBefore(test) => {
                at == range.start || self.token_starts(*test, at).iter().all(Option::is_none)
            }
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

    /// Whether the single token at `at` passes.
    fn passes_at(&mut self, test: TestId, at: usize) -> bool {
        let Ready { pack, vocabulary, .. } = self.ready;
        let range = &self.sentence.tokens;
        let known = &pack.tests[test as usize];
        if !self.places.is_exact() {
            return passes(known, self.analysis.tokens[at].word, vocabulary);
        }
        let mask = self.places.exact(test, &self.analysis.tokens[range.clone()], vocabulary, pack);
        // Where an expression begins that could have passed, the bit does not tell about the single word.
        mask & (1 << (at - range.start)) != 0
            && (!known.expressions
                || !self.places.begins_expression(at)
                || passes(known, self.analysis.tokens[at].word, vocabulary))
    }

    /// Boundaries at which a match of `test` from `at` can end: longest expressions first, then one token.
    fn token_ends(&mut self, test: TestId, at: usize) -> [Option<usize>; 3] {
        let mut ends = [None; 3];
        if at >= self.sentence.tokens.end {
            return ends;
        }
        let mut n_ends = 0;
        let known = &self.ready.pack.tests[test as usize];
        if known.expressions {
            for expression in &self.places.expressions {
                if n_ends < 2 && expression.start as usize == at && known.classes.contains(&expression.class)
                {
                    ends[n_ends] = Some(at + expression.len as usize);
                    n_ends += 1;
                }
            }
            ends[..n_ends].sort_unstable_by(|one, other| other.cmp(one));
        }
        if self.passes_at(test, at) {
            ends[n_ends] = Some(at + 1);
        }
        ends
    }

    /// Boundaries at which a match of `test` that ends at `at` can start.
    fn token_starts(&mut self, test: TestId, at: usize) -> [Option<usize>; 3] {
        let mut starts = [None; 3];
        if at <= self.sentence.tokens.start {
            return starts;
        }
        let mut n_starts = 0;
        let known = &self.ready.pack.tests[test as usize];
        if known.expressions {
            for expression in self.places.expressions.iter().rev() {
                let ends_here = (expression.start + expression.len) as usize == at;
                let start = Some(expression.start as usize);
                if n_starts < 2
                    && ends_here
                    && known.classes.contains(&expression.class)
                    && !starts.contains(&start)
                {
                    starts[n_starts] = start;
                    n_starts += 1;
                }
            }
        }
        if self.passes_at(test, at - 1) {
            starts[n_starts] = Some(at - 1);
        }
        starts
    }
}

/// First and last token of the marked items.
fn marked(pattern: &Pattern, taken: &Taken) -> (usize, usize) {
    let marked = taken.ranges[pattern.mark.0 as usize..pattern.mark.1 as usize]
        .iter()
        .filter(|range| **range != ABSENT);
    let (first, end) =
        marked.fold((u32::MAX, 0), |(first, end), range| (first.min(range.0), end.max(range.1)));
    if first == u32::MAX {
        let (start, end) = taken.ranges[pattern.anchor as usize];
        return (start as usize, end as usize - 1);
    }
    (first as usize, end as usize - 1)
}
