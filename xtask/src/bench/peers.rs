//! Other checkers: installs the versions that bench-peers locks into target/peers and starts them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

/// A checker of others: how to start it as a worker, and its whole process on one file where it has one.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    folder: PathBuf,
}

const NODE_TOOLS: [&str; 3] = ["write-good", "alex", "textlint"];

/// Installs all peers (once; later calls are quick) and lists them.
pub(crate) fn install(source: &Path, folder: &Path) -> anyhow::Result<Vec<Peer>> {
    std::fs::create_dir_all(folder)?;
    for file in ["package.json", "package-lock.json", "peers.mjs", "proselint_peer.py", "requirements.txt"] {
        std::fs::copy(source.join(file), folder.join(file)).with_context(|| file.to_owned())?;
    }
    if !folder.join("node_modules").exists() {
        succeed(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(folder),
        )?;
    }
    if !folder.join("python").exists() {
        succeed(Command::new("python3").args(["-m", "venv", "python"]).current_dir(folder))?;
        succeed(
            Command::new(folder.join("python/bin/pip"))
                .args(["install", "--quiet", "--requirement", "requirements.txt"])
                .current_dir(folder),
        )?;
    }
    succeed(
        Command::new("cargo")
            .args(["build", "--release", "--quiet", "--locked", "--manifest-path"])
            .arg(source.join("harper/Cargo.toml"))
            .arg("--target-dir")
            .arg(folder.join("harper")),
    )?;
    let names = ["harper-core", "write-good", "proselint", "alex", "textlint"];
    Ok(names.into_iter().map(|name| Peer { name, folder: folder.to_owned() }).collect())
}

impl Peer {
    /// Command of a worker that reads `text`.
    pub(crate) fn worker(&self, text: &Path) -> Command {
        let mut command = match self.name {
            name if NODE_TOOLS.contains(&name) => {
                let mut command = Command::new("node");
                command.args(["peers.mjs", name]);
                command
            }
            "proselint" => {
                let mut command = Command::new(self.folder.join("python/bin/python"));
                command.arg("proselint_peer.py");
                command
            }
            _ => Command::new(self.folder.join("harper/release/peer-harper")),
        };
        command.arg(text).current_dir(&self.folder);
        command
    }

    /// Command that reads one file and ends, as a person would call it.
    pub(crate) fn whole(&self, text: &Path) -> Option<Command> {
        let mut command = match self.name {
            "write-good" => Command::new(self.folder.join("node_modules/.bin/write-good")),
            "proselint" => {
                let mut command = Command::new(self.folder.join("python/bin/proselint"));
                command.arg("check");
                command
            }
            _ => return None,
        };
        command.arg(text).current_dir(&self.folder);
        Some(command)
    }
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} failed");
    Ok(())
}
