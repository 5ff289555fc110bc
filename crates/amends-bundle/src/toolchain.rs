//! Finds a compiler for WebAssembly: the active one, the active one with its target added, or one of the
//! system that carries the source of its standard library.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where the standard library for WebAssembly comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Route {
    /// The active toolchain has it, or `rustup` adds it.
    Active,
    /// The system's compiler builds it from source.
    Source,
}

/// A compiler with what it needs.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    pub(crate) cargo: PathBuf,
    pub(crate) rustc: PathBuf,
    pub(crate) route: Route,
    pub(crate) sysroot: PathBuf,
}

const WHAT_TO_INSTALL: &str = "no compiler for WebAssembly was found. Install one of these:\n  \
    rustup target add wasm32-unknown-unknown\n  \
    apt-get install --no-install-recommends rustc-web cargo-web rust-web-src rust-web-llvm lld-22";

/// The first route that works, or the one asked for.
pub(crate) fn find(route: Option<Route>) -> anyhow::Result<Toolchain> {
    let active = || active(Path::new("cargo"), Path::new("rustc"));
    let found = match route {
        Some(Route::Active) => active(),
        Some(Route::Source) => source(),
        None => active().or_else(source),
    };
    found.ok_or_else(|| anyhow::anyhow!(WHAT_TO_INSTALL))
}

fn active(cargo: &Path, rustc: &Path) -> Option<Toolchain> {
    let has_target = || {
        let folder = printed(rustc, &["--print", "target-libdir", "--target", TARGET])?;
        std::fs::read_dir(folder).ok()?.next().map(|_| ())
    };
    if has_target().is_none() {
        println!("adding {TARGET} to the active toolchain");
        let added = clean(&mut Command::new("rustup")).args(["target", "add", TARGET]).status().ok()?;
        added.success().then(has_target)??;
    }
    let sysroot = printed(rustc, &["--print", "sysroot"])?.into();
    Some(Toolchain { cargo: cargo.to_owned(), rustc: rustc.to_owned(), route: Route::Active, sysroot })
}

/// Debian's `rustc-web`, `cargo-web` and `rust-web-src`: /usr/bin, with the library's source below its root.
fn source() -> Option<Toolchain> {
    let (cargo, rustc) = (PathBuf::from("/usr/bin/cargo"), PathBuf::from("/usr/bin/rustc"));
    let sysroot = PathBuf::from(printed(&rustc, &["--print", "sysroot"])?);
    let library = sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml");
    (cargo.exists() && library.exists()).then_some(Toolchain { cargo, rustc, route: Route::Source, sysroot })
}

fn printed(rustc: &Path, arguments: &[&str]) -> Option<String> {
    let output = clean(&mut Command::new(rustc)).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Takes away what an outer cargo or rustup has set, and leaves what a person has (home, network, registries).
pub(crate) fn clean(command: &mut Command) -> &mut Command {
    const KEPT: [&str; 6] =
        ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR", "CARGO_SOURCE_", "RUSTUP_HOME"];
    const SET_FROM_OUTSIDE: [&str; 4] = ["CARGO", "RUSTUP_", "RUSTC", "RUSTFLAGS"];
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let outer = SET_FROM_OUTSIDE.iter().any(|start| text.starts_with(start));
        if outer && !KEPT.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    command
}
