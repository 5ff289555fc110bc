//! A step is found by its slug: every place that should hold one holds all thirteen.

use amends_guide::{SAFETY_SLUG, STEPS};

use crate::root;

#[test]
fn every_step_stands_in_every_place() {
    for step in &STEPS {
        for place in [
            format!("crates/amends-domain/src/{}/{}", step.method, step.slug),
            format!("docs/steps/{}", step.slug),
        ] {
            let found = ["", ".rs", ".md", "/mod.rs"]
                .iter()
                .any(|ending| root().join(format!("{place}{ending}")).exists());
            assert!(found, "step {} has nothing at {place}", step.slug);
        }
    }
}

#[test]
fn every_step_has_a_check_a_page_text_tools_and_a_look() {
    let pack = amends_rules::PackFolder::read(&root().join("packs/en")).expect("the pack can be read");
    let pack = amends_rules::compile(&pack).expect("the pack compiles");
    let texts = std::fs::read_to_string(root().join("locales/en/steps.ftl")).expect("the texts are there");
    for step in &STEPS {
        let checked = pack.rules.iter().any(|rule| rule.steps.iter().any(|slug| slug == step.slug));
        assert!(checked, "no check names the step {}", step.slug);
        for part in ["title", "asks", "why", "care", "tool"] {
            let key = format!("step-{}-{part} =", step.slug);
            assert!(texts.contains(&key), "{key} is missing");
        }
        for place in ["crates/amends-tools/src/steps", "crates/amends-ui/src/looks"] {
            let found = [format!("{}.rs", step.slug), format!("{}/mod.rs", step.slug)];
            assert!(
                found.iter().any(|file| root().join(place).join(file).exists()),
                "{place}: no {}",
                step.slug
            );
        }
    }
}

#[test]
fn every_rule_stands_in_the_folder_of_a_step() {
    for entry in std::fs::read_dir(root().join("packs/en")).expect("the pack is there") {
        let entry = entry.expect("the entry can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.path().is_dir() || matches!(name.as_str(), "facts" | "lexicon") {
            continue;
        }
        let known = name == SAFETY_SLUG || STEPS.iter().any(|step| step.slug == name);
        assert!(known, "packs/en/{name} is no step");
    }
}
