//! Whether it matters who is meant and who writes: names and gender exchanged, and voices that differ from plain prose.
//!
//! Findings must stay when somebody else is meant. Clean sentences must not be alarmed more often because they are
//! written as a learner, in a dialect's grammar or in short forms; at most [`BOUND`] times as often.

use super::corpus::Line;
use super::{Found, Judge, percent};

/// How many times as often a voice may be alarmed as plain prose.
pub(super) const BOUND: f64 = 1.3;

type Change = fn(&str) -> String;

const MEANT: [(&str, Change); 2] =
    [("gender exchanged", exchange_gender), ("names exchanged", exchange_names)];

const VOICES: [(&str, Change); 5] = [
    ("articles left out", |text| without(text, &["a", "an", "the"])),
    ("verbs without s", |text| {
        each_word(text, |word| {
            short_form(
                word,
                &[
                    ("was", "were"),
                    ("has", "have"),
                    ("does", "do"),
                    ("doesn't", "don't"),
                    ("wasn't", "weren't"),
                    ("goes", "go"),
                    ("says", "say"),
                    ("knows", "know"),
                    ("wants", "want"),
                    ("makes", "make"),
                ],
            )
        })
    }),
    ("\"ain't\", dropped g", |text| each_word(text, dropped)),
    ("short forms", |text| {
        each_word(text, |word| {
            short_form(
                word,
                &[
                    ("you", "u"),
                    ("your", "ur"),
                    ("are", "r"),
                    ("because", "bc"),
                    ("though", "tho"),
                    ("please", "pls"),
                    ("tomorrow", "tmrw"),
                    ("going", "goin"),
                    ("with", "w"),
                ],
            )
        })
    }),
    ("no apostrophes, all lower case", |text| text.replace(['\'', '\u{2019}'], "").to_lowercase()),
];

/// Prints how findings move.
pub(super) fn print(judge: &mut Judge, lines: &[Line]) {
    println!("\n| exchanged | sentences | findings before | lost | new |\n|---|---|---|---|---|");
    for (name, change) in MEANT {
        let (mut n_changed, mut n_before, mut n_lost, mut n_new) = (0, 0, 0, 0);
        for line in lines {
            let (text, said) = (change(&line.text), change(&line.partner_said));
            if text == line.text && said == line.partner_said {
                continue;
            }
            n_changed += 1;
            let before = all(judge.read(&line.text, &line.partner_said, None));
            let after = all(judge.read(&text, &said, None));
            n_before += before.len();
            n_lost += before.iter().filter(|id| !after.contains(id)).count();
            n_new += after.iter().filter(|id| !before.contains(id)).count();
        }
        println!("| {name} | {n_changed} | {n_before} | {n_lost} | {n_new} |");
    }
    let clean: Vec<&Line> = lines.iter().filter(|line| is_clean(judge, line)).collect();
    println!(
        "\n| voice | clean sentences it changes | alarmed as written | alarmed in this voice | at most {BOUND} times as often |"
    );
    println!("|---|---|---|---|---|");
    for (name, change) in VOICES {
        let (mut n_changed, mut n_before, mut n_after) = (0, 0, 0);
        for line in &clean {
            let text = change(&line.text);
            if text != line.text {
                n_changed += 1;
                n_before += usize::from(!judge.read(&line.text, &line.partner_said, None).faults.is_empty());
                n_after += usize::from(!judge.read(&text, &line.partner_said, None).faults.is_empty());
            }
        }
        let held = n_after as f64 <= BOUND * n_before as f64 + 0.5;
        println!(
            "| {name} | {n_changed} | {n_before} ({:.1} %) | {n_after} ({:.1} %) | {} |",
            percent(n_before, n_changed),
            percent(n_after, n_changed),
            if held { "yes" } else { "no" }
        );
    }
}

/// Clean sentences alarmed, by writer: each writer has voices of their own (corpus/README.md).
pub(super) fn print_writers(judge: &mut Judge, lines: &[Line]) {
    let mut writers: Vec<&str> = lines.iter().map(|line| line.writer.as_str()).collect();
    writers.dedup();
    println!("\n| writer | clean sentences | alarmed |\n|---|---|---|");
    for writer in writers {
        let (mut n_clean, mut n_alarmed) = (0, 0);
        for line in lines.iter().filter(|line| line.writer == writer) {
            if is_clean(judge, line) {
                n_clean += 1;
                n_alarmed += usize::from(!judge.read(&line.text, &line.partner_said, None).faults.is_empty());
            }
        }
        println!("| {writer} | {n_clean} | {n_alarmed} ({:.1} %) |", percent(n_alarmed, n_clean));
    }
}

fn is_clean(judge: &Judge, line: &Line) -> bool {
    let rules = &judge.reader.pack().rules;
    let is_fault =
        |id: &String| rules.iter().any(|rule| rule.id == *id && rule.kind == amends_lint::Kind::Fault);
    !line.labels.iter().chain(line.second.iter().flatten()).any(is_fault)
}

fn all(found: Found) -> Vec<String> {
    let mut ids = [found.faults, found.present].concat();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Every word changed by `change`, all else kept.
fn each_word(text: &str, change: impl Fn(&str) -> String) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_part(c) != is_part(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        out.push_str(&if is_part(first) { change(part) } else { part.to_owned() });
        rest = after;
    }
    out
}

/// The other word of a pair, in the same case.
fn short_form(word: &str, pairs: &[(&str, &str)]) -> String {
    let lower = word.to_lowercase();
    let Some((_, other)) = pairs.iter().find(|(from, _)| *from == lower) else { return word.to_owned() };
    match word.chars().next() {
        Some(first) if first.is_uppercase() => {
            let mut letters = other.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        }
        _ => (*other).to_owned(),
    }
}

fn without(text: &str, words: &[&str]) -> String {
    let kept = text.split(' ').filter(|word| !words.contains(&word.to_lowercase().as_str()));
    kept.collect::<Vec<_>>().join(" ")
}

fn dropped(word: &str) -> String {
    let lower = word.to_lowercase();
    if ["isn't", "aren't", "wasn't", "hasn't", "haven't"].contains(&lower.as_str()) {
        return "ain't".to_owned();
    }
    match word.strip_suffix("ing") {
        Some(stem) if stem.len() >= 3 => format!("{stem}in'"),
        _ => word.to_owned(),
    }
}

fn exchange_gender(text: &str) -> String {
    const PAIRS: [(&str, &str); 34] = [
        ("he", "she"),
        ("she", "he"),
        ("him", "her"),
        ("his", "her"),
        ("her", "his"),
        ("himself", "herself"),
        ("herself", "himself"),
        ("wife", "husband"),
        ("husband", "wife"),
        ("girlfriend", "boyfriend"),
        ("boyfriend", "girlfriend"),
        ("mother", "father"),
        ("father", "mother"),
        ("mom", "dad"),
        ("mum", "dad"),
        ("dad", "mom"),
        ("sister", "brother"),
        ("brother", "sister"),
        ("woman", "man"),
        ("man", "woman"),
        ("women", "men"),
        ("men", "women"),
        ("daughter", "son"),
        ("son", "daughter"),
        ("aunt", "uncle"),
        ("uncle", "aunt"),
        ("niece", "nephew"),
        ("nephew", "niece"),
        ("he's", "she's"),
        ("she's", "he's"),
        ("he'd", "she'd"),
        ("she'd", "he'd"),
        ("he'll", "she'll"),
        ("she'll", "he'll"),
    ];
    each_word(text, |word| short_form(word, &PAIRS))
}

fn exchange_names(text: &str) -> String {
    const FROM: [&str; 60] = [
        "adam", "alex", "alice", "amy", "ana", "andrew", "anna", "ben", "carlos", "chris", "claire", "dan",
        "daniel", "dave", "david", "diane", "elena", "ella", "emma", "eric", "eva", "george", "greg",
        "hannah", "helen", "ian", "james", "jane", "jen", "jenny", "joe", "john", "jonas", "josh", "julia",
        "karen", "kate", "kevin", "laura", "leah", "leo", "lena", "lisa", "lucas", "luke", "maria", "marco",
        "mark", "marta", "matt", "maya", "mia", "michael", "nina", "olga", "paul", "peter", "priya", "sam",
        "sarah",
    ];
    each_word(text, |word| {
        let lower = word.to_lowercase();
        let stem = lower.strip_suffix("'s").unwrap_or(&lower);
        match FROM.iter().position(|name| *name == stem) {
            Some(at) if word.starts_with(char::is_uppercase) => {
                let other = FROM[(at + 17) % FROM.len()];
                short_form("X", &[("x", other)]) + &lower[stem.len()..]
            }
            _ => word.to_owned(),
        }
    })
}
