//! What is shown: at most three hints, safety first, and nothing at places marked "not here".

use amends_lint::{Draft, NotHereKey, Scratch, Severity, choose_hints};

use crate::{ENGINE, id, read};

const BAD: &str = "I'm sorry if I hurt you, but you were never home. It was just one night. You made me do it. \
    You have to forgive me now. Let's just move on and forget it. I promise I will never ever lie to you again.";

#[test]
fn at_most_three_hints_are_shown() {
    let report = read(BAD);
    assert!(report.findings.len() > 3, "{:?}", report.findings);
    assert_eq!(choose_hints(ENGINE.pack(), &report.findings, &[]).len(), 3);
}

#[test]
fn danger_comes_first() {
    let report = read(&format!("{BAD} If you leave me, I will kill myself."));
    let hints = choose_hints(ENGINE.pack(), &report.findings, &[]);
    assert_eq!(report.findings[hints[0].finding].severity, Severity::Interrupt);
    assert!(!report.safety.is_empty());
}

#[test]
fn not_here_survives_edits_elsewhere_and_hides_one_place_only() {
    let draft = |text| Draft { key: NotHereKey([7; 32]), ..Draft::new(text) };
    let text = "I am sorry if I hurt you.";
    let before = ENGINE.check(&draft(text), &mut Scratch::default());
    let mark = before.findings[0].fingerprint;
    let edited = format!("A new line stands here. {text} And more. I am sorry if that was rude of me.");
    let after = ENGINE.check(&draft(&edited), &mut Scratch::default());
    let same = after.findings.iter().filter(|finding| finding.fingerprint == mark).count();
    assert_eq!(same, 1);
    let shown = choose_hints(ENGINE.pack(), &after.findings, &[mark]);
    assert!(shown.iter().all(|hint| after.findings[hint.finding].fingerprint != mark));
}

#[test]
fn another_device_key_gives_other_marks() {
    let text = "I am sorry if I hurt you.";
    let one = ENGINE.check(&Draft { key: NotHereKey([1; 32]), ..Draft::new(text) }, &mut Scratch::default());
    let other =
        ENGINE.check(&Draft { key: NotHereKey([2; 32]), ..Draft::new(text) }, &mut Scratch::default());
    assert_ne!(one.findings[0].fingerprint, other.findings[0].fingerprint);
}

#[test]
fn patterns_are_never_finished_sentences() {
    for rule in &ENGINE.pack().rules {
        let n_words =
            rule.pattern.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        assert!(n_words <= 12, "{}: {}", rule.id, rule.pattern);
        let blank = rule.pattern.contains("___");
        assert!(blank || rule.pattern.is_empty(), "{}: {}", rule.id, rule.pattern);
        assert!(!rule.pattern.is_empty() || rule.severity == Severity::Interrupt, "{}", rule.id);
        for text in [&rule.title, &rule.why, &rule.question, &rule.pattern] {
            assert!(!text.contains('!'), "{}: {text}", rule.id);
        }
        assert!(!rule.sources.is_empty() || rule.severity == Severity::Interrupt, "{}", rule.id);
    }
}

#[test]
fn promises_are_taken_apart() {
    let report = read("I will show you the bank statement every Friday until the end of May.");
    let promise = report.commitments.first().expect("a promise is found");
    assert!(promise.bounded && promise.own_control, "{promise:?}");
    let report = read("I will make you happy for ever.");
    assert!(report.commitments.iter().all(|promise| !promise.own_control || !promise.bounded));
}

#[test]
fn a_reason_before_any_responsibility_is_noticed() {
    let text = "I was lonely because we hardly talked. I slept with Kim in March, and it was my choice.";
    assert!(read(text).present.iter().any(|found| id(found.check) == "responsibility"));
}
