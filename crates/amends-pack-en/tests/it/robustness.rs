//! Bad input gives a clear answer, never a panic, in linear time.

use amends_lint::{Draft, Engine, Genre, Reading, Scratch};
use proptest::prelude::*;

use crate::{ENGINE, read};

#[test]
fn empty_text_is_said_to_be_empty() {
    for text in ["", " \n\t\u{a0}", "...?!", "\u{1f494}\u{1f494}"] {
        assert_eq!(read(text).reading, Reading::Empty, "{text:?}");
    }
}

#[test]
fn other_languages_get_no_findings() {
    for text in [
        "Es tut mir leid, wenn ich dich verletzt habe, das wollte ich wirklich nicht.",
        "Lo siento mucho si te hice daño, no era mi intención, perdóname por favor.",
        "Je suis désolé si je t'ai fait du mal, ce n'était pas grave et tu exagères.",
        "Przepraszam, jeśli cię zraniłem, to był tylko jeden raz.",
        "Мне очень жаль, если я сделал тебе больно.",
        "أنا آسف إذا كنت قد جرحتك",
        "如果我伤害了你,我很抱歉。",
        "Mi dispiace se ti ho ferito, ma tu non c'eri mai e io ero solo.",
        "Maaf kalau aku menyakitimu, aku tidak bermaksud begitu.",
    ] {
        let report = read(text);
        assert_eq!(report.reading, Reading::OtherLanguage, "{text}");
        assert!(report.findings.is_empty() && report.missing.is_empty(), "{text}");
    }
}

#[test]
fn nul_bytes_and_control_characters_are_harmless() {
    let report = read("I am sorry\0 if\u{1} I hurt you.\u{7f}\r\n\u{feff}");
    assert_eq!(report.reading, Reading::Read);
}

#[test]
fn ten_megabytes_of_one_word_are_read() {
    for (word, n_bytes) in [
        ("a", 10_000_000),
        ("sorry ", 10_000_000),
        ("if you ", 1_000_000),
        ("\u{2019}", 1_000_000),
        ("I lied. ", 1_000_000),
    ] {
        let text = word.repeat(n_bytes / word.len());
        let mut scratch = Scratch::default();
        ENGINE.check(&Draft { genre: Some(Genre::Letter), ..Draft::new(&text) }, &mut scratch);
    }
}

/// Work per byte must not grow with the text: counted in tokens, clauses and facts, not in seconds.
#[test]
fn the_number_of_facts_grows_with_the_text_and_no_faster() {
    let letter =
        "I am sorry if I hurt you, but you were never home and I was lonely. I lied to you about the money. ";
    let count = |copies: usize| {
        let mut scratch = Scratch::default();
        ENGINE.check(&Draft::new(&letter.repeat(copies)), &mut scratch);
        scratch.table.facts.len()
    };
    let (small, large) = (count(10), count(1_000));
    assert!(large <= small * 101, "{small} facts in 10 copies, {large} in 1,000");
}

fn spans_fit(engine: &Engine, text: &str, partner: Option<&str>) {
    let draft = Draft { partner_said: partner, ..Draft::new(text) };
    let report = engine.check(&draft, &mut Scratch::default());
    let spans = report
        .findings
        .iter()
        .map(|finding| finding.span)
        .chain(report.present.iter().map(|found| found.span))
        .chain(report.commitments.iter().flat_map(|promise| [promise.span, promise.action]));
    for span in spans {
        assert!(span.start < span.end, "{span:?}");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is on no boundary");
    }
}

const PIECES: [&str; 24] = [
    "I am sorry ",
    "if ",
    "you ",
    "feel ",
    "that way",
    ". ",
    ", ",
    "but ",
    "\u{201c}",
    "\"",
    "never again ",
    "\n\n",
    "\u{1f614}",
    "don\u{2019}t ",
    "because ",
    "made me ",
    "I promise ",
    "soooorry ",
    "\u{0301}",
    "because of you ",
    "it happened ",
    "? ",
    "'",
    "\u{202e}",
];

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), partner in any::<Option<String>>()) {
        spans_fit(&ENGINE, &text, partner.as_deref());
    }

    #[test]
    fn any_pieces_of_letters_are_read_without_a_panic(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60),
    ) {
        let text: String = pieces.concat();
        spans_fit(&ENGINE, &text, Some(&text));
    }
}
