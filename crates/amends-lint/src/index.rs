//! What is worked out once for a pack, so that each sentence looks only at the patterns that can match in it.
//!
//! Tests are ordered by how often ordinary text passes them ([`Pack::tests`]). For every word the rare tests that
//! it passes are listed, and for every test the patterns anchored on it, each with the rarest test it demands
//! before and behind its anchor and how far away that may stand.

use amends_text::{Vocabulary, WordId};

use crate::pack::{Condition, Item, Pack, Pattern, Test, TestId};

/// Stands for "no test": demands nothing.
pub(crate) const NO_TEST: TestId = TestId::MAX;

/// Lists of numbers by a key (compressed sparse rows).
#[derive(Debug, Clone, Default)]
struct Rows {
    starts: Vec<u32>,
    values: Vec<TestId>,
}

impl Rows {
    /// Rows from `(key, value)` pairs, in the order of `pairs`.
    fn new(n_keys: usize, pairs: &[(u16, TestId)]) -> Self {
        let mut starts = vec![0; n_keys + 1];
        for (key, _) in pairs {
            starts[*key as usize + 1] += 1;
        }
        for key in 0..n_keys {
            starts[key + 1] += starts[key];
        }
        let mut next = starts.clone();
        let mut values = vec![0; pairs.len()];
        for (key, value) in pairs {
            values[next[*key as usize] as usize] = *value;
            next[*key as usize] += 1;
        }
        Self { starts, values }
    }

    fn of(&self, key: u16) -> &[TestId] {
        let key = key as usize;
        if key + 1 >= self.starts.len() {
            return &[];
        }
        &self.values[self.starts[key] as usize..self.starts[key + 1] as usize]
    }
}

/// Patterns of one anchor in a row that demand the same rarest companion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    /// The companion.
    pub(crate) companion: TestId,
    /// Most tokens that any of the patterns allows between the two, before and behind the anchor.
    pub(crate) left_reach: u8,
    pub(crate) right_reach: u8,
    start: u32,
    end: u32,
}

/// A pattern, by what can be asked of it quickly at a place where its anchor stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) pattern: u32,
    /// What the clause and token at the anchor must be, where the anchor is the head; see [`Condition::allowed`].
    pub(crate) allowed: u32,
    /// Rarest test demanded before the anchor.
    pub(crate) left: TestId,
    /// Rarest test demanded behind it.
    pub(crate) right: TestId,
    /// Most tokens between the anchor's start and that of the item before it.
    pub(crate) left_reach: u8,
    /// Most tokens between the anchor's start and that of the item behind it.
    pub(crate) right_reach: u8,
}

/// The index of a pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    rare_of_word: Rows,
    rare_of_class: Rows,
    anchors_of_word: Rows,
    anchors_of_class: Rows,
    group_starts: Vec<u32>,
    groups: Vec<Group>,
    candidates: Vec<Candidate>,
    /// [`Condition::allowed`] of every rule.
    pub(crate) allowed: Vec<u32>,
}

impl Index {
    /// Linear in the size of the pack.
    pub(crate) fn new(pack: &Pack, vocabulary: &Vocabulary) -> Self {
        let n_words = vocabulary.table().words.len();
        let n_classes = vocabulary.table().class_names.len();
        let allowed: Vec<u32> = pack.matches.iter().map(|rule| rule.condition.allowed()).collect();
        let (candidate_starts, mut candidates) = candidates(pack, vocabulary, &allowed);
        let (group_starts, groups) = groups(&candidate_starts, &mut candidates);
        let is_anchor = |test: usize| candidate_starts[test] < candidate_starts[test + 1];
        let n_rare_tests = pack.n_rare_tests();
        let members = members(vocabulary);
        let mut rare_words = Vec::new();
        let mut rare_classes = Vec::new();
        let mut anchor_words = Vec::new();
        let mut anchor_classes = Vec::new();
        let mut passing = Vec::new();
        for (test_idx, test) in pack.tests.iter().enumerate() {
            let rare = test_idx < usize::from(n_rare_tests);
            let anchor = is_anchor(test_idx);
            if !rare && !anchor {
                continue;
            }
            words_that_pass(test, vocabulary, &members, &mut passing);
            let pairs = passing.iter().map(|word| (*word, test_idx as TestId));
            let classes =
                test.classes.iter().filter(|_| test.expressions).map(|class| (*class, test_idx as TestId));
            if rare {
                rare_words.extend(pairs.clone());
                rare_classes.extend(classes.clone());
            }
            if anchor {
                anchor_words.extend(pairs);
                anchor_classes.extend(classes);
            }
        }
        Self {
            rare_of_word: Rows::new(n_words, &rare_words),
            rare_of_class: Rows::new(n_classes, &rare_classes),
            anchors_of_word: Rows::new(n_words, &anchor_words),
            anchors_of_class: Rows::new(n_classes, &anchor_classes),
            group_starts,
            groups,
            candidates,
            allowed,
        }
    }

    /// Rare tests that a word passes.
    pub(crate) fn rare_of_word(&self, word: WordId) -> &[TestId] {
        self.rare_of_word.of(word)
    }

    /// Rare tests that an expression of a class passes.
    pub(crate) fn rare_of_class(&self, class: u16) -> &[TestId] {
        self.rare_of_class.of(class)
    }

    /// Tests on which patterns are anchored that a word passes.
    pub(crate) fn anchors_of_word(&self, word: WordId) -> &[TestId] {
        self.anchors_of_word.of(word)
    }

    /// Tests on which patterns are anchored that an expression of a class passes.
    pub(crate) fn anchors_of_class(&self, class: u16) -> &[TestId] {
        self.anchors_of_class.of(class)
    }

    /// Patterns anchored on a test, in groups.
    pub(crate) fn groups(&self, test: TestId) -> &[Group] {
        let test = test as usize;
        &self.groups[self.group_starts[test] as usize..self.group_starts[test + 1] as usize]
    }

    /// Patterns of a group.
    pub(crate) fn candidates(&self, group: &Group) -> &[Candidate] {
        &self.candidates[group.start as usize..group.end as usize]
    }
}

/// Words of each class.
fn members(vocabulary: &Vocabulary) -> Vec<Vec<WordId>> {
    let mut members: Vec<Vec<WordId>> = vec![Vec::new(); vocabulary.table().class_names.len()];
    for (word, classes) in vocabulary.table().classes.iter().enumerate() {
        for class in classes {
            members[*class as usize].push(word as WordId);
        }
    }
    members
}

/// Whether a word passes a test.
pub(crate) fn passes(test: &Test, word: WordId, vocabulary: &Vocabulary) -> bool {
    let classes = vocabulary.classes(word);
    let named = test.words.contains(&word) || test.classes.iter().any(|class| classes.has(*class));
    let free = test.words.is_empty() && test.classes.is_empty();
    (named || free)
        && test.all.iter().all(|class| classes.has(*class))
        && !test.none.iter().any(|class| classes.has(*class))
}

/// Lists the words that pass `test`, each once.
fn words_that_pass(test: &Test, vocabulary: &Vocabulary, members: &[Vec<WordId>], passing: &mut Vec<WordId>) {
    passing.clear();
    passing.extend_from_slice(&test.words);
    for class in &test.classes {
        passing.extend_from_slice(&members[*class as usize]);
    }
    if test.words.is_empty() && test.classes.is_empty() {
        match test.all.first() {
            Some(class) => passing.extend_from_slice(&members[*class as usize]),
            None => passing.extend(0..vocabulary.table().words.len() as WordId),
        }
    }
    if test.words.len() + test.classes.len() > 1 {
        passing.sort_unstable();
        passing.dedup();
    }
    if !test.all.is_empty() || !test.none.is_empty() {
        passing.retain(|word| passes(test, *word, vocabulary));
    }
}

/// Patterns by the test of their anchor, in the order of the pack.
fn candidates(pack: &Pack, vocabulary: &Vocabulary, allowed: &[u32]) -> (Vec<u32>, Vec<Candidate>) {
    let longest = longest_expressions(vocabulary);
    let widths: Vec<u8> = pack
        .tests
        .iter()
        .map(|test| {
            let classes = test.classes.iter().filter(|_| test.expressions);
            classes.map(|class| longest[*class as usize]).max().unwrap_or(1)
        })
        .collect();
    let anchor_of = |pattern: &Pattern| match pattern.items.get(pattern.anchor as usize) {
        Some(Item::Token(test)) => Some(*test as usize),
        _ => None,
    };
    let mut starts = vec![0_u32; pack.tests.len() + 1];
    for test in pack.patterns.iter().filter_map(anchor_of) {
        starts[test + 1] += 1;
    }
    for test in 0..pack.tests.len() {
        starts[test + 1] += starts[test];
    }
    let mut next = starts.clone();
    let nothing = Candidate {
        pattern: 0,
        allowed: u32::MAX,
        left: NO_TEST,
        right: NO_TEST,
        left_reach: 0,
        right_reach: 0,
    };
    let mut candidates = vec![nothing; starts[pack.tests.len()] as usize];
    for (pattern_idx, pattern) in pack.patterns.iter().enumerate() {
        let Some(test) = anchor_of(pattern) else { continue };
        let place = next[test] as usize;
        next[test] += 1;
        let anchor = pattern.anchor as usize;
        let (left, left_reach) = demanded(pattern.items[..anchor].iter().rev(), 0, true, pack, &widths);
        let (right, right_reach) =
            demanded(pattern.items[anchor + 1..].iter(), u32::from(widths[test]), false, pack, &widths);
        candidates[place] = Candidate {
            pattern: pattern_idx as u32,
            allowed: if pattern.head == pattern.anchor { allowed[pattern.rule as usize] } else { u32::MAX },
            left,
            right,
            left_reach,
            right_reach,
        };
    }
    (starts, candidates)
}

/// Sorts the candidates of every anchor by their rarest companion and lists the groups.
fn groups(starts: &[u32], candidates: &mut [Candidate]) -> (Vec<u32>, Vec<Group>) {
    let mut group_starts = Vec::with_capacity(starts.len());
    let mut groups: Vec<Group> = Vec::new();
    group_starts.push(0);
    for range in starts.windows(2) {
        let first_group = groups.len();
        let own = &mut candidates[range[0] as usize..range[1] as usize];
        own.sort_by_key(|candidate| candidate.left.min(candidate.right));
        for (at, candidate) in own.iter().enumerate() {
            let companion = candidate.left.min(candidate.right);
            let place = range[0] + at as u32;
            let is_left = companion == candidate.left;
            let left_reach = if is_left { candidate.left_reach } else { 0 };
            let right_reach = if is_left { 0 } else { candidate.right_reach };
            match groups[first_group..].last_mut().filter(|group| group.companion == companion) {
                Some(group) => {
                    group.end = place + 1;
                    group.left_reach = group.left_reach.max(left_reach);
                    group.right_reach = group.right_reach.max(right_reach);
                }
                None => {
                    groups.push(Group { companion, left_reach, right_reach, start: place, end: place + 1 });
                }
            }
        }
        group_starts.push(groups.len() as u32);
    }
    (group_starts, groups)
}

/// The rarest test that `items`, walked away from the anchor, demand, and the most tokens between the anchor's
/// start and its own.
fn demanded<'i>(
    items: impl Iterator<Item = &'i Item>,
    from: u32,
    leftwards: bool,
    pack: &Pack,
    widths: &[u8],
) -> (TestId, u8) {
    let mut best = (NO_TEST, 0);
    let mut distance = from;
    for item in items {
        let width = match item {
            Item::Token(test) | Item::Optional(test) => u32::from(widths[*test as usize]),
            Item::Gap { max, .. } => u32::from(*max),
            _ => 0,
        };
        if let Item::Token(test) = item
            && pack.test_rarity[*test as usize] < Pack::FREE
            && *test < best.0
        {
            best = (*test, if leftwards { distance + width } else { distance });
        }
        distance += width;
    }
    (best.0, best.1.min(u32::from(u8::MAX)) as u8)
}

/// Words of the longest expression of each class; 1 where it holds none.
fn longest_expressions(vocabulary: &Vocabulary) -> Vec<u8> {
    let mut longest = vec![1; vocabulary.table().class_names.len()];
    for (words, class) in &vocabulary.table().expressions {
        let longest = &mut longest[*class as usize];
        *longest = (*longest).max(words.len().min(usize::from(u8::MAX)) as u8);
    }
    longest
}

impl Condition {
    /// The condition as a set of allowed states, to be compared with that of a token ([`state`]).
    pub(crate) fn allowed(&self) -> u32 {
        let either = |wanted: Option<bool>| match wanted {
            None => 0b11,
            Some(false) => 0b01,
            Some(true) => 0b10,
        };
        u32::from(self.actors & 0x3f)
            | u32::from(self.tenses & 0x3f) << 6
            | u32::from(self.openers & 0x3ff) << 12
            | either(self.negated) << 22
            | either(self.question) << 24
            | either(self.passive) << 26
            | either(self.reported) << 28
    }
}
