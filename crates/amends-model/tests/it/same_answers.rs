//! The same words get the same answer: however they are typed, whatever was asked before, with or without cache.

use amends_model::{Model, ModelInput, Scratch};

use crate::tiny::{CHECKS, body, file};

fn model(with_transformer: bool) -> Model {
    Model::from_bytes(&file(&body(with_transformer))).expect("the tiny file is sound")
}

#[test]
fn reading_tells_name_checks_and_thresholds() {
    let model = model(true);
    assert_eq!(model.name(), "tiny 1");
    assert_eq!(model.check_ids().collect::<Vec<_>>(), CHECKS);
    assert_eq!(model.thresholds().collect::<Vec<_>>(), [0.4, 0.4]);
    assert_eq!(model.hash(), blake3::hash(&body(true)).as_bytes());
}

#[test]
fn quotes_case_and_spaces_do_not_matter() {
    let model = model(true);
    let mut scratch = Scratch::default();
    let plain = model.predict(&mut scratch, &ModelInput::sentence("You must \"answer\" now.")).to_vec();
    for typed in ["YOU MUST “ANSWER” NOW.", "you  must\n«answer» now.", "You must \"a\u{200d}nswer\" now. "]
    {
        assert_eq!(model.predict(&mut scratch, &ModelInput::sentence(typed)), plain, "{typed:?}");
    }
}

#[test]
fn context_counts_and_the_cache_keeps_contexts_apart() {
    let model = model(true);
    let mut scratch = Scratch::default();
    let alone = ModelInput::sentence("You must answer.");
    let after = ModelInput { previous: Some("Now."), ..alone };
    let reply = ModelInput { partner_said: Some("Now."), ..alone };
    let fresh: Vec<_> =
        [alone, after, reply].map(|i| model.predict(&mut Scratch::default(), &i).to_vec()).into();
    assert_ne!(fresh[0], fresh[1]);
    assert_ne!(fresh[1], fresh[2]);
    for _ in 0..2 {
        for (input, expected) in [alone, after, reply].iter().zip(&fresh) {
            assert_eq!(model.predict(&mut scratch, input), expected);
        }
    }
}

#[test]
fn any_text_gets_probabilities() {
    let long = "you must answer now . ".repeat(200);
    for model in [model(true), model(false)] {
        let mut scratch = Scratch::default();
        for text in ["", " ", "🙂", "\u{0}", "you", "ﷺ עברית 日本語", &long] {
            let input = ModelInput { sentence: text, previous: Some(text), partner_said: Some(text) };
            let probabilities = model.predict(&mut scratch, &input);
            assert_eq!(probabilities.len(), CHECKS.len());
            assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{text:?}: {probabilities:?}");
        }
    }
}

#[test]
fn findings_are_the_checks_at_or_above_their_threshold() {
    let model = model(true);
    let mut scratch = Scratch::default();
    let input = ModelInput::sentence("You must answer now.");
    let all: Vec<_> = model.predictions(&mut scratch, &input).collect();
    let found = model.findings(&mut scratch, &input);
    assert!(found.iter().all(|f| all.contains(f) && f.probability >= f.threshold));
    assert_eq!(found.len(), all.iter().filter(|p| p.probability >= p.threshold).count());
}
