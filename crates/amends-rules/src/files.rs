//! The files of a pack folder and their form.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use amends_lint::{Kind, Severity};
use serde::Deserialize;

use crate::error::CompileError;

/// All files of a pack, read into memory: path relative to the folder -> text. The compiler itself touches no
/// disk, so a pack can also come from an archive or a test.
#[derive(Debug, Clone, Default)]
pub struct PackFolder {
    files: BTreeMap<String, String>,
}

impl PackFolder {
    /// Reads every `.toml` and `.txt` file below `folder`.
    ///
    /// # Errors
    /// [`CompileError::Unreadable`] where a file or folder cannot be read.
    pub fn read(folder: &Path) -> Result<Self, CompileError> {
        let mut files = BTreeMap::new();
        let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            let unreadable = |error: std::io::Error| CompileError::Unreadable {
                path: next.display().to_string(),
                reason: error.to_string(),
            };
            for entry in std::fs::read_dir(&next).map_err(unreadable)? {
                let path = entry.map_err(unreadable)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "txt") {
                    let text = std::fs::read_to_string(&path).map_err(|error| CompileError::Unreadable {
                        path: path.display().to_string(),
                        reason: error.to_string(),
                    })?;
                    let name =
                        path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.insert(name, text);
                }
            }
        }
        Ok(Self { files })
    }

    /// A folder made of these `(path, text)` pairs.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// Text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Files directly below `folder/`, with that ending.
    pub(crate) fn below<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files.iter().filter_map(move |(path, text)| {
            let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
            (rest.ends_with(ending) && !rest.contains('/')).then_some((path.as_str(), text.as_str()))
        })
    }

    /// Check files: every `.toml` one folder down that is not in `facts` or `lexicon`.
    pub(crate) fn checks(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| {
            let (folder, rest) = path.split_once('/')?;
            let is_check =
                rest.ends_with(".toml") && !rest.contains('/') && !matches!(folder, "facts" | "lexicon");
            is_check.then_some((path.as_str(), text.as_str()))
        })
    }
}

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackFile {
    pub(crate) language: String,
    #[serde(default)]
    pub(crate) genre: Vec<GenreFile>,
}

/// What a genre is expected to hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GenreFile {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) expects: Vec<String>,
    #[serde(default)]
    pub(crate) any_of: Vec<Vec<String>>,
}

/// `macros.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MacroFile {
    #[serde(default)]
    pub(crate) macros: BTreeMap<String, String>,
}

/// `facts/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactFile {
    #[serde(default, rename = "match")]
    pub(crate) matches: Vec<MatchFile>,
    #[serde(default)]
    pub(crate) derive: Vec<DeriveFile>,
}

/// `<step>/<check>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckFile {
    pub(crate) id: String,
    /// Other steps that show it, besides the folder it lives in.
    #[serde(default)]
    pub(crate) also_steps: Vec<String>,
    pub(crate) kind: Kind,
    pub(crate) severity: Severity,
    #[serde(default)]
    pub(crate) genres: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) title: String,
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) question: String,
    #[serde(default)]
    pub(crate) pattern: String,
    #[serde(default, rename = "match")]
    pub(crate) matches: Vec<MatchFile>,
    #[serde(default)]
    pub(crate) derive: Vec<DeriveFile>,
    /// Sentences it must find; the place between `[[` and `]]`.
    pub(crate) finds: Vec<ExampleFile>,
    /// Sentences it must pass that look much like a finding.
    pub(crate) near_misses: Vec<ExampleFile>,
    /// Other sentences it must pass.
    pub(crate) passes: Vec<ExampleFile>,
}

/// Patterns that emit one fact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MatchFile {
    /// The fact; in a check file the check's own id if left out.
    #[serde(default)]
    pub(crate) emit: Option<String>,
    /// The patterns, any of them.
    pub(crate) any: Vec<String>,
    /// What must hold of the clause, for example `actor=i tense=past !negated`.
    #[serde(default, rename = "where")]
    pub(crate) condition: String,
    /// Facts that must stand near, for example `apology.performative@sentence`.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    /// Facts that must not stand near.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    /// Patterns that must not stand in the same sentence.
    #[serde(default)]
    pub(crate) not: Vec<String>,
    /// How sure, in percent.
    #[serde(default = "usual_confidence")]
    pub(crate) confidence: u8,
    /// Genres in which it applies; all if left out.
    #[serde(default)]
    pub(crate) genres: Vec<String>,
}

/// A fact that follows from another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeriveFile {
    #[serde(default)]
    pub(crate) emit: Option<String>,
    pub(crate) from: String,
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    #[serde(default = "usual_confidence")]
    pub(crate) confidence: u8,
    #[serde(default)]
    pub(crate) genres: Vec<String>,
}

fn usual_confidence() -> u8 {
    90
}

/// An example: a sentence, or a sentence that answers the partner.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum ExampleFile {
    /// A sentence.
    Plain(String),
    /// A reply.
    Reply {
        /// What the partner said.
        partner: String,
        /// The reply.
        text: String,
    },
}
