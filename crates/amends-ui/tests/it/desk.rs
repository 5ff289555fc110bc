//! The draft desk: at most three hints, help where there is danger, nothing of the partner's.

use amends_ui::{Live, Request, Session, State, Visit};

use crate::{ask, begun, core, words};

const BAD: &str = "I am sorry if I hurt you, but you made me do it. I promise I will never lie to you again. I am \
    sorry you feel that way. You need to forgive me now. You have to move on.";

fn live(text: &str) -> Live {
    live_with(&begun(), text, "apology", "")
}

fn live_with(state: &State, text: &str, genre: &str, partner: &str) -> Live {
    let request = Request::post("/live", &[("genre", genre), ("text", text), ("partner", partner)]);
    core().live(&request, &Visit::new(state), &Session::without_keeper())
}

#[test]
fn at_most_three_hints_numbered_in_order_of_place() {
    let live = live(BAD);
    assert!((2..=3).contains(&live.marks.len()), "{:?}", live.marks);
    assert_eq!(live.margin.matches("<article").count(), live.marks.len());
    assert!(live.marks.is_sorted_by_key(|mark| (mark.start, mark.hint)));
    assert_eq!(live.marks[0].hint, 1);
}

#[test]
fn places_are_counted_as_a_browser_counts() {
    let plain = live("I am sorry if I hurt you.");
    let moved = live("\u{1F494} I am sorry if I hurt you.");
    assert_eq!(moved.marks[0].start, plain.marks[0].start + 3);
}

#[test]
fn not_here_removes_the_hint_on_this_device_only() {
    let first = live("I am sorry if I hurt you.");
    let value = first.margin.split("name=\"not-here\" value=\"").nth(1).map(|rest| &rest[..16]).unwrap();
    let mut state = begun();
    let request = Request::post(
        "/live",
        &[("genre", "apology"), ("text", "I am sorry if I hurt you."), ("not-here", value)],
    );
    let answer = core().live(&request, &Visit::new(&state), &Session::without_keeper());
    assert!(answer.marks.is_empty());
    for effect in &answer.effects {
        state.apply(effect);
    }
    assert!(live_with(&state, "I am sorry if I hurt you.", "apology", "").marks.is_empty());
    assert!(!state.to_json().contains("sorry"), "no words are kept");
    assert!(!live_with(&begun(), "I am sorry if I hurt you.", "apology", "").marks.is_empty());
}

#[test]
fn danger_stops_the_hints_and_shows_the_lines_of_the_country() {
    let mut state = begun();
    state.settings.country = Some("SE".into());
    let live =
        live_with(&state, "I am sorry if I hurt you. If you leave me I will kill myself.", "letter", "");
    assert!(live.marks.is_empty());
    assert!(
        live.margin.contains("id=\"danger\"") && live.margin.contains("90101") && live.margin.contains("112")
    );
    assert!(!live.margin.contains("<article"));
    assert!(live.status.contains("danger"));
}

#[test]
fn an_empty_box_or_another_language_gets_one_plain_sentence() {
    assert!(words(&live("").margin).contains("Nothing to look at yet"));
    let foreign =
        live("Es tut mir leid, falls ich dich verletzt habe. Das war nur ein dummer Fehler von mir.");
    assert!(words(&foreign.margin).contains("only read English so far"));
    assert!(foreign.marks.is_empty());
}

#[test]
fn any_text_gets_an_answer() {
    for text in [
        "\0\0\0",
        "\u{202E}\u{202E}",
        "<script>alert(1)</script>",
        "]]>&amp;",
        &"a".repeat(1 << 20),
        "\u{FFFD}\n\r\n",
    ] {
        let live = live(text);
        assert!(!live.margin.contains("<script"));
    }
}

#[test]
fn words_of_the_draft_are_shown_as_words() {
    let request = Request::post(
        "/desk",
        &[("genre", "apology"), ("text", "</textarea><b>I lied</b>"), ("partner", "")],
    );
    let html = ask(&core(), &mut begun(), &request).html;
    assert!(html.contains("&lt;/textarea&gt;&lt;b&gt;I lied"));
    assert!(!html.contains("<b>I lied"));
}

#[test]
fn without_script_the_page_itself_holds_marks_and_hints() {
    let request = Request::post(
        "/desk",
        &[("genre", "apology"), ("text", "I am sorry if I hurt you.\r\nTruly."), ("partner", "")],
    );
    let html = ask(&core(), &mut begun(), &request).html;
    assert!(html.contains("<mark data-hint=\"1\">") && html.contains("id=\"hint-1\""));
    assert!(!html.contains('\r'));
}

#[test]
fn what_the_partner_said_counts_for_a_reply_only() {
    let said = "You never came to the hospital.";
    let reply = live_with(&begun(), "You waited for me at the hospital.", "reply", said);
    assert!(!words(&reply.margin).contains("never came"), "the partner's words are not judged");
}

#[test]
fn no_grade_and_no_praise() {
    for text in
        [BAD, "I lied to you about the money. That was my choice. I will show you the account on Friday."]
    {
        let margin = live(text).margin;
        let outside_studies: String =
            margin.split("<details").map(|part| part.split("</details>").last().unwrap_or("")).collect();
        let text = words(&outside_studies).to_lowercase();
        for word in ["%", "score", "great", "well done", "good job", "perfect"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn weights_that_cannot_be_used_leave_the_findings_of_the_rules() {
    let request = Request::post("/live", &[("genre", "apology"), ("text", BAD), ("partner", "")]);
    let look = |core: &amends_ui::Core| {
        let live = core.live(&request, &Visit::new(&begun()), &Session::without_keeper());
        (live.marks, live.margin)
    };
    let expected = look(&core());
    assert!(!expected.0.is_empty());
    for weights in
        [&b""[..], b"<!doctype html>", b"AMDL\x09\0\0\0newer", b"AMDL\x01\0\0\0 neither hash nor body"]
    {
        let core = core();
        assert!(!core.add_model(weights), "{weights:?}");
        assert_eq!(look(&core), expected, "{weights:?}");
    }
}
