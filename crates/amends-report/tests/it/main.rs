//! The documents hold to their formats and leak no word unless asked.

use amends_lint::{Draft, Engine, Genre, Report, Scratch};
use amends_report::{Words, batch_line, document, read_batch_request, sarif};

const LETTER: &str =
    "Dear Sam,\nI\u{2019}m sorry if I hurt you \u{1f614}. I promise I will never lie to you again.";

fn read(text: &str) -> (Engine, Report) {
    let engine = amends_pack_en::engine();
    let report =
        engine.check(&Draft { genre: Some(Genre::Apology), ..Draft::new(text) }, &mut Scratch::default());
    (engine, report)
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../sarif-2.1.0.schema.json")).expect("the schema is JSON");
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("https://amends.example/sarif.json", schema).expect("the schema can be added");
    let mut schemas = boon::Schemas::new();
    let index =
        compiler.compile("https://amends.example/sarif.json", &mut schemas).expect("the schema compiles");
    let (engine, report) = read(LETTER);
    assert!(!report.findings.is_empty());
    for words in [Words::LeftOut, Words::Included] {
        let log = sarif(&engine, "letter.txt", LETTER, &report, words);
        if let Err(error) = schemas.validate(&log, index) {
            panic!("{error:#}");
        }
    }
}

#[test]
fn no_word_of_the_letter_stands_in_the_output_unless_asked_for() {
    let (engine, report) = read(LETTER);
    let json =
        serde_json::to_string(&document(&engine, LETTER, &report, Words::LeftOut)).expect("it encodes");
    let log = sarif(&engine, "letter.txt", LETTER, &report, Words::LeftOut).to_string();
    for output in [json, log] {
        assert!(!output.contains("Sam") && !output.contains("if I hurt"), "{output}");
    }
    let json =
        serde_json::to_string(&document(&engine, LETTER, &report, Words::Included)).expect("it encodes");
    assert!(json.contains("if I hurt"), "{json}");
}

#[test]
fn places_are_right_in_bytes_lines_and_utf16() {
    let (engine, report) = read(LETTER);
    let document = document(&engine, LETTER, &report, Words::LeftOut);
    let span = &document.findings[0].span;
    let marked = &LETTER[span.start as usize..span.end as usize];
    let utf16: Vec<u16> = LETTER.encode_utf16().collect();
    let from_utf16 = String::from_utf16(&utf16[span.utf16_start as usize..span.utf16_end as usize])
        .expect("whole characters");
    assert_eq!(marked, from_utf16);
    assert_eq!(span.line, 2);
}

#[test]
fn the_document_has_the_fields_of_its_format() {
    let (engine, report) = read(LETTER);
    let json = serde_json::to_value(document(&engine, LETTER, &report, Words::LeftOut)).expect("it encodes");
    assert_eq!(json["schema"], 1);
    assert_eq!(json["genre"], "apology");
    let finding = &json["findings"][0];
    for field in [
        "check",
        "severity",
        "confidence",
        "origin",
        "span",
        "title",
        "why",
        "sources",
        "pattern",
        "fingerprint",
    ] {
        assert!(!finding[field].is_null(), "{field}");
    }
    assert!(json["elements"]["present"].is_array() && json["elements"]["missing"].is_array());
    assert!(json["commitments"].is_array() && json["safety"].is_array());
}

#[test]
fn batch_requests_say_what_they_lack() {
    let error = |line: &str| read_batch_request(line.as_bytes()).expect_err("it is refused");
    assert_eq!(error("{\"id\":7}").id, Some(7.into()));
    assert!(error("{\"id\":7,\"text\":3}").error.contains("text"));
    assert!(error("{\"id\":7,\"text\":\"x\",\"genre\":\"poem\"}").error.contains("genre"));
    assert!(error("not json").id.is_none());
    let request = read_batch_request(br#"{"id":"a","text":"I lied.","genre":null,"partner_said":null}"#)
        .expect("it is read");
    assert_eq!(request.text, "I lied.");
}

#[test]
fn batch_lines_hold_ids_and_byte_offsets() {
    let (engine, report) = read(LETTER);
    let json = serde_json::to_value(batch_line(&engine, "x".into(), &report)).expect("it encodes");
    let finding = &json["findings"][0];
    let (start, end) =
        (finding["start"].as_u64().unwrap_or(0) as usize, finding["end"].as_u64().unwrap_or(0) as usize);
    assert!(LETTER.get(start..end).is_some_and(|marked| !marked.is_empty()));
    assert_eq!(finding["origin"], "rule");
    assert!(json["present"].is_array() && json["missing"].is_array() && json["commitments"].is_array());
}
