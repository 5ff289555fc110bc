//! Compiles packs/en twice: as it ships, and with the examples of every rule for `amends rules`.

use std::path::Path;

use amends_rules::{PackFolder, compile};

fn main() -> anyhow::Result<()> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../packs/en");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pack = compile(&PackFolder::read(&folder)?)?;
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("en-with-examples.pack"), pack.to_bytes())?;
    for rule in &mut pack.rules {
        rule.bad.clear();
        rule.good.clear();
    }
    std::fs::write(Path::new(&out).join("en.pack"), pack.to_bytes())?;
    Ok(())
}
