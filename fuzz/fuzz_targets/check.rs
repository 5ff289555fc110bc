//! Any text, with any partner's words, is read without a panic and every place lies on a character boundary.
#![no_main]

use std::sync::LazyLock;

use amends_lint::{Draft, Engine, Scratch};
use libfuzzer_sys::fuzz_target;

static ENGINE: LazyLock<Engine> = LazyLock::new(amends_pack_en::engine);

fuzz_target!(|input: (&str, Option<&str>)| {
    let (text, partner_said) = input;
    let report = ENGINE.check(&Draft { partner_said, ..Draft::new(text) }, &mut Scratch::default());
    for finding in &report.findings {
        assert!(text.get(finding.span.start as usize..finding.span.end as usize).is_some());
    }
});
