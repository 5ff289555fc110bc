//! Who is meant must not change what rules and model find: other names, the other gender.

use amends_lint::Draft;
use amends_reader::Reader;

use crate::{ids, with_model};

/// Of a hundred findings at most so many may come or go. Names and gender words that the reader knows change nothing
/// in what the model says; what is left is the rules'.
const MOST_IN_A_HUNDRED: usize = 2;

const GENDER: [(&str, &str); 14] = [
    ("he", "she"),
    ("she", "he"),
    ("him", "her"),
    ("himself", "herself"),
    ("herself", "himself"),
    ("wife", "husband"),
    ("husband", "wife"),
    ("mother", "father"),
    ("father", "mother"),
    ("mum", "dad"),
    ("mom", "dad"),
    ("sister", "brother"),
    ("brother", "sister"),
    ("her", "his"),
];

const NAMES: [(&str, &str); 8] = [
    ("Sam", "Ayesha"),
    ("Anna", "Dmitri"),
    ("Leah", "Kwame"),
    ("Maria", "Tom"),
    ("Daniel", "Priya"),
    ("Emma", "Hiroshi"),
    ("Ben", "Svetlana"),
    ("Lena", "Carlos"),
];

fn exchanged(text: &str, pairs: &[(&str, &str)]) -> String {
    let other = |word: &str| pairs.iter().find(|(from, _)| *from == word).map(|(_, to)| *to);
    text.split(' ').map(|word| other(word).unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

fn found(reader: &mut Reader, text: &str) -> Vec<String> {
    let report = reader.read(&Draft::new(text));
    ids(reader, &report)
}

fn moves_at_most(pairs: &[(&str, &str)], texts: impl Iterator<Item = String>) {
    let Some(mut reader) = with_model() else { return };
    let (mut n_findings, mut moved) = (0, Vec::new());
    for text in texts {
        let other = exchanged(&text, pairs);
        if other == text {
            continue;
        }
        let (before, after) = (found(&mut reader, &text), found(&mut reader, &other));
        n_findings += before.len();
        let differ = before
            .iter()
            .filter(|id| !after.contains(id))
            .chain(after.iter().filter(|id| !before.contains(id)));
        moved.extend(differ.map(|id| format!("{id}: {text} / {other}")));
    }
    assert!(n_findings >= 25, "{n_findings} findings are too few to judge by");
    assert!(
        100 * moved.len() <= MOST_IN_A_HUNDRED * n_findings,
        "{} of {n_findings}: {moved:#?}",
        moved.len()
    );
}

/// The rules' own examples.
fn examples() -> impl Iterator<Item = String> {
    let pack = amends_pack_en::pack_with_examples();
    pack.rules.into_iter().flat_map(|rule| rule.bad.into_iter().chain(rule.good)).map(|example| example.text)
}

#[test]
fn the_gender_of_somebody_moves_hardly_any_finding() {
    let told = examples().take(60).map(|text| format!("I told my sister about it and she listened. {text}"));
    moves_at_most(&GENDER, examples().chain(told));
}

#[test]
fn another_name_moves_hardly_any_finding() {
    let with_name =
        |text: String| NAMES.map(|(name, _)| text.replacen("you ", &format!("you and {name} "), 1));
    let texts = examples().take(60).flat_map(with_name);
    moves_at_most(&NAMES, texts);
}
