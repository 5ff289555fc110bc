//! What must not change findings: quotes, contractions, case, spaces, line wraps, names.

use crate::{faults, id, read};

/// Sentences whose readings are compared; they come from the rules' own examples.
fn sentences() -> Vec<String> {
    let pack = amends_pack_en::pack_with_examples();
    pack.rules
        .iter()
        .flat_map(|rule| rule.bad.iter().chain(&rule.good))
        .filter(|example| example.partner.is_empty())
        .map(|example| example.text.clone())
        .collect()
}

/// Faults and good parts, without places.
fn reading(text: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let report = read(text);
    let mut faults: Vec<&str> = report.findings.iter().map(|finding| id(finding.check)).collect();
    let mut present: Vec<&str> = report.present.iter().map(|found| id(found.check)).collect();
    faults.sort_unstable();
    present.sort_unstable();
    (faults, present)
}

fn same_after(what: &str, change: impl Fn(&str) -> String) {
    for sentence in sentences() {
        let changed = change(&sentence);
        assert_eq!(reading(&sentence), reading(&changed), "{what}: {sentence} / {changed}");
    }
}

#[test]
fn curly_and_straight_apostrophes_read_the_same() {
    same_after("apostrophes", |text| text.replace('\'', "\u{2019}"));
}

#[test]
fn long_and_short_forms_read_the_same() {
    for (long, short, bare) in
        [("I am", "I'm", "im"), ("do not", "don't", "dont"), ("you are", "you're", "youre")]
    {
        for (from, to) in [(long, short), (short, long), (short, bare)] {
            same_after(from, |text| text.replace(from, to));
        }
    }
}

#[test]
fn more_spaces_and_wrapped_lines_read_the_same() {
    same_after("spaces", |text| text.replace(' ', "  "));
    same_after("line wraps", |text| text.replacen(' ', "\n", 2));
}

#[test]
fn lower_case_reads_the_same() {
    // Names lose their capital; everything else must stay.
    same_after("lower case", |text| {
        if text.chars().filter(|letter| letter.is_uppercase()).count() <= 1 {
            text.to_lowercase()
        } else {
            text.to_owned()
        }
    });
}

#[test]
fn the_gender_of_a_third_person_changes_nothing() {
    let swap = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let swapped: Vec<&str> = words
            .iter()
            .map(|word| match *word {
                "he" => "she",
                "she" => "he",
                "him" => "her",
                "himself" => "herself",
                "brother" => "sister",
                "sister" => "brother",
                "mother" => "father",
                "father" => "mother",
                other => other,
            })
            .collect();
        swapped.join(" ")
    };
    // "her" is both "him" and "his": sentences with it are left as they are.
    same_after("gender", |text| {
        if text.split(' ').any(|word| word == "her") { text.to_owned() } else { swap(text) }
    });
}

#[test]
fn a_shout_in_capitals_is_read_too() {
    assert_eq!(faults("I AM SORRY IF I HURT YOU"), faults("I am sorry if I hurt you"));
}
