//! Ordinary writing: a budget of false findings per 1,000 sentences for each kind, and proof that the corpus
//! holds the words the rules look for (an empty corpus would pass everything).

use std::collections::BTreeMap;

use crate::{ENGINE, faults};

/// Most findings by the rules in each file of `corpus/benign`. Lower a number when it falls; never raise it.
const BUDGET: &[(&str, usize)] =
    &[("diary", 0), ("goodletters", 1), ("messages", 0), ("quarrel", 0), ("story", 0), ("work", 0)];

fn lines(name: &str) -> Vec<String> {
    let path = format!("{}/../../corpus/benign/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the benign corpus is part of the project");
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

#[test]
fn ordinary_writing_is_left_alone() {
    for (name, budget) in BUDGET {
        let mut by_check: BTreeMap<&str, usize> = BTreeMap::new();
        for line in lines(name) {
            for fault in faults(&line) {
                *by_check.entry(fault).or_default() += 1;
            }
        }
        let n_findings: usize = by_check.values().sum();
        assert!(n_findings <= *budget, "{name}: {n_findings} findings, {budget} allowed: {by_check:?}");
    }
}

#[test]
fn the_corpus_holds_the_words_that_rules_look_for() {
    let text: String =
        BUDGET.iter().flat_map(|(name, _)| lines(name)).collect::<Vec<_>>().join("\n").to_lowercase();
    for word in [
        "sorry",
        " if ",
        " but ",
        "just",
        "only",
        "never",
        "always",
        "promise",
        "forgive",
        "trust",
        "understand",
        "move on",
        "phone",
        "password",
        "gift",
        "money",
        "kill",
        "hurt",
        "because",
        "made me",
        "drunk",
        "fault",
        "mistake",
        "happened",
    ] {
        let n_found = text.matches(word).count();
        assert!(n_found >= 3, "`{word}` stands {n_found} times in the benign corpus");
    }
    assert!(ENGINE.pack().rules.len() >= 30);
}
