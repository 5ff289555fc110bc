//! Lists the message files of every language in `locales/`, so that a new file or language needs no code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    // Asked when it runs: build folders may be shared by several copies of the project.
    let here = std::env::var("CARGO_MANIFEST_DIR").map_err(std::io::Error::other)?;
    let locales = Path::new(&here).join("../../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut table = String::from("&[\n");
    for language in sorted(&locales)? {
        println!("cargo::rerun-if-changed={}", language.display());
        let _ = writeln!(table, "    ({:?}, &[", name(&language));
        for file in sorted(&language)?.iter().filter(|file| file.extension().is_some_and(|end| end == "ftl"))
        {
            let path = file.canonicalize()?;
            let _ = writeln!(table, "        ({:?}, include_str!({path:?})),", name(file));
        }
        table.push_str("    ]),\n");
    }
    table.push_str("]\n");
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(std::io::ErrorKind::NotFound)?;
    std::fs::write(out.join("files.rs"), table)
}

fn sorted(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
