//! Several sentences are read at once where there are several cores; nobody notices but by the time it takes.

use amends_lint::{Draft, Report};

use crate::with_model;

const LETTER: [&str; 6] = [
    "I took four hundred from our savings in March and told you it was the car.",
    "I am sorry if that upset you.",
    "You had every right to ask, and I made you feel foolish for it.",
    "I'll pay fifty back on the first of each month.",
    "Anyone under that much stress would have done the same.",
    "You don't have to answer this.",
];

#[test]
fn a_letter_read_at_once_says_what_it_says_when_it_is_typed() {
    let (Some(mut at_once), Some(mut typed)) = (with_model(), with_model()) else { return };
    let whole = LETTER.join(" ");
    let read = at_once.read(&Draft::new(&whole));
    assert!(!read.findings.is_empty() && !read.present.is_empty());
    let said = |report: Report| format!("{report:?}");
    let read = said(read);
    for n_sentences in 1..LETTER.len() {
        typed.read(&Draft::new(&LETTER[..n_sentences].join(" ")));
    }
    assert_eq!(said(typed.read(&Draft::new(&whole))), read);
    assert_eq!(said(at_once.read(&Draft::new(&whole))), read, "and a second time");
}
