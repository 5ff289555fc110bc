//! How English is taken apart: clauses, who acts, when, denied or reported.

use amends_lint::{Draft, Scratch};
use amends_text::TokenFlags;

use crate::ENGINE;

/// One line a clause: opener, actor, tense, then its words; `-` negated, `~` reported, `"` quoted.
fn clauses(text: &str) -> Vec<String> {
    let mut scratch = Scratch::default();
    ENGINE.check(&Draft::new(text), &mut scratch);
    let analysis = &scratch.analysis;
    analysis
        .clauses
        .iter()
        .map(|clause| {
            let mut line = format!("{:?} {:?} {:?}:", clause.opener, clause.actor, clause.tense);
            for token in &analysis.tokens[clause.tokens.clone()] {
                line.push(' ');
                line.push_str(ENGINE.vocabulary().spelling(token.word));
                for (flag, mark) in
                    [(TokenFlags::NEGATED, '-'), (TokenFlags::REPORTED, '~'), (TokenFlags::QUOTED, '"')]
                {
                    if token.flags.has(flag) {
                        line.push(mark);
                    }
                }
            }
            line
        })
        .collect()
}

#[test]
fn people_who_type_without_full_stops_are_understood() {
    assert_eq!(
        clauses("i know u were scared i lied to u and im sorry"),
        [
            "Main I Present: i know",
            "Main You Past: you were scared",
            "Main I Past: i lied to you",
            "Coordination I Present: and i am sorry",
        ]
    );
}

#[test]
fn a_coordinated_verb_keeps_its_subject() {
    let read = clauses("I went out and lied about it.");
    assert_eq!(read[1], "Coordination I Past: and lied about it");
}

#[test]
fn a_negator_covers_the_rest_of_its_clause_only() {
    let read = clauses("Nothing you did made me lie, but I lied.");
    assert!(read[0].contains("made-"), "{read:?}");
    assert!(read.last().is_some_and(|last| last.ends_with("but i lied")), "{read:?}");
}

#[test]
fn what_somebody_said_is_reported_until_the_writer_speaks_again() {
    let read = clauses("My brother says I should move on; he is wrong.");
    assert!(read.iter().any(|clause| clause.contains("should~")), "{read:?}");
    assert!(read.last().is_some_and(|last| !last.contains('~')), "{read:?}");
}

#[test]
fn quotation_marks_are_seen_in_every_shape() {
    for text in [
        "I said \"never again\" to you.",
        "I said \u{201c}never again\u{201d} to you.",
        "I said 'never again' to you.",
    ] {
        assert!(clauses(text)[0].contains("never~\"") || clauses(text).join(" ").contains("again"), "{text}");
        assert!(clauses(text).join(" ").contains('"'), "{text}");
    }
}

#[test]
fn a_condition_ends_at_its_comma() {
    assert_eq!(
        clauses("If you had been home more, none of this would have happened.")[0],
        "Condition You Past: if you had been home more"
    );
}
