//! Reads the corpora; corpus/README.md describes their form.

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A labelled sentence.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) writer: String,
    pub(crate) labels: Vec<String>,
    #[serde(default)]
    pub(crate) partner_said: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) second: Option<Vec<String>>,
}

/// A labelled letter.
#[derive(Debug, Deserialize)]
pub(crate) struct Letter {
    pub(crate) genre: String,
    pub(crate) quality: String,
    pub(crate) present: Vec<String>,
    #[serde(default)]
    pub(crate) partner_said: String,
    pub(crate) sentences: Vec<LetterSentence>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LetterSentence {
    pub(crate) labels: Vec<String>,
    pub(crate) paragraph: u32,
    pub(crate) text: String,
}

impl Letter {
    /// The letter as it was written: sentences with blanks, paragraphs with empty lines.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let mut paragraph = 0;
        for sentence in &self.sentences {
            if !text.is_empty() {
                text.push_str(if sentence.paragraph == paragraph { " " } else { "\n\n" });
            }
            paragraph = sentence.paragraph;
            text.push_str(&sentence.text);
        }
        text
    }
}

/// A sentence of the development set: tells about one check only.
#[derive(Debug, Deserialize)]
pub(crate) struct DevelopmentLine {
    pub(crate) id: String,
    pub(crate) check: String,
    pub(crate) expect: bool,
    #[serde(default)]
    pub(crate) partner_said: String,
    pub(crate) text: String,
}

pub(crate) fn lines(folder: &Path, writers: &[String]) -> anyhow::Result<Vec<Line>> {
    read_all(folder, ".sentences.jsonl", writers)
}

pub(crate) fn letters(folder: &Path, writers: &[String]) -> anyhow::Result<Vec<Letter>> {
    read_all(folder, ".letters.jsonl", writers)
}

pub(crate) fn development(path: &Path) -> anyhow::Result<Vec<DevelopmentLine>> {
    read_lines(path)
}

/// Benign files: name and lines.
pub(crate) fn benign(folder: &Path) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let mut files = Vec::new();
    for path in sorted(folder)? {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = std::fs::read_to_string(&path)?;
            files.push((
                name,
                text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            ));
        }
    }
    Ok(files)
}

fn read_all<T: DeserializeOwned>(folder: &Path, ending: &str, writers: &[String]) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    for path in sorted(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(writer) = name.strip_suffix(ending) else { continue };
        if writers.is_empty() || writers.iter().any(|wanted| wanted == writer) {
            all.extend(read_lines(&path)?);
        }
    }
    Ok(all)
}

fn sorted(folder: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut paths = std::fs::read_dir(folder)
        .with_context(|| format!("{}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn read_lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("{\"schema\""))
        .map(|(index, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), index + 1))
        })
        .collect()
}
