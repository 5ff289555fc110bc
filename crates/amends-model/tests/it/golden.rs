//! The shipped weights say here what they said where they were trained.

use std::path::Path;

use amends_model::{Model, ModelInput, Scratch};

const GOLDEN: &str = include_str!("golden.tsv");
/// Largest difference of a probability between the training script's arithmetic and ours.
const NEAR: f32 = 1e-2;

fn shipped() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en.amdl");
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn probabilities_equal_those_of_the_training_script() {
    let model = Model::from_bytes(&shipped()).expect("the shipped file is sound");
    let mut scratch = Scratch::default();
    let mut n_lines = 0;
    for line in GOLDEN.lines() {
        let mut fields = line.split('\t');
        let mut text = || fields.next().filter(|text| !text.is_empty());
        let (sentence, previous, partner_said) = (text().expect("a sentence"), text(), text());
        let input = ModelInput { sentence, previous, partner_said };
        let found = model.predict(&mut scratch, &input);
        let expected: Vec<f32> = fields.map(|f| f.parse().expect("a number")).collect();
        assert_eq!(found.len(), expected.len());
        for ((check, found), expected) in model.check_ids().zip(found).zip(expected) {
            assert!((found - expected).abs() <= NEAR, "{sentence}: {check}: {found}, trained {expected}");
        }
        n_lines += 1;
    }
    assert!(n_lines >= 20);
}

#[test]
fn the_shipped_file_is_small_and_leaves_danger_to_the_rules() {
    let bytes = shipped();
    assert!(bytes.len() <= 16_000_000);
    let model = Model::from_bytes(&bytes).expect("the shipped file is sound");
    assert_eq!(model.check_ids().len(), 29);
    assert!(model.check_ids().all(|id| id != "danger"));
}
