//! `cargo xtask docs`: writes the pages that are made from data: docs/steps/*.md and docs/checks.md.
//! With `--check` it compares instead, so that a stale page fails the tests.

use std::fmt::Write as _;
use std::path::Path;

use amends_guide::{EVIDENCE, METHODS, STAGES, STEPS, Step};
use amends_lint::{Kind, Pack, Rule};
use amends_messages::{Locale, Messages};
use anyhow::{Context as _, ensure};

pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let messages = Messages::new(Locale::English);
    let pack = amends_rules::compile(&amends_rules::PackFolder::read(Path::new("packs/en"))?)?;
    let mut pages: Vec<(String, String)> = STEPS
        .iter()
        .map(|step| (format!("docs/steps/{}.md", step.slug), step_page(step, &messages, &pack)))
        .collect();
    pages.push(("docs/checks.md".to_owned(), checks_page(&pack)));
    for (path, text) in pages {
        if check {
            let known = std::fs::read_to_string(&path).unwrap_or_default();
            ensure!(known == text, "{path} is stale; run `cargo xtask docs`");
        } else {
            std::fs::create_dir_all("docs/steps")?;
            std::fs::write(&path, text).with_context(|| path.clone())?;
        }
    }
    Ok(())
}

fn step_page(step: &Step, messages: &Messages, pack: &Pack) -> String {
    let text = |part: &str| messages.text(&format!("step-{}-{part}", step.slug));
    let stage = STAGES.iter().find(|stage| stage.id == step.stage).map_or("", |stage| stage.slug);
    let method = METHODS.iter().find(|method| method.slug == step.method).map_or(0, |method| method.number);
    let mut page = format!(
        "<!-- Made by `cargo xtask docs`. Change locales/en/steps.ftl or crates/amends-guide instead. -->\n\
         # {} {} (`{}`)\n\nMethod {method}, `{}`. Opens in stage `{stage}`.\n\n\
         ## What the guide asks\n\n{}\n\n## Why\n\n{}\n\n## Take care\n\n{}\n\n## What one can do\n\n{}\n\n\
         ## For who was hurt: {}\n\n{}\n\n",
        step.number,
        text("title"),
        step.slug,
        step.method,
        text("asks"),
        text("why"),
        text("care"),
        text("tool"),
        text("title-hurt"),
        text("hurt"),
    );
    if step.slug == "activities" {
        let lines = (1..=4).map(|number| messages.text(&format!("look-matches-how-{number}")));
        let how = lines.collect::<Vec<_>>().join("\n\n");
        let _ = write!(page, "## How what both would do is found\n\n{how}\n\n");
        page.push_str("Step by step: [matching.md](../formats/matching.md).\n\n");
    }
    page.push_str("## Evidence\n\n");
    for id in step.evidence {
        let source = EVIDENCE.iter().find(|entry| entry.id == *id).map_or("", |entry| entry.source);
        let _ = writeln!(
            page,
            "* **{id}** {} *{source}*",
            messages.text(&format!("evidence-{}", id.to_lowercase()))
        );
    }
    let checks: Vec<&Rule> =
        pack.rules.iter().filter(|rule| rule.steps.iter().any(|slug| slug == step.slug)).collect();
    if !checks.is_empty() {
        page.push_str("\n## Checks\n\n");
        for rule in checks {
            let _ = writeln!(page, "* [`{}`](../checks.md#{}) - {}", rule.id, rule.id, rule.title);
        }
    }
    let _ = write!(
        page,
        "\n## In the code\n\n`amends_domain::{}::{}`, `amends {}` on the command line, texts in `locales/en` under `step-{}-*`.\n",
        step.method, step.slug, step.slug, step.slug
    );
    page
}

fn checks_page(pack: &Pack) -> String {
    let mut page = String::from(
        "<!-- Made by `cargo xtask docs` from packs/en. -->\n# All checks\n\n\
         Labels are about the writer's words, never about sincerity. How well each works stands in EVALUATION.md.\n",
    );
    for (kind, title) in [(Kind::Fault, "Wordings that hurt more"), (Kind::Presence, "Good parts")] {
        let _ = write!(page, "\n## {title}\n");
        for rule in pack.rules.iter().filter(|rule| rule.kind == kind) {
            let _ = write!(
                page,
                "\n### {}\n\n**{}** ({}; steps {}; evidence {})\n\n{}\n\n",
                rule.id,
                rule.title,
                rule.severity.name(),
                rule.steps.join(", "),
                rule.sources.join(", "),
                rule.why
            );
            if !rule.question.is_empty() {
                let _ = write!(page, "Ask yourself: {}\n\n", rule.question);
            }
            if !rule.pattern.is_empty() {
                let _ = write!(page, "A pattern: {}\n\n", rule.pattern);
            }
            let first = |examples: &[amends_lint::RuleExample]| {
                examples
                    .iter()
                    .take(3)
                    .map(|example| format!("\"{}\"", example.text))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let _ = write!(page, "Found in: {}\n\nNot in: {}\n", first(&rule.bad), first(&rule.good));
        }
    }
    page
}
