//! `amends check`.

use crate::{amends, stderr, stdout};

const BAD: &[u8] = b"I'm sorry if I hurt you, but you were never home.";

#[test]
fn a_bad_apology_gets_hints_with_why_and_a_pattern() {
    let output = amends(&["check"], BAD);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(
        text.contains("conditional-apology") && text.contains("Why:") && text.contains("A pattern:"),
        "{text}"
    );
}

#[test]
fn a_plain_message_is_left_alone() {
    let output = amends(&["check", "--genre", "message"], b"I'll be home at six and bring bread.");
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn the_threshold_decides_the_exit_code() {
    assert_eq!(amends(&["check", "--fail-on", "interrupt"], BAD).status.code(), Some(0));
    assert_eq!(amends(&["check", "--fail-on", "never"], BAD).status.code(), Some(0));
}

#[test]
fn danger_shows_help_and_no_style() {
    let output = amends(&["check"], b"If you leave me I will kill you. I'm sorry if that sounds harsh.");
    let text = stdout(&output);
    assert!(text.contains("help-lines") && !text.contains("A pattern:"), "{text}");
}

#[test]
fn another_language_is_said_to_be_unread() {
    let output = amends(&["check"], "Es tut mir leid, wenn ich dich verletzt habe.".as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("I only read English so far"));
}

#[test]
fn a_wrong_word_on_the_command_line_is_a_usage_error() {
    assert_eq!(amends(&["check", "--genre", "poem"], b"").status.code(), Some(2));
    assert_eq!(amends(&["chekc"], b"").status.code(), Some(2));
}

#[test]
fn a_missing_file_and_bytes_that_are_no_text_are_input_errors() {
    let output = amends(&["check", "no-such-letter.txt"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("no-such-letter.txt"));
    let output = amends(&["check"], b"I lied\xff\xfe to you");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("UTF-8"), "{}", stderr(&output));
}

#[test]
fn json_holds_no_words_unless_asked_for() {
    let private = stdout(&amends(&["check", "--format", "json"], BAD));
    assert!(private.contains("\"schema\": 1") && !private.contains("never home"));
    let open = stdout(&amends(&["check", "--format", "json", "--with-text"], BAD));
    assert!(open.contains("if I hurt"), "{open}");
    let sarif = stdout(&amends(&["check", "--format", "sarif"], BAD));
    assert!(sarif.contains("\"version\": \"2.1.0\""), "{sarif}");
}

#[test]
fn a_reply_is_judged_against_what_was_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = folder.path().join("said.txt");
    std::fs::write(&said, "You told your mother before you told me.").expect("it can be written");
    let said = said.to_string_lossy().into_owned();
    for partner in ["You told your mother before you told me.", said.as_str()] {
        let output = amends(
            &["check", "--genre", "reply", "--format", "json", "--reply-to", partner],
            b"She heard it from me first, and you were the last to know. It sounds as if you felt small.",
        );
        assert!(stdout(&output).contains("feeling-reflected"), "{}", stdout(&output));
    }
}

#[test]
fn completions_and_the_manual_come_from_the_same_source() {
    assert!(stdout(&amends(&["completions", "bash"], b"")).contains("amends"));
    assert!(stdout(&amends(&["man"], b"")).contains(".TH amends"));
    assert!(stdout(&amends(&["--help"], b"")).contains("check"));
}
