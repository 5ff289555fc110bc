//! `amends check --batch`: the evaluation interface.

use crate::{amends, stdout};

#[test]
fn every_line_gets_one_answer_in_order_and_a_bad_line_stops_nothing() {
    let input = b"{\"id\":\"a\",\"text\":\"I'm sorry if I hurt you.\"}\nnot json\n{\"id\":3}\n\n{\"id\":\"d\",\"text\":\"I will be home at six.\",\"genre\":\"message\"}";
    let output = amends(&["check", "--batch"], input);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], "a");
    assert_eq!(lines[0]["findings"][0]["check"], "conditional-apology");
    assert!(lines[1]["error"].is_string() && lines[1]["id"].is_null());
    assert!(lines[2]["error"].is_string() && lines[2]["id"] == 3);
    assert_eq!(lines[3]["id"], "d");
    assert!(lines[3]["findings"].as_array().is_some_and(Vec::is_empty), "{}", lines[3]);
}

#[test]
fn escapes_lone_surrogates_and_long_texts_get_an_answer() {
    let long = format!(
        "{{\"id\":1,\"text\":\"{}\"}}\n{{\"id\":2,\"text\":\"\\ud800 broken\"}}\n{{\"id\":3,\"text\":\"\"}}\n",
        "word ".repeat(100_000)
    );
    let output = amends(&["check", "--batch"], long.as_bytes());
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[2]["id"], 3);
}
