//! Without usable weights everybody still gets the findings of the rules, and hears once why there is no more.

use std::sync::atomic::{AtomicUsize, Ordering};

use amends_lint::Draft;
use amends_reader::{LoadError, Reader};

use crate::weights;

const DRAFTS: [&str; 4] = [
    "I'm sorry if I hurt you. You made me do it. I promise I will never lie again.",
    "I read your messages on Monday. It was my choice, and you could not sleep because of it.",
    "Shall I bring milk?",
    "If you leave me I will kill myself.",
];

/// Everything a reader says about a text.
fn said(reader: &mut Reader, text: &str) -> String {
    format!("{:?}", reader.read(&Draft::new(text)))
}

fn by_rules(text: &str) -> String {
    said(&mut Reader::by_rules(), text)
}

#[test]
fn weights_that_cannot_be_used_leave_the_rules_and_one_note() {
    static NOTES: AtomicUsize = AtomicUsize::new(0);
    let broken: [(&str, Vec<u8>); 5] = [
        ("nothing", Vec::new()),
        ("a web page", b"<!doctype html>".to_vec()),
        ("a newer version", b"AMDL\x02\0\0\0 something of later".to_vec()),
        ("cut short", b"AMDL\x01\0\0\0".to_vec()),
        ("damaged", [b"AMDL\x01\0\0\0".as_slice(), &[7; 4096]].concat()),
    ];
    for (what, weights) in broken {
        NOTES.store(0, Ordering::Relaxed);
        let mut reader = Reader::by_rules().with_weights(weights.clone(), |error| {
            assert!(!error.to_string().is_empty());
            NOTES.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(NOTES.load(Ordering::Relaxed), 0, "{what}: nothing is opened before the first draft");
        for text in DRAFTS {
            assert_eq!(said(&mut reader, text), by_rules(text), "{what}: {text}");
        }
        assert_eq!(NOTES.load(Ordering::Relaxed), 1, "{what}");
        assert!(!reader.has_model());
        let mut reader = Reader::by_rules();
        assert!(reader.add_model(&weights).is_err(), "{what}");
        assert_eq!(said(&mut reader, DRAFTS[0]), by_rules(DRAFTS[0]), "{what}");
    }
}

#[test]
fn a_shipped_file_with_one_changed_byte_is_not_used() {
    let Some(mut weights) = weights() else { return };
    let middle = weights.len() / 2;
    weights[middle] ^= 1;
    let error = Reader::by_rules().add_model(&weights).expect_err("damaged");
    assert_eq!(error, LoadError::Damaged);
}

#[test]
fn weights_given_early_are_opened_with_the_first_draft_and_say_the_same() {
    let Some(weights) = weights() else { return };
    let mut at_once = Reader::by_rules();
    at_once.add_model(&weights).expect("the shipped weights are sound");
    let mut later = Reader::by_rules().with_weights(weights, |error| panic!("{error}"));
    assert!(!later.has_model());
    for text in DRAFTS {
        assert_eq!(said(&mut later, text), said(&mut at_once, text));
    }
    assert!(later.has_model());
}

#[test]
fn danger_is_decided_by_the_rules_alone() {
    let Some(mut both) = crate::with_model() else { return };
    let mut rules = Reader::by_rules();
    for text in DRAFTS {
        let danger = |reader: &mut Reader| {
            let report = reader.read(&Draft::new(text));
            (crate::ids(reader, &report).contains(&"danger".to_owned()), report.safety)
        };
        assert_eq!(danger(&mut both), danger(&mut rules), "{text}");
    }
}
