//! A real browser for tests: Chromium, the app in both of its shells, and what a person can see and do.
//!
//! Nothing here is part of the app. Everything that is missing on a machine is an error that says what to
//! install.

mod browser;
mod driver;
mod look;
mod picture;
mod shells;
mod walker;
mod zone;

use std::path::PathBuf;

pub use browser::{Browser, Screen};
pub use driver::Driver;
pub use look::{ALL_RULES, CONTRAST};
pub use picture::{Difference, Picture, difference, side_by_side, write_small};
pub use shells::{BrowserShell, NativeShell, bundle, media_type, program};
pub use walker::{Found, Walker, Who};
pub use zone::{UTC, at_noon};

/// Root of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Folder of this build: the one that holds the program that is running.
pub fn build_folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.ancestors().skip(1).find(|folder| !folder.ends_with("deps"));
    folder.map(PathBuf::from).ok_or_else(|| anyhow::anyhow!("{} lies nowhere", program.display()))
}
