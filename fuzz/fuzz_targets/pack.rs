//! Any pack file is compiled or refused with a message, and stored packs that are damaged are refused.
#![no_main]

use amends_lint::{Engine, Pack};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &[u8])| {
    let (lexicon, check, stored) = input;
    let files = [
        ("pack.toml", "language = \"en\"\n"),
        ("lexicon/word.txt", lexicon),
        ("honesty/check.toml", check),
    ];
    let folder =
        amends_rules::PackFolder::from_files(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    if let Ok(pack) = amends_rules::compile(&folder) {
        Engine::new(pack);
    }
    let _ = Pack::from_bytes(stored);
});
