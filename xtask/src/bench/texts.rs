//! The texts that are measured: the letters of the development writers.

use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
struct Letter {
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    paragraph: u32,
    text: String,
}

/// All letters of `corpus/hands`, one after the other, with an empty line between them.
pub(crate) fn letters(corpus: &Path) -> anyhow::Result<String> {
    let mut paths: Vec<_> = std::fs::read_dir(corpus.join("hands"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut all = String::new();
    for path in paths.iter().filter(|path| path.to_string_lossy().ends_with(".letters.jsonl")) {
        for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.starts_with("{\"schema\"")) {
            let letter: Letter = serde_json::from_str(line)?;
            let mut paragraph = letter.sentences.first().map_or(0, |first| first.paragraph);
            for (index, sentence) in letter.sentences.iter().enumerate() {
                if index > 0 {
                    all.push_str(if sentence.paragraph == paragraph { " " } else { "\n\n" });
                }
                paragraph = sentence.paragraph;
                all.push_str(&sentence.text);
            }
            all.push_str("\n\n");
        }
    }
    anyhow::ensure!(!all.is_empty(), "there are no letters in {}", corpus.display());
    Ok(all)
}

/// The first `n_words` words of a text.
pub(crate) fn first_words(text: &str, n_words: usize) -> String {
    text.split_inclusive(char::is_whitespace)
        .scan(0, |count, piece| {
            *count += usize::from(!piece.trim().is_empty());
            (*count <= n_words).then_some(piece)
        })
        .collect()
}

/// `text` again and again, cut at `n_bytes` or just before.
pub(crate) fn of_length(text: &str, n_bytes: usize) -> String {
    let mut long = text.repeat(n_bytes / text.len() + 1);
    let mut end = n_bytes;
    while !long.is_char_boundary(end) {
        end -= 1;
    }
    long.truncate(end);
    long
}
