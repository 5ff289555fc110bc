//! Search in one's own entries. The index lives in memory only and is gone when the vault is locked.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use amends_domain::event::Event;
use amends_domain::id::{EventId, Millis};
use amends_domain::texts::texts;
use amends_store::Store;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::vault::Vault;

/// Letters shown on each side of a match.
const AROUND: usize = 60;

/// An entry that holds all the words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The event.
    pub id: EventId,
    /// When it was written.
    pub at: Millis,
    /// Slug of the step it belongs to.
    pub step: &'static str,
    /// The place of the first word, with some text around it.
    pub excerpt: String,
}

/// Folded words of each event, made when first needed.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex(RefCell<HashMap<EventId, Box<[String]>>>);

impl<S: Store> Vault<S> {
    /// Own entries that hold (the newest version of each), in which every word of `query` begins a word, newest first, at most `limit`. Capitals and accents
    /// do not matter.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let wanted = words(query);
        if wanted.is_empty() {
            return Vec::new();
        }
        let gone = self.state().superseded();
        let mut index = self.search.0.borrow_mut();
        let found: Vec<&Event> = self
            .state()
            .events()
            .filter(|event| event.author == self.me())
            .filter(|event| {
                let has = index.entry(event.id).or_insert_with(|| words_of(event));
                wanted.iter().all(|word| has.iter().any(|found| found.starts_with(word.as_str())))
            })
            .filter(|event| self.state().holds(event) && !gone.contains(&event.id))
            .collect();
        found.into_iter().rev().take(limit).map(|event| hit(event, &wanted[0])).collect()
    }
}

fn hit(event: &Event, word: &str) -> Hit {
    Hit { id: event.id, at: event.at.time(), step: event.body.step(), excerpt: excerpt(event, word) }
}

fn words_of(event: &Event) -> Box<[String]> {
    let all: HashSet<String> = texts(&event.body).iter().flat_map(|text| words(text)).collect();
    all.into_iter().collect()
}

fn excerpt(event: &Event, word: &str) -> String {
    let first_in = |text: &String| {
        let word_at = |at: &usize| text[*at..].split(|letter| !is_in_word(letter)).next().map(fold);
        let at = word_starts(text).find(|at| word_at(at).is_some_and(|found| found.starts_with(word)))?;
        Some(around(text, at))
    };
    texts(&event.body).iter().find_map(first_in).unwrap_or_default()
}

/// The text around a byte position, cut between characters.
fn around(text: &str, at: usize) -> String {
    let from = text[..at].char_indices().rev().take(AROUND).last().map_or(at, |(index, _)| index);
    let to = text[at..].char_indices().nth(AROUND).map_or(text.len(), |(index, _)| at + index);
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
    format!("{before}{}{after}", text[from..to].trim())
}

/// Byte positions at which words begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, letter)| {
        let starts = is_in_word(letter) && !inside;
        inside = is_in_word(letter);
        starts.then_some(at)
    })
}

fn is_in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    text.split(|letter| !is_in_word(letter)).filter(|word| !word.is_empty()).map(fold).collect()
}

/// Small letters without accents.
fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(words("Ça va? I didn't — naïve Ｆull"), ["ca", "va", "i", "didn", "t", "naive", "full"]);
        assert_eq!(words(" … "), [""; 0]);
    }

    #[test]
    fn an_excerpt_is_cut_between_characters() {
        let text = format!("{} here {}", "ü".repeat(100), "ß".repeat(100));
        let at = text.find("here").unwrap();
        let excerpt = around(&text, at);
        assert!(excerpt.starts_with('…') && excerpt.ends_with('…') && excerpt.contains("here"));
        assert_eq!(around("short", 0), "short");
    }
}
