//! `cargo xtask analyze "text"`: shows how the engine reads a text; for people who write rules.

use std::path::Path;

use amends_lint::{Draft, Engine, Scratch};
use amends_text::TokenFlags;

pub(crate) fn run(folder: &Path, text: &str, partner_said: Option<&str>) -> anyhow::Result<()> {
    let engine = Engine::new(amends_rules::compile(&amends_rules::PackFolder::read(folder)?)?);
    let mut scratch = Scratch::default();
    let report = engine.check(&Draft { partner_said, ..Draft::new(text) }, &mut scratch);
    for clause in &scratch.analysis.clauses {
        let words: Vec<String> = scratch.analysis.tokens[clause.tokens.clone()]
            .iter()
            .map(|token| {
                let mut word = match engine.vocabulary().spelling(token.word) {
                    "" => format!("{}*", token.span.of(text)),
                    spelling => spelling.to_owned(),
                };
                for (flag, mark) in
                    [(TokenFlags::NEGATED, "-"), (TokenFlags::QUOTED, "\""), (TokenFlags::REPORTED, "~")]
                {
                    if token.flags.has(flag) {
                        word.push_str(mark);
                    }
                }
                word
            })
            .collect();
        let voice = if clause.passive { " passive" } else { "" };
        let question = if clause.question { " question" } else { "" };
        println!(
            "[{:?} {:?} {:?}{voice}{question}] {}",
            clause.opener,
            clause.actor,
            clause.tense,
            words.join(" ")
        );
    }
    println!("(* unknown word, - under a negator, \" quoted, ~ reported)");
    for fact in &scratch.table.facts {
        let name = &engine.pack().fact_names[fact.fact as usize];
        if !name.contains('#') {
            println!("{name}: {}", fact.span.of(text));
        }
    }
    println!("{} findings, genre {:?}", report.findings.len(), report.genre);
    Ok(())
}
