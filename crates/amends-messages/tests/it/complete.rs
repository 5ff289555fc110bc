//! Every step, stage, study and genre has its texts, and the pseudo-languages leave no text unchanged.

use amends_guide::{EVIDENCE, METHODS, STAGES, STEPS};
use amends_messages::{Locale, Messages};

#[test]
fn every_part_of_the_guide_has_its_words() {
    let messages = Messages::new(Locale::English);
    for step in &STEPS {
        for part in ["title", "asks", "why", "care", "tool", "title-hurt", "hurt"] {
            assert!(messages.has(&format!("step-{}-{part}", step.slug)), "{} {part}", step.slug);
        }
    }
    for method in &METHODS {
        assert!(messages.has(&format!("method-{}-title", method.slug)));
        assert!(messages.has(&format!("method-{}-text", method.slug)));
    }
    for stage in &STAGES {
        assert!(messages.has(&format!("stage-{}-title", stage.slug)));
        assert!(messages.has(&format!("stage-{}-opens", stage.slug)));
    }
    for study in &EVIDENCE {
        assert!(messages.has(&format!("evidence-{}", study.id.to_lowercase())), "{}", study.id);
    }
}

#[test]
fn every_message_file_can_be_read_in_every_language() {
    for locale in [Locale::English, Locale::Accented, Locale::Mirrored] {
        let messages = Messages::new(locale);
        for (file, key, _) in crate::messages() {
            assert!(messages.has(&key), "{file}: {key}");
        }
    }
}

#[test]
fn pseudo_languages_change_every_word() {
    let english = Messages::new(Locale::English).text("home-lead");
    let accented = Messages::new(Locale::Accented).text("home-lead");
    let mirrored = Messages::new(Locale::Mirrored).text("home-lead");
    assert!(accented.chars().count() > english.chars().count() * 5 / 4);
    assert!(!accented.chars().any(|character| character.is_ascii_alphabetic()));
    assert!(mirrored.starts_with('\u{202E}'));
}

#[test]
fn counts_are_said_in_the_right_number() {
    let messages = Messages::new(Locale::English);
    let status = |hints: i64, missing: i64| {
        messages
            .with("desk-status", &[("hints", hints.into()), ("missing", missing.into())])
            .trim()
            .to_owned()
    };
    assert_eq!(status(0, 0), "No hints.");
    assert_eq!(status(1, 2), "1 hint. 2 parts may be missing.");
    assert_eq!(status(3, 1), "3 hints. 1 part may be missing.");
}
