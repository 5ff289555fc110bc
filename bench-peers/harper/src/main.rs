//! Reads a text with harper-core as often as it is told; `cargo xtask bench --peers` measures from outside.
//!
//! `peer-harper FILE`: prints `ready`, then answers each line with a number on standard input by so many readings
//! and the number of lints.

use harper_core::linting::{LintGroup, Linter};
use harper_core::parsers::PlainEnglish;
use harper_core::spell::FstDictionary;
use harper_core::{Dialect, Document};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("usage: peer-harper FILE");
    let text = std::fs::read_to_string(path)?;
    let mut linter = LintGroup::new_curated(FstDictionary::curated(), Dialect::American);
    linter.lint(&Document::new_curated("I am sorry.", &PlainEnglish));
    println!("ready");
    for line in std::io::stdin().lines() {
        let times: u32 = line?.trim().parse().unwrap_or(1);
        let mut found = 0;
        for _ in 0..times {
            found = linter.lint(&Document::new_curated(&text, &PlainEnglish)).len();
        }
        println!("{found}");
    }
    Ok(())
}
