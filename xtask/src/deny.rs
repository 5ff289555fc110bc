//! `cargo xtask deny`: licences, sources and doubled crates by cargo-deny, and known advisories where its data
//! is on this machine. The licence list is also checked by the tests, which need no tool.

use std::process::Command;

use anyhow::{Context as _, ensure};

pub(crate) fn run(advisories: bool) -> anyhow::Result<()> {
    let installed = Command::new("cargo-deny").arg("--version").output().is_ok();
    ensure!(installed, "cargo-deny is missing; run: cargo install --locked cargo-deny");
    let mut checks = vec!["licenses", "bans", "sources"];
    if advisories {
        checks.push("advisories");
    }
    let status =
        Command::new("cargo-deny").arg("check").args(checks).status().context("cannot start cargo-deny")?;
    ensure!(status.success(), "cargo-deny found something");
    Ok(())
}
