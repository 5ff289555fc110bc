//! The lists: sizes, ids, and a text for every key.

use std::collections::BTreeSet;

use amends_domain::bank::{
    ACTIVITIES, FEELING_FAMILIES, FEELINGS, FeelingId, Grade, HARD_WORDS, NEED_GROUPS, NEEDS, NeedId,
    STATEMENTS,
};
use amends_domain::incident::kind::{INTAKE_QUESTIONS, TEMPLATES};
use amends_domain::prove::activities::blind::TOKENS;

fn keys(file: &str) -> BTreeSet<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut keys = BTreeSet::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.starts_with(' ')) {
        if let Some((key, words)) = line.split_once(" = ") {
            assert!(!words.trim().is_empty(), "{key}");
            assert!(keys.insert(key.to_string()), "{key} stands twice in {file}");
        }
    }
    keys
}

#[test]
fn statements_are_many_and_graded() {
    let texts = keys("bank-statements.ftl");
    assert!(STATEMENTS.len() >= 60);
    for grade in [Grade::One, Grade::Two, Grade::Three] {
        assert!(STATEMENTS.iter().filter(|statement| statement.grade == grade).count() >= 20);
    }
    for statement in STATEMENTS {
        assert!(texts.contains(&statement.id.message_key()), "{}", statement.id.message_key());
        assert_eq!(statement.id.get(), Some(statement));
    }
}

#[test]
fn hard_words_are_enough_for_a_rehearsal() {
    let texts = keys("bank-hard-words.ftl");
    assert!(HARD_WORDS.len() >= 24);
    for statement in HARD_WORDS {
        assert!(texts.contains(&statement.id.message_key()), "{}", statement.id.message_key());
        assert_eq!(statement.id.get(), Some(statement));
    }
}

#[test]
fn activities_have_texts_and_fit_into_a_round() {
    let texts = keys("bank-activities.ftl");
    assert!(ACTIVITIES.len() >= 80 && ACTIVITIES.len() <= TOKENS);
    for activity in ACTIVITIES {
        assert!(texts.contains(&activity.id.message_key()));
        assert_eq!(activity.id.get(), Some(activity));
        assert!(
            (1..=3).contains(&activity.novelty) && activity.cost <= 3 && (1..=3).contains(&activity.energy)
        );
    }
    let ids: BTreeSet<_> = ACTIVITIES.iter().map(|activity| activity.id).collect();
    assert_eq!(ids.len(), ACTIVITIES.len());
}

#[test]
fn every_word_of_the_pickers_has_a_text() {
    let texts = keys("bank-words.ftl");
    for position in 0..FEELINGS.len() as u16 {
        assert!(texts.contains(&FeelingId(position).message_key().unwrap()));
    }
    for position in 0..NEEDS.len() as u16 {
        assert!(texts.contains(&NeedId(position).message_key().unwrap()));
    }
    assert_eq!(FeelingId(999).message_key(), None);
    assert_eq!(FEELING_FAMILIES.iter().map(|family| family.len).sum::<u16>(), 60);
    assert_eq!(NEED_GROUPS.iter().map(|group| group.len).sum::<u16>(), 40);
    assert!(FEELING_FAMILIES.iter().all(|family| texts.contains(&format!("feelings-{}", family.slug))));
    assert!(NEED_GROUPS.iter().all(|group| texts.contains(&format!("needs-{}", group.slug))));
}

#[test]
fn kinds_intake_and_worksheets_have_texts() {
    let texts = keys("domain.ftl");
    for template in &TEMPLATES {
        for part in ["", "-tell", "-plan", "-risk"] {
            assert!(texts.contains(&format!("kind-{}{part}", template.slug)), "kind-{}{part}", template.slug);
        }
    }
    let named = INTAKE_QUESTIONS.iter().chain(&amends_domain::prove::communication::COUNSELOR_QUESTIONS);
    for key in named {
        assert!(texts.contains(*key), "{key}");
    }
}
