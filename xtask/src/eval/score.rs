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

    fn precision(self) -> f64 {
        ratio(self.hits, self.hits + self.false_alarms)
    }

    fn recall(self) -> f64 {
        ratio(self.hits, self.hits + self.misses)
    }

    fn f1(self) -> f64 {
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

/// Prints a row for each check and the sums that the targets speak of.
pub(crate) fn print_table(
    checks: &[(String, Kind, Severity)],
    scores: &BTreeMap<String, Score>,
    n_sentences: usize,
) {
    let mut faults = Score::default();
    let mut strong = Score::default();
    let mut good = Score::default();
    println!(
        "| check | P | R | F1 | right | false | missed | lintscore |\n|---|---|---|---|---|---|---|---|"
    );
    for (id, kind, severity) in checks {
        let score = scores.get(id).copied().unwrap_or_default();
        match kind {
            Kind::Fault => faults.add(score),
            Kind::Presence => good.add(score),
        }
        if *severity >= Severity::Strong {
            strong.add(score);
        }
        println!("{}", row(id, score, n_sentences));
    }
    println!("{}", row("**all faults**", faults, n_sentences));
    println!("{}", row("**strong and interrupt**", strong, n_sentences));
    println!("{}", row("**good parts**", good, n_sentences));
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
