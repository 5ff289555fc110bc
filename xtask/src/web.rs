//! `cargo xtask web`: builds the browser bundle. The work is done by `amends-bundle`, which other chores need
//! not compile.

use std::process::Command;

use anyhow::ensure;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    run_crate("amends-bundle", &[], arguments)
}

/// `cargo xtask pictures`: takes the screenshots of the README from the running app.
pub(crate) fn pictures() -> anyhow::Result<()> {
    run_crate("amends-browser-tests", &["--bin", "pictures"], &[])
}

/// `cargo xtask gallery`: pictures of every screen.
pub(crate) fn gallery(arguments: &[String]) -> anyhow::Result<()> {
    run_crate("amends-browser-tests", &["--bin", "gallery"], arguments)
}

fn run_crate(package: &str, select: &[&str], arguments: &[String]) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", package])
        .args(select)
        .arg("--")
        .args(arguments)
        .status()?;
    ensure!(status.success(), "{package} did not finish");
    Ok(())
}
