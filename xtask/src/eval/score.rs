//! Precision, recall, F1 and lintscore.

use std::collections::BTreeMap;

use amends_lint::{Kind, Severity};

/// Counts of one check, or of several together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) hits: u32,
    pub(crate) false_alarms: u32,
    pub(crate) misses: u32,
}

impl Score {
    pub(crate) fn count(&mut self, is: bool, says: bool) {
        match (is, says) {
            (true, true) => self.hits += 1,
            (false, true) => self.false_alarms += 1,
            (true, false) => self.misses += 1,
            (false, false) => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.false_alarms += other.false_alarms;
        self.misses += other.misses;
    }

    pub(crate) fn precision(self) -> f64 {
        ratio(self.hits, self.hits + self.false_alarms)
    }

    pub(crate) fn recall(self) -> f64 {
        ratio(self.hits, self.hits + self.misses)
    }

    pub(crate) fn f1(self) -> f64 {
        ratio(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)
    }

    /// T * (T / (T + F))^2 with T true and F false findings per 100 sentences (CHECKS).
    fn lintscore(self, n_sentences: usize) -> f64 {
        let hits = f64::from(self.hits) * 100.0 / n_sentences.max(1) as f64;
        hits * self.precision().powi(2)
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "P {:.3}  R {:.3}  F1 {:.3}  ({} right, {} false, {} missed)",
            self.precision(),
            self.recall(),
            self.f1(),
            self.hits,
            self.false_alarms,
            self.misses
        )
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// The sums that the targets speak of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    /// All faults.
    pub(crate) faults: Score,
    /// Strong and interrupting faults.
    pub(crate) strong: Score,
    /// Good parts.
    pub(crate) good: Score,
}

impl Sums {
    pub(crate) fn of(checks: &[(String, Kind, Severity)], scores: &BTreeMap<String, Score>) -> Self {
        let mut sums = Self::default();
        for (id, kind, severity) in checks {
            let score = scores.get(id).copied().unwrap_or_default();
            match kind {
                Kind::Fault => sums.faults.add(score),
                Kind::Presence => sums.good.add(score),
            }
            if *severity >= Severity::Strong {
                sums.strong.add(score);
            }
        }
        sums
    }
}

/// Prints a row for each check and the sums.
pub(crate) fn print_table(
    checks: &[(String, Kind, Severity)],
    scores: &BTreeMap<String, Score>,
    sums: &Sums,
    n_sentences: usize,
) {
    println!(
        "| check | P | R | F1 | right | false | missed | lintscore |\n|---|---|---|---|---|---|---|---|"
    );
    for (id, _, _) in checks {
        println!("{}", row(id, scores.get(id).copied().unwrap_or_default(), n_sentences));
    }
    println!("{}", row("**all faults**", sums.faults, n_sentences));
    println!("{}", row("**strong and interrupt**", sums.strong, n_sentences));
    println!("{}", row("**good parts**", sums.good, n_sentences));
}

fn row(name: &str, score: Score, n_sentences: usize) -> String {
    format!(
        "| {name} | {:.2} | {:.2} | {:.2} | {} | {} | {} | {:.2} |",
        score.precision(),
        score.recall(),
        score.f1(),
        score.hits,
        score.false_alarms,
        score.misses,
        score.lintscore(n_sentences)
    )
}
