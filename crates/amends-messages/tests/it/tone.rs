//! Plain, ungendered, honest: what texts may not do, and how hard they may be to read.

use crate::messages;

/// Flesch-Kincaid grade that no message file may pass.
const HARDEST_GRADE: f64 = 8.0;

/// Names whose length is not ours to choose; left out of the reading grade.
const NAMES: [&str; 4] = ["encyclopedia", "apologize", "apology", "amends"];

#[test]
fn message_files_can_be_read_at_twelve() {
    let mut files: Vec<(&str, String)> = Vec::new();
    for (file, _, text) in messages() {
        if words(&text).len() < 4 {
            continue; // A label or a word of a list, no sentence.
        }
        match files.last_mut().filter(|(name, _)| *name == file) {
            Some((_, whole)) => {
                whole.push_str(". ");
                whole.push_str(&text);
            }
            None => files.push((file, text)),
        }
    }
    for (file, text) in files {
        let grade = reading_grade(&text);
        assert!(grade <= HARDEST_GRADE, "{file} reads at grade {grade:.1}");
    }
}

#[test]
fn no_text_shouts() {
    for (file, key, text) in messages() {
        // "hard words" of the listening practice are quoted speech, not the voice of the app.
        assert!(!text.contains('!') || file.starts_with("bank-"), "{file}: {key}");
    }
}

#[test]
fn no_text_assumes_a_gender() {
    const GENDERED: [&str; 22] = [
        "he",
        "she",
        "him",
        "her",
        "his",
        "hers",
        "himself",
        "herself",
        "husband",
        "wife",
        "boyfriend",
        "girlfriend",
        "man",
        "woman",
        "guy",
        "girl",
        "lady",
        "gentleman",
        "men",
        "women",
        "mistress",
        "lover",
    ];
    for (file, key, text) in messages() {
        // Practice statements may speak of a third person; one help line is for men by its own name.
        if file.starts_with("bank-") || key == "help-kind-men" {
            continue;
        }
        let found = words(&text).into_iter().find(|word| GENDERED.contains(&word.as_str()));
        assert!(found.is_none(), "{file}: {key} says {found:?}");
    }
}

#[test]
fn no_text_claims_too_much() {
    const CLAIMS: [&str; 14] = [
        "cure",
        "cures",
        "proven",
        "proves",
        "guarantee",
        "guaranteed",
        "scientifically",
        "heals",
        "works for everyone",
        "save your",
        "win back",
        "will forgive",
        "will trust",
        "success",
    ];
    const REWARDS: [&str; 8] =
        ["great job", "well done", "good job", "congratulations", "streak", "score", "points", "days since"];
    for (file, key, text) in messages() {
        let plain = format!(" {} ", words(&text).join(" "));
        for phrase in CLAIMS.iter().chain(&REWARDS) {
            assert!(!plain.contains(&format!(" {phrase} ")), "{file}: {key} says {phrase:?}");
        }
        let has_figure = text.contains('%') || plain.contains(" percent ");
        assert!(
            !has_figure || key.starts_with("evidence-e"),
            "{file}: {key} gives a figure without its study"
        );
    }
}

#[test]
fn every_study_is_told_with_its_limits() {
    for (_, key, text) in messages().iter().filter(|(_, key, _)| is_study(key)) {
        assert!(text.matches(". ").count() >= 1, "{key} has no room for a limit");
    }
}

fn is_study(key: &str) -> bool {
    key.strip_prefix("evidence-e").is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Lower-case words; what stands in braces is filled in later and is no word.
fn words(text: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut depth = 0_u32;
    for character in text.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    outside
        .split(|character: char| !character.is_alphabetic() && character != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Flesch-Kincaid grade: `0.39 * words per sentence + 11.8 * syllables per word - 15.59`.
fn reading_grade(text: &str) -> f64 {
    let words: Vec<String> = words(text).into_iter().filter(|word| !NAMES.contains(&word.as_str())).collect();
    let ends = text.split(['.', '?', ':', '\n']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let n_words = words.len().max(1) as f64;
    0.39 * n_words / ends.max(1) as f64 + 11.8 * syllables as f64 / n_words - 15.59
}

/// Groups of vowels, less a silent "e".
fn syllables(word: &str) -> usize {
    let vowel = |character: char| "aeiouy".contains(character);
    let mut groups = 0;
    let mut before = false;
    for character in word.chars() {
        groups += usize::from(vowel(character) && !before);
        before = vowel(character);
    }
    let silent =
        (word.ends_with('e') && !word.ends_with("le")) || (word.ends_with("ed") && !word.ends_with("ted"));
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
}
