//! Loaders on small self-written samples in the published forms, and the ratchet on the set that is in the project.

use std::path::{Path, PathBuf};

use amends_reader::Reader;

use super::{judge, sets};

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

#[test]
fn every_published_form_is_read() {
    let sets = sets::read_all(&in_project("corpus/public/samples")).expect("the samples are well formed");
    let seen: Vec<_> =
        sets.iter().map(|set| (set.name, set.train.len() + set.tune.len(), set.test.len())).collect();
    let expected = [
        ("emailintent", 2, 2),
        ("convabuse", 2, 2),
        ("empathic_reactions", 4, 1),
        ("ethics", 2, 2),
        ("goemotions", 4, 1),
    ];
    assert_eq!(seen, expected);
    let test = |index: usize| &sets[index].test;
    assert_eq!(
        (test(0)[0].text.as_str(), &*test(0)[0].labels),
        ("Can you bring the keys, please?", &[0][..])
    );
    assert!(test(0)[1].labels.is_empty());
    // More than half of the labelers decide.
    assert_eq!(test(1).iter().map(|example| example.labels.len()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(test(1)[0].partner_said.as_deref(), Some("How was your day, all in all?"));
    assert_eq!(test(3)[0].partner_said.as_deref(), Some("Should you not water the plants?"));
    assert_eq!(test(4)[0].labels, [0, 17]);
}

#[test]
fn a_folder_without_sets_has_none() {
    assert!(sets::read_all(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("it is a folder").is_empty());
}

/// With the same weights both figures may only rise: write the new one down when they do. The floor is the best that five simple readers reached
/// on the same test part; with the model the reader must stay above it.
#[test]
fn requests_and_promises_are_told_as_well_as_ever() {
    const BY_RULES: f64 = 0.819;
    const BY_BOTH: f64 = 0.834;
    let set =
        sets::email_intent(&in_project("corpus/public/emailintent")).expect("the set is in the project");
    let weights = std::fs::read(in_project("models/en.amdl")).expect("the weights are in the project");
    let mut readers = [Reader::by_rules(), Reader::by_rules()];
    for reader in &mut readers {
        reader.add_model(&weights).expect("they are whole");
    }
    let (by_rules, by_both) = judge(&set, &mut readers);
    let by_both = by_both.expect("the model is there");
    assert!(by_both >= set.floor, "{by_both} is below the floor {}", set.floor);
    for (name, seen, reached) in [("rules", by_rules, BY_RULES), ("both", by_both, BY_BOTH)] {
        let seen = (seen * 1000.0).round() / 1000.0;
        assert!(
            (seen - reached).abs() < 1e-9,
            "{name}: {seen} instead of {reached}: find out why it fell, or write down that it rose"
        );
    }
}
