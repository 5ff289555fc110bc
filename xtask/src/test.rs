//! `cargo xtask test`: everything that can be proven of the tree, in the order that fails soonest.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, ensure};

/// Runs all checks; stops at the first that fails.
pub(crate) fn run() -> anyhow::Result<()> {
    let steps: [(&str, &[&str]); 5] = [
        ("format", &["fmt", "--all", "--check"]),
        ("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]),
        ("generated docs", &["run", "--quiet", "--locked", "--package", "xtask", "--", "docs", "--check"]),
        ("web bundle", &["run", "--quiet", "--locked", "--package", "xtask", "--", "web"]),
        ("tests", &["test", "--workspace", "--locked"]),
    ];
    for (name, arguments) in steps {
        cargo(name, arguments)?;
    }
    Ok(())
}

fn cargo(name: &str, arguments: &[&str]) -> anyhow::Result<()> {
    println!("== {name}: cargo {}", arguments.join(" "));
    let start = Instant::now();
    let status = Command::new(env!("CARGO")).args(arguments).status().context("cannot start cargo")?;
    ensure!(status.success(), "{name} failed");
    println!("== {name}: {} s", start.elapsed().as_secs());
    Ok(())
}
