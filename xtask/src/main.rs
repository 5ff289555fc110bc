//! Chores of the project; `cargo xtask help` lists them.

mod analyze;
mod bench;
mod deny;
mod docs;
mod eval;
mod test;
mod web;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the project")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Write the pages that are made from data: docs/steps, docs/checks.md.
    Docs {
        /// Compare only; fail where a page is stale.
        #[arg(long)]
        check: bool,
    },
    /// Licences, sources and doubled crates by cargo-deny.
    Deny {
        /// Known advisories too; needs their data, which cargo-deny fetches.
        #[arg(long)]
        advisories: bool,
    },
    /// Format, lints, web bundle, all tests.
    Test,
    /// Build the browser bundle into dist/web.
    Web {
        /// Arguments of the bundler: `--check`, `--out FOLDER`, `--route active|source`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take the screenshots of docs/pictures from the running app.
    Pictures,
    /// Take pictures of every screen into docs/gallery, or compare with those.
    Gallery {
        /// Arguments: `--compare`, `--look FOLDER`, `--only WORDS`, `--language TAG`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure the engine on the labelled sentences and letters.
    Eval(eval::EvalArguments),
    /// Measure speed, size and memory, alone or beside other checkers; run it with `--release`.
    Bench(bench::BenchArguments),
    /// Show how the engine reads a text: clauses, who acts, tense, negation, facts.
    Analyze {
        /// The text.
        text: String,
        /// What the partner had said.
        #[arg(long)]
        reply_to: Option<String>,
        /// The pack's folder.
        #[arg(long, default_value = "packs/en")]
        pack: std::path::PathBuf,
    },
    /// Check the examples of a language pack.
    Pack {
        /// The pack's folder.
        #[arg(default_value = "packs/en")]
        folder: std::path::PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::Docs { check } => docs::run(check),
        Chore::Deny { advisories } => deny::run(advisories),
        Chore::Test => test::run(),
        Chore::Web { arguments } => web::run(&arguments),
        Chore::Pictures => web::pictures(),
        Chore::Gallery { arguments } => web::gallery(&arguments),
        Chore::Bench(arguments) => bench::run(&arguments),
        Chore::Eval(arguments) => eval::run(&arguments),
        Chore::Analyze { text, reply_to, pack } => analyze::run(&pack, &text, reply_to.as_deref()),
        Chore::Pack { folder } => check_pack(&folder),
    }
}

fn check_pack(folder: &std::path::Path) -> anyhow::Result<()> {
    let pack = amends_rules::compile(&amends_rules::PackFolder::read(folder)?)?;
    let size = pack.to_bytes().len();
    println!(
        "{} checks, {} patterns, {} facts, {} words, {} classes, {} bytes",
        pack.rules.len(),
        pack.patterns.len(),
        pack.fact_names.len(),
        pack.vocabulary.words.len(),
        pack.vocabulary.class_names.len(),
        size
    );
    for (part, bytes) in part_sizes(&pack) {
        println!("  {part}: {bytes} bytes");
    }
    let complaints = amends_rules::verify(&amends_lint::Engine::new(pack));
    for complaint in &complaints {
        println!("{}: {}: {}", complaint.check, complaint.text, complaint.problem);
    }
    anyhow::ensure!(complaints.is_empty(), "{} examples come out wrong", complaints.len());
    Ok(())
}

/// What each part of the stored pack takes, by leaving the others out.
fn part_sizes(pack: &amends_lint::Pack) -> Vec<(&'static str, usize)> {
    use amends_lint::Pack;
    let empty = Pack::default().to_bytes().len();
    let only = |fill: &dyn Fn(&mut Pack)| {
        let mut part = Pack::default();
        fill(&mut part);
        part.to_bytes().len() - empty
    };
    vec![
        ("patterns", only(&|part| part.patterns.clone_from(&pack.patterns))),
        ("tests", only(&|part| part.tests.clone_from(&pack.tests))),
        ("rules of patterns", only(&|part| part.matches.clone_from(&pack.matches))),
        ("words", only(&|part| part.vocabulary.words.clone_from(&pack.vocabulary.words))),
        ("classes of words", only(&|part| part.vocabulary.classes.clone_from(&pack.vocabulary.classes))),
        ("lemmas", only(&|part| part.vocabulary.lemmas.clone_from(&pack.vocabulary.lemmas))),
        ("expressions", only(&|part| part.vocabulary.expressions.clone_from(&pack.vocabulary.expressions))),
        ("names of facts", only(&|part| part.fact_names.clone_from(&pack.fact_names))),
        ("checks with examples", only(&|part| part.rules.clone_from(&pack.rules))),
    ]
}
