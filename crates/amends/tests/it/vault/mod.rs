//! The vault as its owner meets it: made, opened, searched, saved elsewhere, restored, left.

mod carry;
mod keys;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::{stderr, stdout};

pub(crate) const PASSPHRASE: &str = "three green chairs";

/// A folder with a vault in it, and the passphrase in a file beside it.
pub(crate) struct Owner {
    folder: tempfile::TempDir,
}

impl Owner {
    /// A place with nothing in it.
    pub(crate) fn without_vault() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n"))
            .expect("it can be written");
        Self { folder }
    }

    /// A place with a new vault.
    pub(crate) fn new() -> Self {
        let owner = Self::without_vault();
        owner.succeeds(&["vault", "create"], "skip\n");
        owner
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn vault_file(&self) -> PathBuf {
        self.path("data/vault.amends")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
        command
            .args(arguments)
            .env("NO_COLOR", "1")
            .env("AMENDS_DATA", self.path("data"))
            .env("AMENDS_LOWEST_COST", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the program with the passphrase at hand; its input stays open.
    pub(crate) fn starts(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.arg("--passphrase-file").arg(self.path("passphrase"));
        command.spawn().expect("amends can be started")
    }

    /// Runs the program with the passphrase at hand.
    pub(crate) fn runs(&self, arguments: &[&str], input: &str) -> Output {
        finish(self.starts(arguments), input)
    }

    /// Runs the program with nothing but its standard input.
    pub(crate) fn runs_bare(&self, arguments: &[&str], input: &str) -> Output {
        finish(self.command(arguments).spawn().expect("amends can be started"), input)
    }

    /// The same, where it has to go well; what it printed.
    pub(crate) fn succeeds(&self, arguments: &[&str], input: &str) -> String {
        let output = self.runs(arguments, input);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}{}", stdout(&output), stderr(&output));
        stdout(&output)
    }

    /// What a step holds, as JSON.
    pub(crate) fn lists(&self, step: &str) -> serde_json::Value {
        let text = self.succeeds(&[step, "--list", "--json"], "");
        serde_json::from_str(&text).expect("a list is JSON")
    }
}

fn finish(mut child: Child, input: &str) -> Output {
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("amends ends")
}

pub(crate) fn text_of(path: &Path) -> &str {
    path.to_str().expect("paths of tests are plain")
}

/// A letter to oneself.
fn write_letter(owner: &Owner, text: &str) {
    let event = serde_json::json!({ "save_letter": { "content": { "purpose": "for_me", "text": text } } });
    owner.succeeds(&["communication", "--json"], &event.to_string());
}
