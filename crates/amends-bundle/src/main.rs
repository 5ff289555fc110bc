//! `amends-bundle`: builds the browser bundle and prints its sizes. Usually called as `cargo xtask web`.

use std::path::{Path, PathBuf};

use amends_bundle::{Options, Route, build};
use clap::Parser;

/// Wanted size of everything that a first visit fetches as WASM, in kilobytes of gzip.
const GOAL_KB: f64 = 160.0;

/// Builds the web app.
#[derive(Parser)]
struct Arguments {
    /// Builds elsewhere and fails if the bundle that is there differs.
    #[arg(long)]
    check: bool,
    /// Folder of the bundle.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Which compiler to take: the active one, or one that carries the source of its standard library.
    #[arg(long, value_enum)]
    route: Option<Route>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let mut options = Options { route: arguments.route, ..Options::new(&root) };
    if let Some(out) = arguments.out {
        options.out = out;
    }
    let there = options.out.clone();
    let elsewhere = tempfile::tempdir()?;
    if arguments.check {
        options.out = elsewhere.path().join("web");
    }
    let sizes = build(&options)?;
    for size in &sizes {
        println!("{:>9} {:>9} {:>9}  {}", size.raw, size.gzip, size.brotli, size.name);
    }
    let wasm: usize = sizes.iter().filter(|size| size.name.ends_with(".wasm")).map(|size| size.gzip).sum();
    let all: usize = sizes.iter().map(|size| size.brotli).sum();
    println!("WASM {:.1} KB gzip (goal {GOAL_KB} KB), everything {:.1} KB brotli", kb(wasm), kb(all));
    if arguments.check {
        let same = sizes.iter().all(|size| {
            std::fs::read(there.join(&size.name)).ok() == std::fs::read(options.out.join(&size.name)).ok()
        });
        anyhow::ensure!(same, "{} is not what the sources give: run `cargo xtask web`", there.display());
    }
    Ok(())
}

fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}
