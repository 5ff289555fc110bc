//! `amends rules`: list the checks, explain one, test a pack.

use std::path::PathBuf;

use amends_lint::{Engine, Pack, Rule, RuleExample};
use anyhow::Context as _;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List all checks.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Explain one check: why it is there, the evidence, examples.
    Explain {
        /// Id of the check, for example `blame-shift`.
        check: String,
    },
    /// Compile the folder of a language pack and run all its examples.
    Test {
        /// The folder.
        folder: PathBuf,
    },
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    match &arguments.action {
        Action::List { json } => list(&amends_pack_en::pack(), *json),
        Action::Explain { check } => explain(&amends_pack_en::pack_with_examples(), check),
        Action::Test { folder } => test(folder),
    }
}

fn list(pack: &Pack, json: bool) -> anyhow::Result<u8> {
    if json {
        let rules: Vec<serde_json::Value> = pack
            .rules
            .iter()
            .map(|rule| {
                serde_json::json!({
                    "id": rule.id,
                    "severity": rule.severity.name(),
                    "steps": rule.steps,
                    "sources": rule.sources,
                    "title": rule.title,
                    "why": rule.why,
                    "question": rule.question,
                    "pattern": rule.pattern,
                })
            })
            .collect();
        anstream::println!("{}", serde_json::to_string_pretty(&rules)?);
        return Ok(super::CLEAN);
    }
    for rule in &pack.rules {
        anstream::println!("{:<22} {:<10} {}", rule.id, rule.severity.name(), rule.title);
    }
    Ok(super::CLEAN)
}

fn explain(pack: &Pack, id: &str) -> anyhow::Result<u8> {
    let Some(rule) = pack.rule(id) else {
        anstream::eprintln!("amends: there is no check `{id}`; `amends rules list` shows all");
        return Ok(super::USAGE);
    };
    anstream::println!("{} ({})\n{}\n\n{}", rule.id, rule.severity.name(), rule.title, rule.why);
    if !rule.question.is_empty() {
        anstream::println!("Ask yourself: {}", rule.question);
    }
    if !rule.pattern.is_empty() {
        anstream::println!("A pattern: {}", rule.pattern);
    }
    anstream::println!("Steps: {}", rule.steps.join(", "));
    anstream::println!("Evidence:");
    for id in &rule.sources {
        let source = amends_guide::evidence(id).map_or("", |evidence| evidence.source);
        anstream::println!("  {id}  {source}");
    }
    print_examples(rule);
    Ok(super::CLEAN)
}

fn print_examples(rule: &Rule) {
    let print = |title: &str, examples: &[RuleExample]| {
        anstream::println!("{title}");
        for example in examples {
            if example.partner.is_empty() {
                anstream::println!("  {}", example.text);
            } else {
                anstream::println!("  (to \"{}\") {}", example.partner, example.text);
            }
        }
    };
    print("Found in:", &rule.bad);
    print("Not found in:", &rule.good);
}

fn test(folder: &std::path::Path) -> anyhow::Result<u8> {
    let files = amends_rules::PackFolder::read(folder)?;
    let pack = amends_rules::compile(&files).with_context(|| format!("in {}", folder.display()))?;
    let engine = Engine::new(pack);
    let complaints = amends_rules::verify(&engine);
    for complaint in &complaints {
        anstream::println!("{}: {}\n    {}", complaint.check, complaint.text, complaint.problem);
    }
    let n_examples: usize = engine.pack().rules.iter().map(|rule| rule.bad.len() + rule.good.len()).sum();
    anstream::println!(
        "{} checks, {} examples, {} come out wrong",
        engine.pack().rules.len(),
        n_examples,
        complaints.len()
    );
    Ok(if complaints.is_empty() { super::CLEAN } else { super::FOUND })
}
